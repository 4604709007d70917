"""Who accompanies whom: what the person says, what the structure answers, and who is told."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.factories import MembershipFactory, UserFactory
from accounts.models import MembershipRole
from candidates.factories import (
    AdvisorFactory,
    CandidateFactory,
    FollowingFactory,
    SupportStructureFactory,
)
from candidates.structures import actions
from candidates.structures.models import BasinDefault, Following, SupportStructure
from candidates.structures.workflow import FOLLOWING_WORKFLOW, FollowingStatus
from core import personal_data
from core.models import OutgoingMessage
from core.rules import RuleBroken
from core.waits import sweep_all
from territories.factories import CommuneFactory, EmploymentBasinFactory, EpciFactory
from territories.models import AgentTask
from tests.race import overlapping

pytestmark = pytest.mark.django_db

REGISTER = "Venez lundi matin, 8 rue de la Demoiselle, avec une pièce d’identité."


def advisor_of(structure):
    return structure.confirmed_members().get()


def kinds(**of) -> list[str]:
    rows = OutgoingMessage.objects.filter(**of).order_by("pk")
    return [row.kind.removeprefix("candidates/following_") for row in rows]


def in_metz_basin(structure):
    basin = EmploymentBasinFactory(epcis=[EpciFactory()])
    return BasinDefault.objects.create(basin=basin, structure=structure)


def of_metz(**fields):
    commune = CommuneFactory()
    commune.epci = EpciFactory()
    commune.save()
    return CandidateFactory(commune=commune, **fields)


class TestChoose:
    def test_asks_each_confirmed_advisor_once(self):
        structure, candidate = SupportStructureFactory(), CandidateFactory()
        MembershipFactory(organisation=structure.organisation, unconfirmed=True)
        following = actions.choose_structure(candidate, structure, by=candidate.user)
        assert (following.status, following.origin) == ("asked", "chosen")
        message = OutgoingMessage.objects.get()
        assert (message.kind, message.to) == ("candidates/following_asked", advisor_of(structure).email)
        assert message.scope == "57"
        assert following.events.get().role == "candidate"

    def test_twice_is_one_request(self):
        structure, candidate = SupportStructureFactory(), CandidateFactory()
        first = actions.choose_structure(candidate, structure, by=candidate.user)
        assert actions.choose_structure(candidate, structure, by=candidate.user) == first
        assert kinds() == ["asked"]

    def test_of_another_ends_the_first_who_is_told(self):
        candidate = CandidateFactory()
        before = FollowingFactory(candidate=candidate, followed=True)
        after = SupportStructureFactory(name="Cap vers l’emploi")
        actions.choose_structure(candidate, after, by=candidate.user)
        before.refresh_from_db()
        assert before.status == FollowingStatus.ENDED
        assert kinds(to=advisor_of(before.structure).email) == ["left"]
        assert kinds(to=advisor_of(after).email) == ["asked"]

    def test_of_a_closed_one_is_refused_and_keeps_the_first(self):
        candidate = CandidateFactory()
        before = FollowingFactory(candidate=candidate)
        with pytest.raises(RuleBroken, match="n’accueille plus"):
            actions.choose_structure(candidate, SupportStructureFactory(is_open=False), by=candidate.user)
        before.refresh_from_db()
        assert before.status == FollowingStatus.ASKED

    def test_is_never_done_for_somebody_else(self):
        with pytest.raises(PermissionDenied):
            actions.choose_structure(CandidateFactory(), SupportStructureFactory(), by=UserFactory())

    def test_of_one_without_members_names_nobody_in_its_mailbox(self, commit, mailoutbox):
        structure = SupportStructureFactory(new=True, email="accueil@structure.example")
        candidate = CandidateFactory(user__last_name="Zimmermann")
        with commit():
            actions.choose_structure(candidate, structure, by=candidate.user)
        [mail] = mailoutbox
        assert mail.to == ["accueil@structure.example"]
        assert "Zimmermann" not in mail.subject + mail.body + str(mail.alternatives)
        assert f"/conseiller/inscription/{structure.pk}/" in mail.body
        assert AgentTask.objects.open().get().department_id == "57"

    def test_the_database_keeps_one_live_for_a_person(self):
        following = FollowingFactory()
        with pytest.raises(IntegrityError), transaction.atomic():
            FollowingFactory(candidate=following.candidate, followed=True)

    @pytest.mark.django_db(transaction=True)
    def test_in_two_windows_leaves_one(self):
        candidate = CandidateFactory()
        here, there = SupportStructureFactory(), SupportStructureFactory()

        def choose(structure):
            actions.choose_structure(candidate, structure, by=candidate.user)

        overlapping(lambda: choose(here), lambda: choose(there))
        assert Following.objects.live().get().structure == there


class TestUnknown:
    def test_asks_the_default_structure_of_the_basin(self):
        candidate, structure = of_metz(), SupportStructureFactory()
        in_metz_basin(structure)
        following = actions.ask_default_structure(candidate, by=candidate.user)
        assert (following.structure, following.origin) == (structure, "default")

    @pytest.mark.parametrize("where", ["elsewhere", "nowhere", "closed"])
    def test_without_one_tells_an_agent_and_stops_nobody(self, where):
        candidate = of_metz()
        if where == "closed":
            in_metz_basin(SupportStructureFactory(is_open=False))
        if where == "nowhere":
            candidate = CandidateFactory(commune=None)
        assert actions.ask_default_structure(candidate, by=candidate.user) is None
        assert actions.ask_default_structure(candidate, by=candidate.user) is None
        assert AgentTask.objects.open().get().kind == actions.NO_DEFAULT

    def test_a_basin_has_one(self):
        default = in_metz_basin(SupportStructureFactory())
        with pytest.raises(IntegrityError), transaction.atomic():
            BasinDefault.objects.create(basin=default.basin, structure=SupportStructureFactory())


class TestAnswer:
    def test_follow_says_who_to_the_person(self, commit, mailoutbox):
        following = FollowingFactory()
        advisor = advisor_of(following.structure)
        with commit():
            actions.follow_person(following, by=advisor)
        assert (following.status, following.advisor) == ("followed", advisor)
        [mail] = mailoutbox
        assert mail.to == [following.candidate.user.email]
        assert "Camille Noël" in mail.body

    def test_transfer_asks_the_other_structure_at_once(self):
        following, other = FollowingFactory(), SupportStructureFactory(name="Cap vers l’emploi")
        new = actions.transfer_person(following, to=other, by=advisor_of(following.structure))
        assert (following.status, new.status, new.origin) == ("transferred", "asked", "transfer")
        assert new.came_from == following
        assert kinds(to=following.candidate.user.email) == ["transferred"]
        assert kinds(to=advisor_of(other).email) == ["asked"]

    @pytest.mark.parametrize("where", ["same", "closed"])
    def test_transfer_goes_to_another_open_one(self, where):
        following = FollowingFactory()
        to = following.structure if where == "same" else SupportStructureFactory(is_open=False)
        with pytest.raises(RuleBroken):
            actions.transfer_person(following, to=to, by=advisor_of(following.structure))
        following.refresh_from_db()
        assert following.status == FollowingStatus.ASKED

    def test_not_followed_tells_how_to_register(self, commit, mailoutbox):
        following = FollowingFactory()
        with commit():
            actions.not_follow_person(
                following,
                by=advisor_of(following.structure),
                reason="not_registered",
                how_to_register=REGISTER,
            )
        assert (following.status, following.reason) == ("not_followed", "not_registered")
        assert REGISTER in mailoutbox[0].body

    @pytest.mark.parametrize(("reason", "words"), [("", REGISTER), ("rich", REGISTER), ("other", "  ")])
    def test_not_followed_needs_a_reason_and_a_way(self, reason, words):
        following = FollowingFactory()
        with pytest.raises(RuleBroken):
            actions.not_follow_person(
                following, by=advisor_of(following.structure), reason=reason, how_to_register=words
            )
        assert not OutgoingMessage.objects.exists()

    def test_end_tells_the_person(self):
        following = FollowingFactory(followed=True)
        actions.end_following(following, by=advisor_of(following.structure))
        assert following.status == FollowingStatus.ENDED
        assert kinds() == ["ended"]

    def test_is_for_the_confirmed_members_of_that_structure(self):
        following = FollowingFactory()
        unconfirmed = MembershipFactory(organisation=following.structure.organisation, unconfirmed=True)
        former = MembershipFactory(organisation=following.structure.organisation, former=True)
        strangers = (AdvisorFactory(), following.candidate.user, UserFactory(agent=True))
        for user in (unconfirmed.user, former.user, *strangers):
            with pytest.raises(PermissionDenied):
                actions.follow_person(following, by=user)
        assert not following.events.exists()

    def test_sees_what_a_colleague_just_did(self):
        following = FollowingFactory()
        advisor = advisor_of(following.structure)
        actions.follow_person(Following.objects.get(pk=following.pk), by=advisor)
        with pytest.raises(RuleBroken, match="n’est plus possible"):
            actions.follow_person(following, by=advisor)
        assert kinds() == ["followed"]

    @pytest.mark.django_db(transaction=True)
    def test_two_colleagues_at_once_are_one_answer(self):
        following = FollowingFactory()
        by = advisor_of(following.structure)

        def follow():
            actions.follow_person(Following.objects.get(pk=following.pk), by=by)

        assert overlapping(follow, follow) == "refused"
        assert following.events.count() == 1


ROLES = ("candidate", "company", "organisation", "advisor", "agent", "system")
DECIDED = {
    ("follow", "asked", "advisor"),
    ("transfer", "asked", "advisor"),
    ("transfer", "followed", "advisor"),
    ("not_follow", "asked", "advisor"),
    ("lapse", "asked", "system"),
    ("end", "followed", "advisor"),
    ("leave", "asked", "candidate"),
    ("leave", "followed", "candidate"),
}


class TestTable:
    def test_decides_each_status_event_and_role(self):
        table = {
            (transition.name, status, role)
            for transition in FOLLOWING_WORKFLOW.transitions
            for status in FollowingStatus.values
            for role in ROLES
            if FOLLOWING_WORKFLOW.is_decided(transition.name, status, role)
        }
        assert table == DECIDED

    def test_the_database_refuses_a_status_that_it_does_not_know(self):
        following = FollowingFactory()
        with pytest.raises(IntegrityError), transaction.atomic():
            Following.objects.filter(pk=following.pk).update(status="lost")


FRIDAY = dt.datetime(2026, 12, 4, 10, tzinfo=dt.UTC)


class TestWaits:
    """From a Friday, the second working day is Tuesday."""

    @pytest.fixture
    def following(self):
        with time_machine.travel(FRIDAY, tick=False):
            return FollowingFactory()

    def sweep_on(self, day: int, month: int = 12):
        with time_machine.travel(dt.datetime(2026, month, day, 8, tzinfo=dt.UTC), tick=False):
            sweep_all()

    def test_the_answer_is_due_in_two_working_days(self, following):
        assert following.answer_due_on == dt.date(2026, 12, 8)

    def test_public_holidays_are_those_of_the_department(self):
        with time_machine.travel(dt.datetime(2028, 12, 22, 10, tzinfo=dt.UTC), tick=False):
            moselle = FollowingFactory()
            nancy = SupportStructureFactory(commune=CommuneFactory(nancy=True))
            assert moselle.answer_due_on == dt.date(2028, 12, 28)
            assert FollowingFactory(structure=nancy).answer_due_on == dt.date(2028, 12, 27)

    def test_the_structure_is_reminded_that_day_and_not_over_the_week_end(self, following):
        for day in (5, 6, 7):
            self.sweep_on(day)
        assert kinds() == []
        self.sweep_on(8)
        self.sweep_on(8)
        assert kinds() == ["reminder"]

    def test_an_agent_is_called_the_next_day(self, following):
        self.sweep_on(8)
        assert not AgentTask.objects.exists()
        self.sweep_on(9)
        task = AgentTask.objects.get()
        assert (task.kind, task.department_id) == (actions.SILENT, "57")
        assert str(following.pk) in task.url

    def test_silence_ends_and_the_person_is_told(self, following):
        self.sweep_on(17)
        following.refresh_from_db()
        assert following.status == "asked"
        self.sweep_on(18)
        following.refresh_from_db()
        assert following.status == "not_followed"
        assert kinds(to=following.candidate.user.email) == ["lapsed"]

    def test_a_skipped_night_reminds_once(self, following):
        self.sweep_on(10)
        self.sweep_on(10)
        assert kinds() == []  # Its day has passed: an agent acts now.
        assert AgentTask.objects.count() == 1

    def test_an_answer_closes_what_the_agent_was_asked(self, following):
        self.sweep_on(9)
        actions.follow_person(following, by=advisor_of(following.structure))
        assert not AgentTask.objects.open().exists()

    def test_who_is_followed_waits_for_nothing(self, following):
        actions.follow_person(following, by=advisor_of(following.structure))
        with time_machine.travel(timezone.now() + dt.timedelta(days=60), tick=False):
            sweep_all()
        assert kinds() == ["followed"]


class TestMessages:
    @pytest.mark.parametrize("transition", FOLLOWING_WORKFLOW.transitions, ids=lambda it: it.name)
    def test_each_move_owes_what_the_table_says(self, transition, commit, mailoutbox):
        following = FollowingFactory(followed=transition.name == "end")
        by, other = advisor_of(following.structure), SupportStructureFactory()
        moves = {
            "follow": lambda: actions.follow_person(following, by=by),
            "transfer": lambda: actions.transfer_person(following, to=other, by=by),
            "not_follow": lambda: actions.not_follow_person(
                following, by=by, reason="other", how_to_register=REGISTER
            ),
            "lapse": lambda: actions.lapse_following(following),
            "end": lambda: actions.end_following(following, by=by),
            "leave": lambda: actions.choose_structure(
                following.candidate, other, by=following.candidate.user
            ),
        }
        with commit():
            moves[transition.name]()
        sent = set(OutgoingMessage.objects.values_list("kind", flat=True))
        assert set(transition.owes) <= sent
        assert len(mailoutbox) == OutgoingMessage.objects.filter(status="sent").count() > 0
        assert all("{{" not in mail.subject + mail.body for mail in mailoutbox)


class TestWhoSees:
    @pytest.mark.parametrize(
        ("standing", "sees", "counts"),
        [
            ({}, True, False),
            ({"role": MembershipRole.MEMBER}, True, False),
            ({"unconfirmed": True}, False, True),
            ({"former": True}, False, False),
        ],
    )
    def test_follows_the_membership(self, standing, sees, counts):
        following = FollowingFactory(structure=SupportStructureFactory(member=False))
        user = MembershipFactory(organisation=following.structure.organisation, **standing).user
        assert Following.objects.seen_by(user).exists() is sees
        assert Following.objects.hidden_from(user).exists() is counts

    def test_ends_with_the_following(self):
        following = FollowingFactory()
        advisor = advisor_of(following.structure)
        actions.not_follow_person(following, by=advisor, reason="other", how_to_register=REGISTER)
        assert not Following.objects.seen_by(advisor).exists()

    def test_a_structure_without_a_legal_entity_shows_nobody(self):
        following = FollowingFactory(structure=SupportStructureFactory(new=True))
        assert not following.structure.confirmed_members().exists()
        assert not SupportStructure.objects.managed_by(UserFactory()).exists()


class TestPersonalData:
    def test_leaves_with_the_person(self):
        following = FollowingFactory(followed=True)
        told = personal_data.export_all(following.candidate.user)["Accompagnement"]
        assert told[0]["structure"] == following.structure.name
        personal_data.erase_all(following.candidate.user)
        assert not Following.objects.exists()

    def test_of_an_advisor_keeps_the_person_followed(self):
        following = FollowingFactory(followed=True)
        personal_data.erase_all(following.advisor)
        following.refresh_from_db()
        assert (following.status, following.advisor) == ("followed", None)
