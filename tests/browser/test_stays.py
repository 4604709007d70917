"""From the first day to the attestation, read by everybody: axe, nothing sticks out at 320 px, and
the whole path on a phone.
"""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from candidates.factories import FollowingFactory
from companies.factories import CompanyFactory
from immersions.applications.models import EndReason
from immersions.factories import OfferFactory
from immersions.stays import actions
from immersions.stays.factories import a_report, a_stay
from immersions.stays.incident_actions import report_incident
from immersions.stays.models import Level
from immersions.stays.report_actions import Answers, give_report, observe_skills
from immersions.stays.sweeps import move_stays_by_date
from territories.factories import OccupationFactory
from tests.browser.axe import overflow, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def address(name: str, *args) -> str:
    return reverse(name if "_space" in name else f"immersions:{name}", args=args)


def an_offer():
    offer = OfferFactory(
        workplace__company=CompanyFactory(name="Pierre & Chaux"),
        occupation=OccupationFactory(code="F1703", title="Maçon / Maçonne"),
        discovery=True,
    )
    detail = offer.detail
    detail.tutor_name, detail.clothes = "Karim, chef de chantier", "Chaussures fermées"
    detail.access = "Bus 5, arrêt Sablon, puis 4 minutes à pied"
    detail.save()
    return offer


def pages_of(offer):
    """(page, reader), each in the state that it is made for."""
    now = a_stay("in_progress", begins_in=-1, days=3, offer=offer)
    candidate, member = now.candidate, offer.company.confirmed_members().first()
    advisor = FollowingFactory(candidate=candidate, followed=True).advisor
    report_incident(now, by=candidate.user, kind="discomfort", words="On me demande de porter 40 kg seul.")
    same = {"candidate": candidate}
    ended = a_stay("completed", begins_in=-9, offer=OfferFactory(workplace=offer.workplace), **same)
    own, theirs = (a_report(side, application=ended) for side in ("candidate", "company"))
    absent = a_stay("in_progress", begins_in=-1, offer=OfferFactory(workplace=offer.workplace), **same)
    actions.tell_absence(absent, by=member, whose="candidate", words="Personne à 8 h.")
    told = a_stay("completed", begins_in=-20, offer=OfferFactory(workplace=offer.workplace), **same)
    answers = Answers(
        came="yes", fits="no", goes_on="no", what_next="other_trade", private_words="Trop de bruit."
    )
    for side, by in (("candidate", candidate.user), ("company", member)):
        report = a_report(side, application=told)
        give_report(report, answers, by=by)
        observe_skills(report, {"Monter un rang droit": Level.ALONE, "Ranger": Level.WITH_HELP}, by=by)
    both = [
        (f"{prefix}{name}", [row.pk], user)
        for prefix, user in (("", candidate.user), ("received_", member))
        for name, row in (
            ("stay_sheet", now),
            ("stay_interrupt", now),
            ("stay_incident", now),
            ("stay_report", ended),
            ("stay_reports", told),
        )
    ]
    return [
        *both,
        ("my_application", [now.pk], candidate.user),
        ("my_application", [ended.pk], candidate.user),
        ("received_application", [now.pk], member),
        ("stay_absence", [absent.pk], candidate.user),
        ("candidate_space", [], candidate.user),
        ("company_space", [], member),
        ("advisor_space", [], advisor),
        ("followed_stay", [told.pk], advisor),
        ("followed_stay", [absent.pk], advisor),
        ("followed_stay", [now.pk], advisor),
        ("report_link", [theirs.token], None),
        ("stay_grid", [_given(own, candidate.user).application_id], candidate.user),
    ]


def _given(report, by):
    give_report(report, Answers(came="yes", fits="yes", goes_on="yes"), by=by)
    return report


def test_each_page_is_read_by_everybody_and_fits_a_phone(visit):
    for name, args, user in pages_of(an_offer()):
        page = visit(address(name, *args), width=320, user=user)
        assert overflow(page) <= 0, name
        assert violations(page) == [], name
        page.close()


def test_from_the_first_day_to_the_attestation_on_a_phone(visit):
    """The dates start and end it; each side says three things; the tutor by a link, the grid too."""
    application = a_stay("confirmed", begins_in=0, days=1, offer=an_offer())
    user = application.candidate.user
    move_stays_by_date()
    page = visit(address("my_application", application.pk), width=360, user=user)
    page.get_by_role("link", name="La fiche pratique").press("Enter")
    assert page.get_by_role("heading", level=1).inner_text() == "Fiche pratique"
    with time_machine.travel(timezone.now() + dt.timedelta(days=1), tick=False):
        move_stays_by_date()
        page = visit(address("candidate_space"), width=360, user=user)
        page.get_by_role("link", name="Répondre").first.press("Enter")
        page.get_by_label("Oui, tous les jours").press("Space")
        page.get_by_label("Oui", exact=True).press("Space")
        page.get_by_label("Oui, je veux continuer").press("Space")
        page.get_by_role("button", name="Enregistrer mon bilan").press("Enter")
        page.get_by_role("link", name="Passer").press("Enter")
        token = application.reports.get(side="company").token
        page = visit(address("report_link", token), width=360)
        page.get_by_label("Oui, tous les jours").press("Space")
        page.get_by_label("Oui", exact=True).press("Space")
        page.get_by_label("Oui, nous voulons continuer").press("Space")
        page.get_by_role("button", name="Enregistrer mon bilan").press("Enter")
        page.get_by_role("group", name="Monter un rang droit").get_by_label("Fait sans aide").press("Space")
        page.get_by_role("button", name="Enregistrer").press("Enter")
        page.get_by_text("a son attestation").wait_for()
        page = visit(address("my_application", application.pk), width=360, user=user)
        assert page.get_by_role("link", name="Mon attestation").is_visible()
    application.refresh_from_db()
    assert application.status == "completed"
    assert application.attestation.sha256


def test_a_stop_is_a_reason_and_one_click(visit):
    application = a_stay("in_progress", begins_in=-1, days=3, offer=an_offer())
    page = visit(address("stay_interrupt", application.pk), width=360, user=application.candidate.user)
    page.get_by_label(EndReason.NOT_FOR_ME.label).press("Space")
    page.get_by_role("button", name="Arrêter l’immersion").press("Enter")
    application.refresh_from_db()
    assert application.status == "interrupted"
