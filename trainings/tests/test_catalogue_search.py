"""The public catalogue: which trainings, in which order, and what a visitor reads."""

import datetime as dt
import gzip
import json
import random

import pytest
from bs4 import BeautifulSoup
from django.http import QueryDict
from django.utils import timezone

from immersions.factories import OfferFactory
from territories.factories import CommuneFactory, OccupationFactory
from territories.lexicon import rebuild
from trainings.factories import SessionFactory, SkillBlockFactory, TrainingActionFactory, TrainingFactory
from trainings.models import Training
from trainings.search.results import TrainingResults
from trainings.search.search import TrainingSearch

pytestmark = pytest.mark.django_db
METZ = "57463"
URL = "/formations/"


def found(query: str) -> list[str]:
    return [each.title for each in TrainingResults.of(QueryDict(query)).found]


def page(client, query: str = "") -> BeautifulSoup:
    return BeautifulSoup(client.get(f"{URL}?{query}").content, "html.parser")


def read(client, query: str = "") -> str:
    text = " ".join(page(client, query).main.get_text(" ").split())
    return text.replace("\N{NO-BREAK SPACE}", " ")


def a_training(title: str = "Maçon", **facts):
    named = {"action__training__title": title, "action__training__certification_title": title}
    return SessionFactory(**{f"action__{name}": value for name, value in facts.items()}, **named)


def in_days(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


def test_a_card_says_what_where_with_whom_who_pays_how_long_when_and_what_for(client):
    SessionFactory(
        action__training__leads_to=[OccupationFactory()],
        action__training__hours_total=920,
        action__training__hours_in_company=210,
        seats_left=6,
    )
    text = read(client, f"lieu={METZ}")
    for said in (
        "1 formation à moins de 30 km de Metz",
        "Greta Lorraine, Metz",
        "Payée par la Région",
        "Niveau CAP ou BEP",
        "920 h, dont 210 h en entreprise",
        "6 places",
        "Mène au métier : Maçon / Maçonne",
    ):
        assert said in text, said


class TestWhich:
    def test_a_training_is_one_card_at_its_nearest_place(self):
        training = TrainingFactory()
        SessionFactory(action__training=training, action__in_nancy=True)
        SessionFactory(action__training=training)
        results = TrainingResults.of(QueryDict(f"lieu={METZ}&rayon=100"))
        assert results.total == 1
        card = results.cards[0]
        assert (card["city"], card["note"], card["distance"]) == ("Metz", "aussi à Nancy", "moins de 1\xa0km")

    def test_the_circle_is_exact_whatever_the_index_says(self):
        """Against a plain measure of each, on both sides of the edge."""
        draw = random.Random(7)
        metz = CommuneFactory()
        expected = set()
        for n in range(60):
            x, y = metz.x + draw.uniform(-40_000, 40_000), metz.y + draw.uniform(-40_000, 40_000)
            a_training(f"T{n}", x=x, y=y)
            if (x - metz.x) ** 2 + (y - metz.y) ** 2 <= 30_000**2:
                expected.add(f"T{n}")
        search = TrainingSearch.read(QueryDict(f"lieu={METZ}"))
        rows = list(search.trainings())
        titles = dict(Training.objects.values_list("pk", "title"))
        assert {titles[row["action__training"]] for row in rows} == expected
        assert [row["metres"] for row in rows] == sorted(row["metres"] for row in rows)
        assert {row["total"] for row in rows} == {len(expected)} == {search.count()}

    @pytest.mark.parametrize(
        "facts",
        [
            {"action__unfunded": True},
            {"starts_on": in_days(-5), "ends_on": in_days(50)},
            {"status": "closed"},
            {"seats_total": 5, "seats_left": 0},
        ],
        ids=["paid by others", "begun", "closed", "full"],
    )
    def test_only_what_one_can_enter_is_shown(self, facts):
        SessionFactory(**facts)
        assert found("") == []
        assert len(found("toutes=1")) == ("starts_on" not in facts)

    def test_what_left_the_catalogue_is_never_shown(self):
        SessionFactory(action__training__closed_at=timezone.now())
        SessionFactory(cancelled_at=timezone.now())
        assert found("toutes=1") == []

    def test_the_same_session_answers_the_whole_question(self):
        """Neither the place of one session with the month of another."""
        training, soon, later = TrainingFactory(), in_days(20), in_days(120)
        SessionFactory(action__training=training, starts_on=soon)
        SessionFactory(action__training=training, action__in_nancy=True, starts_on=later)
        assert found(f"lieu={METZ}&rayon=10&mois={soon:%Y-%m}") == ["Maçon"]
        assert found(f"lieu={METZ}&rayon=10&mois={later:%Y-%m}") == []

    def test_the_trade_by_code_by_its_like_and_by_words(self):
        mason = OccupationFactory(parent_code="F1701")
        like = OccupationFactory(code="F1799", title="Autre maçonnerie", parent_code="F1701")
        a_training("Bâtir", training__leads_to=[mason])
        a_training("Souder", training__leads_to=[OccupationFactory(welder=True)])
        a_training("Taille de pierre")
        rebuild()
        assert found("metier=F1703") == ["Bâtir"]
        assert found(f"metier={like.code}") == ["Bâtir"]
        assert found("q_metier=maçonne") == ["Bâtir"]
        assert found("q_metier=pierre") == ["Taille de pierre"]
        assert found("metier=Z0000") == []

    def test_levels_before_and_after(self):
        a_training("Sans", training__level_in=0, training__level_out=3)
        a_training("Bac", training__level_in=4, training__level_out=7)
        a_training("Inconnu", training__level_in=None, training__level_out=None)
        assert set(found("niveau=3")) == {"Sans", "Inconnu"}
        assert set(found("niveau=4")) == {"Sans", "Bac", "Inconnu"}
        assert found("sortie=3") == ["Sans"]
        assert found("sortie=6") == ["Bac"]

    def test_blocks_by_code_by_word_and_alone(self):
        wall, render = (
            SkillBlockFactory(code="RNCP1BC01"),
            SkillBlockFactory(code="RNCP1BC02", title="Été, enduit"),
        )
        a_training("Tout", training__teaches=[wall, render])
        a_training("Mur", training__teaches=[wall])
        a_training("Rien")
        assert set(found("bloc=rncp1bc01")) == {"Tout", "Mur"}
        assert found("bloc=ete") == ["Tout"]
        unknown = TrainingResults.of(QueryDict("bloc=RNCP9BC09"))
        assert unknown.total == 0
        assert "RNCP9BC09" in unknown.sentences[0]
        assert found("un_bloc=1") == ["Mur"]

    def test_a_family(self):
        a_training("Bâtir", training__leads_to=[OccupationFactory()])
        a_training("Souder", training__leads_to=[OccupationFactory(welder=True)])
        assert found("famille=H") == ["Souder"]

    def test_permanent_entry_is_there_every_month(self):
        always = {"action__has_permanent_entry": True, "starts_on": None}
        SessionFactory(**always, ends_on=None)
        SessionFactory(**always, ends_on=in_days(40))
        assert len(found(f"mois={in_days(20):%Y-%m}")) == 2
        assert len(found(f"mois={in_days(300):%Y-%m}")) == 1

    def test_by_date_the_next_to_begin_comes_first(self):
        SessionFactory(action__training__title="Tard", starts_on=in_days(90))
        SessionFactory(action__training__title="Tôt", action__in_nancy=True, starts_on=in_days(9))
        assert found(f"lieu={METZ}&rayon=100") == ["Tard", "Tôt"]
        assert found(f"lieu={METZ}&rayon=100&tri=date") == ["Tôt", "Tard"]
        assert found("") == ["Tôt", "Tard"]


def test_pages_share_nothing_and_skip_nothing():
    action = TrainingActionFactory()
    for n in range(45):
        SessionFactory(action__training__title=f"T{n:02d}", action__commune=action.commune)
    seen = [title for number in (1, 2, 3) for title in found(f"lieu={METZ}&page={number}")]
    assert len(seen) == len(set(seen)) == 45
    beyond = TrainingResults.of(QueryDict(f"lieu={METZ}&page=99"))
    assert (beyond.page.number, len(beyond.found)) == (3, 5)
    assert "voici la dernière" in beyond.sentences[0]


class TestNothing:
    def test_a_place_that_is_not_recognised_is_not_an_empty_place(self, client):
        CommuneFactory()
        text = read(client, "q_lieu=Xyzzy")
        assert "Lieu non reconnu" in text
        assert "Aucune formation" not in text
        assert "Aucune formation à moins de 30 km de Metz" in read(client, f"lieu={METZ}")

    def test_an_ambiguous_place_offers_a_choice_that_keeps_the_search(self, client):
        CommuneFactory(code="57001", name="Saint-Julien")
        CommuneFactory(code="54001", name="Saint-Julien")
        html = client.get(f"{URL}?q_lieu=Saint-Julien&niveau=3").content.decode()
        assert "lieu=57001&amp;niveau=3" in html

    def test_three_ways_out_and_each_has_what_it_says(self, client):
        mason, like = OccupationFactory(), OccupationFactory(code="F1704", title="Préfabricant")
        SessionFactory(action__training__leads_to=[mason], action__in_nancy=True)
        SessionFactory(action__training__leads_to=[mason], seats_total=3, seats_left=0)
        SessionFactory(action__training__leads_to=[like])
        ways = page(client, f"lieu={METZ}&metier=F1703&rayon=10").select(".empty li")
        assert len(ways) >= 3
        counted = [way for way in ways if "formation" in way.get_text().split(way.a.get_text())[1]]
        assert [way.a.get_text() for way in counted] == [
            "Chercher jusqu’à 50\xa0km",
            "Voir aussi les formations complètes ou payées autrement",
            "Préfabricant",
        ]
        for way in counted:
            assert "1 formation" in read(client, way.a["href"].removeprefix("?")), way.a["href"]
        assert not [way for way in ways if way.a["href"].startswith("/offres/")]  # None to try.
        OfferFactory(occupation=mason)
        last = page(client, f"lieu={METZ}&metier=F1703&rayon=10").select(".empty li")[-1]
        assert last.a["href"].startswith("/offres/?metier=F1703&lieu=57463")
        assert last.get_text().endswith(" 1 immersion")

    def test_words_that_name_no_trade_are_said_so_and_three_ways_lead_somewhere(self, client):
        SessionFactory(action__training__leads_to=[OccupationFactory()])
        SessionFactory(action__training__leads_to=[OccupationFactory(code="F1610", label="Couvreur")])
        for query in ("q_metier=xyzzy", f"lieu={METZ}&q_metier=xyzzy", "q_lieu=Xyzzy&q_metier=xyzzy"):
            empty = page(client, query)
            assert "Métier non reconnu" in empty.main.get_text()
            ways = empty.select(".empty li")
            assert len(ways) >= 3, query
            for way in [way for way in ways if "#" not in way.a["href"]]:
                assert way.select_one(".soft").get_text() in read(client, way.a["href"].removeprefix("?")), (
                    query
                )

    def test_filters_can_be_taken_off(self, client):
        SessionFactory(action__training__leads_to=[OccupationFactory()], action__training__level_in=4)
        way = page(client, f"lieu={METZ}&metier=F1703&niveau=0").select(".empty li")[0]
        assert way.get_text() == "Enlever les filtres 1 formation"


@pytest.mark.parametrize("query", ["mois=hier", "niveau=9", "rayon=x", "sortie=z", "tri=z", "page=-1"])
def test_a_wrong_answer_costs_a_sentence(client, query):
    SessionFactory()
    html = page(client, query)
    assert html.select(".notice.due")
    assert "1 formation dans toute la région" in html.main.get_text()


def test_the_map_says_the_same_as_the_page(client):
    SessionFactory()
    SessionFactory(action__nowhere=True)
    data = json.loads(client.get(f"/formations.geojson?lieu={METZ}").content)
    assert data["total"] == 1
    properties = data["features"][0]["properties"]
    assert properties["organisation"] == "Greta Lorraine"
    assert properties["url"].endswith(f"?lieu={METZ}")
    everywhere = json.loads(client.get("/formations.geojson").content)
    assert (everywhere["total"], len(everywhere["features"])) == (2, 1)


@pytest.mark.parametrize(
    "query",
    ["", f"lieu={METZ}", f"lieu={METZ}&metier=F1703&bloc=mur&niveau=3", f"lieu={METZ}&tri=date&toutes=1"],
)
def test_the_list_costs_the_same_whatever_the_rows(client, query, django_assert_max_num_queries):
    mason, wall = OccupationFactory(), SkillBlockFactory()
    CommuneFactory()
    for _ in range(3):
        SessionFactory(action__training__leads_to=[mason], action__training__teaches=[wall])
    client.get(f"{URL}?{query}")
    for n in range(22):
        SessionFactory(
            action__training__leads_to=[mason], action__training__teaches=[wall], action__in_nancy=n % 2 > 0
        )
    with django_assert_max_num_queries(5):
        response = client.get(f"{URL}?{query}")
    assert len(gzip.compress(response.content)) <= 30_000


def test_an_empty_page_is_not_dearer(client, django_assert_max_num_queries):
    SessionFactory(action__in_nancy=True, action__training__leads_to=[OccupationFactory()])
    CommuneFactory()
    client.get(f"{URL}?lieu={METZ}&metier=F1703")
    with django_assert_max_num_queries(5):
        client.get(f"{URL}?lieu={METZ}&metier=F1703")
