import pytest

from territories.text import plain
from territories.typed import Typed
from territories.words import genders, words_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Châtel-Saint-Germain", "chatel saint germain"),
        ("L’Hôpital", "l hopital"),
        ("L'Hôpital", "l hopital"),
        ("Vandœuvre-lès-Nancy", "vandoeuvre les nancy"),
        ("Aÿ-Champagne", "ay champagne"),
        ("  METZ  ", "metz"),
        ("😀\x00%_", ""),
    ],
)
def test_plain_text_has_neither_accents_nor_marks(text, expected):
    assert plain(text) == expected


def test_plain_text_stops_reading_somewhere():
    assert len(plain("a" * 10_000)) < 200


@pytest.mark.parametrize(
    ("text", "name", "postcode", "department", "is_address"),
    [
        ("metz 57000", "metz", "57000", "", False),
        ("57000 Metz", "metz", "57000", "", False),
        ("Metz (57)", "metz", "", "57", False),
        ("57", "", "", "57", False),
        ("57463", "", "57463", "", False),
        ("st-avold", "saint avold", "", "", False),
        ("Ars s/ Moselle", "ars sur moselle", "", "", False),
        ("57063 Metz Cedex 2", "metz", "57063", "", False),
        ("12 rue des Clercs, 57000 Metz", "12 rue des clercs metz", "57000", "", True),
        ("rue de Metz Nancy", "rue de metz nancy", "", "", True),
        ("", "", "", "", False),
    ],
)
def test_what_was_typed_is_taken_apart(text, name, postcode, department, is_address):
    assert Typed.read(text) == Typed(
        name=name, postcode=postcode, department=department, is_address=is_address
    )


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Maçon / Maçonne", ["Maçon", "Maçonne"]),
        ("Jardinier / Jardinière paysagiste", ["Jardinier paysagiste", "Jardinière paysagiste"]),
        (
            "Agent recenseur / Agente recenseuse de ville",
            ["Agent recenseur de ville", "Agente recenseuse de ville"],
        ),
        ("Cariste", ["Cariste"]),
    ],
)
def test_a_title_is_said_in_both_genders(label, expected):
    assert genders(label) == expected


def test_the_small_words_of_a_title_lead_nowhere():
    assert words_of("Conducteur / Conductrice d’engins de chantier") == [
        "conducteur",
        "conductrice",
        "engins",
        "chantier",
    ]
