"""A change asked of a signed project: it waits with a date, and ends; what it says is true when it is signed."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from commitments.courses import actions as courses
from commitments.courses.factories import a_project_in_training, an_admitted_project, move_session
from commitments.factories import a_sealed_project, a_session_for, reread, sign
from commitments.projects import amending, ending
from commitments.projects.models import Commitment
from commitments.projects.texts import Amendment, CommitmentSignature
from core.models import OutgoingMessage
from core.rules import RuleBroken
from core.waits import sweep_all
from territories.models import AgentTask
from territories.working_days import last_day_before
from tests.race import overlapping
from trainings.models import Session

pytestmark = pytest.mark.django_db


def sent(kind):
    return OutgoingMessage.objects.filter(kind=f"commitments/{kind}")


def in_days(days):
    return timezone.localdate() + dt.timedelta(days=days)


def ask_later(world, by=None, **options):
    """The work would start two months later."""
    later = reread(world.commitment).starts_by + dt.timedelta(days=60)
    asked = {"starts_by": later, "words": "Le chantier commence plus tard"} | options
    return amending.propose_amendment(reread(world.commitment), by=by or world.member, **asked)


def aged(days):
    """As if the change had been asked `days` ago, with a date that many days sooner."""
    it, ago = Amendment.objects.get(), dt.timedelta(days=days)
    Amendment.objects.filter(pk=it.pk).update(sign_by=it.sign_by - ago, waiting_since=it.waiting_since - ago)


def is_open():
    return Amendment.objects.get().status == "open"


def test_a_change_that_one_side_does_not_sign_is_reminded_then_an_agent_then_the_project_stays(client):
    world = a_sealed_project()
    before = reread(world.commitment).starts_by
    ask_later(world)
    sign(world, "company")
    assert Amendment.objects.get().sign_by == in_days(14)
    client.force_login(world.candidate)
    todo = client.get(reverse("candidate_space")).text
    assert "Signez la modification du projet" in todo
    assert "au plus tard le" in todo
    for days, reminders, tasks in ((4, 0, 0), (1, 1, 0), (5, 2, 0), (2, 2, 1), (2, 2, 1)):
        aged(days)
        sweep_all()
        sweep_all()
        assert sent("amendment_reminder").count() == reminders
        assert AgentTask.objects.open().filter(kind="amendment_to_sign").count() == tasks
    assert set(sent("amendment_reminder").values_list("to", flat=True)) == {world.candidate.email}
    assert is_open(), "its last day is still a day to sign"
    aged(1)
    with pytest.raises(RuleBroken, match="La date limite pour signer cette modification est passée"):
        sign(world, "candidate")
    sweep_all()
    sweep_all()
    commitment = reread(world.commitment)
    assert (Amendment.objects.get().status, commitment.status, commitment.starts_by) == (
        "lapsed",
        "sealed",
        before,
    )
    assert set(sent("amendment_lapsed").values_list("to", flat=True)) == {
        world.candidate.email,
        world.member.email,
    }
    assert not AgentTask.objects.open().filter(kind="amendment_to_sign").exists()
    assert commitment.events.filter(transition="lapse_amendment").count() == 1
    with pytest.raises(RuleBroken, match="rien à signer"):
        sign(world, "candidate")
    ask_later(world)  # It may be asked again.


def test_another_session_is_signed_for_before_it_starts_even_when_it_is_moved_sooner():
    world = a_sealed_project()
    other = a_session_for(world.offer, starts_on=in_days(8), action__training__title="Pierre sèche")
    ask_later(world, by=world.candidate, session=other, starts_by=other.ends_on + dt.timedelta(days=30))
    trained, known = other.action.training, world.session.action.training
    told = sent("amendment").first().context["changes"][0]
    assert f"Formation : Pierre sèche, {trained.organisation.name}, {other.dates}" in told
    assert f"(avant : {known.title}, {known.organisation.name}, {world.session.dates}" in told
    assert Amendment.objects.get().sign_by == last_day_before(in_days(8), world.commitment.department_code)
    aged(2)
    sweep_all()
    assert sent("amendment_reminder").count() == 2, "the steps come sooner"
    Session.objects.filter(pk=other.pk).update(starts_on=timezone.localdate())
    sweep_all()
    assert Amendment.objects.get().status == "lapsed"


def test_a_result_ends_the_change_that_waited():
    world = a_project_in_training(days=30, length=60)
    ask_later(world)
    move_session(world.request.session, days=61, length=60)
    courses.finish_course(world.request, by=world.trainer, result="certified")
    assert Amendment.objects.get().status == "dropped"
    assert sent("amendment_dropped").count() == 2


# --- What it says is true when it is signed --------------------------------------------------------
def test_a_change_to_a_session_that_moved_filled_up_or_stopped_is_not_signed():
    world = a_sealed_project()
    other = a_session_for(world.offer, starts_on=in_days(60))
    ask_later(world, by=world.candidate, session=other, starts_by=other.ends_on + dt.timedelta(days=60))
    sign(world, "candidate")
    for changed, sentence in (
        ({"ends_on": other.ends_on + dt.timedelta(days=7)}, "demandez une nouvelle modification"),
        ({"seats_left": 0}, "complète"),
        ({"cancelled_at": timezone.now()}, "plus ouverte"),
    ):
        same = {name: getattr(other, name) for name in changed}
        Session.objects.filter(pk=other.pk).update(**changed)
        with pytest.raises(RuleBroken, match=sentence):
            sign(world, "company")
        Session.objects.filter(pk=other.pk).update(**same)
    assert reread(world.commitment).pledge.session == world.session
    sign(world, "company")
    assert reread(world.commitment).pledge.session == other


def test_a_later_start_signed_after_the_session_moved_follows_the_session():
    """What a catalogue moved past the hiring day is not followed until both sign a later day."""
    world = a_sealed_project()
    ends_on = reread(world.commitment).starts_by + dt.timedelta(days=10)
    Session.objects.filter(pk=world.session.pk).update(ends_on=ends_on)
    ask_later(world)
    sign(world, "candidate")
    sign(world, "company")
    commitment = reread(world.commitment)
    assert commitment.training_ends_on == commitment.pledge.ends_on == ends_on


# --- At once ---------------------------------------------------------------------------------------
def signing(world):
    return lambda: sign(world, "company")


@pytest.mark.django_db(transaction=True)
def test_a_change_signed_while_the_person_withdraws_changes_nothing():
    world = a_sealed_project()
    ask_later(world)
    sign(world, "candidate")
    commitment = Commitment.objects.get(pk=world.commitment.pk)

    def withdrawing():
        ending.withdraw_from(commitment, by=world.candidate, reason="income")

    assert overlapping(withdrawing, signing(world)) == "refused"
    assert Amendment.objects.get().status == "dropped"
    assert CommitmentSignature.objects.filter(version__number=2).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_change_that_lapses_while_the_person_enters_takes_nobody_out():
    world = an_admitted_project(days=3, length=60)
    ask_later(world)
    aged(15)

    def entering():
        courses.enter_course(world.request, by=world.trainer, entered_on=timezone.localdate())

    assert overlapping(entering, sweep_all) == "accepted"
    assert Amendment.objects.get().status == "lapsed"
    assert reread(world.commitment).status == "in_training"
