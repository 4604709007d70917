"""Blocks of competence: told by the catalogue or an agent; and the sessions that teach one."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from trainings.factories import SessionFactory, SkillBlockFactory, TrainingFactory
from trainings.models import Session, SessionSeats, SkillBlock, TrainingBlock
from trainings.tests.lheo import action, catalogue, formation, session

pytestmark = pytest.mark.django_db


def blocks(*named: tuple[str, str]) -> str:
    each = "".join(
        f"<bloc-competences><libelle-bloc>{title}</libelle-bloc><code-bloc>{code}</code-bloc></bloc-competences>"
        for code, title in named
    )
    return f"<blocs-competences><validation-blocs>1</validation-blocs>{each}</blocs-competences>"


def taught_in(*named: tuple[str, str], number: str = "AF_1") -> str:
    return formation(number, action(f"{number}_AC", session(f"{number}_SE", extra=blocks(*named))))


WALL, RENDER = ("RNCP38511BC01", "Monter un mur"), ("RNCP38511BC02", "Poser un enduit")


class TestCatalogue:
    def test_the_blocks_that_sessions_name_are_those_of_the_training(self, follow):
        report = follow(catalogue(taught_in(WALL, RENDER)))
        assert report["created"]["blocs"] == 2
        block = SkillBlock.objects.get(code="RNCP38511BC01")
        assert (block.title, block.certification) == ("Monter un mur", "RNCP38511")
        assert block.links.get().training.external_id == "AF_1"

    def test_twice_changes_nothing(self, follow):
        follow(catalogue(taught_in(WALL)))
        report = follow(catalogue(taught_in(WALL)))
        assert "blocs" not in report["created"] | report["updated"]

    def test_two_titles_of_one_code_in_a_file_do_not_fight(self, follow):
        follow(catalogue(taught_in(WALL), taught_in((WALL[0], "Autre titre"), number="AF_2")))
        assert SkillBlock.objects.get().title == "Monter un mur"

    def test_what_an_agent_linked_stays_and_what_the_catalogue_drops_goes(self, follow):
        follow(catalogue(taught_in(WALL)))
        training = TrainingBlock.objects.get().training
        ours = SkillBlockFactory(code="RNCP38511BC09")
        TrainingBlock.objects.create(training=training, block=ours)
        follow(catalogue(taught_in(RENDER)))
        assert set(training.blocks.values_list("code", flat=True)) == {"RNCP38511BC02", "RNCP38511BC09"}

    def test_what_is_no_code_is_left_out(self, follow):
        follow(catalogue(taught_in(("n’importe quoi", "Bloc"), ("RNCP38511BC01", " "))))
        assert not SkillBlock.objects.exists()


def test_a_code_is_written_in_capitals():
    with pytest.raises(ValidationError, match="en capitales"):
        SkillBlockFactory.build(code="bloc un").full_clean()


class TestSessionsThatTeach:
    def test_only_those_of_a_training_that_teaches_it_the_nearest_first(self):
        wall, render = SkillBlockFactory(), SkillBlockFactory(title="Poser un enduit")
        far = SessionFactory(action__training__teaches=[wall], action__in_nancy=True)
        near = SessionFactory(action__training__teaches=[wall, render])
        SessionFactory()
        here = (near.action.x, near.action.y)
        found = Session.objects.bookable_for_pledge().teaching(wall).with_distance(*here)
        assert list(found) == [near, far]
        assert list(Session.objects.teaching(render)) == [near]
        assert set(Session.objects.teaching(wall.code, render)) == {near, far}
        assert not Session.objects.teaching().exists()

    @pytest.mark.parametrize(
        "facts",
        [
            {"action__unfunded": True},
            {"starts_on": dt.date(2020, 1, 6)},
            {"status": "closed"},
            {"status": "suspended"},
            {"cancelled_at": timezone.now()},
            {"closed_at": timezone.now()},
            {"seats_total": 8, "seats_left": 0},
        ],
        ids=lambda facts: next(iter(facts)),
    )
    def test_no_pledge_names_what_cannot_be_entered(self, facts):
        SessionFactory(**facts)
        assert not Session.objects.bookable_for_pledge().exists()

    def test_seats_that_nobody_told_count_as_free(self):
        session = SessionFactory(seats_left=None)
        assert list(Session.objects.bookable_for_pledge()) == [session]

    def test_seats_all_held_here_are_no_longer_free(self):
        session = SessionFactory(seats_total=2, seats_left=2)
        SessionSeats.objects.create(session=session, places=2, taken=1)
        assert Session.objects.select_related("seats").bookable_for_pledge().get().free_seats == 1
        SessionSeats.objects.update(taken=2)
        assert not Session.objects.bookable_for_pledge().exists()
        assert Session.objects.select_related("seats").get().is_full

    def test_what_one_may_enter_at_any_time_comes_first(self):
        later, sooner = (
            SessionFactory(),
            SessionFactory(starts_on=timezone.localdate() + dt.timedelta(days=9)),
        )
        always = SessionFactory(starts_on=None, ends_on=None, action__has_permanent_entry=True)
        assert list(Session.objects.bookable_for_pledge().soonest_first()) == [always, sooner, later]


def test_a_training_knows_its_blocks_in_the_order_of_their_codes():
    second, first = SkillBlockFactory(code="RNCP1BC02"), SkillBlockFactory(code="RNCP1BC01")
    training = TrainingFactory(teaches=[second, first])
    assert list(SkillBlock.objects.taught_by(training)) == [first, second]
