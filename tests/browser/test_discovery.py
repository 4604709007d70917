"""Search, results, map, offer, home: read by everybody, in each state, with and without script."""

import gzip
from pathlib import Path

import pytest
from django.conf import settings

from immersions.factories import OfferFactory, SlotFactory, monday_in
from territories.factories import CommuneFactory, OccupationFactory
from territories.lexicon import rebuild
from territories.models import OccupationTension
from tests.browser.axe import WIDTH, faults, violations
from trainings.factories import SessionFactory, SkillBlockFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
METZ = "57463"
STATIC = Path(settings.BASE_DIR) / "static"


def a_full_offer():
    slot = SlotFactory(
        offer__detail__day_plan=[{"time": "8 h", "what": "Chantier avec votre tuteur"}],
        offer__detail__essentials=["Être à l’aise en hauteur"],
        offer__detail__meals="Pris en charge",
    )
    SlotFactory(offer=slot.offer, first_day=monday_in(weeks=6))
    SessionFactory(action__training__leads_to=[slot.offer.occupation])
    return slot.offer


def home(visit, **options):
    a_full_offer()
    return visit("/", **options)


def results(visit, **options):
    offer = a_full_offer()
    for _ in range(21):
        OfferFactory(workplace=offer.workplace, detail=None)
    return visit(f"/offres/?lieu={METZ}&page=2&tri=hasard", **options)


def filtered(visit, **options):
    a_full_offer()
    page = visit(f"/offres/?lieu={METZ}&poids=hiring_project&famille=F", **options)
    if options.get("width", 1280) < 900:
        page.get_by_text("Affiner (2)").click()
    return page


def nothing(visit, **options):
    CommuneFactory()
    OfferFactory(in_nancy=True)
    return visit(f"/offres/?lieu={METZ}&metier=F1703&rayon=5", **options)


def unknown_place(visit, **options):
    return visit("/offres/?q_lieu=Xyzzy&metier=ZZZZZ", **options)


def which_place(visit, **options):
    CommuneFactory(code="57001", name="Saint-Julien")
    CommuneFactory(code="54001", name="Saint-Julien")
    return visit("/offres/?q_lieu=Saint-Julien", **options)


def with_map(visit, **options):
    """Three dots, two of them so near that a phone draws them as one."""
    town = a_full_offer().commune
    OfferFactory(workplace__commune=CommuneFactory(thionville=True))
    OfferFactory(workplace__latitude=town.latitude + 0.01, workplace__longitude=town.longitude, detail=None)
    page = visit(f"/offres/?lieu={METZ}", **options)
    page.get_by_text("Voir la carte").click()
    page.locator(".map-dot").first.wait_for()
    return page


def with_suggestions(visit, **options):
    OccupationFactory()
    rebuild()
    page = visit("/", **options)
    page.locator(".autocomplete__wrapper").first.wait_for()
    page.get_by_label("Quel métier").press_sequentially("maco")
    page.get_by_role("option", name="Maçon / Maçonne").wait_for()
    return page


def offer(visit, **options):
    return visit(f"{a_full_offer().get_absolute_url()}?lieu={METZ}", **options)


def visit_offer(visit, **options):
    return visit(OfferFactory(visit=True).get_absolute_url(), **options)


def closed_offer(visit, **options):
    a_full_offer()
    return visit(OfferFactory(closed=True).get_absolute_url(), **options)


def a_full_training():
    offer = a_full_offer()
    blocks = [SkillBlockFactory(), SkillBlockFactory(title="Poser un enduit")]
    session = SessionFactory(
        action__training__leads_to=[offer.occupation],
        action__training__teaches=blocks,
        action__training__content="<ul><li>Le mortier</li></ul>",
        action__conditions="Un entretien",
        seats_left=6,
    )
    SessionFactory(action__training=session.action.training, action__in_nancy=True)
    OccupationTension.objects.create(code="F1703", tense_areas=3, areas=4, year=2026, source="Essai")
    offer.occupation.tasks.create(text="Préparer le mortier")
    return session.action.training


def trainings(visit, **options):
    a_full_training()
    page = visit(f"/formations/?lieu={METZ}&niveau=3&rayon=100", **options)
    if options.get("width", 1280) < 900:
        page.get_by_text("Affiner (1)").click()
    return page


def no_training(visit, **options):
    CommuneFactory()
    SessionFactory(action__training__leads_to=[OccupationFactory()], action__in_nancy=True)
    return visit(f"/formations/?lieu={METZ}&metier=F1703&rayon=5", **options)


def training(visit, **options):
    return visit(f"{a_full_training().get_absolute_url()}?lieu={METZ}", **options)


def trade(visit, **options):
    a_full_training()
    return visit("/metiers/F1703-macon-maconne/?q_lieu=Xyzzy", **options)


PAGES = [
    home,
    results,
    filtered,
    nothing,
    unknown_place,
    which_place,
    with_map,
    with_suggestions,
    offer,
    visit_offer,
    closed_offer,
    trainings,
    no_training,
    training,
    trade,
]


@pytest.mark.deep_too
@pytest.mark.parametrize("opened", PAGES, ids=lambda page: page.__name__)
def test_axe_has_nothing_to_say_and_nothing_sticks_out(visit, opened):
    assert faults(opened(visit, width=WIDTH)) == []


@pytest.mark.parametrize("opened", [home, filtered, offer, training], ids=lambda page: page.__name__)
def test_dark_colours_are_readable_too(visit, opened):
    assert violations(opened(visit, dark=True)) == []


def test_a_search_is_typed_chosen_and_sent(visit):
    a_full_offer()
    rebuild()
    page = with_suggestions(visit)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_label("Où").press_sequentially("metz")
    page.get_by_role("option", name="Metz (57)").click()
    page.get_by_role("button", name="Chercher").click()
    page.get_by_role("heading", name="1 immersion à moins de").wait_for()
    assert f"lieu={METZ}" in page.url
    assert "metier=F1703" in page.url
    assert "du=" not in page.url  # What says nothing is not sent.


def test_the_same_search_without_a_script(visit):
    a_full_offer()
    rebuild()
    page = visit("/", java_script_enabled=False)
    page.get_by_label("Quel métier").fill("maçonne")
    page.get_by_label("Où").fill("57000")
    page.get_by_role("button", name="Chercher").click()
    page.get_by_role("link", name="Maçonne, maçon du bâti ancien").click()
    ask = page.get_by_role("button", name="Demander cette immersion").first
    ask.wait_for()
    assert "/offres/" in page.url
    assert page.get_by_role("heading", level=1).inner_text() == "Maçonne, maçon du bâti ancien"


def test_a_point_of_the_map_leads_to_the_offer(visit):
    page = with_map(visit)
    page.locator(".map-dot").first.focus()
    page.keyboard.press("Enter")
    page.locator(".leaflet-popup").get_by_role("link").first.click()
    page.get_by_role("heading", level=1).wait_for()
    assert "/offres/" in page.url


@pytest.mark.parametrize(
    "opened", [home, results, offer, with_map, trainings, training, trade], ids=lambda page: page.__name__
)
def test_a_page_asks_for_little_and_only_of_us(visit, opened):
    page = opened(visit)
    page.wait_for_load_state("networkidle")
    assert len(page.asked) <= 15
    assert all(url.startswith("http://testserver/") for url in page.asked)


def test_a_training_is_found_on_the_map_without_leaving_the_list(visit):
    page = trainings(visit)
    page.get_by_text("Voir la carte").click()
    page.locator(".map-dot").first.focus()
    page.keyboard.press("Enter")
    page.locator(".leaflet-popup").get_by_role("link").first.click()
    page.get_by_role("heading", name="Quand, où").wait_for()
    assert "/formations/" in page.url


def weight(*paths: str) -> int:
    return sum(len(gzip.compress((STATIC / path).read_bytes())) for path in paths)


def test_scripts_weigh_what_was_agreed():
    suggestions = "vendor/accessible-autocomplete/accessible-autocomplete.min.js"
    leaflet = ("vendor/leaflet/leaflet.js", "vendor/leaflet/leaflet.css", "js/map.js")
    font = "fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2"
    html = 30_000
    assert weight("js/search.js", suggestions) <= 30_000
    assert weight("js/search.js", suggestions, "css/site.css", font) + html <= 120_000
    assert weight("js/search.js", suggestions, "css/site.css", font, *leaflet) + html <= 300_000
