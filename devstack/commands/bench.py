"""`dev.py bench`: how many times a bare view a search costs, on load data of its own."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from devstack import signals, variables
from devstack.commands.run import page_answers
from devstack.commands.test import temporary_folder
from devstack.console import step, warn
from devstack.places import PYTHON, ROOT
from devstack.processes import Child, free_port, wait_until
from devstack.servers import running
from devstack.site import PROGRAMS

SOME, FULL, ROUNDS = 20_000, 100_000, 60
OFFERS_PER_TRAINING = 50
OPTIONS = "« bench » n’a que deux options : --full (100 000 offres), ou --offers=5000."


def main(arguments: list[str]) -> int:
    offers = how_many(arguments)
    if not offers:
        warn(OPTIONS)
        return 2
    if os.environ.get("DATABASE_URL"):
        warn("« bench » remplit une base qui ne sert qu’à lui : retirez DATABASE_URL.")
        return 2
    signals.listen()
    try:
        # As a real one writes: a commit still on its way would hide rows from VACUUM.
        with temporary_folder() as folder, running(folder) as ours:
            environment = variables.for_django(ours.urls, variables.DEMO) | {
                "STATIC_ROOT": str(folder / "static"),
                "MEDIA_ROOT": str(folder / "media"),
            }
            return measure(environment, folder, offers)
    except signals.AskedToStop as asked:
        return asked.exit_code


def how_many(arguments: list[str]) -> int:
    """Zero when it is not said in words that we know."""
    if not arguments:
        return SOME
    if arguments == ["--full"]:
        return FULL
    name, _, count = arguments[0].partition("=")
    return int(count) if len(arguments) == 1 and name == "--offers" and count.isdecimal() else 0


def measure(environment: dict[str, str], folder: Path, offers: int) -> int:
    trainings = max(offers // OFFERS_PER_TRAINING, 1)
    for words in (
        ("migrate", "--verbosity=0"),
        ("collectstatic", "--no-input", "--verbosity=0"),
        ("load_reference",),
        ("seed_load", f"--offers={offers}", f"--trainings={trainings}"),
    ):
        step(words[0])
        if code := signals.foreground([PYTHON, ROOT / "manage.py", *words], environment, ROOT):
            return code
    port = free_port()
    with serving(environment, port, folder / "site.log") as site:
        step(f"{ROUNDS} tours, {offers} offres")
        said = f"from tests.bench.search import main; exit(not main({port}, {site.process.pid}, {ROUNDS}))"
        return signals.foreground([PYTHON, "-c", said], environment, ROOT)


@contextlib.contextmanager
def serving(environment: dict[str, str], port: int, log: Path) -> Iterator[Child]:
    """The server of `run`, with one worker: its processor's time is that of one request."""
    options = ["--worker-class=gthread", "--workers=1", "--threads=4", "--no-control-socket"]
    where = [f"--bind=127.0.0.1:{port}", f"--worker-tmp-dir={log.parent}"]
    program = [str(PROGRAMS / "python"), str(PROGRAMS / "gunicorn")]
    command = [*program, *options, *where, "tests.bench.site:application"]
    site = Child(name="Site", command=command, environment=environment, log=log, folder=ROOT)
    try:
        site.start()
        wait_until(lambda: page_answers(port), site, patience=60)
        yield site
    finally:
        site.stop()
