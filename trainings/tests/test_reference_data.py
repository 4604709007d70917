"""The generated catalogues of REFERENCE_DATA, on the communes and occupations that we ship."""

import gc
import json
import time
import tracemalloc

import pytest
from django.core.management import CommandError, call_command

from territories import reference
from trainings.catalogue import Report, lheo
from trainings.catalogue.files import opened
from trainings.models import Session, Training, TrainingAction

pytestmark = [pytest.mark.django_db, pytest.mark.reference_data]


@pytest.fixture
def france(db):
    reference.load()


@pytest.fixture
def run(reference_data, capsys):
    def run(name: str, **options) -> dict:
        call_command("import_trainings", reference_data / "lheo" / name, json=True, **options)
        return json.loads(capsys.readouterr().out)

    return run


def counts(report: dict) -> tuple:
    return tuple(
        report[key] for key in ("formations", "actions", "sessions", "region", "sessions_region", "refused")
    )


def test_the_thirty_are_counted(france, run):
    assert counts(run("lheo_grand_est_30.xml"))[:3] == (30, 39, 93)


@pytest.mark.deep
def test_the_twelve_hundred_arrive_quickly_and_twice_changes_nothing(france, run):
    started = time.process_time()
    report = run("lheo_grand_est_1200.xml.gz", wet_run=True)
    assert time.process_time() - started < 15
    assert counts(report) == (1200, 1641, 3560, 882, 1933, 0)
    assert Training.objects.count() == 1200
    assert TrainingAction.objects.filter(x=None).count() == report["unknown_places"] == 68
    assert Session.objects.eligible().count() > 300

    again = run("lheo_grand_est_1200.xml.gz", wet_run=True)
    assert counts(again) == counts(report)
    assert {sum(again[change].values()) for change in ("created", "updated", "closed", "reopened")} == {0}


@pytest.fixture
def _collector_of_production():
    """The tests' own lets more wait (`conftest.pytest_collection_finish`)."""
    ours = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    yield
    gc.set_threshold(*ours)


@pytest.mark.deep
@pytest.mark.usefixtures("_collector_of_production")
def test_the_memory_stays_flat(reference_data):
    """12 MB of XML never stand there at once: a tree of them would take ten times that."""
    tracemalloc.start()
    with opened(reference_data / "lheo" / "lheo_grand_est_1200.xml.gz") as file:
        rows = sum(1 for _ in lheo.read(file, Report()))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert rows == 1200
    assert peak < 4_000_000


def test_the_onisep_file_of_old_is_refused_by_name(france, run):
    with pytest.raises(CommandError, match=r"http://www\.lheo\.org/2\.2"):
        run("exemple_onisep_lheo_2.2.xml")
