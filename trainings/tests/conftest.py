import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command

from territories.factories import CommuneFactory, OccupationFactory


@pytest.fixture
def world(db):
    """Metz and a mason: what the small catalogues of these tests speak of."""
    return CommuneFactory(), OccupationFactory()


@pytest.fixture
def follow(world, tmp_path: Path, capsys) -> Callable[..., dict]:
    """Import this XML for good (or not), and read the report."""

    def follow(xml: str | bytes, *, wet_run: bool = True, name: str = "catalogue.xml", **options) -> dict:
        path = tmp_path / name
        data = xml.encode() if isinstance(xml, str) else xml
        path.write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
        call_command("import_trainings", path, wet_run=wet_run, json=True, **options)
        return json.loads(capsys.readouterr().out)

    return follow
