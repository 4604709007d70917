"""Occupations with their parent codes, and their other names: two files of the same nomenclature."""

import re
from collections.abc import Iterator
from typing import IO

from django.db import transaction

from territories import lexicon
from territories.imports.files import Line, columns_of, lines_of
from territories.imports.report import FileRefused, Report, RowRefused
from territories.imports.writing import follow_rows
from territories.models import Occupation, OccupationFamily, OccupationTitle
from territories.text import plain

ROME = re.compile(r"[A-N][0-9]{4}", re.ASCII)
OCCUPATIONS = ("code_rome", "libelle", "code_parent")
TITLES = ("code_rome", "libelle", "libelle_court")
MISSING_AT_MOST = 0.2
BATCH = 1000
BARE_CAPITAL = re.compile(r"\bE(?=[bcdgv]|l[ae]|qu|t[ar])")  # « Electricien », « Egoutière ».


@transaction.atomic
def follow(file: IO[str], *, wet_run: bool) -> Report:
    """Follow a file of occupations, or of other names: its columns say which."""
    columns = set(columns_of(file))
    file.seek(0)
    if set(TITLES) <= columns:
        report = _follow_titles(lines_of(file, needed=TITLES))
    else:
        report = _follow_occupations(lines_of(file, needed=OCCUPATIONS))
    if not wet_run:
        transaction.set_rollback(True)
    return report


def _follow_occupations(lines: Iterator[Line]) -> Report:
    report = Report()
    known = Occupation.objects.in_bulk()
    families = set(OccupationFamily.objects.values_list("pk", flat=True))
    wanted: dict[str, Occupation] = {}
    for number, raw in lines:
        report.read += 1
        try:
            occupation = _occupation(raw, known, families)
        except RowRefused as reason:
            report.refuse(number, reason)
        else:
            wanted[occupation.code] = occupation
    _refuse_half(known.keys(), wanted.keys(), report, "métiers")
    fields = ["label", "title", "slug", "family", "parent_code", "definition"]
    written = follow_rows(Occupation, list(wanted.values()), fields, report)
    if written:
        lexicon.rebuild([occupation.pk for occupation in written])
    return report


def _occupation(raw: dict[str, str], known: dict[str, Occupation], families: set[str]) -> Occupation:
    """The occupation as the file tells it. An unchanged label keeps the title that an agent typed."""
    code, label = _code(raw["code_rome"]), " ".join(raw["libelle"].split())
    if not plain(label) or len(label) > 200:
        raise RowRefused("« libelle » est vide ou trop long")
    if code[0] not in families:
        raise RowRefused(f"la famille « {code[0]} » n’existe pas")
    parent = _code(raw["code_parent"]) if raw["code_parent"] else ""
    ours = known.get(code)
    same = ours is not None and plain(ours.label) == plain(label)
    title = ours.title if ours and same else BARE_CAPITAL.sub("É", label).replace("'", "’")
    return Occupation(
        code=code,
        label=ours.label if ours and same else label,
        title=title,
        slug=ours.slug if ours and same else plain(title).replace(" ", "-")[:100].strip("-"),
        family_id=code[0],
        parent_code=parent,
        definition=raw.get("definition") or (ours.definition if ours else ""),
    )


def _follow_titles(lines: Iterator[Line]) -> Report:
    """Add the names of the file. Those that we know and it does not (ours) stay."""
    report = Report()
    codes = set(Occupation.objects.values_list("pk", flat=True))
    wanted: dict[tuple[str, str], int] = {}
    for number, raw in lines:
        report.read += 1
        try:
            wanted[_title(raw, codes)] = number
        except RowRefused as reason:
            report.refuse(number, reason)
    known = set(OccupationTitle.objects.values_list("occupation", "label"))
    if report.refused > report.read / 2:
        raise FileRefused(f"{report.refused} lignes refusées sur {report.read} : est-ce le bon fichier ?")
    new = sorted(wanted.keys() - known)
    OccupationTitle.objects.bulk_create(
        [OccupationTitle(occupation_id=c, label=label, search=plain(label)) for c, label in new],
        batch_size=BATCH,
    )
    report.created, report.unchanged = len(new), len(wanted) - len(new)
    if new:
        lexicon.rebuild({code for code, _ in new})
    return report


def _title(raw: dict[str, str], codes: set[str]) -> tuple[str, str]:
    code, label = _code(raw["code_rome"]), " ".join(raw["libelle"].split())
    if code not in codes:
        raise RowRefused(f"le métier {code} n’est pas connu : importez d’abord les métiers")
    if not plain(label) or len(label) > 250:
        raise RowRefused("« libelle » est vide ou trop long")
    return code, BARE_CAPITAL.sub("É", label).replace("'", "’")


def _code(text: str) -> str:
    code = text.upper()
    if not ROME.fullmatch(code):
        raise RowRefused(f"« {text[:20]} » n’est pas un code ROME")
    return code


def _refuse_half(known: object, wanted: object, report: Report, what: str) -> None:
    missing = set(known) - set(wanted)  # type: ignore[call-overload]
    report.missing = len(missing)
    total = len(set(known))  # type: ignore[call-overload]
    if not wanted or report.missing > total * MISSING_AT_MOST:
        raise FileRefused(f"{report.missing} {what} sur {total} manquent : le fichier est-il entier ?")
