"""Agreements for tests and demo data: as far along as one asks."""

from types import SimpleNamespace
from typing import Any

from candidates.factories import FollowingFactory
from candidates.structures.actions import follow_person
from candidates.structures.models import Following, SupportStructure
from candidates.structures.workflow import FollowingStatus
from immersions.agreements import steps
from immersions.agreements.actions import open_agreement, save_step
from immersions.agreements.models import Agreement
from immersions.agreements.period import usual_hours
from immersions.factories import ApplicationFactory
from tests.remembered import remembered

ABOUT = {
    "birth_date": "1996-04-12",
    "address": "3 rue du Pont",
    "city": "57000 Metz",
    "situation": "registered",
    "has_rsa": False,
}
WELCOME = {
    "legal_form": "SARL",
    "activity": "Restauration du bâti ancien",
    "signatory_name": "Jeanne Muller",
    "signatory_job": "gérante",
    "signatory_email": "jeanne.muller@pierre-et-chaux.example.org",
    "tutor_name": "Paul Weber",
    "tutor_job": "chef d’équipe",
    "tutor_email": "paul.weber@pierre-et-chaux.example.org",
    "tutor_phone": "06 11 22 33 44",
}
WORK = {
    "purpose": "recruit",
    "objectives": "Savoir si le travail dehors me convient.",
    "tasks": "Préparer un mortier à la chaux.\nMonter un rang de moellons.",
    "evaluation": "Un échange chaque soir, un bilan à la fin.",
}
SAFETY = {
    "place": "12 rue des Clercs, 57000 Metz",
    "equipment": "Truelle, auge",
    "prevention": "Poussières : masque fourni.",
    "safety": "Le tuteur donne les consignes à l’arrivée.",
    "hazards": [],
    "no_replacement": True,
}


@remembered
def an_agreement(
    *, application: Any = None, followed: bool = True, advisor: Any = None, **options: Any
) -> SimpleNamespace:
    """A booked application, its open agreement, and one person of each party."""
    application = application or ApplicationFactory(booked=True, **options)
    open_agreement(application, None)
    world = SimpleNamespace(
        application=application,
        agreement=Agreement.objects.get(application=application),
        candidate=application.candidate.user,
        member=application.offer.company.confirmed_members().first(),
        advisor=None,
        structure=None,
    )
    if followed:
        following = Following.objects.live().filter(candidate=application.candidate).first()
        following = following or FollowingFactory(candidate=application.candidate, followed=True)
        world.structure = following.structure
        world.advisor = advisor or world.structure.confirmed_members().first()
        if following.status == FollowingStatus.ASKED:
            follow_person(following, by=world.advisor)
        SupportStructure.objects.filter(pk=world.structure.pk).update(
            legal_form="Association", address="9 rue de la Gare", postcode="57000"
        )
    return world


def reread(agreement: Agreement) -> Agreement:
    return Agreement.objects.for_page().get(pk=agreement.pk)


def fill(
    world: SimpleNamespace, *, about: dict | None = None, hours: dict | None = None, **company: Any
) -> None:
    """Both parts; the prescriber's fills itself from the structure."""
    agreement = reread(world.agreement)
    pages = [
        (steps.ABOUT_YOU, ABOUT | (about or {}), world.candidate),
        (steps.WELCOME, WELCOME | company, world.member),
        (steps.HOURS, hours or usual_hours(agreement), world.member),
        (steps.WORK, WORK | company, world.member),
        (steps.SAFETY, SAFETY | company, world.member),
    ]
    for step, answers, by in pages:
        save_step(Agreement.objects.get(pk=agreement.pk), step, answers, by=by, seen="")
    world.agreement = reread(world.agreement)


@remembered
def a_frozen_agreement(**options: Any) -> SimpleNamespace:
    """Everybody may sign."""
    world = an_agreement(**options)
    fill(world)
    return world
