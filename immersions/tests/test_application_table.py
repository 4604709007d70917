"""The whole table: every status × every event × every role does what it says, and nothing else."""

import pytest
from django.core.exceptions import PermissionDenied

from accounts.factories import UserFactory
from core.models import OutgoingMessage
from core.rules import RuleBroken
from immersions.applications import actions
from immersions.applications.models import EndReason, Question
from immersions.applications.workflow import APPLICATION_WORKFLOW, ApplicationStatus
from immersions.dates.actions import accept_dates
from immersions.dates.models import DateProposal
from immersions.dates.periods import of_slots
from immersions.factories import (
    ApplicationFactory,
    OfferFactory,
    QuestionFactory,
    SlotFactory,
    monday_in,
)
from tests.access.cast import _agent as agent_of
from tests.worlds import made_once

pytestmark = pytest.mark.django_db

STATUSES = list(ApplicationStatus)
ROLES = ("candidate", "company", "agent", "system")


def an_application(status: str, *, visit: bool = False):
    offer = OfferFactory(visit=True) if visit else OfferFactory()
    ended = {
        "declined": {"ended_by": "company"},
        "cancelled": {"ended_by": "company"},
        "withdrawn": {"ended_by": "candidate"},
        "expired": {"ended_by": "system"},
    }
    return ApplicationFactory(status=status, offer=offer, **ended.get(status, {}))


def actor(role: str, application):
    return {
        "candidate": lambda: application.candidate.user,
        "company": lambda: application.offer.company.confirmed_members().first(),
        "agent": lambda: agent_of(application.offer.commune.department),
        "system": lambda: None,
    }[role]()


def book(application, by):
    actions.book_application(application, slot=SlotFactory(offer=application.offer), by=by)


def ask(application, by):
    actions.ask_question(application, by=by, text="À 8 h ?")


def answer(application, by):
    QuestionFactory(application=application)
    actions.answer_question(application, by=by, text="Oui")


def reschedule(application, by):
    """The other side has proposed; `by` says yes."""
    proposed_by = "company" if by == application.candidate.user else "candidate"
    slot = SlotFactory(offer=application.offer, first_day=monday_in(weeks=6))
    proposal = DateProposal.objects.create(
        application=application,
        proposed_by=proposed_by,
        author=actor(proposed_by, application),
        choices=[of_slots([slot])],
    )
    accept_dates(proposal, by=by)


def end(action):
    def do(application, by):
        action(application, by=by, reason=EndReason.OTHER, words="Imprévu")

    return do


def expire(application, by):
    assert by is None, "the action takes no actor: nobody can ask for it"
    actions.expire_application(application)


DO = {
    "ask": ask,
    "answer": answer,
    "book": book,
    "reschedule": reschedule,
    "decline": end(actions.decline_application),
    "withdraw": end(actions.withdraw_application),
    "cancel": end(actions.cancel_application),
    "expire": expire,
}
ONLY_BY = {"expire": ("system",), "ask": ("candidate", "company", "agent")}
CASES = [(status, event, role) for status in STATUSES for event in DO for role in ONLY_BY.get(event, ROLES)]
TRANSITIONS = {transition.name: transition for transition in APPLICATION_WORKFLOW.transitions}


_made, applications = made_once(lambda: {status: an_application(status) for status in STATUSES})


@pytest.mark.parametrize(("status", "event", "role"), CASES)
def test_each_event_does_what_the_table_says_and_nothing_else(applications, status, event, role):
    application = applications[status]
    by = actor(role, application)
    before = application.events.count()
    if APPLICATION_WORKFLOW.is_decided(event, status, role):
        DO[event](application, by)
        application.refresh_from_db()
        assert application.status == TRANSITIONS[event].target
        moved = application.events.last()
        assert (moved.transition, moved.from_status, moved.role, moved.by) == (event, status, role, by)
        owed = set(TRANSITIONS[event].owes)
        assert owed <= set(OutgoingMessage.objects.values_list("kind", flat=True))
    else:
        with pytest.raises(RuleBroken):
            DO[event](application, by)
        application.refresh_from_db()
        assert application.status == status
        assert application.events.count() == before
        assert not OutgoingMessage.objects.exists()


@pytest.mark.parametrize("status", STATUSES)
def test_a_visit_goes_straight_to_confirmed(status):
    application = an_application(status, visit=True)
    by = actor("company", application)
    if status == ApplicationStatus.SUBMITTED:
        book(application, by)
        assert application.status == ApplicationStatus.CONFIRMED
        assert application.events.last().transition == "book_visit"
    else:
        with pytest.raises(RuleBroken):
            book(application, by)


@pytest.mark.parametrize("role", ["company", "agent", "system"])
@pytest.mark.parametrize("status", STATUSES)
def test_closing_an_offer_ends_only_those_who_wait(status, role):
    application = an_application(status)
    closed = actions.close_applications_of(application.offer, actor(role, application))
    application.refresh_from_db()
    if status == ApplicationStatus.SUBMITTED:
        assert closed == 1
        assert (application.status, application.end_reason) == ("declined", EndReason.POST_FILLED)
        assert application.ended_by == role
        assert OutgoingMessage.objects.get().kind == "immersions/declined"
    else:
        assert (closed, application.status) == (0, status)


@pytest.mark.parametrize("event", [name for name in DO if name != "expire"])
def test_a_stranger_decides_nothing(event):
    application = an_application("submitted")
    with pytest.raises(PermissionDenied):
        DO[event](application, UserFactory())
    application.refresh_from_db()
    assert application.status == "submitted"


@pytest.mark.parametrize("event", ["decline", "withdraw", "cancel"])
def test_a_reason_comes_from_the_list_of_the_one_who_gives_it(event):
    application = an_application("booked" if event == "cancel" else "submitted")
    by = actor("candidate" if event == "withdraw" else "company", application)
    action = getattr(actions, f"{event}_application")
    foreign = EndReason.NO_TIME if event == "withdraw" else EndReason.FOUND_WORK
    for reason, words in ((foreign, ""), ("made_up", ""), (EndReason.OTHER, " ")):
        with pytest.raises(RuleBroken):
            action(application, by=by, reason=reason, words=words)
    assert not application.events.exists()


class TestQuestions:
    def test_the_first_answer_restarts_the_clock_and_the_next_ones_do_not(self):
        application = ApplicationFactory()
        company = actor("company", application)
        started = [application.waiting_since]
        for _ in range(2):
            actions.ask_question(application, by=company, text="À 8 h ?")
            actions.answer_question(application, by=application.candidate.user, text="Oui")
            started.append(application.waiting_since)
        asked, first_answer, second_answer = started
        assert asked < first_answer == second_answer
        assert Question.objects.filter(answer="Oui").count() == 2

    def test_one_question_at_a_time(self):
        question = QuestionFactory()
        application = question.application
        with pytest.raises(RuleBroken, match="attend déjà sa réponse"):
            actions.ask_question(application, by=actor("company", application), text="Et à 9 h ?")
        assert Question.objects.count() == 1

    @pytest.mark.parametrize("event", ["ask", "answer"])
    def test_an_empty_text_is_not_sent(self, event):
        application = ApplicationFactory()
        if event == "answer":
            QuestionFactory(application=application)
        by = actor("company" if event == "ask" else "candidate", application)
        with pytest.raises(RuleBroken, match="Écrivez"):
            getattr(actions, "ask_question" if event == "ask" else "answer_question")(
                application, by=by, text="  "
            )
