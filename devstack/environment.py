"""The virtual environment, and the hash-pinned wheels inside. Standard library only."""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from devstack.console import step
from devstack.places import PYTHON, ROOT, VENV, state_folder

PIP = (str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--no-input")
ONLY_WHAT_IS_LOCKED = ("--only-binary=:all:", "--require-hashes")


def prepare(requirements: Path) -> None:
    """Leave with `.venv/` holding what `requirements` locks. Costs nothing when it already does."""
    if is_ready(requirements):
        return
    with one_at_a_time():
        if not has_pip():
            create()
        if not is_ready(requirements):
            install(requirements)


def is_ready(requirements: Path) -> bool:
    stamp = stamp_of(requirements)
    return PYTHON.exists() and stamp.exists() and stamp.read_text() == fingerprint(requirements)


def stamp_of(requirements: Path) -> Path:
    return VENV / f".installed-{requirements.stem}"


def fingerprint(requirements: Path) -> str:
    return hashlib.sha256(requirements.read_bytes()).hexdigest()


@contextlib.contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two commands started together must not both write in `.venv/`."""
    with (state_folder() / "environment.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            step("Une autre commande prépare l’environnement : j’attends qu’elle ait fini.")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def has_pip() -> bool:
    """False also for an environment left half made, or whose Python is gone."""
    return PYTHON.exists() and any(VENV.glob("lib/python3*/site-packages/pip/__main__.py"))


def create() -> None:
    if missing := [name for name in ("venv", "ensurepip") if not importlib.util.find_spec(name)]:
        raise SystemExit(sentence_for_missing(missing))
    step(f"Création de l’environnement Python dans {VENV.name}/")
    making = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    done = subprocess.run(making, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"L’environnement n’a pas pu être créé :\n{done.stdout}{done.stderr}")


def sentence_for_missing(modules: list[str]) -> str:
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    return (
        f"Ce Python ({sys.executable}) est livré sans {' ni '.join(modules)}.\n"
        "Debian, Ubuntu : apt install python3-venv"
        f" (ou python{version}-venv). Puis relancez la même commande."
    )


def install(requirements: Path) -> None:
    """Wheels only, each with its hash; the stamp is written last."""
    step(f"Installation de {requirements.name} (la première fois, de 15 à 60 secondes)")
    command = [
        *PIP,
        "install",
        "-qq",
        "--no-compile",
        *ONLY_WHAT_IS_LOCKED,
        "--requirement",
        str(requirements),
    ]
    variables = {**os.environ, "PIP_USER": "0"}  # It would send the packages out of the environment.
    done = subprocess.run(command, env=variables, check=False)
    if done.returncode:
        raise SystemExit(
            "L’installation des paquets a échoué ; le message de pip est ci-dessus."
            " Sans accès à un dépôt de paquets, rien ne peut être installé."
        )
    compile_modules()
    stamp_of(requirements).write_text(fingerprint(requirements))


def compile_modules() -> None:
    """The packages and the house, on every core: pip takes one, and processes started together would each do it again.
    A module that can’t be compiled (a template of code, another Python’s) is its importer’s concern.
    """
    command = [str(PYTHON), "-m", "compileall", "-qq", "-j", "0", str(VENV), *map(str, ROOT.glob("[!.]*/"))]
    subprocess.run(command, check=False)
