"""The whole table, from the start on: every status × event × role does what it says, nothing else."""

import pytest
from django.core.exceptions import PermissionDenied

from accounts.factories import UserFactory
from core.models import OutgoingMessage
from core.rules import RuleBroken
from immersions.applications.models import EndReason
from immersions.applications.workflow import APPLICATION_WORKFLOW, ApplicationStatus
from immersions.stays import actions
from immersions.stays.factories import a_stay
from immersions.stays.models import Absence, Report
from immersions.tests.test_application_table import TRANSITIONS, actor

pytestmark = pytest.mark.django_db


def lapse(application, by):
    actions.lapse_application(application)


def start(application, by):
    actions.start_stay(application)


def finish(application, by):
    actions.finish_stay(application)


def interrupt(application, by):
    actions.interrupt_stay(application, by=by, reason=EndReason.OTHER, words="Imprévu")


def tell_absence(application, by):
    actions.tell_absence(application, by=by, whose="nobody", words="Le bus n’est pas passé.")


PEOPLE = ("candidate", "company", "agent", "system")
# The name of the event, what does it, who may ask for it at all.
DO = {
    "lapse": (lapse, ("system",)),
    "start": (start, ("system",)),
    "finish": (finish, ("system",)),
    "interrupt": (interrupt, PEOPLE),
    "no_show": (tell_absence, PEOPLE),
    "tell_absence": (tell_absence, PEOPLE),
}
CASES = [
    (status, event, role)
    for status in ApplicationStatus
    for event, (_, roles) in DO.items()
    for role in roles
]


def is_decided(event: str, status: str, role: str) -> bool:
    return APPLICATION_WORKFLOW.is_decided(event, status, role)


@pytest.mark.parametrize(("status", "event", "role"), CASES)
def test_each_event_does_what_the_table_says_and_nothing_else(status, event, role):
    application = a_stay(status, begins_in=-3)  # Begun and over: only the table decides.
    by = actor(role, application)
    done = next(
        (name for name, (act, _) in DO.items() if act is DO[event][0] and is_decided(name, status, role)),
        None,
    )
    if done:
        DO[event][0](application, by)
        application.refresh_from_db()
        assert application.status == TRANSITIONS[done].target
        moved = application.events.last()
        assert (moved.transition, moved.from_status, moved.role, moved.by) == (done, status, role, by)
    else:
        with pytest.raises(RuleBroken):
            DO[event][0](application, by)
        application.refresh_from_db()
        assert application.status == status
        assert not application.events.exists()
        assert not OutgoingMessage.objects.exists()
        assert not Report.objects.exists()
        assert not Absence.objects.exists()


@pytest.mark.parametrize("event", ["interrupt", "no_show"])
def test_a_stranger_decides_nothing(event):
    application = a_stay("in_progress", begins_in=-1, days=3)
    with pytest.raises(PermissionDenied):
        DO[event][0](application, UserFactory())
    application.refresh_from_db()
    assert application.status == "in_progress"


@pytest.mark.parametrize("role", ["candidate", "company"])
def test_a_reason_to_stop_comes_from_the_list_of_the_one_who_gives_it(role):
    application = a_stay("in_progress", begins_in=-1, days=3)
    by = actor(role, application)
    foreign = EndReason.NOT_SUITED if role == "candidate" else EndReason.NOT_FOR_ME
    for reason, words in ((foreign, ""), ("made_up", ""), ("", ""), (EndReason.OTHER, " ")):
        with pytest.raises(RuleBroken):
            actions.interrupt_stay(application, by=by, reason=reason, words=words)
    assert not application.events.exists()
