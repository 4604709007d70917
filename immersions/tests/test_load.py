"""Load data: marked, refused where it has no place, and answered from indexes."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.http import QueryDict
from django.utils import timezone

from accounts.models import Organisation
from immersions.applications.models import Application
from immersions.load import rows
from immersions.load.world import MARK, World
from immersions.management.commands import seed_load
from immersions.models import Offer
from immersions.offers.results import Results
from immersions.offers.search import Search
from territories.factories import CommuneFactory, OccupationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings) -> World:
    CommuneFactory()
    CommuneFactory(nancy=True)
    CommuneFactory(strasbourg=True)
    OccupationFactory()
    OccupationFactory(welder=True)
    return World(seed=1, today=timezone.localdate())


def test_every_row_says_that_it_is_load_data(world):
    rows.trainings(world, 4)
    rows.offers(world, 40)
    rows.candidates(world, 6)
    assert rows.applications(world, 10) == 10
    assert Offer.objects.open().count() == 40
    assert not Organisation.objects.exclude(name__startswith=MARK).exists()
    assert Application.objects.exclude(why__contains=MARK.lower()).count() == 0
    assert Results.of(QueryDict("lieu=57463&rayon=100")).total > 0


def test_it_is_refused_in_production(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="--force"):
        call_command("seed_load", offers=1)


def test_without_an_option_it_makes_what_the_search_is_tried_on(world, monkeypatch):
    asked = []
    monkeypatch.setattr(seed_load, "TABLES", ())
    monkeypatch.setitem(seed_load.KINDS, "offers", lambda world, count: asked.append(count) or count)
    call_command("seed_load", force=True)
    assert asked == [100_000]


def test_count_and_first_page_each_answer_from_an_index(world):
    """A few thousand rows are enough for the planner to choose as it would for many."""
    rows.offers(world, 4000)
    search = Search.read(QueryDict("lieu=57463&rayon=20"))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE immersions_offer")
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "offer_published_position" in search.in_order().values("pk")[:20].explain()
    assert "Seq Scan" not in search.offers().values("commune").explain()
    recent = Search.read(QueryDict("tri=date"))
    assert "offer_published_recent" in recent.in_order().values("pk")[:20].explain()
