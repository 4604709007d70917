"""« Métier en tension »: said only with its source and its year."""

from collections.abc import Sequence
from dataclasses import dataclass

from territories.models import Occupation, OccupationTension


@dataclass(frozen=True, slots=True)
class Tension:
    """What the badge says, and where it comes from."""

    label: str
    detail: str


def tension_of(*occupations: Occupation) -> Tension | None:
    """Of the first of these trades that is tense: by its own code, else by its parent's."""
    return tension_of_codes([code for each in occupations for code in (each.code, each.parent_code)])


def tension_of_codes(codes: Sequence[str]) -> Tension | None:
    found = OccupationTension.objects.in_bulk(codes)
    for code in codes:
        if code in found and found[code].is_tense:
            return told(found[code])
    return None


def told(tension: OccupationTension) -> Tension:
    where = (
        f"Recruter y est difficile dans {tension.tense_areas} bassins d’emploi sur {tension.areas}"
        if tension.areas > 1
        else "Recruter y est difficile"
    )
    return Tension(
        "Métier en tension", f"{where} (source\N{NO-BREAK SPACE}: {tension.source}, {tension.year})."
    )
