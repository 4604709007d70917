import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from territories.factories import CommuneFactory
from territories.models import Commune
from territories.places import commune_of, find_places, locate, place_of, suggest_places

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("full_reference")]

ONE = [
    ("Metz", "57463"),
    ("  mETZ ", "57463"),
    ("metz 57000", "57463"),
    ("57000 Metz", "57463"),
    ("Metz (57)", "57463"),
    ("57000", "57463"),
    ("57463", "57463"),  # No such postcode: it can only be an INSEE code.
    ("Metz cedex 1", "57463"),
    ("57063 Metz Cedex 2", "57463"),
    ("st-avold", "57606"),
    ("St Avold", "57606"),
    ("Saint-Louis 68", "68297"),
    ("St Louis (57)", "57618"),
    ("montigny les metz", "57480"),
    ("Vandœuvre-lès-Nancy", "54547"),
    ("vandoeuvre", "54547"),
    ("L’Hôpital", "57336"),
    ("hopital", "57336"),
    ("bresse", "88075"),
    ("epinal", "88160"),
    ("Bar le duc 55000", "55029"),
    ("ars s/ moselle", "57032"),
    ("strasbour", "67482"),
    ("saint julien 57", "57616"),
    ("Vertus", "51612"),  # Since 2018 in Blancs-Coteaux.
    ("12 rue des Clercs 57000 Metz", "57463"),
    ("12, rue des Clercs, Metz", "57463"),
    ("rue de Metz Nancy", "54395"),
]


@pytest.mark.parametrize(("typed", "code"), ONE)
def test_one_place_is_recognised(typed, code):
    answer = find_places(typed)
    assert answer.place is not None, answer
    assert answer.place.code == code
    assert (answer.choices, answer.message) == ([], "")


SEVERAL = [
    ("Saint-Louis", {"57618", "68297"}),
    ("metz 54000", {"57463", "54395"}),
    ("54000 Metz", {"57463", "54395"}),
    ("thionvile", {"57672"}),
    ("mets", {"57463"}),
    ("nanci", {"54395"}),
    ("sain dié", {"88413"}),
    ("saint julien", {"88421", "57616"}),  # The bigger one is only called so.
    ("moselle", {"57463", "57672"}),
    ("57", {"57463", "57672"}),
]


@pytest.mark.parametrize(("typed", "among"), SEVERAL)
def test_a_choice_is_offered_when_it_may_be_several(typed, among):
    answer = find_places(typed)
    assert answer.place is None
    assert answer.is_ambiguous
    assert answer.message
    assert among <= {commune.code for commune in answer.choices}


def test_a_postcode_offers_all_its_communes_the_biggest_first():
    answer = find_places("51300")
    assert len(answer.choices) == 46
    assert answer.choices[0].name == "Vitry-le-François"
    sizes = [commune.population for commune in answer.choices]
    assert sizes == sorted(sizes, reverse=True)


def test_what_reads_like_a_postcode_is_one_when_typed_and_a_commune_when_chosen():
    # 57050: a postcode of Metz and its neighbours, and the INSEE code of another place.
    both = Commune.objects.filter(pk="57050").get()
    assert place_of("57050").code == both.code
    typed = find_places("57050")
    assert both.code not in {c.code for c in typed.choices}
    assert "57463" in {c.code for c in typed.choices} | {typed.place and typed.place.code}


NOTHING = [
    "",
    "   ",
    "😀",
    "\x00",
    "%",
    "_",
    "Paris",
    "75001",
    "a" * 10_000,
    "' or 1=1 --",
    "<b>",
    "2a",
    "99999",
]


@pytest.mark.parametrize("typed", NOTHING, ids=lambda typed: repr(typed[:12]))
def test_what_is_not_a_place_is_told(typed):
    answer = find_places(typed)
    assert answer.is_unknown
    assert "code postal" in answer.message
    assert "\x00" not in answer.typed
    assert len(answer.typed) <= 120


@settings(
    max_examples=80,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.text(max_size=60) | st.from_regex(r"(st|rue|\d{1,5}|[a-zé' /-]{1,12}){1,5}", fullmatch=True))
def test_nothing_typed_is_an_error(typed):
    answer = find_places(typed)
    assert answer.is_found + answer.is_ambiguous + answer.is_unknown == 1
    assert answer.is_found or answer.message
    suggest_places(typed)
    commune_of(typed)


@pytest.mark.parametrize(
    "typed", ["Metz", "metz 57000", "51300", "saint", "12 rue de la gare 57100 thionville"]
)
def test_recognising_a_place_costs_few_queries(typed, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        find_places(typed)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("57463", "57463"),
        (" 57463 ", "57463"),
        ("51612", "51612"),
        ("2A004", None),
        ("57999", None),
        ("5746", None),
        ("", None),
        ("57463\x00", None),
        ("５７４６３", None),
        ("x" * 10_000, None),
    ],
)
def test_a_code_is_a_place_or_nothing(code, expected):
    place = place_of(code)
    assert (place.code if place else None) == expected


def test_a_code_of_yesterday_is_the_place_of_today():
    before = Commune.objects.filter(former__name="Kientzheim").get()
    assert commune_of("68164") == before


class TestSuggestions:
    @pytest.mark.parametrize(
        ("typed", "first"),
        [("me", "Metz"), ("metz", "Metz"), ("st av", "Saint-Avold"), ("5700", "Metz"), ("metz 57", "Metz")],
    )
    def test_the_most_likely_comes_first(self, typed, first):
        assert suggest_places(typed)[0].name in {first, "Metz"}
        assert first in {commune.name for commune in suggest_places(typed)}

    def test_there_are_never_more_than_ten(self):
        assert len(suggest_places("saint")) == 10

    def test_a_typing_error_still_suggests(self):
        assert "Thionville" in {commune.name for commune in suggest_places("thionvile")}

    @pytest.mark.parametrize("typed", ["", "x", "😀", "\x00", "%%", "9" * 300])
    def test_nothing_gives_nothing(self, typed):
        assert suggest_places(typed) == [] or typed == "x"


def test_an_address_without_a_geocoder_is_its_commune():
    metz = CommuneFactory()
    assert locate("12 rue des Clercs", metz).label == "Metz (57)"
