"""What a jobseeker does with their own profile."""

import logging

from django.db import transaction

from accounts.models import Membership, User
from candidates.models import Candidate
from core.rules import RuleBroken

logger = logging.getLogger(__name__)


@transaction.atomic
def become_candidate(user: User) -> Candidate:
    """« Je cherche un emploi. » A candidate's account opens no other space. Said twice, it is one."""
    if user.is_staff or Membership.objects.active().filter(user=user).exists():
        raise RuleBroken(
            "Cette adresse sert déjà à une entreprise ou à un agent. Pour chercher un emploi, "
            "inscrivez-vous avec votre adresse personnelle.",
            code="professional",
        )
    candidate, is_new = Candidate.objects.get_or_create(user=user)
    if is_new:
        logger.info("candidate signed up", extra={"candidate_id": candidate.pk})
    return candidate
