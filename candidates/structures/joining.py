"""An advisor opens the space of their structure, or joins those who did."""

import logging

from django.db import transaction

from accounts.members import actions as members
from accounts.models import Membership, Organisation, User, check_siret
from candidates.structures.models import SupportStructure
from core.rules import RuleBroken
from territories.members import enter

logger = logging.getLogger(__name__)


@transaction.atomic
def register_advisor(structure: SupportStructure, *, by: User, siret: str = "") -> Membership:
    """« Je travaille ici. » The first opens the space; the next ones ask to join it."""
    members.check_may_act_for_others(by)
    locked = SupportStructure.objects.select_for_update(of=("self",), no_key=True)
    structure.refresh_from_db(from_queryset=locked)
    if structure.organisation_id is None:
        structure.organisation = _entity_of(structure, check_siret(siret))
        structure.save(update_fields=["organisation"])
    membership = enter(structure.organisation, by=by, department=structure.commune.department)
    logger.info("advisor registered", extra={"structure": structure.pk, "membership": membership.pk})
    return membership


def _entity_of(structure: SupportStructure, siret: str) -> Organisation:
    """A new legal entity. One that exists may be somebody else's: only an agent joins the two."""
    organisation, is_new = Organisation.objects.get_or_create(
        siret=siret, defaults={"name": structure.name, "published_email": structure.email}
    )
    if not is_new:
        raise RuleBroken(
            "Ce SIRET est déjà celui d’une autre équipe. Écrivez-nous : un agent fait le lien avec la vôtre.",
            code="known_siret",
        )
    return organisation
