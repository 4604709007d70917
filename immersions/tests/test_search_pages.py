"""What the visitor of the search reads, whatever they typed."""

import gzip
import json
from urllib.parse import quote, urlencode

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from immersions.factories import OfferFactory, SlotFactory
from immersions.offers.search_form import SearchForm
from territories.factories import CommuneFactory, OccupationFactory
from territories.lexicon import rebuild
from tests.polite_client import PoliteClient
from trainings.factories import SessionFactory

pytestmark = pytest.mark.django_db
METZ = "57463"
URL = "/offres/"


def read(client, query: str) -> str:
    page = BeautifulSoup(client.get(f"{URL}?{query}").content, "html.parser")
    return " ".join(page.main.get_text(" ").split()).replace("\N{NO-BREAK SPACE}", " ")


def test_a_card_says_what_where_with_whom_when_and_what_it_leads_to(client):
    slot = SlotFactory()
    SessionFactory(action__training__leads_to=[slot.offer.occupation])
    text = read(client, f"lieu={METZ}")
    assert "1 immersion à moins de 30 km de Metz" in text
    assert "Maçonne, maçon du bâti ancien" in text
    assert "L’Atelier & Fils, Metz" in text
    assert "Embauche possible : CDI" in text
    assert "3 jours" in text
    assert "2 places le" in text
    assert "Mène à la formation Titre professionnel maçon" in text
    assert "payée par la Région" in text


class TestNothing:
    def test_an_unknown_place_is_not_an_empty_place(self, client):
        CommuneFactory()
        OfferFactory()
        text = read(client, "q_lieu=Xyzzy")
        assert "Lieu non reconnu" in text
        assert "Aucune immersion" not in text

    def test_an_unknown_code_of_a_commune_is_not_recognised_either(self, client):
        assert "Lieu non reconnu" in read(client, "lieu=99999")

    def test_words_that_name_no_occupation_are_said_to_be_unknown(self, client):
        CommuneFactory()
        OfferFactory()
        assert "Métier non reconnu" in read(client, f"q_metier=xyzzy&lieu={METZ}")

    def test_an_occupation_without_offers_is_not_an_unknown_one(self, client):
        CommuneFactory()
        other = OccupationFactory(code="K1103", label="Astrologue", title="Astrologue")
        rebuild()
        assert "Métier non reconnu" not in read(client, f"metier={other.code}&lieu={METZ}")

    def test_an_ambiguous_place_offers_a_choice_that_keeps_the_search(self, client):
        CommuneFactory(code="57616", name="Saint-Julien-lès-Metz")
        CommuneFactory(code="57001", name="Saint-Julien")
        CommuneFactory(code="54001", name="Saint-Julien")
        page = client.get(f"{URL}?q_lieu=Saint-Julien&poids=visit").content.decode()
        assert "lieu=57001&amp;poids=visit" in page
        assert "lieu=54001&amp;poids=visit" in page

    def test_an_empty_circle_says_how_many_a_wider_one_has(self, client):
        CommuneFactory()
        OfferFactory(workplace__commune=CommuneFactory(thionville=True))
        OfferFactory(in_nancy=True)
        text = read(client, f"lieu={METZ}&rayon=10")
        assert "Aucune immersion à moins de 10 km de Metz" in text
        assert "Chercher jusqu’à 30 km 1 immersion" in text

    def test_the_count_of_each_way_out_is_that_of_the_page_it_opens(self, client):
        CommuneFactory()
        OccupationFactory(welder=True)
        OfferFactory(occupation=OccupationFactory(code="H2902", label="Chaudronnier / Chaudronnière"))
        near = OccupationFactory(code="H2914", label="Tuyauteur / Tuyauteuse")
        OfferFactory(occupation=near)
        OfferFactory(occupation=near)
        OfferFactory(in_nancy=True, occupation=OccupationFactory(welder=True))
        page = BeautifulSoup(client.get(f"{URL}?lieu={METZ}&metier=H2913").content, "html.parser")
        ways = page.select(".empty li")
        assert len(ways) >= 3
        for way in ways:
            promised = int(way.select_one(".soft").get_text().split(", ")[-1].split()[0])
            opened = client.get(URL + way.a["href"])
            assert opened.context["results"].total == promised

    def test_whatever_was_asked_three_ways_lead_somewhere(self, client):
        CommuneFactory()
        far = CommuneFactory(code="08105", name="Charleville-Mézières", x=822_000, y=6_965_000)
        mason, tiler = OccupationFactory(), OccupationFactory(code="F1610", label="Couvreur")
        astrologer = OccupationFactory(code="K1103", label="Astrologue")
        OfferFactory(occupation=mason)
        OfferFactory(occupation=tiler)
        OfferFactory(occupation=tiler, in_nancy=True)
        rebuild()
        for query in (
            "q_metier=xyzzy",
            f"q_metier=xyzzy&lieu={METZ}",
            f"metier={astrologer.code}",
            f"metier={astrologer.code}&lieu={METZ}&rayon=10&poids=visit",
            f"famille=L&lieu={METZ}",
            f"lieu={far.code}&rayon=5",
            "q_lieu=Xyzzy&q_metier=xyzzy",
            "q_lieu=Xyzzy&poids=hiring_project",
        ):
            page = BeautifulSoup(client.get(f"{URL}?{query}").content, "html.parser")
            ways = page.select(".empty li")  # The first one may be « Écrire un autre lieu ».
            assert len(ways) >= 3, query
            for way in [way for way in ways if "#" not in way.a["href"]]:
                promised = int(way.select_one(".soft").get_text().split()[0])
                total = client.get(URL + way.a["href"]).context["results"].total
                assert 0 < total == promised, (query, way.a["href"])

    def test_nothing_at_all_is_said_so(self, client):
        assert "Aucune immersion n’est publiée aujourd’hui" in read(client, "q_metier=xyzzy")

    def test_filters_can_be_taken_away(self, client):
        OfferFactory()
        text = read(client, f"lieu={METZ}&metier=F1703&poids=visit")
        assert "enlever les filtres 1 immersion" in text


class TestWrongInput:
    @pytest.mark.parametrize(
        ("query", "said"),
        [
            ("rayon=abc", "La distance s’écrit en kilomètres"),
            ("rayon=-5", "au moins 1 km"),
            ("rayon=99999", "200 km au plus"),
            ("famille=Z", "n’existe pas dans nos choix"),
            ("poids=lourd", "n’existe pas dans nos choix"),
            ("duree=toujours", "n’existe pas dans nos choix"),
            ("niveau=bac", "Le niveau va de 0"),
            ("du=demain", "n’est pas une date"),
            ("du=2027-02-01&au=2027-01-01", "vient avant la date de début"),
            ("tri=hasard", "n’existe pas dans nos choix"),
            ("page=abc", "n’existe pas"),
            ("metier=ZZZZZ", "n’est pas dans notre liste"),
            ("q_metier=" + "a" * 10_000, "trop long"),
            ("q_lieu=" + "a" * 10_000, "trop long"),
        ],
    )
    def test_a_wrong_answer_costs_a_sentence_never_the_page(self, client, query, said):
        assert said in read(client, query)

    @pytest.mark.parametrize(
        "name", ["metier", "q_metier", "lieu", "q_lieu", "rayon", "famille", "page", "tri", "du"]
    )
    @pytest.mark.parametrize(
        "typed",
        [
            "🧱",
            "'; DROP TABLE offres; --",
            "<script>alert(1)</script>",
            '"&:/',
            "%",
            "_",
            "\\",
            "a" * 10_000,
            "\ud7ff",
            "&amp;",
        ],
    )
    def test_no_text_breaks_the_page_nor_enters_it_as_html(self, client, name, typed):
        response = client.get(URL, {name: typed})
        assert response.status_code == 200
        assert b"<script>alert" not in response.content

    def test_a_nul_byte_is_refused_with_a_sentence(self, client):
        assert client.get(f"{URL}?q_metier=%00").status_code == 400

    def test_a_nul_byte_in_a_cookie_too(self, client):
        answer = client.get(URL, headers={"cookie": r'sessionid="\000abcdefghijk"'})
        assert answer.status_code == 400

    def test_the_end_of_the_calendar_is_a_date_like_another(self, client):
        OfferFactory()
        assert client.get(f"{URL}?du=9999-12-31").status_code == 200
        assert client.get(f"{URL}?du=9998-12-31&au=9999-12-31").status_code == 200

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        asked=st.dictionaries(
            st.sampled_from([*SearchForm.base_fields, "page"]),
            st.one_of(
                st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=40),
                st.integers().map(str),
                st.dates().map(str),
            ),
            max_size=6,
        )
    )
    def test_no_address_of_the_search_is_an_error(self, asked):
        for url in (URL, "/offres.geojson"):
            assert PoliteClient().get(f"{url}?{urlencode(asked)}").status_code == 200


class TestGeoJson:
    def test_it_is_the_same_page_of_the_same_results(self, client):
        for _ in range(23):
            OfferFactory(detail=None)
        page = client.get(f"{URL}?lieu={METZ}&page=2").context["results"]
        response = client.get(f"/offres.geojson?lieu={METZ}&page=2")
        assert response["Content-Type"] == "application/geo+json"
        answer = json.loads(response.content)
        assert answer["type"] == "FeatureCollection"
        assert [each["properties"]["id"] for each in answer["features"]] == [each.pk for each in page.offers]
        assert answer["total"] == 23

    def test_a_feature_says_what_was_promised_and_no_more(self, client):
        offer = OfferFactory()
        [feature] = json.loads(client.get(f"/offres.geojson?lieu={METZ}").content)["features"]
        assert set(feature["properties"]) == {"id", "title", "company", "occupation", "distance_km", "url"}
        longitude, latitude = feature["geometry"]["coordinates"]
        assert (round(latitude, 2), round(longitude, 2)) == (49.12, 6.17)
        assert feature["properties"]["url"].startswith(offer.get_absolute_url())


class TestNothingOfTheKindAround:
    def test_a_near_trade_is_proposed_from_as_far_as_it_is(self, client):
        CommuneFactory()
        OfferFactory(in_nancy=True)
        slater = OccupationFactory(code="F1610", label="Couvreur / Couvreuse")
        tiler = OccupationFactory(code="F1701", label="Coffreur / Coffreuse")
        for occupation in (slater, tiler, tiler):
            OfferFactory(in_nancy=True, occupation=occupation, contract="cdi")
        page = BeautifulSoup(client.get(f"{URL}?lieu={METZ}&metier=F1703&rayon=10").content, "html.parser")
        ways = [each.get_text(" ", strip=True) for each in page.select(".empty li")]
        assert len(ways) >= 3
        assert "Coffreur / Coffreuse" in ways[1]
        assert "métier proche, 2 immersions jusqu’à 50" in ways[1].replace("\N{NO-BREAK SPACE}", " ")
        there = page.select(".empty li a")[1]["href"]
        assert client.get(f"{URL}{there}").context["results"].total == 2


class TestCost:
    @pytest.mark.parametrize("query", ["", f"lieu={METZ}", f"lieu={METZ}&metier=F1703&poids=hiring_project"])
    def test_the_list_costs_the_same_whatever_the_rows(self, client, query, django_assert_max_num_queries):
        session = SessionFactory(action__training__leads_to=[OccupationFactory()])
        OfferFactory()
        client.get(f"{URL}?{query}")
        for _ in range(25):
            SlotFactory(offer__occupation=OccupationFactory(), offer__detail=None)
            SessionFactory(action__training=session.action.training)
        client.get(f"{URL}?{query}")  # This process knows the communes by heart.
        with django_assert_max_num_queries(5):
            client.get(f"{URL}?{query}")

    def test_an_empty_page_is_not_dearer(self, client, django_assert_max_num_queries):
        CommuneFactory()
        OfferFactory(in_nancy=True)
        client.get(f"{URL}?lieu={METZ}&metier=F1703")
        with django_assert_max_num_queries(5):
            client.get(f"{URL}?lieu={METZ}&metier=F1703")

    def test_a_full_page_of_results_is_light(self, client):
        OccupationFactory()
        for n in range(30):
            SlotFactory(offer__title=f"Maçonne, maçon du bâti ancien n° {n}", offer__detail=None)
        SessionFactory(action__training__leads_to=[OccupationFactory()])
        for url in ("/", f"{URL}?lieu={METZ}"):
            assert len(gzip.compress(client.get(url).content)) <= 30_000


def test_home_leads_to_the_search_and_shows_what_is_new(client):
    OfferFactory()
    page = BeautifulSoup(client.get("/").content, "html.parser")
    form = page.select_one("form[role=search]")
    assert form["action"] == reverse("immersions:offers")
    assert {each["name"] for each in form.select("[name]")} == {"q_metier", "q_lieu", "rayon"}
    assert "Maçonne, maçon du bâti ancien" in page.get_text()


def test_what_was_asked_stays_in_the_boxes(client):
    CommuneFactory()
    OccupationFactory()
    rebuild()
    page = BeautifulSoup(
        client.get(f"{URL}?q_metier={quote('maçonne')}&q_lieu=metz&rayon=17&poids=visit").content,
        "html.parser",
    )
    assert page.select_one("#q_metier")["value"] == "Maçon / Maçonne"
    assert page.select_one("#q_lieu")["value"] == "Metz (57)"
    assert page.select_one("[name=lieu]")["value"] == METZ
    assert page.select_one("#rayon option[selected]")["value"] == "17"
    assert page.select_one("[name=poids][checked]")["value"] == "visit"
