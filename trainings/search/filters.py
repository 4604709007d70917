"""The filters as the page shows them: groups of boxes and lists, ticked as asked."""

import datetime as dt

from django.utils import timezone

from core import french
from core.options import Option, some
from territories.families import families
from trainings.search.form import DIPLOMAS, LEVELS_OUT
from trainings.search.search import TrainingSearch

MONTHS = 12
DETAILS = {
    "un_bloc": "Un seul bloc de compétences (plus court)",
    "toutes": "Aussi complètes, ou payées autrement",
}


def filters_of(search: TrainingSearch) -> dict[str, list[Option]]:
    asked = {"un_bloc": search.one_block, "toutes": search.everything}
    level = "" if search.level is None else search.level
    diplomas = DIPLOMAS if str(level) in {"", *DIPLOMAS} else DIPLOMAS | {str(level): f"Niveau {level}"}
    return {
        "mois": some("mois", months(search.month), f"{search.month:%Y-%m}" if search.month else ""),
        "niveau": some("niveau", diplomas, level),
        "sortie": some("sortie", LEVELS_OUT, search.levels_out),
        "famille": some("famille", families(), search.families),
        "details": [Option(name, "1", label, asked[name]) for name, label in DETAILS.items()],
        "rayon": search.radii(),
    }


def months(asked: dt.date | None) -> dict[str, str]:
    """The next twelve, and the one asked when it is another."""
    first = timezone.localdate().replace(day=1)
    found = {}
    for _ in range(MONTHS):
        found[f"{first:%Y-%m}"] = french.month(first)
        first = (first + dt.timedelta(days=31)).replace(day=1)
    if asked:
        found.setdefault(f"{asked:%Y-%m}", french.month(asked))
    return dict(sorted(found.items()))
