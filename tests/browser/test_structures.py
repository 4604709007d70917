"""Who accompanies whom, read by everybody: axe, and nothing sticks out at 320 px."""

import pytest
from django.urls import reverse

from accounts.factories import MembershipFactory, UserFactory
from candidates.factories import CandidateFactory, FollowingFactory, SupportStructureFactory
from immersions.factories import ApplicationFactory
from tests.browser.axe import faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture
def structure():
    return SupportStructureFactory(organisation__published_email="accueil@structure.example")


def advisor_pages(structure):
    """Each page of the space, with people in it, as a confirmed advisor."""
    advisor = structure.confirmed_members().get()
    asked = FollowingFactory(structure=structure, origin="default")
    followed = FollowingFactory(structure=structure, followed=True)
    ApplicationFactory(candidate=followed.candidate, booked=True)
    SupportStructureFactory(name="Cap vers l’emploi")
    MembershipFactory(
        organisation=structure.organisation, unconfirmed=True, former=True, asked_at=structure.created_at
    )
    of_a_person = [("person", asked), ("person", followed), ("transfer", asked), ("not_follow", asked)]
    urls = [reverse(f"structures:{name}", args=[row.pk]) for name, row in [*of_a_person, ("end", followed)]]
    return [
        (url, advisor) for url in ["/conseiller/", "/conseiller/personnes/", "/conseiller/equipe/", *urls]
    ]


def arrival_pages(structure):
    """An advisor on the way in, and one who is not verified yet."""
    new = SupportStructureFactory(new=True, name="Cap vers l’emploi")
    FollowingFactory(structure=structure)
    newcomer = UserFactory()
    unconfirmed = MembershipFactory(organisation=structure.organisation, unconfirmed=True).user
    return [
        ("/conseiller/inscription/?q=metz", newcomer),
        (reverse("structures:register", args=[new.pk]), newcomer),
        (reverse("structures:register", args=[structure.pk]), newcomer),
        ("/conseiller/", unconfirmed),
        ("/conseiller/personnes/", unconfirmed),
        ("/conseiller/verification/", unconfirmed),
        ("/conseiller/verification/code/", unconfirmed),
    ]


def candidate_pages(structure):
    """The question, in each of its states, and just after the first application."""
    states = [
        {"status": "asked"},
        {"followed": True},
        {"status": "not_followed", "how_to_register": "Venez lundi."},
    ]
    rows = [FollowingFactory(structure=structure, **state) for state in states]
    application = ApplicationFactory()
    sent = reverse("immersions:application_sent", args=[application.pk])
    return [
        *[("/candidat/accompagnement/", row.candidate.user) for row in rows],
        ("/candidat/accompagnement/?q=metz&next=/candidat/", CandidateFactory().user),
        (sent, application.candidate.user),
    ]


@pytest.mark.deep_too
@pytest.mark.parametrize("pages", [advisor_pages, arrival_pages, candidate_pages])
def test_each_page_is_read_by_everybody(visit, structure, pages):
    for url, user in pages(structure):
        assert faults(visit(url, user=user)) == [], url


def test_a_request_is_answered_by_the_keyboard_alone(visit, structure):
    following = FollowingFactory(structure=structure)
    page = visit("/conseiller/", width=360, user=structure.confirmed_members().get())
    button = page.get_by_role("button", name="Nous l’accompagnons")
    for _ in range(40):
        page.keyboard.press("Tab")
        if button.evaluate("it => it === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.get_by_text("Vous accompagnez Camille Noël.").wait_for()
    following.refresh_from_db()
    assert following.status == "followed"
