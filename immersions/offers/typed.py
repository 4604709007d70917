"""What was typed in the two boxes of the search: an occupation and a place."""

from dataclasses import dataclass, field
from functools import lru_cache

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q

from territories.models import Occupation
from territories.occupations import find_occupations, occupation_of
from territories.places import PlaceAnswer, find_places, place_of
from territories.text import plain
from territories.words import genders, words_of

MEANT_AT_MOST = 40
GUESSES = 4
PLURAL = 2  # Letters that an ending may add to a word.
UNKNOWN_OCCUPATION = "Métier non reconnu : choisissez-le dans la liste, ou écrivez-le autrement."


@dataclass(frozen=True, slots=True)
class OccupationAnswer:
    """One `occupation`; or words, the codes that they may mean, and guesses at what was meant."""

    typed: str = ""
    occupation: Occupation | None = None
    meant: tuple[Occupation, ...] = ()
    guesses: tuple[Occupation, ...] = field(default=(), compare=False)
    is_unknown: bool = False

    def condition(self) -> Q:
        """The offers that it speaks of."""
        if self.occupation:
            return Q(occupation=self.occupation.code)
        if self.is_unknown:
            return Q(pk__in=[])
        said = Q(search=SearchQuery(self.typed, config="public.fr", search_type="plain"))
        if self.meant:
            return said | Q(occupation__in=[each.code for each in self.meant])
        return said


def place_answer(code: str, typed: str) -> PlaceAnswer | None:
    """`lieu`, unless the words beside it were changed since; else `q_lieu`."""
    place = place_of(code) if code.strip() else None
    if place and (not typed.strip() or plain(typed) == plain(place.label)):
        return PlaceAnswer(place.label, place=place)
    if typed.strip():
        return find_places(typed)
    if code.strip():
        return PlaceAnswer(code.strip())
    return None


def occupation_answer(code: str, typed: str) -> OccupationAnswer | None:
    """`metier`, unless the words beside it were changed since; else `q_metier`."""
    occupation = occupation_of(code) if code.strip() else None
    if occupation and (not typed.strip() or plain(typed) == plain(occupation.title)):
        return OccupationAnswer(occupation.title, occupation=occupation)
    if typed.strip():
        return understand(" ".join(typed.split()))
    if code.strip():
        return OccupationAnswer(code.strip(), is_unknown=True)
    return None


def understand(typed: str) -> OccupationAnswer:
    """Words to an occupation when they name exactly one, else to those that they may mean."""
    found = find_occupations(typed, limit=MEANT_AT_MOST)
    said = plain(typed)
    exact = [each for each in found if said in names_of(each.code, each.label, each.title)]
    if len(exact) == 1:
        return OccupationAnswer(exact[0].title, occupation=exact[0])
    meant = tuple(each for each in found if holds(each, words_of(typed)))
    guesses = () if meant else tuple(found[:GUESSES])
    return OccupationAnswer(typed, meant=meant, guesses=guesses)


@lru_cache(maxsize=2048)
def names_of(code: str, *labels: str) -> frozenset[str]:
    """A code, a label and a title, and these in either gender, as one types them."""
    either = {gender for label in labels for gender in genders(label)}
    return frozenset(plain(each) for each in (code, *labels, *either))


def holds(occupation: Occupation, words: list[str]) -> bool:
    """Has it all the words typed, whatever their ending?"""
    known = occupation.search_words.replace("|", " ").split()
    return bool(words) and all(any(begins(word, each) for each in known) for word in words)


def begins(typed: str, known: str) -> bool:
    return known.startswith(typed) or (
        typed.startswith(known) and len(typed) - len(known) <= PLURAL and len(known) > PLURAL
    )
