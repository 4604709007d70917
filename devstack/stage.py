"""A whole site in a temporary folder, for a drill: its own servers, its own three programs."""

import contextlib
import json
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg

from devstack import signals, site, variables
from devstack.console import step
from devstack.places import PYTHON, ROOT
from devstack.postgres import Postgres
from devstack.processes import Child, free_port, wait_until
from devstack.valkey import Valkey

SETTINGS = "tests.drill.settings"


class Stage:
    """What is started here stops here. Whatever DATABASE_URL and REDIS_URL say, nobody else's
    server is ever crashed.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.postgres = Postgres(folder / "postgres")  # Durable: a crash must be a real one.
        self.valkey = Valkey(folder / "valkey")
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.programs: dict[str, Child] = {}

    def start_servers(self) -> None:
        step("PostgreSQL et Valkey : démarrage")
        self.postgres.start()
        self.valkey.start()
        urls = {"DATABASE_URL": self.postgres.url, "REDIS_URL": self.valkey.url}
        own = {"DJANGO_SETTINGS_MODULE": SETTINGS, "SITE_URL": self.address, "PYTHONUNBUFFERED": "1"}
        self.environment = variables.for_tests(urls, self.folder) | own

    def start_site(self) -> None:
        step("Site, worker et beat : démarrage")
        (self.folder / "programs").mkdir()
        where = self.folder / "programs"
        self.programs["web"] = site.web(self.environment, self.port, where)
        self.programs["worker"] = site.worker(self.environment, where)
        self.programs["beat"] = site.beat(self.environment, where)
        for child in self.programs.values():
            child.start()
        wait_until(self.is_healthy, self.programs["web"], patience=60)

    def stop(self) -> None:
        signals.deafen()
        for child in self.programs.values():
            child.ask_to_stop()
        for child in reversed(list(self.programs.values())):
            child.stop()
        self.valkey.stop()
        self.postgres.stop()

    def is_healthy(self) -> bool:
        return self.health()[0] == 200

    def seconds_to_recover(self, patience: float) -> float | None:
        """Until `/sante/` is green and both the worker and beat have spoken again."""
        began = time.monotonic()

        def is_back() -> bool:
            status, said = self.health()
            quiet = time.monotonic() - began - 1
            return status == 200 and all(said[part]["seconds"] < quiet for part in ("worker", "beat"))

        return self.seconds_until(is_back, patience)

    def health(self) -> tuple[int, dict[str, Any]]:
        """The status of `/sante/` and what it says; 0 when nobody answers."""
        page = f"{self.address}/sante/"
        try:
            with urllib.request.urlopen(page, timeout=20) as answer:  # noqa: S310 - our own page
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, {}
        except OSError:
            return 0, {}

    def seconds_until(self, ready: Callable[[], bool], patience: float) -> float | None:
        """How long it took; None when it took too long."""
        started = time.monotonic()
        while not ready():
            if time.monotonic() - started > patience:
                return None
            time.sleep(0.1)
        return time.monotonic() - started

    def run(self, *command: str | Path) -> str:
        """A program of the project; its output, or its own words and the end."""
        done = subprocess.run(
            [str(part) for part in (PYTHON, *command)],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise SystemExit(f"« {' '.join(map(str, command))} » a échoué :\n{done.stderr[-3000:]}")
        return done.stdout

    def part(self, name: str, *arguments: str | Path) -> Any:
        return json.loads(self.run("-m", "tests.drill", name, *arguments))

    def people(self, world: Path) -> Child:
        command: list[str | Path] = [PYTHON, "-m", "tests.drill", "people", self.address, world]
        return Child("Les gens", command, self.environment, self.folder / "people.log", ROOT)

    def rows(self, question: str, *given: object) -> list[tuple]:
        """Straight from the database, as its owner: the site is not asked about itself."""
        connect = {**self.postgres.connect, "dbname": "traitdunion"}
        with psycopg.connect(**connect, connect_timeout=5) as database:
            return database.execute(question, given).fetchall()

    def silent_parts(self) -> list[str]:
        """Parts that ended by themselves: nobody had asked them to."""
        servers = [child for child in (self.postgres.child, self.valkey.child) if child]
        return [child.name for child in (*servers, *self.programs.values()) if child.exit_code is not None]


@contextlib.contextmanager
def opened(folder: Path) -> Iterator[Stage]:
    stage = Stage(folder)
    try:
        yield stage
    finally:
        stage.stop()
