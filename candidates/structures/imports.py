"""Follow a file of support structures (agencies, missions locales…): what is new, what moved.

The file names structures by their network's code (SAFIR, i-milo). It never touches what an agent or
the structure itself decided: legal entity, ground of prescription, channel of the agreements.
"""

import re
from collections.abc import Iterator
from typing import IO

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from candidates.structures.models import (
    NAMED_BY_LAW,
    Ground,
    Kind,
    SupportStructure,
    search_name_of,
    usual_channel,
)
from territories.geo import lambert93
from territories.imports.files import Line, lines_of
from territories.imports.report import FileRefused, Report, RowRefused
from territories.models import Commune, FormerCommune

NEEDED = ("type", "code", "nom", "code_insee")
KINDS = {kind.value: kind for kind in Kind} | {"departement": Kind.DEPARTMENT, "autre": Kind.OTHER}
POSTCODE = re.compile(r"[0-9]{5}", re.ASCII)
LONGEST = {"nom": 200, "code": 30, "adresse": 200, "forme_juridique": 120, "telephone": 20, "email": 254}
# Optional columns, and the field that follows each; an empty value erases nothing.
FOLLOWED = {
    "adresse": "address",
    "code_postal": "postcode",
    "forme_juridique": "legal_form",
    "email": "email",
    "telephone": "phone",
}

Key = tuple[str, str]


@transaction.atomic
def follow(file: IO[str], *, wet_run: bool) -> Report:
    """Follow a file of structures. Ours that are not in it stay."""
    report = _follow(lines_of(file, needed=NEEDED))
    if not wet_run:
        transaction.set_rollback(True)
    return report


def _follow(lines: Iterator[Line]) -> Report:
    report, seen = Report(), set[Key]()
    known = {_key(structure): structure for structure in SupportStructure.objects.select_related("commune")}
    communes = _Communes()
    for number, raw in lines:
        report.read += 1
        try:
            key = _key_of(raw, seen)
            commune = communes.find(raw)
            if commune is None:
                report.outside += 1
                continue
            _write(known.get(key), key, raw, commune, report)
            seen.add(key)
        except RowRefused as reason:
            report.refuse(number, reason)
    kinds = {kind for kind, _ in seen}
    report.missing = sum(kind in kinds and (kind, code) not in seen for kind, code in known if code)
    if report.read and report.refused > report.read / 2:
        raise FileRefused(f"{report.refused} lignes refusées sur {report.read} : est-ce le bon fichier ?")
    return report


def _key(structure: SupportStructure) -> Key:
    return structure.kind, structure.external_code


def _key_of(raw: dict[str, str], seen: set[Key]) -> Key:
    for name, longest in LONGEST.items():
        if len(raw.get(name, "")) > longest:
            raise RowRefused(f"« {name} » est trop long")
        if "\x00" in raw.get(name, ""):
            raise RowRefused(f"« {name} » n’est pas du texte")
    kind = KINDS.get(raw["type"])
    if kind is None:
        raise RowRefused(f"« {raw['type'][:30]} » n’est pas une sorte de structure")
    if not raw["nom"] or not raw["code"]:
        raise RowRefused("il manque le nom ou le code")
    if raw.get("email"):
        _check_email(raw["email"])
    key = (str(kind), raw["code"])
    if key in seen:
        raise RowRefused(f"le code {key[1]} est déjà dans ce fichier")
    return key


def _check_email(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError as error:
        raise RowRefused(f"« {email[:50]} » n’est pas une adresse e-mail") from error


class _Communes:
    """Communes of the file, of today or of yesterday, read once."""

    def __init__(self) -> None:
        self.today = Commune.objects.in_bulk()
        self.former = dict(FormerCommune.objects.values_list("code", "commune"))
        self.departments = {commune.department_id for commune in self.today.values()}

    def find(self, raw: dict[str, str]) -> Commune | None:
        """None: elsewhere, in a department that we do not serve."""
        code = raw["code_insee"].upper()
        commune = self.today.get(code) or self.today.get(self.former.get(code, ""))
        if commune:
            return commune
        if code[:2] in self.departments or not re.fullmatch(r"[0-9][0-9AB][0-9]{3}", code, re.ASCII):
            raise RowRefused(f"la commune « {code[:10]} » n’est pas connue")
        return None


def _write(
    ours: SupportStructure | None, key: Key, raw: dict[str, str], commune: Commune, report: Report
) -> None:
    structure = ours or _new(key)
    before = _told(structure)
    if structure.imported_name != raw["nom"]:  # An agent's own name stays until the file's changes.
        structure.name = structure.imported_name = raw["nom"]
    structure.commune = commune
    for column, field in FOLLOWED.items():
        if raw.get(column):
            setattr(structure, field, raw[column])
    if structure.postcode and not POSTCODE.fullmatch(structure.postcode):
        raise RowRefused(f"« {structure.postcode} » n’est pas un code postal")
    structure.x, structure.y = _position(raw, commune)
    structure.search_name = search_name_of(structure)
    if ours and before == _told(structure):
        report.unchanged += 1
        return
    structure.save()
    if ours:
        report.changed += 1
    else:
        report.created += 1


def _told(structure: SupportStructure) -> tuple[object, ...]:
    """What the file may change."""
    names = ("name", "imported_name", "commune_id", "x", "y", "search_name", *FOLLOWED.values())
    return tuple(getattr(structure, name) for name in names)


def _new(key: Key) -> SupportStructure:
    kind, code = key
    may_prescribe = kind in NAMED_BY_LAW
    return SupportStructure(
        kind=kind,
        external_code=code,
        may_prescribe=may_prescribe,
        prescribes_by=Ground.LAW if may_prescribe else "",
        agreement_channel=usual_channel(kind),
    )


def _position(raw: dict[str, str], commune: Commune) -> tuple[float, float]:
    """The file's own point, when it has one; else the commune's."""
    if not (raw.get("lat") and raw.get("lon")):
        return commune.x, commune.y
    try:
        latitude, longitude = float(raw["lat"]), float(raw["lon"])
    except ValueError as error:
        raise RowRefused("« lat » et « lon » sont des nombres") from error
    if not (41 < latitude < 52 and -6 < longitude < 10):
        raise RowRefused("la position n’est pas en France")
    return lambert93(latitude, longitude)
