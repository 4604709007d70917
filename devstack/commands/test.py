"""`dev.py test`: pytest, on servers that live as long as the tests."""

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from devstack import browser, outside, servers, signals, tables, variables
from devstack.console import step, warn
from devstack.places import PYTHON, ROOT

PREFIX = "traitdunion-test-"
MOST_WORKERS = 3


def main(arguments: list[str]) -> int:
    """Without arguments, all but the tests marked `deep`, on every core."""
    signals.listen()
    try:
        return pytest(arguments or [*in_parallel(), "-m", "not deep"], may_install=not arguments)
    except signals.AskedToStop as asked:
        return asked.exit_code


def deep_tests() -> int:
    """What is too long for each time: pages as wide as a screen, volumes, the whole demo."""
    return pytest([*in_parallel(), "-m", "deep or deep_too"], deep="1", may_install=True)


def pytest(options: list[str], *, deep: str = "", may_install: bool) -> int:
    """pytest with these options, on servers of its own. Its exit code."""
    chromium = browser.ready(may_install=may_install)
    if not chromium and browser.is_required():
        warn(browser.REQUIRED)
        return 1
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(temporary_folder())
        ours = stack.enter_context(servers.running(folder, durable=False))
        environment = variables.for_tests(ours.urls, folder) | {
            "CHROMIUM": chromium,
            "REFERENCE_DATA": reference_data(),
            "DEEP": deep,
        }
        if ours.own_database:
            environment |= stack.enter_context(tables.made_meanwhile(ours.urls, folder))
        step("Tests")
        command: list[str | Path] = [PYTHON, "-m", "pytest", *options, *leave_the_database(ours)]
        return signals.foreground(command, environment, ROOT)


def in_parallel() -> list[str]:
    """Tests of one file stay together, but for the last of all: what a module prepares is prepared once."""
    return ["-n", str(workers()), "--dist", "worksteal"]


def workers() -> int:
    """One more than there are cores: each waits a part of its time for its PostgreSQL or its Chromium."""
    return min(MOST_WORKERS, (os.cpu_count() or 2) + 1)


def leave_the_database(ours: servers.Servers) -> list[str]:
    """It goes with its server. Dropping it first takes time, and fails if a test left a connection."""
    return ["--reuse-db"] if ours.own_database else []


def reference_data() -> str:
    given = os.environ.get("REFERENCE_DATA")
    return str(Path(given).resolve() if given else ROOT.parent / "shared" / "data")


@contextlib.contextmanager
def temporary_folder() -> Iterator[Path]:
    """Gone at the end; what a killed run left behind goes now."""
    sweep(Path(tempfile.gettempdir()))
    folder = Path(tempfile.mkdtemp(prefix=PREFIX))
    folder.chmod(0o711)  # As root, PostgreSQL runs as somebody else and must pass through.
    try:
        with (folder / "born").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            (folder / "born").rename(folder / "alive")  # Never seen unlocked while we live.
            yield folder
    finally:
        forget(folder)


def sweep(parent: Path) -> None:
    for folder in parent.glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError), (folder / "alive").open() as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            forget(folder)


def forget(folder: Path) -> None:
    outside.remove(folder / "postgres")
    shutil.rmtree(folder, ignore_errors=True)
