"""Observation grids from a file: the whole grid of each occupation named, and nothing else."""

import json

import pytest
from django.core.management import CommandError, call_command

from immersions.stays.grids import grid_of
from immersions.stays.models import GridSkill
from territories.factories import OccupationFactory

pytestmark = pytest.mark.django_db
MASON = "F1703"
SKILLS = [
    "Préparer un mortier",
    "Monter un rang",
    "Lire un plan",
    "Ranger le chantier",
    "Porter ses protections",
]


@pytest.fixture(autouse=True)
def mason():
    return OccupationFactory(code=MASON)


@pytest.fixture
def follow(tmp_path, capsys):
    def follow(*lines: str, wet_run: bool = True, **options) -> str:
        path = tmp_path / "grids.csv"
        path.write_text("\n".join(["code,skill", *lines]) + "\n", encoding="utf-8")
        call_command("import_grids", path, wet_run=wet_run, **options)
        return "".join(capsys.readouterr())

    return follow


def lines(skills=SKILLS, code=MASON):
    return [f"{code},{skill}" for skill in skills]


def test_dry_it_says_and_writes_nothing(follow):
    assert "À blanc" in follow(*lines(), wet_run=False)
    assert not GridSkill.objects.exists()


def test_it_is_the_grid_of_the_occupation_in_the_order_of_the_file(follow):
    follow(*lines())
    assert grid_of(MASON) == tuple(SKILLS)


def test_twice_changes_nothing(follow):
    follow(*lines())
    before = list(GridSkill.objects.values_list("pk", "order"))
    assert "0 créées, 0 modifiées, 5 inchangées" in follow(*lines())
    assert list(GridSkill.objects.values_list("pk", "order")) == before


def test_the_file_says_the_whole_grid(follow):
    follow(*lines())
    other = [*SKILLS[1:], "Finir un joint"]
    follow(*lines(other))
    assert grid_of(MASON) == tuple(other)


def test_an_occupation_that_the_file_does_not_name_keeps_its_grid(follow):
    cook = OccupationFactory(code="G1602")
    GridSkill.objects.create(occupation=cook, text="Éplucher")
    follow(*lines())
    assert grid_of("G1602") == ("Éplucher",)


def test_wrong_rows_are_said_and_skipped(follow):
    said = follow(*lines(), "Z9999,Voler", f"{MASON},", f"{MASON},lire un plan", f"{MASON},{'x' * 151}")
    assert "ligne 7 : le métier « Z9999 »" in said
    assert "ligne 8 : il manque la compétence" in said
    assert "ligne 9 : « lire un plan » est déjà" in said
    assert "ligne 10 : la compétence dépasse" in said
    assert grid_of(MASON) == tuple(SKILLS)


@pytest.mark.parametrize("count", [4, 9])
def test_a_grid_too_short_or_too_long_is_refused_whole(follow, count):
    cook = OccupationFactory(code="G1602")
    others = [f"Geste {rank}" for rank in range(8)]
    wrong = [f"Tâche {rank}" for rank in range(count)]
    GridSkill.objects.create(occupation_id=MASON, text="La nôtre")
    more = OccupationFactory(code="G1603")
    said = follow(*lines(wrong), *lines(others, cook.pk), *lines(others, more.pk))
    assert f"la grille de F1703 a {count} compétences" in said
    assert grid_of(MASON) == ("La nôtre",)
    assert grid_of("G1602") == tuple(others)


def test_a_file_that_makes_no_sense_is_refused(follow, tmp_path):
    with pytest.raises(CommandError, match="est-ce le bon fichier"):
        follow("Z9998,Voler", "Z9999,Nager")
    path = tmp_path / "other.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(CommandError, match="Il manque des colonnes"):
        call_command("import_grids", path)


def test_the_report_in_json(follow):
    told = json.loads(follow(*lines(), json=True))
    assert (told["read"], told["created"], told["refused"], told["wet_run"]) == (5, 5, 0, True)
