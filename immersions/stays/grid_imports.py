"""Follow a file of observation grids: `code,skill`, in the order in which a tutor reads them.

The file says the whole grid of each occupation that it names; the others stay as they are. A grid has
five to eight skills: with fewer or more sound lines, that of its occupation stays too.
"""

from collections.abc import Iterator
from typing import IO

from django.db import transaction

from immersions.stays.models import GridSkill
from territories.imports.files import Line, lines_of
from territories.imports.report import FileRefused, Report, RowRefused
from territories.models import Occupation

NEEDED = ("code", "skill")
FEWEST, MOST = 5, 8
LONGEST = GridSkill._meta.get_field("text").max_length or 150
Grids = dict[str, list[tuple[int, str]]]


@transaction.atomic
def follow(file: IO[str], *, wet_run: bool) -> Report:
    """Dry, it does all of it and takes it back."""
    report = Report()
    for code, lines in _read(lines_of(file, needed=NEEDED), report).items():
        if FEWEST <= len(lines) <= MOST:
            _write(code, [skill for _, skill in lines], report)
            continue
        for number, _ in lines:
            report.refuse(
                number, f"la grille de {code} a {len(lines)} compétences justes : de {FEWEST} à {MOST}"
            )
    if report.read and report.refused > report.read / 2:
        raise FileRefused(f"{report.refused} lignes refusées sur {report.read} : est-ce le bon fichier ?")
    if not wet_run:
        transaction.set_rollback(True)
    return report


def _read(lines: Iterator[Line], report: Report) -> Grids:
    """The sound lines of each occupation, in their order."""
    known = set(Occupation.objects.values_list("pk", flat=True))
    grids: Grids = {}
    for number, raw in lines:
        report.read += 1
        try:
            code, skill = _sound(raw, known)
            _check_is_new(skill, code, grids.get(code, []))
        except RowRefused as reason:
            report.refuse(number, reason)
        else:
            grids.setdefault(code, []).append((number, skill))
    return grids


def _check_is_new(skill: str, code: str, lines: list[tuple[int, str]]) -> None:
    if skill.casefold() in {other.casefold() for _, other in lines}:
        raise RowRefused(f"« {skill[:50]} » est déjà dans la grille de {code}")


def _sound(raw: dict[str, str], known: set[str]) -> tuple[str, str]:
    code, skill = raw["code"].upper(), " ".join(raw["skill"].split())
    if code not in known:
        raise RowRefused(f"le métier « {code[:10]} » n’est pas connu")
    if not skill:
        raise RowRefused("il manque la compétence")
    if "\x00" in skill or len(skill) > LONGEST:
        raise RowRefused(f"la compétence dépasse {LONGEST} caractères, ou n’est pas du texte")
    return code, skill


def _write(code: str, skills: list[str], report: Report) -> None:
    """Exactly these, in this order; only what differs is written."""
    ours = {row.text: row for row in GridSkill.objects.filter(occupation=code)}
    for order, text in enumerate(skills):
        row = ours.pop(text, None)
        if row is None:
            GridSkill.objects.create(occupation_id=code, text=text, order=order)
            report.created += 1
        elif row.order != order:
            GridSkill.objects.filter(pk=row.pk).update(order=order)
            report.changed += 1
        else:
            report.unchanged += 1
    GridSkill.objects.filter(pk__in=[row.pk for row in ours.values()]).delete()
    report.changed += len(ours)  # Lines that the grid has no more.
