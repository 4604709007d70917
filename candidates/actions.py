"""What a jobseeker does with their own profile."""

import logging
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from accounts.actions import hold_account
from accounts.models import Membership, User
from candidates.models import Candidate, Transport
from core.rules import RuleBroken, constraints_speak

logger = logging.getLogger(__name__)


@transaction.atomic
def become_candidate(user: User) -> Candidate:
    """« Je cherche un emploi. » A candidate's account opens no other space. Said twice, it is one."""
    hold_account(user)
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


@transaction.atomic
def save_profile(candidate: Candidate, *, by: User, account: dict[str, str], **answers: Any) -> None:
    """« Voici ce que je veux bien dire de moi. » Nothing is asked twice, nothing is required yet."""
    for name, value in account.items():
        setattr(by, name, value)
    by.save(update_fields=list(account))
    for name, value in answers.items():
        setattr(candidate, name, value)
    with constraints_speak(Candidate):
        candidate.save(update_fields=list(answers))
    logger.info("profile saved", extra={"candidate_id": candidate.pk})


# --- What this room keeps about a person (see core.personal_data) --------------------------------


def export_profile(user: User) -> dict[str, Any] | None:
    candidate = Candidate.objects.of(user).select_related("commune").first()
    if candidate is None:
        return None
    return {
        "commune": str(candidate.commune) if candidate.commune else None,
        "distance acceptée (km)": candidate.radius_km,
        "niveau": candidate.get_level_display(),
        "transport": [Transport(value).label for value in candidate.transport],
        "permis": candidate.get_licence_display(),
        "inscription": candidate.created_at.isoformat(),
    }


def erase_profile(user: User) -> None:
    """The row goes, or what it says when an application still points at it."""
    mine = Candidate.objects.of(user)
    try:
        with transaction.atomic():
            mine.delete()
    except ProtectedError:
        mine.update(commune=None, radius_km=30, level=None, transport=[], licence="")
