"""Where hiring is hard: a file of occupations by basin, counted per occupation."""

from collections import defaultdict
from typing import IO

from django.db import transaction

from territories.imports.files import lines_of
from territories.imports.report import FileRefused, Report, RowRefused
from territories.imports.writing import follow_rows
from territories.models import OccupationTension
from territories.occupations import ROME

COLUMNS = ("annee", "code_rome_v3", "code_bassin_emploi", "tension")
TENSE = 4  # On the scale of the Dares, 1 (easy) to 5 (very hard).
SOURCE = "Dares et France Travail"
YEARS = range(2000, 2100)


@transaction.atomic
def follow(file: IO[str], *, wet_run: bool) -> Report:
    """Follow the file, whose last year counts. What it does not tell of any more is forgotten."""
    report = Report()
    levels: dict[int, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for number, raw in lines_of(file, needed=COLUMNS):
        report.read += 1
        try:
            year, code, basin, level = _read(raw)
        except RowRefused as reason:
            report.refuse(number, reason)
        else:
            levels[year][code][basin] = level
    if not levels:
        raise FileRefused("Aucune ligne de ce fichier ne se lit.")
    last = max(levels)
    rows = [
        OccupationTension(
            code=code,
            tense_areas=sum(level >= TENSE for level in basins.values()),
            areas=len(basins),
            year=last,
            source=SOURCE,
        )
        for code, basins in sorted(levels[last].items())
    ]
    follow_rows(OccupationTension, rows, ["tense_areas", "areas", "year", "source"], report)
    OccupationTension.objects.exclude(code__in=levels[last]).delete()
    if not wet_run:
        transaction.set_rollback(True)
    return report


def _read(raw: dict[str, str]) -> tuple[int, str, str, int]:
    code, basin = raw["code_rome_v3"].upper(), raw["code_bassin_emploi"]
    if not ROME.fullmatch(code):
        raise RowRefused(f"« {code[:20]} » n’est pas un code ROME")
    if not basin:
        raise RowRefused("le bassin n’est pas dit")
    if raw["tension"] not in {"1", "2", "3", "4", "5"}:
        raise RowRefused("la tension va de 1 à 5")
    if not raw["annee"].isdecimal() or int(raw["annee"]) not in YEARS:
        raise RowRefused(f"« {raw['annee'][:20]} » n’est pas une année")
    return int(raw["annee"]), code, basin, int(raw["tension"])
