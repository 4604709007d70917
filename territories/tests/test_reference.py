"""Facts about the data that the product ships. They hold whoever rebuilds it."""

import csv
import statistics
from collections import Counter

import pytest
from django.core.management import call_command
from django.db.models import Count, F

from territories import reference
from territories.geo import communes_within, great_circle_km
from territories.models import (
    Commune,
    CommunePostcode,
    Department,
    EmploymentBasin,
    Epci,
    FormerCommune,
    Occupation,
    OccupationFamily,
    OccupationTask,
    OccupationTitle,
    OccupationWord,
    Region,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("full_reference")]
EVERYTHING = (
    Region,
    Department,
    Epci,
    EmploymentBasin,
    Commune,
    CommunePostcode,
    FormerCommune,
    OccupationFamily,
    Occupation,
    OccupationTitle,
    OccupationTask,
    OccupationWord,
)


def test_all_of_grand_est_is_there():
    counts = {model.__name__: model.objects.count() for model in EVERYTHING}
    assert counts["Department"] == 10
    assert counts["Epci"] == 150
    assert counts["Commune"] == 5115
    assert counts["OccupationFamily"] == 14
    assert counts["Occupation"] == 1584
    assert counts["FormerCommune"] > 500


def test_a_postcode_never_identifies_a_commune_alone():
    served = CommunePostcode.objects.values("postcode").annotate(communes=Count("commune"))
    communes = {row["postcode"]: row["communes"] for row in served}
    assert len(communes) == 645
    assert sum(count > 1 for count in communes.values()) == 482
    assert communes["51300"] == max(communes.values()) == 46


def test_some_insee_codes_read_like_the_postcode_of_another_place():
    postcodes = set(CommunePostcode.objects.values_list("postcode", flat=True))
    alike = Commune.objects.filter(pk__in=postcodes).exclude(postcodes__postcode=F("pk"))
    assert alike.count() == 416


def test_some_names_are_borne_by_several_communes():
    names = Counter(Commune.objects.values_list("name", flat=True))
    assert 60 <= sum(count > 1 for count in names.values()) <= 80


def test_most_people_live_where_the_position_is_true():
    people = dict(Commune.objects.values_list("is_approximate").annotate(p=Count("pk")))
    assert people[False] > 1600
    exact = sum(Commune.objects.filter(is_approximate=False).values_list("population", flat=True))
    assert exact / sum(Commune.objects.values_list("population", flat=True)) > 0.85


def test_every_commune_stands_in_the_region():
    for latitude, longitude in Commune.objects.values_list("latitude", "longitude"):
        assert 47.4 < latitude < 50.2
        assert 3.3 < longitude < 8.3


def test_every_intercommunality_looks_to_one_basin():
    assert not Epci.objects.annotate(n=Count("basins")).exclude(n=1).exists()
    metz = EmploymentBasin.objects.get(slug="metz")
    assert metz.communes().filter(pk="57463").exists()


def test_every_occupation_has_a_family_and_words():
    assert not Occupation.objects.filter(words=None).exists()
    assert not Occupation.objects.filter(search_words="").exists()
    assert set(Occupation.objects.values_list("family", flat=True)) == set("ABCDEFGHIJKLMN")


def test_titles_are_written_as_one_writes_french():
    assert Occupation.objects.get(pk="F1602").title == "Électricien / Électricienne du bâtiment"
    assert not Occupation.objects.filter(title__contains="'").exists()


def test_some_occupations_propose_three_to_six_tasks():
    counts = OccupationTask.objects.values("occupation").annotate(n=Count("pk"))
    assert len(counts) >= 30
    assert {row["n"] for row in counts} <= {3, 4, 5, 6}


def test_twice_changes_nothing(capsys):
    before = [list(model.objects.order_by("pk").values()) for model in EVERYTHING]
    call_command("load_reference")
    assert "rien à ajouter" in capsys.readouterr().out
    assert [list(model.objects.order_by("pk").values()) for model in EVERYTHING] == before


def test_what_an_agent_corrected_stays():
    Commune.objects.filter(pk="57463").update(latitude=49.0, name="Metz la belle")
    Region.objects.update(accent_color="#000000")
    EmploymentBasin.objects.get(slug="metz").epcis.clear()
    reference.load()
    metz = Commune.objects.get(pk="57463")
    assert (metz.latitude, metz.name) == (49.0, "Metz la belle")
    assert Region.objects.get().accent_color == "#000000"
    assert not EmploymentBasin.objects.get(slug="metz").epcis.exists()


@pytest.mark.reference_data
def test_positions_agree_with_the_full_file(reference_data):
    path = reference_data / "geo/communes_grand_est.csv"
    with path.open(encoding="utf-8", newline="") as file:
        true = {r["code_insee"]: (float(r["lat"]), float(r["lon"])) for r in csv.DictReader(file)}
    gaps: dict[bool, list[float]] = {False: [], True: []}
    for commune in Commune.objects.all():
        there = commune.latitude, commune.longitude
        gaps[commune.is_approximate].append(great_circle_km(there, true[commune.code]))
    assert statistics.median(gaps[False]) < 0.3
    assert max(gaps[False]) < 5
    assert statistics.median(gaps[True]) < 8
    assert max(gaps[True]) < 35


def test_the_communes_in_memory_agree_with_the_database():
    metz = Commune.objects.get(pk="57463")
    found = communes_within((metz.x, metz.y), 30, margin=False)
    assert found == sorted(Commune.objects.within(30, metz.x, metz.y).values_list("pk", flat=True))
    assert len(found) > 300
