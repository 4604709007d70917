"""Which command was asked for, in which environment it runs."""

import importlib
import os
import sys
from typing import NamedTuple

from devstack import environment
from devstack.console import say, warn
from devstack.places import PYTHON, ROOT, VENV

RUNTIME = "requirements.txt"
DEVELOPMENT = "requirements-dev.txt"


class Command(NamedTuple):
    requirements: str | None  # None: a bare Python is enough.
    summary: str


COMMANDS = {
    "run": Command(RUNTIME, "le site complet, avec ses données de démonstration"),
    "test": Command(DEVELOPMENT, "les tests, sur de vrais PostgreSQL et Valkey [options de pytest]"),
    "check": Command(DEVELOPMENT, "les contrôles du code [--deep]"),
    "bench": Command(RUNTIME, "ce que coûte une recherche, sur des données de charge [--full]"),
    "manage": Command(RUNTIME, "une commande de Django : dev.py manage shell"),
    "drill": Command(DEVELOPMENT, "200 réservations pendant que les serveurs tombent"),
    "reset": Command(None, "effacer les données de .dev/"),
}


def enter(arguments: list[str]) -> int:
    """Run one command and give its exit code."""
    name, *rest = arguments or ["help"]
    if name in ("help", "-h", "--help"):
        say(usage())
        return 0
    if name not in COMMANDS:
        warn(f"« {name} » n’est pas une commande.\n\n{usage()}")
        return 2
    try:
        if requirements := COMMANDS[name].requirements:
            environment.prepare(ROOT / requirements)
            step_inside(arguments)
        return importlib.import_module(f"devstack.commands.{name}").main(rest)
    except KeyboardInterrupt:
        return 130


def step_inside(arguments: list[str]) -> None:
    """Start again with the Python of our environment, unless we are there already."""
    if os.path.realpath(sys.prefix) != os.path.realpath(VENV):
        os.execv(PYTHON, [str(PYTHON), str(ROOT / "dev.py"), *arguments])  # noqa: S606 - no shell wanted


def usage() -> str:
    lines = [f"  {name:8}{command.summary}" for name, command in COMMANDS.items()]
    return "\n".join(["Utilisation : python3 dev.py COMMANDE", "", *lines])
