"""The reference data that the product ships: it fills in what is missing and changes nothing.

What an agent corrected or a full file brought (`import_communes`, `import_occupations`) stays.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.db import models, transaction

from territories import geo, lexicon
from territories.geo import lambert93
from territories.models import (
    Commune,
    CommunePostcode,
    Department,
    EmploymentBasin,
    Epci,
    FormerCommune,
    LexiconWord,
    Occupation,
    OccupationFamily,
    OccupationTask,
    OccupationTitle,
    Region,
)
from territories.text import plain

DATA = Path(__file__).resolve().parent / "data"
BATCH = 1000


@transaction.atomic
def load() -> dict[str, int]:
    """Add what is missing. Says how many rows of each kind were added."""
    added = {
        "regions": add_missing(Region, regions()),
        "departments": add_missing(Department, departments()),
        "epcis": add_missing(Epci, (Epci(**row) for row in lines("epcis.csv"))),
    }
    known = set(Commune.objects.values_list("pk", flat=True))
    added["communes"] = add_missing(Commune, communes())
    CommunePostcode.objects.bulk_create(postcodes(known), batch_size=BATCH)
    added["former_communes"] = add_missing(FormerCommune, former_communes())
    added["basins"] = add_basins()
    added |= load_occupations()
    if added["communes"]:
        lexicon.tell_the_planner(Commune, CommunePostcode)
    geo.forget()
    return added


def load_occupations() -> dict[str, int]:
    """Families, occupations, everyday names, tasks; then the words that lead to them."""
    known = set(Occupation.objects.values_list("pk", flat=True))
    added = {
        "families": add_missing(OccupationFamily, families()),
        "occupations": add_missing(Occupation, occupations()),
    }
    existing = set(Occupation.objects.values_list("pk", flat=True))
    added["titles"] = add_titles(existing - known)
    added["tasks"] = add_tasks(existing)
    if added["occupations"] or not LexiconWord.objects.exists():
        lexicon.rebuild()
    return added


def lines(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def add_missing(model: type[models.Model], rows: Iterable[models.Model]) -> int:
    known = set(model._default_manager.values_list("pk", flat=True))
    missing = [row for row in rows if row.pk not in known]
    model._default_manager.bulk_create(missing, batch_size=BATCH)
    return len(missing)


def slug(name: str) -> str:
    return plain(name).replace(" ", "-")


def regions() -> Iterator[Region]:
    for row in lines("regions.csv"):
        row["is_open"] = row["is_open"] == "1"  # type: ignore[assignment]
        yield Region(slug=slug(row["name"]), **row)


def departments() -> Iterator[Department]:
    for row in lines("departments.csv"):
        name = row["name"]
        yield Department(code=row["code"], name=name, slug=slug(name), region_id=row["region"])


def communes() -> Iterator[Commune]:
    for row in lines("communes.csv"):
        latitude, longitude = float(row["latitude"]), float(row["longitude"])
        x, y = lambert93(latitude, longitude)
        yield Commune(
            code=row["code"],
            name=row["name"],
            search_name=plain(row["name"]),
            slug=slug(row["name"]),
            department_id=row["department"],
            epci_id=row["epci"] or None,
            population=int(row["population"]),
            latitude=latitude,
            longitude=longitude,
            x=x,
            y=y,
            is_approximate=row["position"] != "town",
        )


def postcodes(known: set[str]) -> list[CommunePostcode]:
    return [
        CommunePostcode(commune_id=row["code"], postcode=postcode)
        for row in lines("communes.csv")
        if row["code"] not in known
        for postcode in row["postcodes"].split()
    ]


def former_communes() -> Iterator[FormerCommune]:
    for row in lines("former_communes.csv"):
        yield FormerCommune(
            code=row["code"],
            name=row["name"],
            search_name=plain(row["name"]),
            commune_id=row["commune"],
        )


def add_basins() -> int:
    """A first drawing. A basin that exists is the agents', even if they emptied it."""
    wanted = defaultdict(list)
    for row in lines("basins.csv"):
        wanted[row["basin"]].append(row["epci"])
    [region] = {row["region"] for row in lines("departments.csv")}
    if EmploymentBasin.objects.filter(region=region).exists():
        return 0
    for name, epcis in wanted.items():
        basin = EmploymentBasin.objects.create(name=name, slug=slug(name), region_id=region)
        basin.epcis.set(Epci.objects.filter(pk__in=epcis))
    return len(wanted)


def families() -> Iterator[OccupationFamily]:
    for row in lines("families.csv"):
        yield OccupationFamily(slug=slug(row["name"]), **row)


def occupations() -> Iterator[Occupation]:
    for row in lines("occupations.csv"):
        yield Occupation(
            code=row["code"],
            label=row["label"],
            title=row["title"],
            slug=slug(row["title"])[:100].strip("-"),
            family_id=row["code"][0],
        )


def add_titles(fresh: set[str]) -> int:
    """Everyday names, for the occupations that have just been added."""
    titles = [
        OccupationTitle(occupation_id=row["code"], label=row["label"], search=plain(row["label"]))
        for row in lines("titles.csv")
        if row["code"] in fresh
    ]
    OccupationTitle.objects.bulk_create(titles, batch_size=BATCH)
    return len(titles)


def add_tasks(existing: set[str]) -> int:
    """Tasks for the occupations that have none yet."""
    told = set(OccupationTask.objects.values_list("occupation_id", flat=True).distinct())
    order: dict[str, int] = defaultdict(int)
    tasks = []
    for row in lines("tasks.csv"):
        if row["code"] in existing - told:
            order[row["code"]] += 1
            tasks.append(
                OccupationTask(occupation_id=row["code"], text=row["task"], order=order[row["code"]])
            )
    OccupationTask.objects.bulk_create(tasks, batch_size=BATCH)
    return len(tasks)
