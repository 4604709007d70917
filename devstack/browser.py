"""The Chromium of the browser tests: found on the machine, never downloaded from elsewhere."""

import os
import shutil
import subprocess
from pathlib import Path

from devstack import environment
from devstack.console import step, warn
from devstack.places import ROOT

LIGHT = "chromium-headless-shell"  # The same engine without a window: a page costs half as much to read.
NAMES = (LIGHT, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = (LIGHT, "chromium")  # Debian's; the first that it has.
REQUIREMENTS = ROOT / "requirements-e2e.txt"
REQUIRED = (
    "Pas de Chromium sur cette machine, et CI=1 : les tests de navigateur ne peuvent pas être"
    " sautés. Installez le paquet chromium-headless-shell ou chromium, ou donnez son chemin par CHROMIUM."
)


def ready(*, may_install: bool) -> str:
    """The path of a Chromium, with what drives it installed; empty when there is none."""
    path = find()
    if may_install and could_be_better(path):
        install()
        path = find()
    if path:
        environment.prepare(REQUIREMENTS)
    return path


def could_be_better(path: str) -> bool:
    """None at all; or, where every minute is counted, a heavy one that nobody has chosen."""
    return not path or (is_required() and not os.environ.get("CHROMIUM") and not shutil.which(LIGHT))


def find() -> str:
    """CHROMIUM goes first, and must be right."""
    if given := os.environ.get("CHROMIUM"):
        if not shutil.which(given):
            raise SystemExit(f"CHROMIUM={given} n’est pas un programme.")
        return given
    return next((path for name in NAMES if (path := shutil.which(name))), "")


def install() -> None:
    """Debian's own package, when we are root on a Debian."""
    if os.geteuid() or not Path("/etc/debian_version").exists() or not shutil.which("apt-get"):
        return
    step("Installation d’un paquet Debian pour les tests de navigateur")
    done = apt_get("update") and any(
        apt_get("install", "--yes", "--no-install-recommends", package) for package in PACKAGES
    )
    if not done:
        warn(f"L’installation de {' ou de '.join(PACKAGES)} n’a pas réussi.")


def apt_get(*words: str) -> bool:
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", "--quiet", "--quiet", *words]
    return not subprocess.run(command, env=quiet, stdout=subprocess.DEVNULL, check=False).returncode


def is_required() -> bool:
    return os.environ.get("CI", "").lower() in ("1", "true")
