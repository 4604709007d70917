"""From the first day to the reports, in every state: axe, and nothing sticks out at 320 px. The path itself is
walked in `test_journey`.
"""

import pytest
from django.urls import reverse
from django.utils import timezone

from candidates.factories import FollowingFactory
from companies.factories import CompanyFactory
from immersions.applications.models import EndReason
from immersions.factories import OfferFactory
from immersions.stays import actions
from immersions.stays.factories import a_report, a_stay
from immersions.stays.incident_actions import report_incident
from immersions.stays.models import Level, Report
from immersions.stays.report_actions import Answers, give_report, observe_skills
from territories.factories import OccupationFactory
from tests.browser.axe import faults

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
    by_tutor = a_report("company", application=a_stay("completed", begins_in=-3, offer=offer))
    give_report(by_tutor, Answers(came="yes", fits="yes", goes_on="yes"), by=None)
    late = a_report("company", application=a_stay("completed", begins_in=-60, offer=offer))
    Report.objects.filter(pk=late.pk).update(waiting_since=timezone.now() - 2 * Report.LINK_LASTS)
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
        ("report_link", [by_tutor.token], None),
        ("report_link_grid", [by_tutor.token], None),
        ("report_link", [late.token], None),
        ("stay_grid", [_given(own, candidate.user).application_id], candidate.user),
    ]


def _given(report, by):
    give_report(report, Answers(came="yes", fits="yes", goes_on="yes"), by=by)
    return report


@pytest.mark.deep_too
def test_each_page_is_read_by_everybody(visit):
    for name, args, user in pages_of(an_offer()):
        assert faults(visit(address(name, *args), user=user)) == [], name


def test_a_stop_is_a_reason_and_one_click(visit):
    application = a_stay("in_progress", begins_in=-1, days=3, offer=an_offer())
    page = visit(address("stay_interrupt", application.pk), width=360, user=application.candidate.user)
    page.get_by_label(EndReason.NOT_FOR_ME.label).press("Space")
    page.get_by_role("button", name="Arrêter l’immersion").press("Enter")
    application.refresh_from_db()
    assert application.status == "interrupted"
