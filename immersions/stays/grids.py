"""The observation grid of an occupation: an agent's own lines, else ours, else what any trade asks."""

import csv
from functools import lru_cache
from pathlib import Path

from immersions.stays.models import GridSkill

SHIPPED = Path(__file__).parent / "data" / "grids.csv"
ANY_TRADE = (
    "Arriver à l’heure et prêt à travailler",
    "Comprendre une consigne et l’appliquer",
    "Poser des questions",
    "Respecter les règles de sécurité",
    "Travailler avec l’équipe",
    "Aller au bout d’une tâche",
)


@lru_cache(maxsize=1)
def _shipped() -> dict[str, tuple[str, ...]]:
    grids: dict[str, tuple[str, ...]] = {}
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            grids[row["code"]] = (*grids.get(row["code"], ()), row["skill"])
    return grids


def shipped_grid(occupation: str) -> tuple[str, ...]:
    """Our own text for this trade, when there is one."""
    return _shipped().get(occupation, ())


def grid_of(occupation: str | None) -> tuple[str, ...]:
    """The skills to observe, five to eight."""
    if occupation is None:
        return ANY_TRADE
    own = GridSkill.objects.filter(occupation=occupation).order_by("order", "pk")
    return tuple(own.values_list("text", flat=True)) or _shipped().get(occupation, ANY_TRADE)
