"""The words that lead to each occupation, kept apart so that a typo is found in a millisecond."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import Model

from territories.models import LexiconWord, Occupation, OccupationTitle, OccupationWord
from territories.text import plain
from territories.words import genders, words_of

BATCH = 2000


@transaction.atomic
def rebuild(codes: Iterable[str] | None = None) -> None:
    """Read the words again from the titles, of all occupations or of those."""
    occupations = Occupation.objects.all()
    titles = OccupationTitle.objects.all()
    if codes is not None:
        occupations, titles = occupations.filter(pk__in=codes), titles.filter(occupation__in=codes)
    others: dict[str, list[str]] = defaultdict(list)
    for code, label in titles.order_by("pk").values_list("occupation", "label"):
        others[code].append(label)

    words, changed = [], []
    for occupation in occupations:
        main = dict.fromkeys([*words_of(occupation.label), *words_of(occupation.title)])
        all_words = main | dict.fromkeys(w for t in others[occupation.code] for w in words_of(t))
        words += [
            OccupationWord(occupation=occupation, word_id=word, is_main=word in main) for word in all_words
        ]
        text = _all_titles([occupation.title, *others[occupation.code]])
        if occupation.search_words != text:
            occupation.search_words = text
            changed.append(occupation)
    OccupationWord.objects.filter(occupation__in=occupations).delete()
    lexicon = [LexiconWord(word=word) for word in {row.word_id for row in words}]
    LexiconWord.objects.bulk_create(lexicon, batch_size=BATCH, ignore_conflicts=True)
    OccupationWord.objects.bulk_create(words, batch_size=BATCH)
    LexiconWord.objects.filter(occupations=None).delete()
    Occupation.objects.bulk_update(changed, ["search_words"], batch_size=500)
    tell_the_planner(LexiconWord, OccupationWord, Occupation)


def tell_the_planner(*tables: type[Model]) -> None:
    """Thousands of rows came at once: without fresh figures PostgreSQL reads whole tables."""
    with connection.cursor() as cursor:
        for model in tables:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def _all_titles(titles: Iterable[str]) -> str:
    """Every title in both genders, between bars: « |macon|maconne|… »."""
    forms = dict.fromkeys(plain(form) for title in titles for form in genders(title))
    return f"|{'|'.join(forms)}|"
