"""`dev.py check`: what a machine can say about the code, what fails fastest first."""

import os
import subprocess
import time
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from devstack import signals, variables
from devstack.commands.test import deep_tests, temporary_folder
from devstack.console import say, warn
from devstack.places import PYTHON, ROOT, VENV
from devstack.servers import running

BIN = VENV / "bin"
MANAGE = (PYTHON, ROOT / "manage.py")


class Check(NamedTuple):
    name: str
    command: tuple[str | Path, ...]
    mending: str


QUICK = (
    Check(
        "ruff format",
        (BIN / "ruff", "format", "--check", "--output-format=concise", "."),
        "lancez : .venv/bin/ruff format .",
    ),
    Check(
        "ruff check",
        (BIN / "ruff", "check", "."),
        "lancez : .venv/bin/ruff check --fix . puis corrigez le reste à la main",
    ),
    Check(
        "lint-imports",
        (BIN / "lint-imports", "--no-logo"),
        "une pièce importe plus haut qu’elle, ou deux voisines se connaissent : contrats dans pyproject.toml",
    ),
    Check(
        "djlint",
        (BIN / "djlint", "--lint", "--quiet", "--allow-empty-input", "templates"),
        "corrigez le gabarit à la ligne indiquée",
    ),
    Check("mypy", (PYTHON, "-m", "mypy"), "les types annoncés et le code ne disent pas la même chose"),
)
ON_SERVERS = (
    Check(
        "makemigrations --check",
        (*MANAGE, "makemigrations", "--check", "--dry-run"),
        "lancez : python3 dev.py manage makemigrations",
    ),
    Check(
        "check --deploy",
        (*MANAGE, "check", "--deploy", "--fail-level", "WARNING"),
        "les réglages de production (traitdunion/settings/base.py) laissent une porte ouverte",
    ),
)
DEEP = (
    Check(
        "collectstatic",
        (*MANAGE, "collectstatic", "--no-input", "--verbosity=0"),
        "une feuille de style ou un script cite un fichier qui n’existe pas",
    ),
    Check(
        "migrate", (*MANAGE, "migrate", "--verbosity=0"), "les migrations ne passent pas sur une base vide"
    ),
    *(
        Check(
            f"load_reference ({time})",
            (*MANAGE, "load_reference"),
            "la commande doit passer sur une base vide, et une seconde fois",
        )
        for time in ("première fois", "seconde fois")
    ),  # The demo never enters a real site: the long tests load it, whole and twice.
)
DEEP_TESTS = Check("tests longs", (), "un seul : python3 dev.py test chemin::test")
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": variables.PRODUCTION,
    "SECRET_KEY": "pour-un-controle-seulement-" + "abcdefghijklmnopqrstuvwxyz" * 2,
    "SITE_URL": "https://traitdunion.example",
    "ALLOWED_HOSTS": "traitdunion.example",
    "EMAIL_URL": "smtp://localhost:25",
}
NOWHERE = {"DATABASE_URL": "postgres://nobody@localhost/nowhere", "REDIS_URL": "redis://localhost"}


def main(arguments: list[str]) -> int:
    if unknown := [word for word in arguments if word != "--deep"]:
        warn(f"« {unknown[0]} » : la seule option de check est --deep.")
        return 2
    signals.listen()
    try:
        failed = all_failures(deep=bool(arguments))
        if arguments and deep_tests():
            failed.append(DEEP_TESTS)
    except signals.AskedToStop as asked:
        return asked.exit_code
    for check in failed:
        warn(f"✗ {check.name} : {check.mending}")
    say(f"{len(failed)} contrôle(s) en échec." if failed else "Tous les contrôles passent.")
    return 1 if failed else 0


def all_failures(*, deep: bool) -> list[Check]:
    """The quick ones first; a failure does not hide the next."""
    failed = failures(QUICK, NOWHERE)
    with temporary_folder() as folder, running(folder, durable=False) as ours:
        folders = {"STATIC_ROOT": str(folder / "static"), "MEDIA_ROOT": str(folder / "media")}
        return failed + failures((*ON_SERVERS, *(DEEP if deep else ())), ours.urls | folders)


def failures(checks: Iterable[Check], variables_of_run: dict[str, str]) -> list[Check]:
    environment = os.environ | PRODUCTION | variables_of_run
    return [check for check in checks if not passes(check, environment)]


def passes(check: Check, environment: dict[str, str]) -> bool:
    """Silent when it passes; its own words when it does not."""
    started = time.monotonic()
    done = subprocess.run(
        [str(word) for word in check.command],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    mark = "échec" if done.returncode else "bon"
    say(f"{check.name:32}{mark:6}{time.monotonic() - started:5.1f} s")
    if done.returncode:
        say(done.stdout.rstrip() + "\n")
    return done.returncode == 0
