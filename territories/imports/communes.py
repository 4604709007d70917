"""The communes of a whole country or region, with their true positions."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Self

from django.db import transaction

from territories import geo
from territories.imports.files import lines_of
from territories.imports.report import FileRefused, Report, RowRefused
from territories.imports.writing import follow_rows, follow_values
from territories.models import Commune, CommunePostcode, Department, Epci, Region
from territories.text import plain

NEEDED = ("code_insee", "nom", "codes_postaux", "code_departement", "code_region", "lat", "lon")
INSEE = re.compile(r"[0-9][0-9AB][0-9]{3}", re.ASCII)
POSTCODE = re.compile(r"[0-9]{5}", re.ASCII)
BETWEEN_POSTCODES = re.compile(r"[|\s/]+")
MISSING_AT_MOST = 0.2
FIELDS = [
    "name", "search_name", "slug", "department", "epci", "population",
    "latitude", "longitude", "x", "y", "is_approximate",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    code: str
    name: str
    postcodes: tuple[str, ...]
    department: str
    department_name: str
    region: str
    epci: str
    epci_name: str
    population: int
    position: geo.Point | None

    @classmethod
    def parse(cls, raw: dict[str, str]) -> Self:
        """Read one line. The only place that knows the file's column names."""
        code = raw["code_insee"].upper()
        if not INSEE.fullmatch(code):
            raise RowRefused(f"« {code[:20]} » n’est pas un code INSEE")
        if not plain(raw["nom"]):
            raise RowRefused("« nom » est vide")
        postcodes = tuple(filter(None, BETWEEN_POSTCODES.split(raw["codes_postaux"])))
        for postcode in postcodes:
            if not POSTCODE.fullmatch(postcode):
                raise RowRefused(f"« {postcode[:20]} » n’est pas un code postal")
        return cls(
            code=code,
            name=raw["nom"][:80],
            postcodes=postcodes,
            department=raw["code_departement"].upper()[:3],
            department_name=raw.get("nom_departement", "")[:80],
            region=raw["code_region"][:3],
            epci=raw.get("code_epci", "")[:9],
            epci_name=raw.get("nom_epci", "")[:150],
            population=_population(raw.get("population", "")),
            position=_position(raw["lat"], raw["lon"]),
        )


def _population(text: str) -> int:
    if not text:
        return 0
    if not (text.isascii() and text.isdigit() and len(text) < 9):
        raise RowRefused(f"« {text[:20]} » n’est pas une population")
    return int(text)


def _position(latitude: str, longitude: str) -> geo.Point | None:
    if not (latitude or longitude):
        return None
    try:
        point = float(latitude), float(longitude)
    except ValueError as error:
        raise RowRefused("la position n’est pas un nombre") from error
    if not all(map(math.isfinite, point)) or abs(point[0]) > 90 or abs(point[1]) > 180:
        raise RowRefused("la position est hors de la Terre")
    return point


@transaction.atomic
def follow(file: IO[str], *, wet_run: bool) -> Report:
    """Make our communes those of the file. What is absent from it is kept and counted."""
    report = Report()
    served = set(Region.objects.values_list("pk", flat=True))
    rows = {row.code: row for row in _parsed(file, report, served)}
    if not rows:
        raise FileRefused("Aucune ligne du fichier ne concerne nos régions.")
    departments = {row.department: row for row in rows.values() if row.department}
    ours = set(Commune.objects.filter(department__in=departments).values_list("pk", flat=True))
    report.missing = len(ours - rows.keys())
    if report.missing > len(ours) * MISSING_AT_MOST:
        raise FileRefused(f"{report.missing} communes sur {len(ours)} manquent : le fichier est-il entier ?")
    _write(rows, report)
    if not wet_run:
        transaction.set_rollback(True)
    geo.forget()
    return report


def _parsed(file: IO[str], report: Report, served: set[str]) -> Iterator[Row]:
    for number, raw in lines_of(file, needed=NEEDED):
        report.read += 1
        if raw["code_region"] not in served:
            report.outside += 1
            continue
        try:
            yield Row.parse(raw)
        except RowRefused as reason:
            report.refuse(number, reason)


def _write(rows: dict[str, Row], report: Report) -> None:
    _write_departments(rows)
    follow_rows(
        Epci,
        [Epci(code=c, name=n) for c, n in {r.epci: r.epci_name for r in rows.values()}.items() if c and n],
        ["name"],
    )
    epcis = set(Epci.objects.values_list("pk", flat=True))
    known = Commune.objects.in_bulk(list(rows))
    wanted = []
    for row in rows.values():
        try:
            wanted.append(_commune(row, known.get(row.code), epcis))
        except RowRefused as reason:
            report.refused += 1
            report.errors.append(f"{row.code} : {reason}")
    written = follow_rows(Commune, wanted, FIELDS, report)
    changed = follow_values(
        CommunePostcode,
        "commune",
        "postcode",
        ((commune.code, postcode) for commune in wanted for postcode in rows[commune.code].postcodes),
    )
    postcodes_only = len(changed - {commune.code for commune in written})
    report.changed += postcodes_only
    report.unchanged -= postcodes_only


def _write_departments(rows: dict[str, Row]) -> None:
    """A department that we did not know joins its region; the names of ours stay."""
    known = set(Department.objects.values_list("pk", flat=True))
    new = {row.department: row for row in rows.values() if row.department not in known}
    Department.objects.bulk_create(
        Department(
            code=code,
            name=row.department_name or code,
            slug=plain(row.department_name or f"departement {code}").replace(" ", "-"),
            region_id=row.region,
        )
        for code, row in new.items()
    )


def _commune(row: Row, known: Commune | None, epcis: set[str]) -> Commune:
    """The commune as the file tells it. Without a position there, ours stays."""
    if row.position:
        latitude, longitude = row.position
        is_approximate = False
    elif known:
        latitude, longitude, is_approximate = known.latitude, known.longitude, known.is_approximate
    else:
        raise RowRefused("commune nouvelle, sans position")
    x, y = geo.lambert93(latitude, longitude)
    return Commune(
        code=row.code,
        name=row.name,
        search_name=plain(row.name),
        slug=plain(row.name).replace(" ", "-"),
        department_id=row.department,
        epci_id=row.epci if row.epci in epcis else None,
        population=row.population,
        latitude=latitude,
        longitude=longitude,
        x=x,
        y=y,
        is_approximate=is_approximate,
    )
