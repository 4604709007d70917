"""`docker compose up` promises what `dev.py run` does, with the real servers."""

import shlex
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands

from devstack import preparation

ROOT = Path(__file__).parent.parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
SITE = ("web", "worker", "beat")


def test_it_describes_every_part_of_the_site():
    assert {"database", "queue", *SITE} <= set(SERVICES)


@pytest.mark.parametrize("name", ["prepare", *SITE])
def test_the_parts_of_the_site_share_one_image_and_the_same_settings(name):
    service = SERVICES[name]
    assert service["build"] == "."
    assert service["environment"] == SERVICES["web"]["environment"]


@pytest.mark.parametrize("name", SITE)
def test_no_part_of_the_site_starts_before_the_data_are_ready(name):
    assert SERVICES[name]["depends_on"]["prepare"]["condition"] == "service_completed_successfully"


def test_the_servers_are_those_that_the_settings_name():
    settings = SERVICES["web"]["environment"]
    database = SERVICES["database"]["environment"]
    user, password, base = (database[f"POSTGRES_{part}"] for part in ("USER", "PASSWORD", "DB"))
    assert settings["DATABASE_URL"] == f"postgres://{user}:{password}@database:5432/{base}"
    assert settings["REDIS_URL"] == "redis://queue:6379"


def test_it_prepares_the_data_with_the_same_commands_as_the_run_command():
    line = shlex.split(SERVICES["prepare"]["command"])[-1]
    commands = [part.split()[-1] for part in line.split("&&")]
    assert commands == [command[0] for _, command in preparation.DATA_STEPS]
    assert set(commands) <= set(get_commands())


def test_only_this_machine_reaches_the_demo():
    assert all(port.startswith("127.0.0.1:") for port in SERVICES["web"]["ports"])


def test_each_volume_that_is_used_is_declared():
    used = {volume.split(":")[0] for service in SERVICES.values() for volume in service.get("volumes", [])}
    assert used == set(COMPOSE["volumes"])


def test_the_image_runs_as_an_ordinary_user_with_locked_packages():
    recipe = (ROOT / "Dockerfile").read_text()
    assert "\nUSER traitdunion\n" in recipe
    assert "--require-hashes" in recipe
