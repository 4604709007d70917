"""The page of a training and the page of a trade: where immersions and trainings meet."""

import datetime as dt
import gzip
import json

import pytest
from bs4 import BeautifulSoup
from django.urls import resolve
from django.utils import timezone

from immersions.factories import OfferFactory
from immersions.stays.models import GridSkill
from territories.factories import CommuneFactory, OccupationFactory
from territories.models import OccupationTension
from trainings.factories import SessionFactory, SkillBlockFactory, TrainingFactory
from trainings.models import SessionSeats

pytestmark = pytest.mark.django_db
METZ = "57463"
MASON = "/metiers/F1703-macon-maconne/"


def read(client, url: str, status: int = 200) -> BeautifulSoup:
    response = client.get(url)
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def text_of(page: BeautifulSoup) -> str:
    return " ".join(page.main.get_text(" ").split()).replace("\N{NO-BREAK SPACE}", " ")


def ld_of(page: BeautifulSoup) -> dict:
    return json.loads(page.select_one("script[type='application/ld+json']").string)


def leading_to(occupation, **facts):
    return SessionFactory(action__training__leads_to=[occupation], **facts)


class TestTraining:
    def test_it_says_what_when_where_for_whom_and_what_it_takes(self, client):
        session = leading_to(
            OccupationFactory(),
            seats_left=6,
            action__training__teaches=[SkillBlockFactory(title="Monter un mur")],
            action__training__objective="Bâtir en équipe",
            action__training__content="<p>Le mortier</p>",
            action__training__level_in=3,
            action__training__hours_in_centre=710,
            action__training__hours_in_company=210,
            action__conditions="Un entretien",
            action__pace="Temps plein",
        )
        page = read(client, session.action.training.get_absolute_url())
        text = text_of(page)
        for said in (
            "Payée par la Région",
            "Titre professionnel maçon",
            "niveau CAP ou BEP",
            "Monter un mur",
            "Bâtir en équipe",
            "Un diplôme de niveau CAP ou BEP",
            "Un entretien",
            "6 places libres",
            "710 h en centre, 210 h en entreprise",
            "Temps plein",
            "La Région",
            "Greta Lorraine",
            "03 53 01 00 00",
            "Maçon / Maçonne",
        ):
            assert said in text, said
        assert page.select_one("details p").get_text() == "Le mortier"
        assert page.select_one(f"a[href='{MASON}']")
        assert "francecompetences.fr/recherche/rncp/38511/" in str(page)

    @pytest.mark.parametrize(
        ("facts", "said"),
        [
            ({"seats_left": None}, "Places non précisées : demandez à l’organisme"),
            ({"seats_total": 4, "seats_left": 0}, "Complet"),
            ({"status": "closed"}, "Inscriptions closes"),
            ({"status": "suspended"}, "Inscriptions suspendues"),
        ],
        ids=["unknown", "full", "closed", "suspended"],
    )
    def test_seats_are_said_as_they_are(self, client, facts, said):
        training = SessionFactory(**facts).action.training
        assert said in text_of(read(client, training.get_absolute_url()))

    def test_seats_held_here_are_no_longer_free(self, client):
        session = SessionFactory(seats_left=3)
        SessionSeats.objects.create(session=session, places=3, taken=2)
        assert "1 place libre" in text_of(read(client, session.action.training.get_absolute_url()))

    def test_past_and_cancelled_sessions_are_never_shown(self, client):
        training = TrainingFactory()
        past = timezone.localdate() - dt.timedelta(days=5)
        SessionFactory(action__training=training, starts_on=past)
        SessionFactory(action__training=training, cancelled_at=timezone.now())
        assert "Aucune date n’est annoncée" in text_of(read(client, training.get_absolute_url()))

    def test_places_come_nearest_first_from_where_one_lives(self, client):
        training = TrainingFactory()
        soon = timezone.localdate() + dt.timedelta(days=9)
        SessionFactory(action__training=training, action__in_nancy=True, starts_on=soon)
        SessionFactory(action__training=training)
        url = training.get_absolute_url()
        towns = [each.get_text() for each in read(client, url).select("#dates ~ .card h3")]
        assert towns == ["Nancy", "Metz"]
        near = read(client, f"{url}?lieu={METZ}").select("#dates ~ .card .head")
        assert near[0].get_text(" ") == "Metz moins de 1\xa0km"

    def test_the_link_goes_both_ways(self, client):
        offer = OfferFactory()
        training = leading_to(offer.occupation).action.training
        there = read(client, training.get_absolute_url())
        assert there.select_one(f"#essayer ~ .cards a[href^='{offer.get_absolute_url()}']")
        back = read(client, offer.get_absolute_url())
        assert back.select_one(f"article .card a[href='{training.get_absolute_url()}']")
        assert back.select_one(f"a[href='{MASON}']")

    def test_an_immersion_of_another_trade_or_too_far_is_not_shown(self, client):
        training = leading_to(OccupationFactory()).action.training
        OfferFactory(occupation=OccupationFactory(welder=True))
        OfferFactory(workplace__commune=CommuneFactory(strasbourg=True))
        page = read(client, training.get_absolute_url())
        assert not page.select("#essayer ~ .cards")
        assert "Chercher plus loin" in page.main.get_text()

    def test_another_slug_leads_to_the_right_one(self, client):
        training = SessionFactory().action.training
        response = client.get(f"/formations/{training.pk}-autre/?lieu={METZ}")
        assert response.status_code == 301
        assert response["Location"] == f"{training.get_absolute_url()}?lieu={METZ}"

    def test_a_number_that_is_none_is_not_found(self, client):
        assert client.get("/formations/999999999999-x/").status_code == 404

    def test_one_that_left_the_catalogue_says_so_and_how_to_go_on(self, client):
        mason = OccupationFactory()
        gone = leading_to(mason, action__training__closed_at=timezone.now()).action.training
        other = leading_to(mason, action__training__title="Autre voie").action.training
        page = read(client, gone.get_absolute_url(), status=410)
        assert page.select_one("meta[name=robots][content=noindex]")
        for way in (other.get_absolute_url(), MASON, "/formations/", "/offres/"):
            assert page.select_one(f"main a[href='{way}']"), way

    def test_search_engines_read_a_course_and_its_instances(self, client):
        session = SessionFactory(action__training__title="Maçon </script><b>")
        course = ld_of(read(client, session.action.training.get_absolute_url()))
        assert (course["@type"], course["name"]) == ("Course", "Maçon </script><b>")
        instance = course["hasCourseInstance"][0]
        assert instance["startDate"] == session.starts_on.isoformat()
        assert instance["location"]["address"]["addressLocality"] == "Metz"

    def test_it_costs_the_same_whatever_it_shows(self, client, django_assert_max_num_queries):
        mason = OccupationFactory(parent_code="F1701")
        training = leading_to(mason).action.training
        url = f"{training.get_absolute_url()}?lieu={METZ}"
        client.get(url)
        for _ in range(4):
            SessionFactory(action__training=training, action__in_nancy=True)
            OfferFactory(occupation=mason)
        with django_assert_max_num_queries(6):
            response = client.get(url)
        assert len(gzip.compress(response.content)) <= 30_000


class TestTrade:
    def test_it_says_what_one_does_where_to_try_it_and_where_to_learn_it(self, client):
        offer = OfferFactory()
        training = leading_to(offer.occupation).action.training
        offer.occupation.tasks.create(text="Préparer le mortier")
        page = read(client, MASON)
        assert "Préparer le mortier" in text_of(page)
        assert "Lire un plan simple" in text_of(page)  # Our own grid.
        assert page.select_one(f"#essayer ~ .cards a[href='{offer.get_absolute_url()}']")
        assert page.select_one(f"#apprendre ~ .cards a[href='{training.get_absolute_url()}']")
        found = ld_of(page)
        assert (found["@type"], found["occupationalCategory"]["codeValue"]) == ("Occupation", "F1703")

    def test_an_agent_s_own_grid_comes_before_ours(self, client):
        GridSkill.objects.create(occupation=OccupationFactory(), text="Tailler une pierre")
        text = text_of(read(client, MASON))
        assert "Tailler une pierre" in text
        assert "Lire un plan simple" not in text

    def test_around_the_place_that_one_types(self, client):
        CommuneFactory()
        far = OfferFactory(workplace__commune=CommuneFactory(strasbourg=True))
        url = far.get_absolute_url()
        assert read(client, MASON).select(f"a[href^='{url}']")
        page = read(client, f"{MASON}?q_lieu=57000")
        assert "L’essayer autour de Metz" in text_of(page)
        assert not page.select(f"a[href^='{url}']")

    def test_a_place_that_is_not_recognised_is_told(self, client):
        OccupationFactory()
        page = read(client, f"{MASON}?q_lieu=Xyzzy")
        assert "Lieu non reconnu" in page.select_one(".error").get_text()
        assert page.select_one("#q_lieu")["value"] == "Xyzzy"

    @pytest.mark.parametrize("url", ["/metiers/F1703/", "/metiers/f1703-autre/", "/metiers/F1703-macon/"])
    def test_every_other_spelling_leads_to_the_right_one(self, client, url):
        OccupationFactory()
        response = client.get(f"{url}?lieu={METZ}")
        assert (response.status_code, response["Location"]) == (301, f"{MASON}?lieu={METZ}")

    def test_a_code_that_is_none_is_not_found(self, client):
        assert client.get("/metiers/Z9999-x/").status_code == 404

    def test_tension_is_said_with_its_source_and_year_or_not_at_all(self, client):
        occupation = OccupationFactory(parent_code="F1701")
        training = leading_to(occupation).action.training
        tension = OccupationTension.objects.create(
            code="F1701", tense_areas=3, areas=4, year=2021, source="Dares"
        )
        for url in (MASON, training.get_absolute_url()):
            text = text_of(read(client, url))
            assert "Métier en tension Recruter y est difficile dans 3 bassins d’emploi sur 4" in text
            assert "(source : Dares, 2021)" in text
        tension.tense_areas = 1
        tension.save()
        assert "en tension" not in text_of(read(client, MASON))

    def test_it_costs_the_same_whatever_it_shows(self, client, django_assert_max_num_queries):
        mason = OccupationFactory()
        url = f"{MASON}?lieu={METZ}"
        leading_to(mason)
        client.get(url)
        for code in ("F1701", "F1702", "F1704"):
            OccupationFactory(code=code, title=f"Proche {code}")
            leading_to(mason)
            OfferFactory(occupation=mason)
        with django_assert_max_num_queries(6):
            response = client.get(url)
        assert len(gzip.compress(response.content)) <= 30_000


def test_the_addresses_that_lower_rooms_promise_are_served():
    training, occupation = TrainingFactory(), OccupationFactory()
    assert resolve(training.get_absolute_url()).view_name == "immersions:training"
    assert resolve(occupation.get_absolute_url()).view_name == "immersions:occupation"


def test_engines_find_what_one_can_enter_and_try(client):
    session = leading_to(OccupationFactory())
    full = leading_to(OccupationFactory(welder=True), status="closed").action.training
    trainings = client.get("/sitemap-formations.xml").content.decode()
    trades = client.get("/sitemap-metiers.xml").content.decode()
    assert session.action.training.get_absolute_url() in trainings
    assert full.get_absolute_url() not in trainings
    assert MASON in trades
    assert "H2913" not in trades
    assert b"sitemap-formations.xml" in client.get("/sitemap.xml").content
