"""The filters as the page shows them: groups of boxes, ticked as asked."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from immersions.offers.models import Contract, FrenchLevel, Weight
from immersions.offers.search import Search
from immersions.offers.search_form import DURATION_WORDS, LEVELS, RADII
from territories.models import OccupationFamily

FRESH_FOR = 300  # seconds: families change once in ten years.
WEIGHTS = {
    Weight.HIRING: "Immersion avec embauche possible",
    Weight.DISCOVERY: "Immersion",
    Weight.VISIT: "Visite, ½ journée",
}
DETAILS = {
    "sans_voiture": "Accessible sans voiture",
    "sans_permis": "Permis non exigé",
    "debutants": "Débutants bienvenus",
}


@dataclass(frozen=True, slots=True)
class Option:
    name: str
    value: str
    label: str
    is_chosen: bool


def some(name: str, labels: Mapping[Any, str], chosen: object) -> list[Option]:
    asked = {str(each) for each in chosen} if isinstance(chosen, tuple) else {str(chosen)}
    return [Option(name, str(value), label, str(value) in asked) for value, label in labels.items()]


def filters_of(search: Search) -> dict[str, list[Option]]:
    asked = {"sans_voiture": search.without_car, "sans_permis": search.without_licence}
    asked["debutants"] = search.for_beginners
    level = "" if search.level is None else search.level
    levels = LEVELS if str(level) in {"", *LEVELS} else LEVELS | {str(level): f"Niveau {level}"}
    return {
        "poids": some("poids", WEIGHTS, search.weights),
        "duree": some("duree", DURATION_WORDS, search.durations),
        "contrat": some("contrat", dict(Contract.choices), search.contracts),
        "niveau": some("niveau", levels, level),
        "francais": some("francais", dict(FrenchLevel.choices), search.french),
        "famille": some("famille", families(), search.families),
        "details": [Option(name, "1", label, asked[name]) for name, label in DETAILS.items()],
        "rayon": radii(search.radius_km),
    }


def radii(asked: int) -> list[Option]:
    """The usual distances, and the one asked when it is another."""
    all_of_them = sorted({*RADII, asked})
    return [Option("rayon", str(km), f"{km}\N{NO-BREAK SPACE}km", km == asked) for km in all_of_them]


def families() -> dict[str, str]:
    """Letter and name, read once in a while."""
    if not _families["names"] or time.monotonic() - _families["at"] > FRESH_FOR:
        _families.update(
            names=dict(OccupationFamily.objects.values_list("letter", "name")), at=time.monotonic()
        )
    return _families["names"]


_families: dict = {"names": {}, "at": 0.0}
