"""How a French word sounds, roughly, for who writes as one hears: « mets », « nanci », « masson », « chofeur »."""

import re
from functools import lru_cache

from territories.text import plain

# In this order. 1 and 2 are the sounds of « vin » and « vent », which many letters write.
AS_HEARD = tuple(
    (re.compile(written), heard)
    for written, heard in (
        ("ph", "f"),
        ("sch|sh|ch", "$"),
        ("h", ""),
        ("oeu", "eu"),
        ("[ae]?[iy][nm](?![aeiouymn])", "1"),
        ("[ae][nm](?![aeiouymn])", "2"),
        ("eau|au", "o"),
        ("ai|ei", "e"),
        ("y", "i"),
        ("c(?=[ei])|z", "s"),
        ("qu|q|c", "k"),
        ("g(?=[ei])", "j"),
        (r"(.)\1+", r"\1"),
        (r"(?<=..)(e[rs]?|[st]+)\b", ""),
        (" ", ""),
    )
)


def heard(text: str) -> str:
    """« Metz » and « mets » give the same, « maçon » and « masson » too."""
    return _heard(plain(text.lower().replace("ç", "ss")))


@lru_cache(maxsize=16_384)  # All the communes and all the words of the titles, once.
def _heard(words: str) -> str:
    for written, as_heard in AS_HEARD:
        words = written.sub(as_heard, words)
    return words
