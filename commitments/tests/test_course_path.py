"""A training from the first day to the result, and what happens between."""

import datetime as dt

import pytest
from django.utils import timezone

from commitments.courses import absences, actions, checkins, concerns, internships, moving, sweeps, todo
from commitments.courses.factories import (
    a_project_in_training,
    a_session_begun,
    a_trained_project,
    a_trainee,
    an_admitted_person,
    an_admitted_project,
    whole,
)
from commitments.courses.models import CheckIn, Concern, CourseNotice
from commitments.factories import a_session_for, reread
from commitments.projects import amending
from commitments.projects.ending import break_promise
from commitments.projects.texts import Amendment
from commitments.seats.factories import advisor_of, open_space_of, trainer_of
from commitments.seats.models import SeatRequest
from commitments.seats.todo import todos_of_candidate
from core import french
from core.aging import make_older
from core.delivery import render
from core.models import OutgoingMessage
from core.rules import RuleBroken
from core.waits import sweep_all
from territories.models import AgentTask
from territories.working_days import working_days_after
from tests.worlds import made_once
from trainings.factories import SkillBlockFactory
from trainings.models import Session

pytestmark = pytest.mark.django_db
_made, in_training = made_once(a_project_in_training)


def kinds():
    return set(OutgoingMessage.objects.values_list("kind", flat=True))


class TestThePath:
    def test_the_entry_moves_the_project_with_the_seat(self, in_training):
        assert (in_training.request.status, in_training.commitment.status) == ("entered", "in_training")
        assert in_training.request.holds_seat
        roles = OutgoingMessage.objects.filter(kind="commitments/entered").values_list("context__to_role")
        assert {role for (role,) in roles} == {"candidate", "company", "advisor"}

    def test_the_result_ends_the_training_and_the_contract_comes_next(self):
        world = a_trained_project()
        assert (world.request.status, world.request.result) == ("finished", "certified")
        assert world.commitment.events.filter(transition="complete").exists()
        assert "commitments/trained" in kinds()

    def test_a_stop_ends_the_project_and_gives_the_seat_back(self, in_training):
        actions.leave_course(in_training.request, by=in_training.trainer, reason="job")
        in_training.commitment.refresh_from_db()
        in_training.request.refresh_from_db()
        assert (in_training.request.status, in_training.request.holds_seat) == ("left", False)
        assert (in_training.commitment.status, in_training.commitment.end_reason) == (
            "dropped_out",
            "other_job",
        )

    def test_who_did_not_come_gives_the_seat_back_and_the_promise_stands(self):
        world = an_admitted_project()
        actions.note_not_come(world.request, by=world.trainer, reason="no_news")
        world.commitment.refresh_from_db()
        world.request.refresh_from_db()
        assert (world.request.status, world.request.holds_seat) == ("released", False)
        assert world.commitment.status == "sealed"

    def test_a_change_of_session_not_yet_signed_stops_with_the_entry(self):
        world = an_admitted_project(days=3, length=60)
        other = a_session_for(world.offer)
        amending.propose_amendment(
            world.commitment,
            by=world.candidate,
            session=other,
            starts_by=other.ends_on + dt.timedelta(days=30),
            words="Plus près",
        )
        actions.enter_course(world.request, by=world.trainer, entered_on=timezone.localdate())
        assert Amendment.objects.get().status == "dropped"
        letters = OutgoingMessage.objects.filter(kind="commitments/amendment_dropped")
        assert letters.count() == 2

    def test_a_later_start_not_yet_signed_still_waits_after_the_entry(self):
        world = an_admitted_project(days=3, length=60)
        later = reread(world.commitment).starts_by + dt.timedelta(days=10)
        amending.propose_amendment(
            world.commitment, by=world.candidate, starts_by=later, words="Un contretemps"
        )
        actions.enter_course(world.request, by=world.trainer, entered_on=timezone.localdate())
        assert Amendment.objects.get().status == "open"

    def test_both_yes_are_needed_to_enter(self):
        world = an_admitted_project()
        world.request.validation.status = "to_validate"
        world.request.validation.save()
        with pytest.raises(RuleBroken, match="conseiller"):
            actions.enter_course(world.request, by=world.trainer, entered_on=world.request.session.starts_on)
        world.commitment.refresh_from_db()
        assert world.commitment.status == "sealed"


class TestTheResult:
    def finished(self, **said):
        block, second = SkillBlockFactory(), SkillBlockFactory(title="Poser un enduit")
        other = SkillBlockFactory(title="Lire un plan", certification=said.pop("of", "RNCP1"))
        session = a_session_begun(days=30, length=30, action__training__teaches=[block, second])
        open_space_of(session.action.training.organisation)
        request = a_trainee(session=session)
        names = {"taught": block, "second": second, "other": other}
        blocks = [names[it] for it in said.pop("blocks", [])]
        actions.finish_course(request, by=trainer_of(request), blocks=blocks, **said)
        request.refresh_from_db()
        return request, block

    def test_in_part_says_which_blocks(self):
        request, block = self.finished(result="partly", blocks=["taught"])
        assert list(request.course_result.blocks.all()) == [block]
        letter = OutgoingMessage.objects.get(kind="commitments/trained", context__to_role="candidate")
        assert letter.context["blocks"] == [block.title]

    def test_all_that_one_block_of_a_certification_teaches_is_a_part_of_it(self):
        request, _ = self.finished(result="partly", blocks=["taught", "second"], of="RNCP38511")
        assert request.course_result.blocks.count() == 2

    @pytest.mark.parametrize(
        "said",
        [
            {"result": "partly"},
            {"result": "partly", "blocks": ["other"]},
            {"result": "partly", "blocks": ["taught", "second"]},
            {"result": "certified", "blocks": ["taught"]},
            {"result": "made_up"},
        ],
    )
    def test_what_does_not_hold_is_refused(self, said):
        with pytest.raises(RuleBroken):
            self.finished(**said)

    def test_the_conditions_are_read_the_same_day(self):
        world = a_trained_project("certified")
        assert world.commitment.events.filter(transition="complete").exists()
        assert world.commitment.status in ("trained", "to_confirm")


class TestSeveralAtOnce:
    def test_who_may_enter_enters_and_the_others_have_their_sentence(self):
        session = a_session_begun()
        ready = [an_admitted_person(session=session) for _ in range(2)]
        waiting = an_admitted_person(session=session, validated=False)
        by = trainer_of(waiting)
        entered, refused = actions.enter_many([*ready, waiting], by=by, entered_on=session.starts_on)
        assert entered == ready
        assert [(it, "conseiller" in why) for it, why in refused] == [(waiting, True)]


class TestAbsences:
    def declare(self, request, **said):
        day = timezone.localdate()
        usual = {"kind": "absence", "first_day": day, "last_day": day, "reason": "justified"}
        return absences.declare_absence(request, by=trainer_of(request), **(usual | said))

    def test_a_correction_keeps_what_was_said(self):
        request = a_trainee()
        first = self.declare(request)
        second = self.declare(request, reason="organisation", replaces=first)
        first.refresh_from_db()
        assert (first.is_current, second.is_current, second.replaces) == (False, True, first)
        with pytest.raises(RuleBroken, match="déjà corrigée"):
            self.declare(request, replaces=first)

    def test_two_on_the_same_day_are_one_too_many(self):
        request = a_trainee()
        self.declare(request)
        with pytest.raises(RuleBroken, match="déjà notée"):
            self.declare(request)

    def test_the_company_reads_that_the_calendar_changes_and_never_why(self, in_training):
        said = {"kind": "interruption", "last_day": None, "reason": "personal", "words": "Un secret"}
        absences.declare_absence(
            in_training.request, by=in_training.trainer, first_day=timezone.localdate(), **said
        )
        letters = OutgoingMessage.objects.filter(kind="commitments/absence")
        company = letters.get(context__to_role="company")
        assert (company.context["reason"], company.context["note"]) == ("", "")
        seen = render(company)
        assert "calendrier" in seen.text
        assert "secret" not in seen.text + seen.html + seen.subject
        assert "secret" in render(letters.get(context__to_role="candidate")).text

    def test_time_passes_over_an_interruption_without_an_end(self):
        request, day = a_trainee(days=9), timezone.localdate()
        self.declare(request, kind="interruption", first_day=day, last_day=None)
        before = day - dt.timedelta(days=2)
        last = self.declare(request, first_day=before, last_day=before)
        make_older(3)
        last.refresh_from_db()
        assert last.first_day == before - dt.timedelta(days=3)

    def test_a_day_out_of_the_training_is_refused(self):
        request = a_trainee(days=3)
        with pytest.raises(RuleBroken, match="est entrée"):
            self.declare(request, first_day=timezone.localdate() - dt.timedelta(days=9))


class TestCheckIns:
    @pytest.mark.parametrize(("length", "asked"), [(6, 0), (60, 1), (200, 2)])
    def test_longer_trainings_are_asked_about_more_often(self, length, asked):
        request = a_trainee(days=0, length=length)
        assert CheckIn.objects.filter(seat_request=request, side="candidate").count() == asked

    def test_both_sides_are_asked_in_the_middle_and_once(self):
        a_project_in_training(days=40, length=60)
        sweeps.sweep_courses()
        sweeps.sweep_courses()
        letters = OutgoingMessage.objects.filter(kind="commitments/check_in")
        assert {it.context["to_role"] for it in letters} == {"candidate", "company"}
        assert letters.count() == 2
        assert CheckIn.objects.asked().count() == 2

    def test_nights_were_missed_and_one_asks_once(self):
        request = a_trainee(days=190, length=200)
        sweeps.sweep_courses()
        assert {it.number: it.status for it in request.check_ins.all()} == {1: "moot", 2: "asked"}

    def test_two_silences_ask_for_a_call(self):
        world = a_project_in_training(days=40, length=60)
        sweeps.sweep_courses()
        for days in range(1, 14):
            CheckIn.objects.asked().update(waiting_since=timezone.now() - dt.timedelta(days=days))
            sweep_all()
        assert {it.status for it in world.request.check_ins.all()} == {"silent"}
        assert Concern.objects.get().cause == "silent"
        assert OutgoingMessage.objects.filter(kind="commitments/check_in_reminder").count() == 4
        assert OutgoingMessage.objects.get(kind="commitments/concern").context["to_role"] == "advisor"

    def test_a_late_answer_still_counts(self):
        world = a_project_in_training(days=40, length=60)
        CheckIn.objects.update(status="silent")
        for check_in in CheckIn.objects.all():
            checkins.answer(check_in, by=None, is_worried=False)
        assert {it.status for it in world.request.check_ins.all()} == {"fine"}

    def test_nobody_accompanies_and_an_agent_is_asked_at_once(self):
        request = a_trainee()
        request.candidate.followings.all().delete()
        concerns.open_concern(request, "worried")
        assert AgentTask.objects.filter(kind="course_concern").count() == 1

    def test_an_advisor_who_does_not_call_is_reminded_then_an_agent(self):
        request = a_trainee()
        concerns.open_concern(request, "worried")
        for days in range(1, 16):
            Concern.objects.update(waiting_since=timezone.now() - dt.timedelta(days=days))
            sweep_all()
        assert OutgoingMessage.objects.filter(kind="commitments/concern_reminder").count() == 2
        assert AgentTask.objects.filter(kind="course_concern").count() == 1
        concerns.close_concern(Concern.objects.get(), by=advisor_of(request), words="Appelée.")
        assert not AgentTask.objects.open().filter(kind="course_concern").exists()

    def test_the_company_is_asked_nothing_more_once_it_breaks_its_promise(self, in_training):
        break_promise(in_training.commitment, by=in_training.member, reason="activity")
        sides = {it.side: it.status for it in in_training.request.check_ins.all()}
        assert sides == {"candidate": "planned", "company": "moot"}


class TestTheSessionChangesUnderWay:
    @pytest.fixture(autouse=True)
    def _under_way(self, in_training):
        self.world, self.session = in_training, in_training.request.session
        OutgoingMessage.objects.all().delete()

    def follow(self, **facts):
        """As an import or an agent writes it, then the sweep, twice."""
        Session.objects.filter(pk=self.session.pk).update(**facts)
        done = moving.follow_sessions()
        assert moving.follow_sessions() == 0, "told once"
        self.world.request, self.world.commitment = whole(self.world.request), reread(self.world.commitment)
        return done

    def letters(self):
        rows = OutgoingMessage.objects.filter(kind="commitments/course_session").order_by("pk")
        return {it.context["to_role"]: render(it).text for it in rows}

    def test_other_dates_move_the_contract_the_check_ins_and_are_told_from_what_to_what(self):
        before, last = self.session.ends_on, self.session.ends_on + dt.timedelta(days=30)
        planned = CheckIn.objects.filter(side="candidate").get().due_on
        internship = internships.plan_internship(
            self.world.request, by=self.world.trainer, starts_on=before, ends_on=before
        )
        assert self.follow(ends_on=last) == 1
        assert (self.world.request.status, self.world.request.told_ends_on) == ("entered", last)
        assert self.world.commitment.training_ends_on == last
        assert CheckIn.objects.filter(side="candidate").get().due_on > planned
        said = self.letters()
        assert set(said) == {"candidate", "company", "advisor"}
        assert all(french.day(day) in said["company"] for day in (before, last))
        contract = working_days_after(last, 1, self.world.commitment.department_code)
        assert french.day(contract, weekday=True) in said["candidate"]
        assert not todo.todos_of_organisation(self.world.trainer), "the internship is still inside"
        self.follow(ends_on=before - dt.timedelta(days=1))
        assert internship.place in self.letters()["organisation"]
        assert [it.label for it in todo.todos_of_organisation(self.world.trainer)] == ["Dire les dates"]

    def test_an_end_after_the_promised_hiring_moves_nothing_that_both_signed(self):
        before, last = self.session.ends_on, self.world.commitment.starts_by
        self.follow(ends_on=last)
        assert self.world.commitment.training_ends_on == before
        assert "modifiez le projet d’un commun accord" in self.letters()["company"]
        ours, theirs = todo.todos_of_company(self.world.member), todos_of_candidate(self.world.candidate)
        for todos in (ours, theirs):
            assert [it.label for it in todos] == ["Modifier le projet"]

    def test_gone_from_the_catalogue_asks_an_agent_and_the_advisor_and_it_may_come_back(self):
        self.follow(closed_at=timezone.now())
        assert (self.world.request.status, self.world.request.told_gone) == ("entered", True)
        assert Concern.objects.get().cause == "session"
        assert AgentTask.objects.open().filter(kind="session_vanished").count() == 1
        said = self.letters()
        assert set(said) == {"candidate", "company", "advisor", "organisation"}
        assert "Choisir une autre session" in said["candidate"]
        assert [it.label for it in todo.todos_of_organisation(self.world.trainer)] == ["Écrire à la Région"]
        self.follow(closed_at=None)
        assert not todo.todos_of_organisation(self.world.trainer)
        assert not AgentTask.objects.open().filter(kind="session_vanished").exists()
        assert "de nouveau au catalogue" in self.letters()["company"]

    def test_cancelled_under_way_the_promise_stands_and_another_session_may_be_chosen(self):
        self.follow(cancelled_at=timezone.now())
        request, commitment = self.world.request, self.world.commitment
        assert (request.status, request.leave_reason, request.holds_seat) == ("left", "cancelled", False)
        assert (commitment.status, request.session.seats.taken) == ("sealed", 0)
        assert AgentTask.objects.filter(kind="course_cancelled").count() == 1
        assert Concern.objects.open().exists()
        assert "tient toujours" in self.letters()["candidate"]
        assert list(SeatRequest.objects.to_choose()) == [request], "« À faire » : choose another session"
        other = a_session_for(self.world.offer)
        amending.propose_amendment(
            commitment, by=self.world.candidate, session=other, words="Annulée", starts_by=later(other)
        )

    def test_once_it_is_over_the_catalogue_may_drop_it(self):
        over = {"ends_on": timezone.localdate() - dt.timedelta(days=1)}
        self.follow(**over)
        assert self.follow(closed_at=timezone.now()) == 0


def later(session):
    return session.ends_on + dt.timedelta(days=30)


class TestDates:
    def test_an_entry_that_nobody_says_is_chased_then_an_agent(self):
        request = an_admitted_person(days=0, answered_at=timezone.now() - dt.timedelta(days=60))
        first = request.session.starts_on
        seen = []
        for day in range(16):  # The same first day, and time passes: the notice is aged with it.
            start = first - dt.timedelta(days=day)
            Session.objects.filter(pk=request.session_id).update(starts_on=start)
            CourseNotice.objects.update(day=start)
            sweeps.sweep_courses()
            sweeps.sweep_courses()
            seen.append(OutgoingMessage.objects.filter(kind="commitments/entry_reminder").count())
        assert (seen[0], seen[-1]) == (0, 2)
        assert AgentTask.objects.filter(kind="course_entry").count() == 1
        actions.enter_course(request, by=trainer_of(request), entered_on=timezone.localdate())
        assert not AgentTask.objects.open().filter(kind="course_entry").exists()

    def test_a_night_run_late_asks_the_agent_without_the_reminders_before(self):
        request = a_trainee(days=100, length=60)
        sweeps.sweep_courses()
        assert AgentTask.objects.filter(kind="course_result").count() == 1
        assert not OutgoingMessage.objects.filter(kind="commitments/result_reminder").exists()
        assert request.status == "entered"
