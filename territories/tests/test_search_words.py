"""What the first migration gives to every app: French search without accents."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db


def ask(sql: str, *values: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("electriciennes batiment", "Électricienne du bâtiment"),
        ("soudeur", "Soudeurs et chaudronniers"),
        ("maconnerie", "Travaux de maçonnerie"),
    ],
)
def test_words_are_found_whatever_their_accents(typed, text):
    assert ask("SELECT to_tsvector('public.fr', %s) @@ websearch_to_tsquery('public.fr', %s)", text, typed)


def test_unaccent_may_stand_in_an_index():
    assert ask("SELECT public.immutable_unaccent(%s)", "Élève à Œuilly") == "Eleve a OEuilly"
    assert ask("SELECT provolatile::text FROM pg_proc WHERE proname = %s", "immutable_unaccent") == "i"
