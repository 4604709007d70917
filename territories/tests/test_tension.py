"""Trades in tension: a figure counted from a file, with its source and its year."""

import io

import pytest
from django.core.management import call_command

from territories.factories import OccupationFactory
from territories.imports.files import FileRefused
from territories.imports.tension import follow
from territories.models import OccupationTension
from territories.tension import tension_of

pytestmark = pytest.mark.django_db
HEAD = "annee,code_rome_v3,code_bassin_emploi,tension\n"


def follow_text(text: str, *, wet_run: bool = True):
    return follow(io.StringIO(HEAD + text), wet_run=wet_run)


def test_basins_are_counted_and_only_the_last_year():
    follow_text("2020,F1701,4401,1\n2021,F1701,4401,5\n2021,F1701,4402,4\n2021,F1701,4403,3\n")
    tension = OccupationTension.objects.get()
    assert (tension.tense_areas, tension.areas, tension.year, tension.is_tense) == (2, 3, 2021, True)


def test_the_trade_s_parent_code_counts():
    follow_text("2021,F1701,4401,5\n")
    told = tension_of(OccupationFactory(parent_code="F1701"))
    assert told.label == "Métier en tension"
    assert "Dares et France Travail, 2021" in told.detail
    assert tension_of(OccupationFactory(welder=True)) is None


def test_twice_changes_nothing_and_what_is_no_longer_told_is_forgotten():
    follow_text("2021,F1701,4401,5\n2021,H2913,4401,2\n")
    assert follow_text("2021,F1701,4401,5\n").changed == 0
    assert OccupationTension.objects.count() == 1


def test_a_dry_run_writes_nothing():
    assert follow_text("2021,F1701,4401,5\n", wet_run=False).created == 1
    assert not OccupationTension.objects.exists()


def test_lines_that_make_no_sense_are_refused_and_counted():
    report = follow_text(
        "2021,F1701,4401,5\n2021,F1701,4401,9\n21,F1701,4401,5\n2021,zz,4401,5\n2021,F1701,,5\n"
    )
    assert (report.read, report.refused) == (5, 4)
    with pytest.raises(FileRefused, match="Aucune ligne"):
        follow_text("x,y,z,5\n")


@pytest.mark.reference_data
def test_the_full_file_is_followed(reference_data, capsys):
    call_command(
        "import_tension", reference_data / "rome/tension_rome_bassin_grand_est_2021.csv", "--wet-run"
    )
    assert OccupationTension.objects.count() == 246
