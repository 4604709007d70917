"""A seat from the request to the two yes, the refusals, the waiting list, the first day."""

import datetime as dt

import pytest
import time_machine
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains

from candidates.factories import (
    AdvisorFactory,
    CandidateFactory,
    FollowingFactory,
    SupportStructureFactory,
)
from candidates.structures.models import BasinDefault, Following
from commitments.factories import a_frozen_project, a_sealed_project, reread, sign
from commitments.projects.amending import propose_amendment
from commitments.projects.ending import hire_early, withdraw_from
from commitments.seats import actions, moves, showing, validating
from commitments.seats.factories import a_seat_request, a_session, advisor_of, open_space_of, trainer_of
from commitments.seats.holding import hold_seat, move_up
from commitments.seats.models import SeatRequest
from commitments.seats.todo import todos_of_candidate
from core.models import OutgoingMessage
from core.rules import RuleBroken
from core.waits import sweep_all
from immersions.stays.factories import a_stay
from territories.factories import CommuneFactory, EmploymentBasinFactory, EpciFactory
from territories.models import AgentTask
from trainings.factories import SessionFactory
from trainings.models import SessionSeats, TrainingOccupation
from trainings.organisations.actions import tell_seats_left

pytestmark = pytest.mark.django_db


def kinds():
    return set(OutgoingMessage.objects.values_list("kind", flat=True))


def seats_of(session):
    return SessionSeats.objects.get(session=session)


class TestAsking:
    def test_without_a_promise_no_seat_is_held_before_the_admission(self):
        session, candidate = a_session(seats_left=2), CandidateFactory()
        request = actions.request_seat(candidate, session, by=candidate.user)
        assert (request.status, request.holds_seat) == ("requested", False)
        assert not SessionSeats.objects.filter(session=session).exists()
        actions.admit_seat(request, by=trainer_of(request))
        assert (request.status, request.holds_seat, seats_of(session).taken) == ("admitted", True, 1)

    def test_a_sealed_promise_holds_the_seat_and_asks_for_it(self):
        world = a_sealed_project()
        request = SeatRequest.objects.get(commitment=world.commitment)
        assert (request.status, request.holds_seat) == ("requested", True)
        assert seats_of(world.session).taken == 1
        assert {"commitments/seat_asked", "commitments/project_to_validate"} <= kinds()

    def test_a_seat_asked_for_on_the_days_of_the_promised_one_is_to_be_given_back(self):
        world = a_sealed_project()
        days = {"starts_on": world.session.starts_on, "ends_on": world.session.ends_on}
        other = actions.request_seat(world.commitment.candidate, a_session(**days), by=world.candidate)
        [todo] = todos_of_candidate(world.candidate)
        assert todo.url == reverse("commitments:seat_withdraw", args=[other.pk])
        actions.withdraw_seat(other, by=world.candidate)
        assert todos_of_candidate(world.candidate) == []

    def test_a_promise_takes_over_the_request_made_without_it(self):
        session, candidate = a_session(seats_left=1), CandidateFactory()
        known = actions.request_seat(candidate, session, by=candidate.user)
        stay = a_stay("completed", begins_in=-5, candidate=candidate)
        TrainingOccupation.objects.create(
            training=session.action.training, occupation=stay.offer.occupation, origin="agent"
        )
        world = a_frozen_project(application=stay, session=session)
        actions.admit_seat(known, by=trainer_of(known))  # The last seat is theirs; it closes to others.
        session.status = "closed"
        session.save()
        sign(world, "candidate")
        sign(world, "company")
        known.refresh_from_db()
        assert (known.commitment, known.holds_seat) == (world.commitment, True)
        assert SeatRequest.objects.count() == 1

    def test_a_full_session_has_a_waiting_list(self):
        session, candidate = a_session(seats_left=0), CandidateFactory()
        request = actions.request_seat(candidate, session, by=candidate.user)
        assert request.status == "waitlisted"
        assert request.waitlisted_at is not None

    @pytest.mark.parametrize(
        ("options", "code"),
        [
            ({"starts_on": timezone.localdate()}, "started"),
            ({"status": "closed"}, "closed"),
            ({"cancelled_at": timezone.now()}, "cancelled"),
            ({"closed_at": timezone.now()}, "closed"),
            ({"action__unfunded": True}, "not_funded"),
        ],
    )
    def test_a_session_that_may_not_be_asked_for_says_why(self, options, code):
        session, candidate = a_session(**options), CandidateFactory()
        with pytest.raises(RuleBroken) as refusal:
            actions.request_seat(candidate, session, by=candidate.user)
        assert refusal.value.code == code
        assert not SeatRequest.objects.exists()

    def test_one_live_request_per_session(self):
        session, candidate = a_session(), CandidateFactory()
        actions.request_seat(candidate, session, by=candidate.user)
        with pytest.raises(RuleBroken, match="déjà demandée"):
            actions.request_seat(candidate, session, by=candidate.user)

    def test_nobody_accompanies_the_person_and_an_agent_is_told(self):
        candidate = CandidateFactory()
        request = actions.request_seat(candidate, a_session(), by=candidate.user)
        assert AgentTask.objects.open().get().kind == "seat_no_advisor"
        actions.withdraw_seat(request, by=candidate.user)
        assert not AgentTask.objects.open().exists()

    @pytest.mark.parametrize("by_a_promise", [False, True])
    def test_nobody_accompanies_the_person_and_the_structure_of_the_basin_validates(
        self, client, by_a_promise
    ):
        commune = CommuneFactory(epci=EpciFactory())
        candidate = CandidateFactory(commune=commune)
        structure = SupportStructureFactory(name="Mission locale du Val")
        basin = EmploymentBasinFactory(epcis=[commune.epci])
        BasinDefault.objects.create(basin=basin, structure=structure)
        advisor = AdvisorFactory(structure=structure)
        if by_a_promise:  # Held by the sealing, which asks nothing of the person: the sweep does.
            request = a_seat_request(candidate=candidate, followed=False)
            moves.sweep_seats()
        else:
            request = actions.request_seat(candidate, a_session(), by=candidate.user)
        assert SeatRequest.objects.followed_by(advisor).get() == request
        assert {"commitments/project_advisor", "commitments/project_to_validate"} <= kinds()
        client.force_login(request.candidate.user)
        assertContains(client.get(reverse("commitments:my_seat", args=[request.pk])), "Mission locale du Val")
        validating.validate_project(request.validation, by=advisor, income="region")
        assert not AgentTask.objects.open().exists()
        moves.sweep_seats()
        assert Following.objects.count() == 1


AGO = timezone.localdate() - dt.timedelta(days=9)
NO_MORE = [  # What a session became, and what who admits, who signs, who waits there is refused by.
    ({"cancelled_at": timezone.now()}, "cancelled", "est annulée"),
    ({"starts_on": timezone.localdate()}, "started", "a commencé le"),
    ({"starts_on": AGO, "ends_on": AGO, "action__has_permanent_entry": True}, "over", "a fini le"),
    ({"action__unfunded": True}, "not_funded", "ne paie plus"),
]


@pytest.mark.parametrize(("options", "code", "sentence"), NO_MORE)
def test_each_refusal_of_a_seat_has_its_own_sentence(options, code, sentence):
    session = a_session(**options)
    asked, waiting = (a_seat_request(it, session=session) for it in ("requested", "waitlisted"))
    with pytest.raises(RuleBroken, match=sentence) as refusal:
        actions.admit_seat(asked, by=trainer_of(asked))
    assert refusal.value.code == code
    with pytest.raises(RuleBroken, match="choisissez-en une autre") as refusal:
        hold_seat(asked)  # The way of a promise that is sealed.
    assert refusal.value.code == code
    assert move_up([waiting]) == 0
    assert not SeatRequest.objects.filter(holds_seat=True).exists()


class TestTwoYes:
    @pytest.mark.parametrize("first", ["organisation", "advisor"])
    def test_in_either_order(self, first):
        request = a_seat_request()
        yes = [
            lambda: actions.admit_seat(request, by=trainer_of(request)),
            lambda: validating.validate_project(request.validation, by=advisor_of(request), income="region"),
        ]
        for act in yes if first == "organisation" else reversed(yes):
            assert not actions.may_enter(SeatRequest.objects.for_page().get(pk=request.pk))
            act()
        assert actions.may_enter(SeatRequest.objects.for_page().get(pk=request.pk))

    def test_an_advisor_may_change_their_mind_towards_yes(self):
        request = a_seat_request("admitted")
        advisor = advisor_of(request)
        validating.not_validate_project(
            request.validation, by=advisor, reason="income", words="Voyons la RFF."
        )
        request.refresh_from_db()
        assert request.holds_seat
        to_company = OutgoingMessage.objects.filter(context__to_role="company")
        assert not to_company.exists(), "nobody promised anything"
        validating.validate_project(request.validation, by=advisor, income="end_of_training")
        assert request.validation.status == "validated"
        assert request.validation.reason == ""


class TestWaitingList:
    def test_a_freed_seat_goes_to_who_waits_longest(self):
        session = a_session(seats_left=1)
        admitted = a_seat_request("admitted", session=session)
        now = timezone.now()
        late = a_seat_request("waitlisted", session=session, waitlisted_at=now)
        early = a_seat_request("waitlisted", session=session, waitlisted_at=now - dt.timedelta(days=2))
        actions.withdraw_seat(admitted, by=admitted.candidate.user)
        early.refresh_from_db()
        late.refresh_from_db()
        assert (early.status, early.holds_seat, late.status) == ("requested", True, "waitlisted")
        assert seats_of(session).taken == 1
        assert OutgoingMessage.objects.filter(kind="commitments/seat_freed").count() == 2

    def test_who_is_put_on_the_list_does_not_come_back_at_once(self):
        world = a_sealed_project()
        request = SeatRequest.objects.get(commitment=world.commitment)
        trainer = open_space_of(request.organisation)
        actions.waitlist_seat(request, by=trainer)
        request.refresh_from_db()
        assert (request.status, request.holds_seat) == ("waitlisted", False)

    def test_more_seats_said_move_as_many(self):
        session = a_session(seats_left=0)
        waiting = [a_seat_request("waitlisted", session=session) for _ in range(3)]
        tell_seats_left(session, by=trainer_of(waiting[0]), seats_left=2)
        assert [it.status for it in SeatRequest.objects.order_by("waitlisted_at", "pk")] == [
            "requested",
            "requested",
            "waitlisted",
        ]
        assert seats_of(session).left == 0

    def test_fewer_seats_than_holds_ask_an_agent_and_take_nothing(self):
        session = a_session(seats_left=3)
        held = [a_seat_request(session=session, holds_seat=True) for _ in range(2)]
        tell_seats_left(session, by=trainer_of(held[0]), seats_left=1)
        assert AgentTask.objects.open().get().kind == "seats_missing"
        assert SeatRequest.objects.filter(holds_seat=True).count() == 2


class TestDates:
    def test_silence_is_chased_on_working_days_then_an_agent(self):
        request = a_seat_request()
        seen = []
        for days in range(1, 25):
            since = timezone.now() - dt.timedelta(days=days)
            SeatRequest.objects.filter(pk=request.pk).update(waiting_since=since)
            sweep_all()
            seen.append(OutgoingMessage.objects.filter(kind="commitments/seat_reminder").count())
        assert seen[2] == 0
        assert seen[-1] == 2
        assert AgentTask.objects.filter(kind="seat_silent").count() == 1
        request.refresh_from_db()
        assert request.status == "requested"

    @time_machine.travel("2026-12-07T09:00:00+01:00", tick=False)  # A Monday.
    def test_a_session_that_begins_soon_has_an_agent_called_before_its_first_day(self):
        session = a_session(starts_on=dt.date(2026, 12, 14), ends_on=dt.date(2027, 3, 1))
        request = a_seat_request(session=session)
        assert showing.last_day(request) == dt.date(2026, 12, 8)
        for day, tasks in (("08", 0), ("09", 2)):  # The organisation, and the advisor.
            with time_machine.travel(f"2026-12-{day}T09:00:00+01:00", tick=False):
                sweep_all()
                assert AgentTask.objects.open().count() == tasks
        session.starts_on = dt.date(2026, 12, 16)  # A Wednesday: three days to answer, less its week-end.
        request.session = session
        assert showing.last_day(request) == dt.date(2026, 12, 11)
        detail = AgentTask.objects.get(kind="seat_silent").detail
        assert "la session commence le 14 décembre" in detail

    def test_unanswered_on_the_first_day_lapses_and_the_promise_stands(self):
        world = a_sealed_project()
        session = world.session
        session.starts_on = timezone.localdate()
        session.save()
        SeatRequest.objects.update(told_starts_on=session.starts_on)
        assert moves.sweep_seats() == 1
        assert moves.sweep_seats() == 0
        request = SeatRequest.objects.get()
        world.commitment.refresh_from_db()
        assert (request.status, request.holds_seat, world.commitment.status) == ("lapsed", False, "sealed")
        assert seats_of(session).taken == 0

    def test_the_admitted_do_not_lapse(self):
        request = a_seat_request("admitted", session=a_session(starts_on=timezone.localdate()))
        moves.sweep_seats()
        request.refresh_from_db()
        assert request.status == "admitted"


class TestSessionsThatMove:
    def test_other_dates_are_told_once_and_nothing_is_lost(self):
        world = a_sealed_project()
        session, week = world.session, dt.timedelta(days=7)
        session.starts_on, session.ends_on = session.starts_on + week, session.ends_on + week
        session.save()
        OutgoingMessage.objects.all().delete()
        assert moves.follow_sessions() == 1
        assert moves.follow_sessions() == 0
        request = SeatRequest.objects.get()
        world.commitment.refresh_from_db()
        assert (request.status, request.holds_seat) == ("requested", True)
        assert world.commitment.training_ends_on == session.ends_on
        said = OutgoingMessage.objects.filter(kind="commitments/seat_session_moved")
        assert said.filter(to=world.candidate.email).count() == 1
        assert said.filter(to=world.member.email).count() == 1

    def test_a_cancelled_session_gives_seats_back_and_offers_others(self):
        session = a_session()
        request = a_seat_request("admitted", session=session)
        near = SessionFactory(action__training=session.action.training)
        session.cancelled_at = timezone.now()
        session.save()
        moves.follow_sessions()
        moves.follow_sessions()
        request.refresh_from_db()
        assert (request.status, request.holds_seat) == ("released", False)
        told = OutgoingMessage.objects.get(kind="commitments/seat_released", to=request.candidate.user.email)
        assert [way["dates"] for way in told.context["alternatives"]] == [near.dates]

    def test_gone_from_the_catalogue_is_not_a_cancellation(self):
        request = a_seat_request("admitted")
        request.session.closed_at = timezone.now()
        request.session.save()
        moves.follow_sessions()
        moves.follow_sessions()
        request.refresh_from_db()
        assert (request.status, request.holds_seat, request.told_gone) == ("admitted", True, True)
        assert AgentTask.objects.filter(kind="session_vanished").count() == 1


def test_who_is_hired_before_the_end_reads_why_the_seat_goes_back():
    world = a_sealed_project()
    hire_early(world.commitment, by=world.member)
    assert SeatRequest.objects.get().status == "released"
    told = OutgoingMessage.objects.get(kind="commitments/seat_released", to=world.candidate.email)
    assert told.context["why"] == "hired"
    assert not told.context["alternatives"]
    said = render_to_string("emails/commitments/seat_released.txt", told.context)
    assert "L’embauche n’attend pas la fin de la formation" in said
    assert "s’arrête" not in said
    assert "hired" not in said  # What chooses the words is none of them.


def test_an_amendment_moves_the_seat_and_keeps_what_was_validated():
    from commitments.factories import sign

    world = a_sealed_project()
    old = SeatRequest.objects.get()
    validating.validate_project(old.validation, by=advisor_of(old), income="region")
    other = SessionFactory(action__training=world.session.action.training)
    propose_amendment(reread(world.commitment), by=world.candidate, session=other, words="Plus près")
    for role in ("candidate", "company"):
        sign(world, role)
    old.refresh_from_db()
    new = SeatRequest.objects.live().get()
    assert (old.status, old.holds_seat, new.session, new.holds_seat) == ("released", False, other, True)
    assert new.validation.status == "validated"


def test_the_end_of_a_project_gives_the_seat_back():
    world = a_sealed_project()
    withdraw_from(world.commitment, by=world.candidate, reason="income")
    assert SeatRequest.objects.get().status == "released"
    assert seats_of(world.session).taken == 0


def test_the_pages_from_the_request_to_the_two_yes(client):
    candidate, session = CandidateFactory(), a_session(seats_left=3)
    FollowingFactory(candidate=candidate, followed=True)
    client.force_login(candidate.user)
    assert "Demander une place" in client.get(reverse("commitments:seat_ask", args=[session.pk])).text
    client.post(reverse("commitments:seat_ask", args=[session.pk]))
    request = SeatRequest.objects.for_page().get()
    assert "doit répondre" in client.get(reverse("commitments:my_seat", args=[request.pk])).text
    assert "doit répondre" in client.get(reverse("commitments:my_seats")).text
    client.force_login(trainer_of(request))
    assert candidate.user.get_full_name() in client.get(reverse("organisation_space")).text
    page = client.get(reverse("commitments:session_people", args=[session.pk])).text
    assert candidate.user.get_full_name() in page
    client.get(reverse("commitments:seat_request", args=[request.pk]))
    client.post(reverse("commitments:seat_admit", args=[request.pk]))
    client.force_login(advisor_of(request))
    assert "Valider le projet de formation" in client.get(reverse("advisor_space")).text
    validation = reverse("commitments:project_validation", args=[request.pk])
    client.get(validation)
    client.post(validation, {"income": "region", "words": ""})
    assert actions.may_enter(SeatRequest.objects.for_page().get())
    client.force_login(candidate.user)
    assert "Vous</strong> commencez le" in client.get(reverse("commitments:my_seat", args=[request.pk])).text
