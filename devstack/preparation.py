"""What the data need before the site opens: schema, reference, demo, static files.

Each part is done again only when something it depends on has changed.
"""

import hashlib
import os
import signal
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from devstack.console import step
from devstack.places import ACCOUNTS, COLLECTED, PREPARED, PYTHON, ROOT
from devstack.processes import die_with_parent

# Neither installed, nor made by running, nor for tests, nor ours.
ASIDE = {"tests", "devstack", "staticfiles", "media", "docs", "__pycache__"}
DATA_STEPS = (
    ("Structure de la base de données", ("migrate", "--verbosity=0")),
    ("Communes, métiers, territoires", ("load_reference",)),
    ("Données de démonstration", ("seed_demo", "--first")),
)


def prepare(environment: dict[str, str], *, own_database: bool) -> None:
    """Static files take a processor, the data another: both at once."""
    static_now = fingerprint(path for path in files() if is_collected(path))
    collecting = start_collecting(environment) if told(COLLECTED) != static_now else None
    try:
        prepare_data(environment, own_database=own_database)
        if collecting:
            finish(collecting, "Les fichiers statiques n’ont pas pu être rassemblés :")
            COLLECTED.write_text(static_now)
    finally:
        if collecting:
            collecting.kill()


def prepare_data(environment: dict[str, str], *, own_database: bool) -> None:
    """A database that is not ours may have changed behind our back: it is always looked at."""
    data_now = fingerprint(path for path in files() if not is_shown(path))
    if own_database and told(PREPARED) == data_now:
        return
    PREPARED.unlink(missing_ok=True)
    filling = begin(("-m", "devstack.filling", str(ACCOUNTS)), environment, words=None)
    finish(filling, "La préparation des données a échoué : la raison est ci-dessus.")
    if own_database:
        PREPARED.write_text(data_now)


def start_collecting(environment: dict[str, str]) -> subprocess.Popen:
    COLLECTED.unlink(missing_ok=True)
    step("Fichiers statiques, pendant ce temps")
    command = (str(ROOT / "manage.py"), "collectstatic", "--no-input", "--clear", "--verbosity=0")
    return begin(command, environment, words=subprocess.PIPE)


def begin(command: tuple[str, ...], environment: dict[str, str], *, words: int | None) -> subprocess.Popen:
    """In a session of its own: Ctrl-C is for us, and we end it."""
    return subprocess.Popen(
        [str(PYTHON), *command],
        cwd=ROOT,
        env=environment,
        stdout=words,
        stderr=subprocess.STDOUT if words else None,
        text=True,
        start_new_session=True,
        preexec_fn=die_with_parent(signal.SIGTERM),
    )


def finish(process: subprocess.Popen, complaint: str) -> None:
    """Wait for it; never leave it behind."""
    try:
        words, _ = process.communicate()
    finally:
        process.kill()
    if process.returncode:
        raise SystemExit(f"{complaint}\n{(words or '')[-4000:]}".rstrip())


def told(mark: Path) -> str:
    return mark.read_text() if mark.exists() else ""


def fingerprint(paths: Iterator[Path]) -> str:
    """Changes when a file appears, goes or is written again; and each day, for demo dates follow it."""
    found = hashlib.sha256(f"{ROOT} {date.today()}".encode())  # noqa: DTZ011 - the machine's own day
    for path in sorted(paths):
        facts = path.stat()
        found.update(f"{path}\0{facts.st_size}\0{facts.st_mtime_ns}\n".encode())
    return found.hexdigest()


def files() -> Iterator[Path]:
    for folder, inside, names in os.walk(ROOT):
        inside[:] = [name for name in inside if name not in ASIDE and not name.startswith(".")]
        yield from (Path(folder, name) for name in names if not name.startswith("."))


def is_shown(path: Path) -> bool:
    return not {"static", "templates"}.isdisjoint(path.relative_to(ROOT).parts) or path.suffix == ".md"


def is_collected(path: Path) -> bool:
    inside = path.relative_to(ROOT).parts
    return "static" in inside or "settings" in inside or path.name == "requirements.txt"
