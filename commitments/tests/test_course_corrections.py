"""An organisation takes back what it said by mistake: an entry, a result. Nothing is erased, everybody is told."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from commitments.contracts.actions import accept
from commitments.courses import absences, actions, checkins, correcting, sweeps, todo
from commitments.courses.factories import a_project_in_training, a_trained_project, whole
from commitments.courses.models import CheckIn
from commitments.courses.personal_data import erase_courses
from commitments.factories import reread
from commitments.followups import actions as follow_ups
from commitments.projects.models import Commitment
from core import french
from core.delivery import render
from core.models import OutgoingMessage
from core.rules import RuleBroken
from core.signing.scans import read_scan
from territories.models import AgentTask
from tests.worlds import made_once
from trainings.models import Session, SessionSeats

pytestmark = pytest.mark.django_db
WORLDS = {"in_training": lambda: a_project_in_training(days=40, length=60), "trained": a_trained_project}
_made, worlds = made_once(lambda: {name: make() for name, make in WORLDS.items()})
WHY = "Une ligne de trop dans la liste"


def letters(kind):
    rows = OutgoingMessage.objects.filter(kind=f"commitments/{kind}").order_by("pk")
    return [(it.context["to_role"], render(it).text) for it in rows]


def statuses(world):
    return {it.status for it in world.request.check_ins.all()}


def again(world):
    world.request, world.commitment = whole(world.request), reread(world.commitment)
    return world


@pytest.fixture
def in_training(worlds):
    return worlds["in_training"]


@pytest.fixture
def trained(worlds):
    return worlds["trained"]


class TestTheEntry:
    def test_another_day_is_told_from_what_to_what_and_kept(self, in_training, client):
        before = in_training.request.entered_on
        day = before + dt.timedelta(days=4)
        correcting.correct_entry(in_training.request, by=in_training.trainer, entered_on=day, why=WHY)
        assert again(in_training).request.entered_on == day
        told = letters("entry_corrected")
        assert {role for role, _ in told} == {"candidate", "company", "advisor"}
        assert all(french.day(it) in said for it in (before, day) for _, said in told)
        with pytest.raises(RuleBroken, match="déjà le jour"):
            correcting.correct_entry(in_training.request, by=in_training.trainer, entered_on=day, why=WHY)
        for who, page in (("candidate", "my_course"), ("advisor", "followed_course"), ("trainer", "course")):
            client.force_login(getattr(in_training, who))
            seen = client.get(reverse(f"commitments:{page}", args=[in_training.request.pk])).text
            assert WHY in seen, page

    def test_who_had_not_entered_keeps_the_seat_and_may_enter_later(self, in_training):
        sweeps.sweep_courses()
        assert CheckIn.objects.asked().count() == 2
        correcting.undo_entry(in_training.request, by=in_training.trainer, why=WHY)
        again(in_training)
        assert (in_training.request.status, in_training.request.entered_on) == ("admitted", None)
        assert (in_training.commitment.status, in_training.request.holds_seat) == ("sealed", True)
        assert statuses(in_training) == {"moot"}
        assert "n’est pas encore en formation" in dict(letters("entry_corrected"))["company"]
        assert [it.label for it in todo.todos_of_organisation(in_training.trainer)] == ["Dire qui est entré"]
        with pytest.raises(RuleBroken, match="n’est plus possible"):
            correcting.undo_entry(in_training.request, by=in_training.trainer, why=WHY)
        told = len(letters("entered"))
        actions.enter_course(in_training.request, by=in_training.trainer, entered_on=timezone.localdate())
        assert len(letters("entered")) == told + 3, "said again to each"
        assert again(in_training).commitment.status == "in_training"
        assert statuses(in_training) == {"planned"}, "asked in the middle of what is left"

    @pytest.mark.parametrize("what", ["absence", "answer", "result"])
    def test_what_follows_from_it_forbids_it_and_says_what_to_do(self, in_training, what):
        request, by = in_training.request, in_training.trainer
        if what == "absence":
            said = {"kind": "absence", "reason": "justified"}
            day = request.entered_on
            absences.declare_absence(request, by=by, first_day=day, last_day=day, **said)
            with pytest.raises(RuleBroken, match="Une absence est notée"):
                correcting.correct_entry(request, by=by, entered_on=day + dt.timedelta(days=1), why=WHY)
        elif what == "answer":
            CheckIn.objects.update(status="asked")
            checkins.answer(CheckIn.objects.first(), by=None, is_worried=False)
        else:
            actions.leave_course(request, by=by, reason="job")
        sentence = "Une absence est notée" if what == "absence" else "agent de la Région"
        with pytest.raises(RuleBroken, match=sentence):
            correcting.undo_entry(request, by=by, why=WHY)

    def test_the_form_corrects_and_says_what_is_missing(self, in_training, client):
        client.force_login(in_training.trainer)
        address = reverse("commitments:course_entry_correct", args=[in_training.request.pk])
        page = client.post(address, {"what": "day", "why": ""}).text
        assert "Choisissez un jour" in page
        assert "Dites pourquoi" in page
        client.post(address, {"what": "person", "why": WHY})
        assert again(in_training).request.status == "admitted"


class TestTheStop:
    """The wrong person was said to have left."""

    @pytest.fixture
    def stopped(self, in_training):
        actions.leave_course(
            in_training.request, by=in_training.trainer, reason="no_news", words="Jamais revu"
        )
        assert (again(in_training).commitment.status, in_training.request.holds_seat) == (
            "dropped_out",
            False,
        )
        return in_training

    def undo(self, world):
        correcting.undo_leave(world.request, by=world.trainer, why=WHY)
        return again(world)

    def test_all_goes_on_as_if_nothing_had_been_said_and_everybody_reads_it(self, stopped, client):
        client.force_login(stopped.trainer)
        address = reverse("commitments:course_leave_correct", args=[stopped.request.pk])
        assert address in client.get(reverse("commitments:course", args=[stopped.request.pk])).text
        assert "Dites pourquoi" in client.post(address, {"why": " "}).text
        assert "la formation continue" in client.post(address, {"why": WHY}, follow=True).text
        request, commitment = again(stopped).request, stopped.commitment
        assert (request.status, request.holds_seat, request.leave_reason) == ("entered", True, "")
        assert (commitment.status, commitment.end_reason, commitment.exit_type) == ("in_training", "", "")
        assert {role for role, _ in letters("leave_corrected")} == {"candidate", "company", "advisor"}
        assert "votre formation ne s’arrête pas" in dict(letters("leave_corrected"))["candidate"]
        assert "planned" in statuses(stopped)
        assert [it.cancelled_at for it in request.internships.all()] == [None] * request.internships.count()
        assert not AgentTask.objects.open().filter(unique_key__contains="dropped_out").exists()
        with pytest.raises(RuleBroken, match="n’est plus possible"):
            self.undo(stopped)

    def test_what_became_of_them_is_asked_at_the_real_end(self, stopped, client):
        follow_ups.ask_due()
        mailed = stopped.commitment.follow_ups.get(status="asked")
        self.undo(stopped)
        assert {it.status for it in stopped.commitment.follow_ups.all()} == {"to_come"}
        page = client.get(reverse("commitments:follow_up_link", args=[mailed.token]))
        assert (page.status_code, "viendra plus tard" in page.text) == (410, True)
        assert follow_ups.ask_due() == 0
        actions.leave_course(stopped.request, by=stopped.trainer, reason="job")
        assert follow_ups.ask_due() == 1, "the day is counted from this end"
        assert stopped.commitment.follow_ups.count() == 4

    @pytest.mark.parametrize("what", ["said", "seat", "post", "cancelled"])
    def test_what_follows_from_it_forbids_it_and_nothing_moves(self, stopped, what):
        if what == "said":
            follow_ups.ask_due()
            row = stopped.commitment.follow_ups.get(status="asked")
            follow_ups.give_answer(row, follow_ups.Answer(situation="looking"), by=None)
        elif what == "seat":
            SessionSeats.objects.filter(session=stopped.request.session).update(places=F("taken"))
        elif what == "post":
            a_project_on_the_same_post(stopped.commitment)
        else:
            Session.objects.filter(pk=stopped.request.session_id).update(cancelled_at=timezone.now())
            again(stopped)
        with pytest.raises(
            RuleBroken, match="à quelqu’un d’autre" if what == "seat" else "agent de la Région"
        ):
            self.undo(stopped)
        assert (again(stopped).request.status, stopped.commitment.status) == ("left", "dropped_out")


class TestTheResult:
    def correct(self, world, result, **said):
        correcting.correct_result(world.request, by=world.trainer, result=result, why=WHY, **said)
        return again(world)

    def test_the_conditions_are_read_again_in_both_ways_and_each_time_told(self, trained):
        assert trained.commitment.status == "to_confirm"
        assert self.correct(trained, "not_certified").commitment.status == "conditions_unmet"
        assert all("au lieu de « certification obtenue »" in said for _, said in letters("result_corrected"))
        assert self.correct(trained, "certified").commitment.status == "to_confirm"
        assert trained.commitment.exit_type == ""
        assert [role for role, _ in letters("to_confirm")].count("candidate") == 2
        first = trained.request.events.filter(transition="correct_result").order_by("pk").first()
        assert (first.data["before"]["result"], first.note) == ("certified", WHY)
        with pytest.raises(RuleBroken, match="déjà ce qui est noté"):
            self.correct(trained, "certified")

    def test_words_alone_do_not_ask_the_person_again(self, trained):
        since = trained.commitment.waiting_since
        self.correct(trained, "certified", words="Avec les félicitations")
        assert (trained.commitment.status, trained.commitment.waiting_since) == ("to_confirm", since)

    @pytest.mark.parametrize("what", ["answer", "other project"])
    def test_once_somebody_acted_upon_it_an_agent_looks_at_it(self, trained, what, client):
        if what == "answer":
            accept(trained.commitment, by=trained.candidate)
            client.force_login(trained.trainer)
            address = reverse("commitments:course_result_correct", args=[trained.request.pk])
            assert "agent de la Région" in client.get(address, follow=True).text
        else:
            self.correct(trained, "not_certified")
            a_project_on_the_same_post(trained.commitment)
        result, status = trained.request.result, reread(trained.commitment).status
        with pytest.raises(RuleBroken, match="agent de la Région"):
            self.correct(trained, "partly" if what == "answer" else "certified", words="Un bloc")
        again(trained)
        assert (trained.request.result, trained.commitment.status) == (result, status)

    def test_the_paper_of_a_result_that_was_not_so_goes_with_it_and_is_erased(self, trained):
        scan = read_scan(SimpleUploadedFile("c", b"%PDF-1.4 c %%EOF"))
        row = self.correct(trained, "certified", attestation=scan).request.course_result
        storage, name = row.attestation.storage, row.attestation.name
        assert not self.correct(trained, "not_certified").request.course_result.attestation
        assert storage.exists(name), "the history keeps it"
        erase_courses(trained.candidate)
        assert not storage.exists(name)


def a_project_on_the_same_post(commitment):
    """Somebody else has been promised the post since."""
    from commitments.factories import a_sealed_project

    other = a_sealed_project().commitment
    facts = {"offer": commitment.offer, "post_number": commitment.post_number, "posts": commitment.posts}
    Commitment.objects.filter(pk=other.pk).update(**facts)
