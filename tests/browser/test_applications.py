"""The two sides of an application, read by everybody: axe, and nothing sticks out at 320 px."""

import pytest
from django.urls import reverse

from accounts.factories import UserFactory
from companies.factories import CompanyFactory
from immersions.factories import ApplicationFactory, OfferFactory, QuestionFactory, SlotFactory, monday_in
from immersions.offers.models import DateMode
from tests.browser.axe import faults, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def address(name: str, *args) -> str:
    return reverse(name if "_space" in name else f"immersions:{name}", args=args)


@pytest.fixture
def offer():
    company = CompanyFactory(name="Pierre & Chaux")
    offer = OfferFactory(workplace__company=company, date_mode=DateMode.SLOTS, discovery=True, half_days=6)
    detail = offer.detail
    detail.tutor_name, detail.clothes = "Karim, chef de chantier", "Chaussures fermées"
    detail.save()
    SlotFactory(offer=offer)
    SlotFactory(offer=offer, first_day=monday_in(weeks=5))
    return offer


def states_of(offer):
    """One application in each situation that has a page of its own."""
    wished = list(offer.slots.all())
    submitted = ApplicationFactory(offer=offer, needs="Je viens en bus, j’arrive à 8 h 15.")
    submitted.wished_slots.set(wished)
    candidate = submitted.candidate
    asked = ApplicationFactory(candidate=candidate, offer=OfferFactory(workplace=offer.workplace))
    QuestionFactory(application=asked)
    booked = ApplicationFactory(
        candidate=candidate, booked=True, offer=OfferFactory(workplace=offer.workplace)
    )
    declined = ApplicationFactory(
        candidate=candidate,
        declined=True,
        end_words="Le chantier est arrêté jusqu’en mars.",
        offer=OfferFactory(workplace=offer.workplace, occupation=offer.occupation),
    )
    declined.record("submit", role="candidate", by=candidate.user)
    return {"submitted": submitted, "asked": asked, "booked": booked, "declined": declined}


def candidate_pages(offer, rows):
    user = rows["submitted"].candidate.user
    return [
        *[(address("my_application", row.pk), user) for row in rows.values()],
        (address("candidate_space"), user),
        (address("my_applications"), user),
        (address("application_sent", rows["submitted"].pk), user),
        (address("application_withdraw", rows["booked"].pk), user),
        (address("application_answer", rows["asked"].pk), user),
        (address("apply", offer.pk, offer.slug), UserFactory(first_name="", last_name="")),
        (address("apply", offer.pk, offer.slug), None),
    ]


def company_pages(offer, rows):
    user = offer.company.confirmed_members().first()
    return [
        *[(address("received_application", row.pk), user) for row in rows.values()],
        (address("company_space"), user),
        (address("received_applications"), user),
        (address("application_book", rows["submitted"].pk), user),
        (address("application_book", rows["asked"].pk), user),
        (address("application_ask", rows["submitted"].pk), user),
        (address("application_decline", rows["submitted"].pk), user),
        (address("application_cancel", rows["booked"].pk), user),
    ]


@pytest.mark.deep_too
@pytest.mark.parametrize("side", [candidate_pages, company_pages])
def test_each_page_is_read_by_everybody(visit, offer, side):
    for path, user in side(offer, states_of(offer)):
        assert faults(visit(path, user=user)) == [], path


@pytest.mark.deep_too
def test_wrong_answers_are_read_by_everybody(visit, offer):
    page = visit(address("apply", offer.pk, offer.slug), user=UserFactory(last_name=""), width=320)
    page.get_by_role("button", name="Envoyer ma candidature").click()
    assert page.get_by_role("alert").is_visible()
    assert faults(page) == []


@pytest.mark.parametrize("space", ["candidate_space", "company_space"])
def test_an_empty_space_shows_ways_on(visit, offer, space):
    row = ApplicationFactory(withdrawn=True)
    user = row.candidate.user if space == "candidate_space" else row.offer.company.confirmed_members().first()
    page = visit(address(space), user=user, width=320)
    assert page.locator(".empty a").count() >= 1
    assert violations(page) == []


def test_an_unconfirmed_member_sees_a_figure(visit):
    company = CompanyFactory(member__unconfirmed=True)
    ApplicationFactory(offer=OfferFactory(workplace__company=company))
    user = company.organisation.memberships.get().user
    page = visit(address("company_space"), user=user, width=320)
    assert page.get_by_text("1 candidature vous attend").is_visible()
    assert violations(page) == []
