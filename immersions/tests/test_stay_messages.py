"""Every message of a stay can be read: subject, text and HTML, with its scope, to the right person."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from candidates.factories import FollowingFactory
from core import delivery
from core.models import OutgoingMessage
from core.waits import sweep_all
from immersions.agreements.factories import a_frozen_agreement, an_agreement
from immersions.applications.models import EndReason
from immersions.stays import actions
from immersions.stays.factories import a_report, a_stay
from immersions.stays.incident_actions import report_incident
from immersions.stays.models import Level
from immersions.stays.report_actions import Answers, give_report, observe_skills
from immersions.stays.sweeps import move_stays_by_date
from immersions.tests.test_application_table import actor
from territories.agents import make_agent

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")
KINDS = {
    "absence",
    "absence_advisor",
    "agreement_reminder",
    "attestation",
    "incident",
    "incident_receipt",
    "interrupted",
    "interrupted_advisor",
    "lapsed",
    "lapsed_advisor",
    "lapsed_company",
    "report",
    "report_company",
    "report_given",
    "sheet",
    "sheet_company",
}


def a_followed_stay(status="in_progress", **options):
    options.setdefault("begins_in", -1)
    application = a_stay(status, days=3, **options)
    FollowingFactory(candidate=application.candidate, followed=True)
    return application


def everything_happens() -> None:
    """Each message at least once, from each side."""
    for begins_in in (1, 2):
        a_followed_stay("confirmed", begins_in=begins_in)
    lapsing = a_followed_stay("booked", begins_in=1)
    with time_machine.travel(dt.datetime.combine(timezone.localdate(), dt.time(20, 30), PARIS), tick=False):
        move_stays_by_date()
    lapsing.refresh_from_db()
    assert lapsing.status == "cancelled"
    for world in (an_agreement(), a_frozen_agreement()):
        first = world.application.bookings.get().slot.first_day
        with time_machine.travel(dt.datetime.combine(first - dt.timedelta(days=2), dt.time(9), PARIS)):
            move_stays_by_date()
    for role, reason in (("candidate", EndReason.NOT_FOR_ME), ("company", EndReason.NOT_SUITED)):
        stopped = a_followed_stay()
        actions.interrupt_stay(stopped, by=actor(role, stopped), reason=reason, words="C’est dit.")
        absent = a_followed_stay()
        for side in sorted(("candidate", "company"), key=lambda it, role=role: it != role):
            actions.tell_absence(
                absent, by=actor(side, absent), whose="nobody", words="Le bus n’est pas passé."
            )
        for kind in ("discomfort", "accident"):
            report_incident(a := a_followed_stay(), by=actor(role, a), kind=kind, words="Une chute.")
    ended = a_followed_stay("completed", begins_in=-3)
    answers = Answers(came="yes", fits="yes", goes_on="yes", words="Bien.", private_words="Merci.")
    for side in ("candidate", "company"):
        report = a_report(side, application=ended)
        give_report(report, answers, by=actor(side, ended))
    observe_skills(report, {"Ranger": Level.ALONE}, by=actor("company", ended))
    with time_machine.travel(timezone.now() + dt.timedelta(days=10)):
        sweep_all()


def test_each_message_reads_well_and_says_where_it_happens():
    everything_happens()
    rows = OutgoingMessage.objects.filter(kind__startswith="immersions/stay_")
    assert {row.kind.removeprefix("immersions/stay_") for row in rows} == KINDS
    for row in rows:
        words = delivery.render(row)
        for text in (words.subject, words.text, words.html):
            assert text.strip()
            assert "{{" not in text
            assert "{%" not in text
            assert "None" not in text
        assert "\n" not in words.subject.strip()
        assert len(words.subject) < 90, words.subject
        assert row.scope == "57"
        assert row.context["link"] in words.text


def test_agents_of_the_territory_read_them(client):
    application = a_followed_stay()
    report_incident(application, by=application.candidate.user, kind="accident", words="Une chute.")
    agent, _ = make_agent("agent@region.example", departments=[application.offer.commune.department])
    client.force_login(agent)
    row = OutgoingMessage.objects.get(kind="immersions/stay_incident")
    assert client.get(f"/admin/core/outgoingmessage/{row.pk}/change/").status_code == 200
    for page in ("report", "incident", "absence", "attestation", "gridskill"):
        assert client.get(f"/admin/immersions/{page}/").status_code == 200
