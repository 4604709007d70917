"""From what someone typed to occupations: both genders, other names, and typing errors."""

import re
from collections.abc import Iterator

from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection
from django.db.models import BooleanField, Case, Q, Value, When
from django.db.models.functions import Length

from territories.models import Occupation
from territories.sounds import heard
from territories.text import LONGEST, plain
from territories.words import words_of

IN_WORDS = re.compile(r"[\W_]+")
ROME = re.compile(r"[A-N][0-9]{4}", re.ASCII)
FOUND = 10
RELATED = 6
WORDS = 6  # Enough for the longest title that anyone types.
ALIKE = 0.5  # « boulengere » finds « boulangère »; the usual 0.6 misses it.
ENOUGH = 3  # Sounds.

# Each typed word meets the words of the titles: the same (3), one that it begins (2), or one that
# looks like it. A word of the title itself counts more than one of another name, and a title typed
# in full more than anything. The words are compared once each, in a table of their own: one part
# per typed word, so that PostgreSQL answers it from the index.
MEETS = """
    SELECT word, %s AS typed, CASE WHEN word = %s THEN 3.0 ELSE 2.0 END AS score
        FROM territories_lexiconword WHERE word LIKE %s
    UNION ALL
    SELECT word, %s, 2 * similarity(word, %s)
        FROM territories_lexiconword WHERE word %% %s AND similarity(word, %s) >= %s
"""
BEST_FIRST = """
WITH near AS ({near}),
best AS (
    SELECT w.occupation_id, n.typed, max(n.score + CASE WHEN w.is_main THEN 1 ELSE 0 END) AS score
        FROM near n JOIN territories_occupationword w ON w.word_id = n.word
        GROUP BY w.occupation_id, n.typed
)
SELECT b.occupation_id, count(*) AS words,
        sum(b.score) + CASE WHEN o.search_words LIKE %s THEN 3 ELSE 0 END AS score
    FROM best b JOIN territories_occupation o ON o.code = b.occupation_id
    GROUP BY b.occupation_id, o.label, o.search_words
    ORDER BY words DESC, score DESC, length(o.label), b.occupation_id
    LIMIT %s
"""


def find_occupations(typed: str, *, limit: int = FOUND) -> list[Occupation]:
    """The occupations that `typed` may name, best first. Never raises."""
    if exact := occupation_of(plain(typed)):
        return [exact]
    words = words_of(typed)[:WORDS]
    if not words:
        return []
    near = " UNION ALL ".join([MEETS] * len(words))
    asked = [value for word in words for value in _meeting(word)]
    with connection.cursor() as cursor:
        cursor.execute(BEST_FIRST.format(near=near), [*asked, f"%|{plain(typed)}|%", limit])
        codes = list(_as_good_as_the_first(cursor.fetchall()))
    codes = codes or _that_sound_like(words, typed)[:limit]
    found = Occupation.objects.in_bulk(codes)
    return [found[code] for code in codes]


def _meeting(word: str) -> list[str | float]:
    """The values of `MEETS`. A short word must be the same, or begin with these letters."""
    begins = f"{word}%" if len(word) >= 3 else word
    return [word, word, begins, word, word, word, word, ALIKE if len(word) >= 4 else 2.0]


def _that_sound_like(words: list[str], typed: str) -> list[str]:
    """« masson », « chofeur »: few letters are the same, and yet anybody hears which trade it is."""
    said = {heard(word) for word in IN_WORDS.split(typed[:LONGEST]) if plain(word) in words}
    if not any(len(sound) >= ENOUGH for sound in said):
        return []
    labels = Occupation.objects.values_list("pk", "label", "title").order_by(Length("label"), "pk")
    sounds = (
        (pk, {heard(word) for word in IN_WORDS.split(f"{label} {title}")}) for pk, label, title in labels
    )
    return [pk for pk, known in sounds if said <= known]


def _as_good_as_the_first(rows: list[tuple[str, int, float]]) -> Iterator[str]:
    """Those that answer as many of the words, and at least half as well."""
    for code, words, score in rows:
        if words == rows[0][1] and score * 2 >= rows[0][2]:
            yield code


def occupation_of(code: str) -> Occupation | None:
    """The occupation of a ROME code (`metier=`)."""
    cleaned = code.strip().upper()
    if not ROME.fullmatch(cleaned):
        return None
    return Occupation.objects.select_related("family").filter(pk=cleaned).first()


def related(occupation: Occupation, *, limit: int = RELATED) -> list[Occupation]:
    """Others to look at: the same trade first, then the same domain, by likeness of the title."""
    near = Q(code__startswith=occupation.domain)
    same = Q(pk=None)
    if occupation.parent_code:
        same = Q(parent_code=occupation.parent_code)
    return list(
        Occupation.objects.filter(near | same)
        .exclude(pk=occupation.pk)
        .annotate(
            is_same=Case(When(same, then=Value(True)), default=False, output_field=BooleanField()),  # noqa: FBT003
            likeness=TrigramSimilarity("label", occupation.label),
        )
        .order_by("-is_same", "-likeness", "code")[:limit]
    )
