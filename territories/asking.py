"""An occupation, a place, a distance: what every public search begins with, and its address.

Offers and trainings share it: the same words give the same place and the same trade.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Self
from urllib.parse import urlencode

from django import forms

from core.options import Option
from territories.geo import Place
from territories.models import Occupation
from territories.occupations import find_occupations, occupation_of
from territories.places import PlaceAnswer, find_places, place_of
from territories.text import LONGEST, plain
from territories.words import genders, words_of

RADII = (5, 10, 20, 30, 50, 100)
RADIUS = 30  # Kilometres, when nothing else is asked.
WIDEST = 200
FAMILIES = "ABCDEFGHIJKLMN"
MEANT_AT_MOST = 40
GUESSES = 4
PLURAL = 2  # Letters that an ending may add to a word.
UNKNOWN_OCCUPATION = "Métier non reconnu : écrivez-le autrement, avec un mot courant."
TOO_LONG = "Votre texte est trop long : écrivez quelques mots seulement."
FRAME = frozenset({"metier", "q_metier", "lieu", "q_lieu", "rayon", "tri"})


@dataclass(frozen=True, slots=True)
class OccupationAnswer:
    """One `occupation`; or words, the codes that they may mean, and guesses at what was meant."""

    typed: str = ""
    occupation: Occupation | None = None
    meant: tuple[Occupation, ...] = ()
    guesses: tuple[Occupation, ...] = field(default=(), compare=False)
    is_unknown: bool = False


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


class OneOf(forms.ChoiceField):
    def __init__(self, choices: dict[str, str], *, what: str) -> None:
        sentence = f"{what} n’existe pas dans nos choix : nous n’en avons pas tenu compte."
        super().__init__(
            choices=list(choices.items()), required=False, error_messages={"invalid_choice": sentence}
        )


class SomeOf(forms.MultipleChoiceField):
    def __init__(self, choices: dict[str, str], *, what: str) -> None:
        sentence = f"{what} n’existe pas dans nos choix : nous n’en avons pas tenu compte."
        super().__init__(
            choices=list(choices.items()),
            required=False,
            error_messages={"invalid_choice": sentence, "invalid_list": sentence},
        )


class Words(forms.CharField):
    def __init__(self) -> None:
        super().__init__(required=False, max_length=LONGEST, error_messages={"max_length": TOO_LONG})


class AskingForm(forms.Form):
    """The parameters that every search has (see docs/addresses.md), read leniently."""

    metier = Words()
    q_metier = Words()
    lieu = Words()
    q_lieu = Words()
    rayon = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=WIDEST,
        error_messages={
            "invalid": f"La distance s’écrit en kilomètres : nous l’avons remise à {RADIUS} km.",
            "min_value": f"La distance est d’au moins 1 km : nous l’avons remise à {RADIUS} km.",
            "max_value": (
                f"La distance est de {WIDEST} km au plus : nous l’avons remise à {RADIUS} km. "
                "Sans lieu, la recherche porte sur toute la région."
            ),
        },
    )
    famille = SomeOf(dict.fromkeys(FAMILIES, ""), what="Une famille de métiers demandée")
    niveau = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=8,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"),
            "Le niveau va de 0 (sans diplôme) à 8 : nous l’avons ignoré.",
        ),
    )

    def sentences(self) -> Iterator[str]:
        """What was not understood, and what was done instead; each once."""
        said = (sentence for errors in self.errors.values() for sentence in errors)
        yield from dict.fromkeys(said)


def asked_in(cleaned: dict[str, Any]) -> dict[str, Any]:
    """What `Asked` is made of, from a form that was read."""
    return {
        "asked_place": place_answer(cleaned.get("lieu", ""), cleaned.get("q_lieu", "")),
        "asked_occupation": occupation_answer(cleaned.get("metier", ""), cleaned.get("q_metier", "")),
        "radius_km": cleaned.get("rayon") or RADIUS,
        "sort": cleaned.get("tri", ""),
    }


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What someone looks for, once understood. Changing a copy of it changes what it gives."""

    asked_place: PlaceAnswer | None = None
    asked_occupation: OccupationAnswer | None = None
    radius_km: int = RADIUS
    sort: str = ""
    sentences: tuple[str, ...] = field(default=(), compare=False)

    @property
    def place(self) -> Place | None:
        return self.asked_place.place if self.asked_place else None

    @property
    def occupation(self) -> Occupation | None:
        return self.asked_occupation.occupation if self.asked_occupation else None

    @property
    def place_is_missing(self) -> bool:
        """A place was asked, and we cannot tell which: there is no list to give."""
        return self.asked_place is not None and self.asked_place.place is None

    @property
    def asks_in_unknown_words(self) -> bool:
        """The words typed name no occupation, and remind of none either."""
        asked = self.asked_occupation
        if asked is None or asked.is_unknown:
            return False
        return not (asked.occupation or asked.meant or asked.guesses)

    @property
    def is_sorted_by_date(self) -> bool:
        return self.sort == "date" or self.place is None

    def without_place(self) -> Self:
        return replace(self, asked_place=None)

    def about(self, occupation: Occupation | None) -> Self:
        """The same search for another occupation, or for any."""
        answer = OccupationAnswer(occupation=occupation) if occupation else None
        return replace(self, asked_occupation=answer)

    def at(self, place: Place) -> Self:
        return replace(self, asked_place=PlaceAnswer(place.label, place=place))

    def without_filters(self) -> Self:
        return type(self)(
            asked_place=self.asked_place,
            asked_occupation=self.asked_occupation,
            radius_km=self.radius_km,
            sort=self.sort,
        )

    # --- Its address -------------------------------------------------------------------------
    def filters(self) -> dict[str, Any]:
        """What is asked besides, by the name of its parameter."""
        return {}

    def parameters(self, **changes: Any) -> dict[str, Any]:
        """The search as parameters, codes rather than words, nothing that says nothing."""
        place, occupation = self.asked_place, self.asked_occupation
        all_of_it = {
            "metier": occupation.occupation.code if occupation and occupation.occupation else "",
            "q_metier": occupation.typed if occupation and not occupation.occupation else "",
            "lieu": place.place.code if place and is_commune(place.place) else "",
            "q_lieu": place.typed if place and not is_commune(place.place) else "",
            "rayon": self.radius_km if self.radius_km != RADIUS else "",
            **self.filters(),
            "tri": self.sort,
        } | changes
        return {name: value for name, value in all_of_it.items() if value not in ("", None, ())}

    def query(self, **changes: Any) -> str:
        return urlencode(self.parameters(**changes), doseq=True)

    @property
    def narrowed(self) -> int:
        """How many filters are set besides the occupation, the place and the distance."""
        return len(self.parameters().keys() - FRAME)

    # --- What the page shows of it -----------------------------------------------------------
    def box(self) -> dict[str, str]:
        """What stands in the two boxes, with the code beside the words once it is known."""
        place, occupation = self.asked_place, self.asked_occupation
        return {
            "place": place.place.code if place and is_commune(place.place) else "",
            "place_words": (place.place.label if place.place else place.typed) if place else "",
            "occupation": occupation.occupation.code if occupation and occupation.occupation else "",
            "occupation_words": occupation.typed if occupation else "",
        }

    def guesses(self) -> list[dict[str, str]]:
        """The trades that the words may name, each a search of its own."""
        asked = self.asked_occupation
        if asked is None or asked.occupation:
            return []
        return [
            {"label": each.title, "url": f"?{self.about(each).query()}"}
            for each in (asked.guesses or asked.meant[:GUESSES])
        ]

    def place_choices(self) -> list[dict[str, str]]:
        if self.asked_place is None:
            return []
        return [
            {
                "label": str(commune),
                "url": f"?{self.at(Place.of_commune(commune)).query()}",
                "note": ", ".join(each.postcode for each in commune.postcodes.all()[:3]),
            }
            for commune in self.asked_place.choices
        ]

    def radii(self) -> list[Option]:
        return radii(self.radius_km)


def is_commune(place: Place | None) -> bool:
    """A commune is told by its code; an address, by its words."""
    return place is not None and place.label.endswith(")")


def name_of(place: Place) -> str:
    """« Metz » rather than « Metz (57) »."""
    return place.label.rsplit(" (", 1)[0]


def radii(asked: int) -> list[Option]:
    """The usual distances, and the one asked when it is another."""
    all_of_them = sorted({*RADII, asked})
    return [Option("rayon", str(km), f"{km}\N{NO-BREAK SPACE}km", km == asked) for km in all_of_them]
