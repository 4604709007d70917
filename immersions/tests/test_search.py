"""The search gives what it says: rows, total, distances, order, filters."""

import datetime as dt
import math
import random

import pytest
from django.http import QueryDict
from django.utils import timezone

from companies.factories import CompanyFactory, WorkplaceFactory
from immersions.factories import OfferFactory, SlotFactory, monday_in
from immersions.offers.models import Contract, LicenceNeed, Offer
from immersions.offers.results import Results
from immersions.offers.search import Search
from territories.factories import CommuneFactory, OccupationFactory
from territories.geo import lambert93
from territories.lexicon import rebuild

pytestmark = pytest.mark.django_db
METZ = "57463"


def found(query: str) -> set[int]:
    return set(Search.read(QueryDict(query)).offers().values_list("pk", flat=True))


def results(query: str) -> Results:
    return Results.of(QueryDict(query))


def offers_scattered(count: int, *, around=(49.119, 6.173), degrees: float = 0.6) -> list[Offer]:
    """Offers whose points and communes are near each other, but not the same."""
    draw = random.Random(7)
    communes = [CommuneFactory(), CommuneFactory(thionville=True), CommuneFactory(nancy=True)]
    company, occupation = CompanyFactory(), OccupationFactory()
    for _ in range(count):
        latitude = around[0] + draw.uniform(-degrees, degrees)
        longitude = around[1] + draw.uniform(-degrees, degrees)
        x, y = lambert93(latitude, longitude)
        near = min(communes, key=lambda commune: math.hypot(commune.x - x, commune.y - y))
        if math.hypot(near.x - x, near.y - y) > 11_000:
            continue
        place = WorkplaceFactory(
            company=company, commune=near, latitude=latitude, longitude=longitude, x=x, y=y
        )
        OfferFactory(workplace=place, occupation=occupation, detail=None)
    return list(Offer.objects.all())


class TestDistance:
    # With a wish besides, the communes around preselect; without, the circle does.
    @pytest.mark.parametrize("wish", ["", "&niveau=8"])
    @pytest.mark.parametrize("radius", [1, 5, 10, 12, 27, 30, 50, 100])
    def test_nothing_beyond_the_radius_and_nothing_within_it_is_missing(self, radius, wish):
        offers = offers_scattered(150)
        metz = CommuneFactory()
        truth = {
            offer.pk for offer in offers if math.hypot(offer.x - metz.x, offer.y - metz.y) <= radius * 1000
        }
        answer = results(f"lieu={METZ}&rayon={radius}{wish}")
        assert found(f"lieu={METZ}&rayon={radius}{wish}") == truth
        assert answer.total == len(truth)

    def test_the_nearest_comes_first_and_the_figure_shown_is_its_own(self):
        offers_scattered(80)
        answer = results(f"lieu={METZ}&rayon=50")
        metz = CommuneFactory()
        metres = [math.hypot(offer.x - metz.x, offer.y - metz.y) for offer in answer.offers]
        assert metres == sorted(metres)
        shown = [feature["properties"]["distance_km"] for feature in answer.geojson()["features"]]
        assert shown == [round(each / 1000, 1) for each in metres]

    def test_a_commune_without_a_place_of_its_own_says_about(self):
        CommuneFactory(approximate=True)
        OfferFactory(workplace__commune=CommuneFactory(thionville=True))
        [card] = results(f"lieu={METZ}").cards
        assert card["distance"].startswith("environ 2")


class TestPages:
    def test_a_page_and_the_next_never_share_nor_skip_a_row(self):
        place = WorkplaceFactory()
        for _ in range(47):  # At the same point, at the same time: only the number tells them.
            OfferFactory(workplace=place, detail=None, published_at=timezone.now())
        for query in (f"lieu={METZ}", f"lieu={METZ}&tri=date", ""):
            pages = [[offer.pk for offer in results(f"{query}&page={n}").offers] for n in (1, 2, 3)]
            assert [len(page) for page in pages] == [20, 20, 7]
            assert len({pk for page in pages for pk in page}) == 47
            assert results(query).total == 47

    @pytest.mark.parametrize(
        ("asked", "number", "said"),
        [
            ("0", 1, "n’existe pas"),
            ("-3", 1, "n’existe pas"),
            ("abc", 1, "n’existe pas"),
            ("²", 1, "n’existe pas"),
            ("9999", 2, "voici la dernière"),
            ("9" * 400, 2, "voici la dernière"),
            ("2", 2, ""),
            ("", 1, ""),
        ],
    )
    def test_a_page_that_does_not_exist_is_another_page_and_a_sentence(self, asked, number, said):
        place = WorkplaceFactory()
        for _ in range(21):
            OfferFactory(workplace=place, detail=None)
        answer = results(f"page={asked}")
        assert answer.page.number == number
        assert (said in " ".join(answer.sentences)) if said else not answer.sentences

    @pytest.mark.parametrize("order", ["", "&tri=date"])
    def test_words_give_the_pages_that_the_rows_do(self, order):
        """Total and page come from one query, another page from a second: the same rows in the end."""
        for _ in range(45):
            OfferFactory(title="Repreneur de murs")
        query = f"lieu={METZ}&q_metier=repreneur{order}"
        search = Search.read(QueryDict(query))
        assert search.is_read_at_once
        rows = [offer.pk for offer in search.in_order()]
        pages = [results(f"{query}&page={number}") for number in (1, 2, 3, "9" * 40)]
        assert {page.total for page in pages} == {45}
        assert [page.page.number for page in pages] == [1, 2, 3, 3]
        assert [offer.pk for page in pages[:3] for offer in page.offers] == rows
        assert pages[3].offers == pages[2].offers
        assert results(f"lieu={METZ}&q_metier=introuvable").total == 0

    def test_the_most_recent_comes_first_when_asked(self):
        old = OfferFactory(published_at=timezone.now() - dt.timedelta(days=3))
        new = OfferFactory()
        assert [offer.pk for offer in results(f"lieu={METZ}&tri=date").offers] == [new.pk, old.pk]


class TestFilters:
    """Each filter keeps one offer and leaves the other."""

    @pytest.mark.parametrize(
        ("query", "kept", "left"),
        [
            ("poids=hiring_project", {}, {"discovery": True}),
            ("poids=visit", {"visit": True}, {}),
            ("duree=1-2", {"half_days": 4}, {"half_days": 6}),
            ("duree=demi-journee", {"visit": True}, {"half_days": 2}),
            ("contrat=cdi", {}, {"contract": Contract.CDD, "contract_months": 6}),
            ("niveau=3", {"level_required": 3}, {"level_required": 4}),
            ("niveau=0", {"level_required": 0}, {"level_required": 3}),
            ("sans_voiture=1", {"is_reachable_without_car": True}, {}),
            ("sans_permis=1", {"licence": LicenceNeed.LEARNED}, {"licence": LicenceNeed.REQUIRED}),
            ("debutants=1", {}, {"welcomes_beginners": False}),
            ("francais=A2", {"french_level": "A2"}, {"french_level": "B1"}),
        ],
    )
    def test_each_filter_changes_the_count(self, query, kept, left):
        kept, left = OfferFactory(**kept), OfferFactory(**left)
        assert found("") == {kept.pk, left.pk}
        assert found(query) == {kept.pk}
        assert results(query).total == 1

    def test_a_family_is_the_first_letter_of_its_occupations(self):
        mason, welder = OfferFactory(), OfferFactory(occupation=OccupationFactory(welder=True))
        assert found("famille=F") == {mason.pk}
        assert found("famille=H&famille=F") == {mason.pk, welder.pk}

    def test_several_values_of_a_filter_add_up_and_two_filters_narrow(self):
        visit, hiring = OfferFactory(visit=True), OfferFactory()
        assert found("poids=visit&poids=hiring_project") == {visit.pk, hiring.pk}
        assert found("poids=visit&contrat=cdi") == set()

    def test_dates_keep_slots_with_room_and_dates_to_agree(self):
        monday = monday_in(weeks=3)
        span = f"du={monday}&au={monday + dt.timedelta(days=6)}"
        free, full = SlotFactory(first_day=monday), SlotFactory(first_day=monday, full=True)
        later = SlotFactory(first_day=monday_in(weeks=5))
        any_time = OfferFactory()
        this_week = OfferFactory(weeks=[monday])
        other_week = OfferFactory(weeks=[monday_in(weeks=8)])
        kept = found(span)
        assert kept == {free.offer_id, any_time.pk, this_week.pk}
        assert not kept & {full.offer_id, later.offer_id, other_week.pk}

    @pytest.mark.parametrize("state", ["draft", "paused", "closed"])
    def test_only_open_offers_are_found(self, state):
        OfferFactory(**{state: True})
        assert found("") == set()


class TestWhatWasTyped:
    def test_an_occupation_in_either_gender_is_that_occupation(self):
        OccupationFactory(welder=True)
        rebuild()
        for typed in ("soudeur", "Soudeuse", "SOUDEUR / SOUDEUSE", "H2913"):
            assert Search.read(QueryDict(f"q_metier={typed}")).occupation.code == "H2913"

    def test_the_first_word_of_several_occupations_leads_to_the_offers_of_each(self):
        electrician = OccupationFactory(code="F1602", label="Électricien / Électricienne du bâtiment")
        OccupationFactory(code="I1309", label="Électricien / Électricienne de maintenance")
        offer = OfferFactory(occupation=electrician, title="Rénover une école")
        rebuild()
        assert found("q_metier=électricienne") == {offer.pk}

    def test_words_of_the_title_are_found_without_accents(self):
        offer = OfferFactory(title="Préparatrice de chaussées anciennes")
        assert found("q_metier=chaussee") == {offer.pk}

    def test_a_typing_error_finds_nothing_but_says_what_was_meant(self, client):
        OfferFactory(occupation=OccupationFactory(welder=True), title="Sur acier")
        rebuild()
        page = client.get("/offres/?q_metier=soudur").content.decode()
        assert "Vouliez-vous dire" in page
        assert "metier=H2913" in page

    def test_words_changed_beside_a_code_win_over_the_code(self):
        CommuneFactory()
        CommuneFactory(nancy=True)
        search = Search.read(QueryDict(f"lieu={METZ}&q_lieu=Nancy"))
        assert search.place.code == "54395"
        search = Search.read(QueryDict(f"lieu={METZ}&q_lieu=Metz (57)"))
        assert search.place.code == METZ

    def test_the_address_of_a_search_says_the_same_search(self):
        CommuneFactory()
        OccupationFactory()
        rebuild()
        query = (
            "metier=F1703&lieu=57463&rayon=10&famille=F&poids=visit&duree=1-2&niveau=3&tri=date&debutants=1"
        )
        search = Search.read(QueryDict(query))
        assert Search.read(QueryDict(search.query())) == search
