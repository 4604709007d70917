"""Somebody opens the space of their training organisation, or joins those who did."""

import logging

from django.db import transaction

from accounts.members import actions as members
from accounts.models import Membership, Organisation, User, check_siret
from core.rules import RuleBroken
from territories.members import enter
from territories.models import Department
from trainings.models import TrainingAction, TrainingOrganisation

logger = logging.getLogger(__name__)


@transaction.atomic
def register_member(organisation: TrainingOrganisation, *, by: User, siret: str = "") -> Membership:
    """« Je travaille ici. » The first opens the space; the next ones ask to join it."""
    members.check_may_act_for_others(by)
    locked = TrainingOrganisation.objects.select_for_update(of=("self",), no_key=True)
    organisation.refresh_from_db(from_queryset=locked)
    if organisation.organisation_id is None:
        organisation.organisation = _entity_of(organisation, siret)
        organisation.save(update_fields=["organisation"])
    membership = enter(organisation.organisation, by=by, department=department_of(organisation))
    logger.info(
        "training organisation joined", extra={"organisation": organisation.pk, "membership": membership.pk}
    )
    return membership


def _entity_of(organisation: TrainingOrganisation, typed: str) -> Organisation:
    """The legal entity of that SIRET.

    The catalogue's own SIRET is believed: the entity may already be here as a company. One that was
    typed is believed only when it is new: one that exists may be somebody else's.
    """
    siret = organisation.siret or check_siret(typed)
    entity, is_new = Organisation.objects.get_or_create(
        siret=siret, defaults={"name": organisation.name[:200], "published_email": organisation.email}
    )
    if not is_new and (not organisation.siret or hasattr(entity, "training_organisation")):
        raise RuleBroken(
            "Ce SIRET est déjà celui d’une autre équipe. Écrivez-nous : un agent fait le lien avec la vôtre.",
            code="known_siret",
        )
    if not entity.published_email and organisation.email:
        entity.published_email = organisation.email
        entity.save(update_fields=["published_email"])
    return entity


def department_of(organisation: TrainingOrganisation) -> Department | None:
    """Where it trains first: whose agent checks who acts for it."""
    actions = TrainingAction.objects.filter(training__organisation=organisation, commune__isnull=False)
    first = actions.select_related("commune__department").order_by("pk").first()
    return first.commune.department if first else None
