"""Who leaves takes along what others wrote about them; that it happened, and whose doing it is, stays."""

import pytest

from accounts.actions import erase_account
from accounts.roles import CANDIDATE, COMPANY
from immersions.applications.actions import ask_question
from immersions.applications.models import ApplicationEvent, Question
from immersions.appointments.models import Appointment, AppointmentEvent, AppointmentTime
from immersions.appointments.personal_data import erase_appointments
from immersions.dates.models import DateProposal, DateProposalEvent
from immersions.dates.personal_data import erase_dates
from immersions.factories import ApplicationFactory
from immersions.settlements.models import Settlement, SettlementEvent
from immersions.settlements.personal_data import erase_settlements
from immersions.stays.factories import a_report, a_stay
from immersions.stays.incident_actions import report_incident
from immersions.stays.models import Absence, Incident, Report, ReportEvent
from immersions.stays.personal_data import erase_stays
from territories.actions import forget_agent_tasks, open_agent_task
from territories.models import AgentTask

pytestmark = pytest.mark.django_db
SECRET = "Sa mère est malade"


def member_of(application):
    return application.offer.company.confirmed_members().first()


def an_event(**of):
    return {"transition": "x", "to_status": "x", "role": COMPANY, "note": SECRET, **of}


def test_what_a_company_asked_or_noted_of_an_application_goes():
    application = ApplicationFactory()
    ask_question(application, by=member_of(application), text=SECRET)
    ApplicationEvent.objects.create(**an_event(application=application, by=member_of(application)))
    open_agent_task("x", "Appeler", key=f"application/{application.pk}/silent/1", detail=SECRET)
    user = application.candidate.user
    erase_account(user, by=user)
    assert not Question.objects.filter(text=SECRET).exists()
    assert not ApplicationEvent.objects.exclude(note="").exists()
    assert AgentTask.objects.get(kind="x").detail == ""


def test_what_a_company_said_of_a_stay_goes_but_an_accident_stays_as_it_was_told():
    application = a_stay("in_progress")
    company, user = member_of(application), application.candidate.user
    for kind in ("discomfort", "accident"):
        report_incident(application, by=company, kind=kind, words=SECRET)
    Absence.objects.create(
        application=application, side=COMPANY, whose=CANDIDATE, words=SECRET, said_by=company
    )
    report = a_report(COMPANY, application=application, words=SECRET)
    ReportEvent.objects.create(**an_event(report=report))
    erase_stays(user)
    assert not Report.objects.open().exists()  # Nobody is asked about them any longer.
    assert Incident.objects.get(words=SECRET).kind == "accident"
    assert AgentTask.objects.get(kind="incident", detail__contains=SECRET).title.startswith("Accident")
    assert not Absence.objects.filter(words=SECRET).exists()
    assert not Report.objects.exclude(words="").exists()
    assert not ReportEvent.objects.exclude(note="").exists()


def test_whose_doing_an_absence_is_stays_said_without_its_reason():
    application = ApplicationFactory(completed=True)
    company, now = member_of(application), application.submitted_at
    asked = {"side": COMPANY, "words": SECRET, "asked_by": company, "status": "settled"}
    said = {"whose": CANDIDATE, "reason": SECRET, "settled_at": now, "settled_by": company}
    settlement = Settlement.objects.create(application=application, **asked, **said)
    SettlementEvent.objects.create(**an_event(settlement=settlement))
    erase_settlements(application.candidate.user)
    settlement.refresh_from_db()
    assert settlement.whose == CANDIDATE
    assert SECRET not in settlement.words + settlement.reason
    assert not SettlementEvent.objects.exclude(note="").exists()


def test_words_beside_dates_and_appointments_go():
    application = ApplicationFactory(booked=True)
    company, user = member_of(application), application.candidate.user
    proposal = DateProposal.objects.create(
        application=application, proposed_by=COMPANY, author=company, words=SECRET
    )
    DateProposalEvent.objects.create(**an_event(proposal=proposal, by=company))
    time = AppointmentTime.objects.create(
        company=application.offer.company, starts_at=application.submitted_at, offered_by=company
    )
    met = Appointment.objects.create(application=application, time=time)
    AppointmentEvent.objects.create(**an_event(appointment=met, by=company))
    erase_dates(user)
    erase_appointments(user)
    assert DateProposal.objects.get().words == ""
    assert not DateProposalEvent.objects.exclude(note="").exists()
    assert not AppointmentEvent.objects.exclude(note="").exists()


def test_agents_notes_of_another_row_stay():
    for pk in (1, 12):
        open_agent_task("x", "Appeler", key=f"settlement/{pk}", detail=SECRET)
    open_agent_task("x", "Appeler", key="settlement/1/again", detail=SECRET)
    forget_agent_tasks("settlement/1")
    assert AgentTask.objects.get(detail=SECRET).unique_key == "settlement/12"
