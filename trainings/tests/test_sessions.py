"""Rule 1: which sessions keep an offer published."""

import datetime as dt

import pytest
from django.db.models import OuterRef, Value
from django.utils import timezone

from accounts.factories import UserFactory
from territories.factories import CommuneFactory, OccupationFactory
from territories.models import Commune, Occupation
from tests.days import from_today
from trainings.actions import cancel_session, link_occupation
from trainings.factories import SessionFactory, TrainingFactory
from trainings.models import Session, SessionStatus, Training, has_session, sessions_for

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)
METZ_NANCY_KM = 48.3


def names_of(facts: dict) -> str:
    """The same at each collection: a moment is not."""
    return "-".join(facts) or "ordinary"


class TestEligible:
    @pytest.mark.parametrize(
        "facts",
        [
            {},
            {"starts_on": DAY},
            {"starts_on": DAY, "ends_on": None},
            {"seats_total": 12, "seats_left": 1},
            {"seats_total": 12, "seats_left": None},
            {"starts_on": None, "ends_on": None, "action__has_permanent_entry": True},
            {"starts_on": -90 * DAY, "ends_on": 0 * DAY, "action__has_permanent_entry": True},
            {"starts_on": -90 * DAY, "ends_on": None, "action__has_permanent_entry": True},
        ],
        ids=names_of,
    )
    def test_counts(self, facts):
        session = SessionFactory(**from_today(facts))
        assert list(Session.objects.eligible()) == [session]
        assert list(Training.objects.with_eligible_session()) == [session.action.training]

    @pytest.mark.parametrize(
        "facts",
        [
            {"starts_on": 0 * DAY},
            {"starts_on": -DAY},
            {"starts_on": None, "ends_on": None},
            {"starts_on": None, "ends_on": -DAY, "action__has_permanent_entry": True},
            {"status": SessionStatus.CLOSED},
            {"status": SessionStatus.SUSPENDED},
            {"seats_total": 12, "seats_left": 0},
            {"seats_left": 0},
            {"action__unfunded": True},
            {"closed_at": timezone.now()},
            {"cancelled_at": timezone.now()},
            {"action__closed_at": timezone.now()},
            {"action__training__closed_at": timezone.now()},
        ],
        ids=names_of,
    )
    def test_does_not_count(self, facts):
        SessionFactory(**from_today(facts))
        assert not Session.objects.eligible().exists()
        assert not Training.objects.with_eligible_session().exists()

    def test_the_day_it_is_asked_for_may_be_another(self):
        session = SessionFactory(starts_on=timezone.localdate() + 30 * DAY)
        assert session in Session.objects.eligible(timezone.localdate() + 29 * DAY)
        assert session not in Session.objects.eligible(timezone.localdate() + 30 * DAY)

    def test_a_training_with_half_of_the_rule_here_and_half_there_does_not_count(self):
        training = TrainingFactory()
        SessionFactory(action__training=training, action__unfunded=True)
        SessionFactory(action__training=training, status=SessionStatus.CLOSED)
        assert not Training.objects.with_eligible_session().exists()

    def test_a_cancelled_session_keeps_nothing_published(self):
        session = SessionFactory()
        cancel_session(session, by=UserFactory(is_superuser=True))
        assert not Session.objects.eligible().exists()


class TestLeadingTo:
    def test_the_same_code_leads_there_and_another_does_not(self):
        mason, welder = OccupationFactory(), OccupationFactory(welder=True)
        session = SessionFactory(action__training__leads_to=[mason])
        assert list(Session.objects.leading_to(mason)) == [session]
        assert not Session.objects.leading_to(welder).exists()
        assert list(Training.objects.leading_to(mason)) == [session.action.training]
        assert not Training.objects.leading_to(welder).exists()

    def test_the_same_parent_code_leads_there_where_parents_are_loaded(self):
        builder = OccupationFactory(code="F1709", label="Maçon bâtisseur", parent_code="F1703")
        mason = OccupationFactory(parent_code="F1703")
        session = SessionFactory(action__training__leads_to=[builder])
        assert list(Session.objects.leading_to(mason)) == [session]
        Occupation.objects.update(parent_code="")
        mason.refresh_from_db()
        assert not Session.objects.leading_to(mason).exists()

    def test_unknown_parents_are_not_a_common_parent(self):
        one, other = OccupationFactory(parent_code=""), OccupationFactory(welder=True, parent_code="")
        SessionFactory(action__training__leads_to=[one])
        assert not Session.objects.leading_to(other).exists()

    def test_an_agent_s_link_leads_there_too(self):
        welder = OccupationFactory(welder=True)
        session = SessionFactory(action__training__leads_to=[OccupationFactory()])
        link_occupation(session.action.training, welder, by=UserFactory(is_superuser=True))
        assert list(Session.objects.leading_to(welder)) == [session]

    def test_two_links_give_one_session(self):
        builder = OccupationFactory(code="F1709", label="Maçon bâtisseur", parent_code="F1703")
        mason = OccupationFactory(parent_code="F1703")
        SessionFactory(action__training__leads_to=[builder, mason])
        assert Session.objects.leading_to(mason).count() == 1


class TestNear:
    def test_only_what_lies_within_reach_counts(self):
        metz = CommuneFactory()
        here, there = SessionFactory(), SessionFactory(action__in_nancy=True)
        SessionFactory(action__nowhere=True)
        assert list(Session.objects.within(30, metz.x, metz.y)) == [here]
        assert set(Session.objects.within(METZ_NANCY_KM + 0.2, metz.x, metz.y)) == {here, there}
        assert list(Session.objects.within(METZ_NANCY_KM - 0.2, metz.x, metz.y)) == [here]
        assert list(Training.objects.within(30, metz.x, metz.y)) == [here.action.training]

    def test_the_nearest_comes_first_then_the_soonest(self):
        metz = CommuneFactory()
        there = SessionFactory(action__in_nancy=True)
        late = SessionFactory(starts_on=timezone.localdate() + 60 * DAY)
        soon = SessionFactory(action=late.action, starts_on=timezone.localdate() + 10 * DAY)
        nowhere = SessionFactory(action__nowhere=True)
        found = list(Session.objects.with_distance(metz.x, metz.y))
        assert found == [soon, late, there, nowhere]
        assert found[2].distance_km == pytest.approx(METZ_NANCY_KM, abs=0.2)
        assert found[3].distance_km is None

    def test_sessions_for_an_offer_are_those_of_rule_1(self):
        metz, mason = CommuneFactory(), OccupationFactory()
        good = SessionFactory(action__training__leads_to=[mason])
        SessionFactory(action__training__leads_to=[mason], action__in_nancy=True)
        SessionFactory(action__training__leads_to=[mason], status=SessionStatus.CLOSED)
        SessionFactory(action__training__leads_to=[OccupationFactory(welder=True)])
        assert list(sessions_for("F1703", "", metz.x, metz.y, 30)) == [good]

    def test_an_offer_page_costs_one_query_whatever_the_sessions(self, django_assert_num_queries):
        metz, mason = CommuneFactory(), OccupationFactory()
        for _ in range(5):
            SessionFactory(action__training__leads_to=[mason])
        with django_assert_num_queries(1):
            lines = [
                (s.action.training.title, s.action.training.organisation.name, s.action.commune.name, s.dates)
                for s in sessions_for("F1703", "", metz.x, metz.y, 30).for_offer_page()
            ]
        assert len(lines) == 5


class TestHasSession:
    def test_answers_for_many_places_in_one_query(self, django_assert_num_queries):
        mason = OccupationFactory()
        metz, strasbourg = CommuneFactory(), CommuneFactory(strasbourg=True)
        nancy = CommuneFactory(nancy=True)
        SessionFactory(action__training__leads_to=[mason])
        occupation = Occupation.objects.filter(pk="F1703")
        places = Commune.objects.annotate(
            trade=occupation.values("code"), parent=occupation.values("parent_code")
        )
        with django_assert_num_queries(1):
            covered = set(places.filter(has_session(code="trade", parent="parent", km=60)))
        assert covered == {metz, nancy}
        assert strasbourg not in covered

    @pytest.mark.parametrize("fault", ["action__unfunded", "action__in_nancy", "action__nowhere"])
    def test_all_of_it_bears_on_one_session(self, fault):
        """A funded session far away and an unfunded one here are not a funded one here."""
        training = TrainingFactory(leads_to=[OccupationFactory()])
        welding = TrainingFactory(leads_to=[OccupationFactory(welder=True)])
        SessionFactory(action__training=training, **{fault: True})
        SessionFactory(action__training=training, status=SessionStatus.CLOSED)
        SessionFactory(action__training=training, action__in_nancy=True, action__unfunded=True)
        SessionFactory(action__training=welding)
        CommuneFactory()
        rows = Commune.objects.filter(pk="57463").annotate(trade=Value("F1703"), parent=Value(""))
        assert not rows.filter(has_session(code="trade", parent="parent", km=30)).exists()
        SessionFactory(action__training=training)
        assert rows.filter(has_session(code="trade", parent="parent", km=30)).exists()

    def test_the_reach_may_come_from_the_row(self):
        """Each region has its own: the distance is then a column of the outer row."""
        mason = OccupationFactory()
        SessionFactory(action__training__leads_to=[mason])
        nancy = CommuneFactory(nancy=True)
        rows = Commune.objects.filter(pk=nancy.pk).annotate(
            trade=Occupation.objects.values("code"), parent=Occupation.objects.values("parent_code")
        )
        wide = has_session(
            code="trade", parent="parent", km=OuterRef("department__region__publication_radius_km")
        )
        assert rows.filter(wide).exists()
        nancy.department.region.publication_radius_km = 30
        nancy.department.region.save()
        assert not rows.filter(wide).exists()


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        (
            {"starts_on": dt.date(2027, 3, 1), "ends_on": dt.date(2027, 6, 30)},
            "du 1ᵉʳ mars 2027 au 30 juin 2027",
        ),
        ({"starts_on": dt.date(2027, 3, 1), "ends_on": None}, "à partir du 1ᵉʳ mars 2027"),
        ({"starts_on": dt.date(2027, 3, 1), "is_start_in_month": True}, "courant mars 2027"),
        ({"starts_on": None, "ends_on": None}, "date à préciser"),
        (
            {"starts_on": None, "ends_on": None, "action__has_permanent_entry": True},
            "entrées permanentes",
        ),
    ],
    ids=["dates", "open", "month", "unknown", "permanent"],
)
def test_a_session_tells_its_dates_in_words(facts, told):
    assert SessionFactory(**facts).dates == told
