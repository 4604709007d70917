"""The page of one offer: what a visitor learns, and what stays private."""

import datetime as dt
import gzip
import json

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from core import french
from immersions.factories import OfferFactory, SlotFactory, monday_in
from immersions.offers.models import DateMode, LicenceNeed
from immersions.offers.workflow import OfferStatus
from territories.factories import CommuneFactory
from trainings.factories import SessionFactory, TrainingActionFactory

pytestmark = pytest.mark.django_db


def read(client, offer, query: str = "") -> BeautifulSoup:
    response = client.get(offer.get_absolute_url() + query)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def text_of(client, offer, query: str = "") -> str:
    text = " ".join(read(client, offer, query).main.get_text(" ").split())
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_it_answers_what_when_where_with_whom_and_what_then(client):
    starts = timezone.localdate() + dt.timedelta(days=30)
    slot = SlotFactory(
        offer__licence=LicenceNeed.LEARNED,
        offer__french_level="A2",
        offer__detail__tutor_name="Marc Klein",
        offer__detail__tutor_job="chef d’équipe",
        offer__detail__essentials=["Être à l’aise en hauteur"],
        offer__detail__day_plan=[{"time": "8 h", "what": "Chantier avec votre tuteur"}],
        offer__detail__clothes="Chaussures fermées",
    )
    SessionFactory(
        action__training__leads_to=[slot.offer.occupation], starts_on=starts, seats_left=6, seats_total=12
    )
    page = read(client, slot.offer)
    in_the_bar = page.select_one(".bar option").get_text()
    assert in_the_bar.endswith(french.day(slot.last_day)), "a phone shows it to its end"
    assert not set(in_the_bar.split()) & set(french.DAYS)
    text = text_of(client, slot.offer)
    for said in (
        "Monter un rang de moellons",
        "Chantier avec votre tuteur",
        "Être à l’aise en hauteur",
        "A2",
        "Le permis B",
        "Marc, chef d’équipe",
        "12 rue des Clercs",
        "Chaussures fermées",
        "CDI à 1 950 € brut par mois",
        "Titre professionnel maçon",
        "Greta Lorraine",
        "6 places",
        "payée par la Région",
        "2 places",
        "Demander cette immersion",
        "L’immersion n’est pas payée",
    ):
        assert said in text, said


def test_the_contact_and_the_tutor_s_surname_are_not_public(client):
    offer = OfferFactory(detail__tutor_name="Marc Klein")
    for url in (offer.get_absolute_url(), "/offres/", "/offres.geojson"):
        page = client.get(url).content.decode()
        for private in ("Jeanne", "jeanne.muller", "03 87", "Klein"):
            assert private not in page


def test_the_distance_is_that_of_the_place_one_comes_from(client):
    CommuneFactory(thionville=True)
    offer = OfferFactory()
    assert "à 27 km à vol d’oiseau" in text_of(client, offer, "?lieu=57672")
    assert "à vol d’oiseau" not in text_of(client, offer)
    assert "à vol d’oiseau" not in text_of(client, offer, "?lieu=zzz")


class TestDates:
    def test_only_slots_that_can_still_be_booked_are_proposed(self, client):
        offer = OfferFactory(date_mode=DateMode.SLOTS)
        good = SlotFactory(offer=offer)
        SlotFactory(offer=offer, full=True, first_day=monday_in(weeks=4))
        SlotFactory(offer=offer, is_open=False, first_day=monday_in(weeks=5))
        SlotFactory(offer=offer, first_day=timezone.localdate() + dt.timedelta(days=1))
        page = read(client, offer)
        assert [each["value"] for each in page.select("[name=creneau][type=radio]")] == [str(good.pk)]
        assert [each["value"] for each in page.select("select[name=creneau] option")] == [str(good.pk)]

    def test_dates_to_agree_propose_the_weeks_of_the_company(self, client):
        offer = OfferFactory(weeks=[monday_in(weeks=4), monday_in(weeks=-2)])
        page = read(client, offer)
        assert [each["value"] for each in page.select("[name=semaine][type=radio]")] == [
            monday_in(weeks=4).isoformat()
        ]

    def test_no_date_left_still_lets_one_ask(self, client):
        text = text_of(client, SlotFactory(full=True).offer)
        assert "Toutes les dates sont prises" in text
        assert "Demander cette immersion" in text

    def test_the_form_leads_to_the_application_with_the_slot(self, client):
        offer = SlotFactory().offer
        form = read(client, offer).select_one("form[method=get].card")
        assert form["action"] == f"{offer.get_absolute_url()}demander/"


class TestTrainings:
    def test_only_what_the_region_funds_within_reach_is_shown(self, client):
        offer = OfferFactory()
        leads = {"action__training__leads_to": [offer.occupation]}
        SessionFactory(**leads, action__training__certification_title="Financée")
        SessionFactory(**leads, action__unfunded=True, action__training__certification_title="Non financée")
        SessionFactory(**leads, action__nowhere=True, action__training__certification_title="Nulle part")
        far = TrainingActionFactory(x=1_050_000.0, y=6_840_000.0, training__leads_to=[offer.occupation])
        SessionFactory(action=far)
        titles = [each.get_text() for each in read(client, offer).select("article .card h3")]
        assert titles == ["Financée"]

    def test_a_place_shows_its_next_three_starts_in_order(self, client):
        offer = OfferFactory()
        action = TrainingActionFactory(training__leads_to=[offer.occupation])
        for days in (200, 20, 100, 300):
            SessionFactory(action=action, starts_on=timezone.localdate() + dt.timedelta(days=days))
        starts = read(client, offer).select("article .card .facts li")
        assert len(starts) == 3


class TestStatus:
    def test_a_draft_is_nobody_s_business(self, client):
        assert client.get(OfferFactory(draft=True).get_absolute_url()).status_code == 404

    def test_an_offer_in_moderation_is_not_shown_either(self, client):
        offer = OfferFactory(status=OfferStatus.IN_MODERATION)
        assert client.get(offer.get_absolute_url()).status_code == 404

    @pytest.mark.parametrize(("trait", "said"), [("paused", "en pause"), ("closed", "fermée")])
    def test_a_closed_offer_says_so_and_shows_others(self, client, trait, said):
        offer = OfferFactory(**{trait: True})
        other = OfferFactory(title="Maçon, maçonne en rénovation")
        page = read(client, offer)
        assert said in page.main.get_text()
        assert page.select_one("meta[name=robots][content=noindex]")
        assert not page.select("form[action$='demander/']")
        assert page.select_one(f"a[href^='{other.get_absolute_url()}']")

    def test_another_slug_leads_to_the_right_one(self, client):
        offer = OfferFactory()
        response = client.get(f"/offres/{offer.pk}-autre-chose/?lieu=57463")
        assert response.status_code == 301
        assert response["Location"] == f"{offer.get_absolute_url()}?lieu=57463"

    @pytest.mark.parametrize("number", ["0", "999999999", "9" * 30])
    def test_a_number_that_is_no_offer_is_not_found(self, client, number):
        assert client.get(f"/offres/{number}-x/").status_code == 404


def test_search_engines_read_a_programme_not_a_job(client):
    offer = OfferFactory(title="Maçon </script><b>")
    block = read(client, offer).select_one("script[type='application/ld+json']")
    data = json.loads(block.string)
    assert data["@type"] == "WorkBasedProgram"
    assert data["name"] == "Maçon </script><b>"
    assert data["timeToComplete"] == "P3D"


def test_a_visit_asks_for_no_agreement(client):
    text = text_of(client, OfferFactory(visit=True))
    assert "Ni convention ni démarche" in text
    assert "allocation" not in text


def test_the_page_costs_the_same_whatever_it_shows(client, django_assert_max_num_queries):
    CommuneFactory()
    offer = OfferFactory(date_mode=DateMode.SLOTS)
    client.get(offer.get_absolute_url())
    for weeks in range(3, 9):
        SlotFactory(offer=offer, first_day=monday_in(weeks=weeks))
        SessionFactory(action__training__leads_to=[offer.occupation])
    with django_assert_max_num_queries(6):
        response = client.get(f"{offer.get_absolute_url()}?lieu=57463")
    assert len(gzip.compress(response.content)) <= 30_000


def test_a_closed_page_is_not_dearer(client, django_assert_max_num_queries):
    offer = OfferFactory(closed=True)
    OfferFactory()
    client.get(offer.get_absolute_url())
    with django_assert_max_num_queries(6):
        client.get(offer.get_absolute_url())


def test_engines_find_open_offers_only(client):
    shown, hidden = OfferFactory(), OfferFactory(paused=True)
    text = client.get("/sitemap-offres.xml").content.decode()
    assert shown.get_absolute_url() in text
    assert hidden.get_absolute_url() not in text
    assert b"sitemap-offres.xml" in client.get("/sitemap.xml").content
    assert b"Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content
