"""How a word is compared: without accents, case, hyphens or apostrophes."""

import re
import unicodedata
from functools import lru_cache

LONGEST = 120  # Nobody types more to name a place or an occupation.
LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss"})
NOT_A_WORD = re.compile(r"[^a-z0-9]+")


def plain(text: str) -> str:
    """« Châtel-Saint-Germain » → `chatel saint germain`."""
    return _plain(text[:LONGEST])


@lru_cache(maxsize=8192)  # The same titles and names come again and again.
def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text.translate(LIGATURES).lower())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return NOT_A_WORD.sub(" ", bare).strip()
