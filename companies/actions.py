"""What a company does with its own space, before any offer."""

import logging
from typing import Any

from django.db import transaction

from accounts.members import actions as members
from accounts.models import Membership, Organisation, User, check_siret
from companies.models import Company, Workplace
from companies.moves import tell_followers
from territories import members as check_members
from territories.geo import Place
from territories.models import Commune

logger = logging.getLogger(__name__)

confirm_member = check_members.confirm_member


@transaction.atomic
def register_company(
    *, by: User, siret: str, name: str, address: str, postcode: str, commune: Commune, place: Place
) -> Company:
    """« Voici mon entreprise, et où l’on y travaille. » Two at once: one registers, one joins."""
    members.check_may_act_for_others(by)
    organisation, _ = Organisation.objects.get_or_create(siret=check_siret(siret), defaults={"name": name})
    membership = members.add_first_member(organisation, by)  # Holds the entity until the end.
    company, is_new = Company.objects.get_or_create(organisation=organisation, defaults={"name": name})
    if is_new:
        add_workplace(company, by=by, address=address, postcode=postcode, commune=commune, place=place)
        logger.info("company registered", extra={"company_id": company.pk, "by": by.pk})
    ask_agent_to_confirm(membership)
    return company


def ask_agent_to_confirm(membership: Membership) -> None:
    """Nobody in the house can say who this is: an agent does."""
    if membership.confirmed_at:
        return
    workplace = (
        Workplace.objects.filter(company__organisation=membership.organisation)
        .select_related("commune__department")
        .order_by("pk")
        .first()
    )
    check_members.ask_agent_to_confirm(
        membership, department=workplace.commune.department if workplace else None
    )


@transaction.atomic
def request_to_join(organisation: Organisation, *, by: User) -> Membership:
    """« Je travaille ici aussi. » To a manager; to an agent when there is none to answer."""
    membership = members.request_to_join(organisation, by=by)
    if not Membership.objects.managing().filter(organisation=organisation).exists():
        ask_agent_to_confirm(membership)
    return membership


@transaction.atomic
def describe_company(company: Company, *, by: User, **words: str) -> None:
    """« Voici ce que nous disons de nous. »"""
    for name, value in words.items():
        setattr(company, name, value)
    company.save(update_fields=list(words))
    logger.info("company described", extra={"company_id": company.pk, "by": by.pk})


def add_workplace(company: Company, *, by: User, **fields: Any) -> Workplace:
    """« On travaille aussi ici. »"""
    workplace = Workplace(company=company)
    move_workplace(workplace, by=by, **fields)
    return workplace


@transaction.atomic
def move_workplace(
    workplace: Workplace,
    *,
    by: User,
    address: str,
    postcode: str,
    commune: Commune,
    place: Place,
    name: str = "",
) -> None:
    """« C’est là. » The position comes with the address; the commune's own when it is unknown.

    Raises RuleBroken when people already asked to come where it was.
    """
    before = str(Workplace.objects.select_for_update().get(pk=workplace.pk)) if workplace.pk else ""
    workplace.name, workplace.address, workplace.postcode = name, address, postcode
    workplace.commune = commune
    workplace.latitude, workplace.longitude = place.latitude, place.longitude
    workplace.x, workplace.y = place.x, place.y
    centre = (commune.latitude, commune.longitude)
    workplace.is_approximate = place.approximate or (place.latitude, place.longitude) == centre
    workplace.save()
    tell_followers(workplace, by=by, before=before)
    logger.info("workplace saved", extra={"workplace_id": workplace.pk, "by": by.pk})
