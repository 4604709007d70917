"""The Chromium of the browser tests: found on the machine, never downloaded from elsewhere."""

import os
import shutil
import subprocess
from pathlib import Path

from devstack import environment
from devstack.console import step, warn
from devstack.places import ROOT

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
REQUIREMENTS = ROOT / "requirements-e2e.txt"
REQUIRED = (
    "Pas de Chromium sur cette machine, et CI=1 : les tests de navigateur ne peuvent pas être"
    " sautés. Installez le paquet chromium, ou donnez son chemin par CHROMIUM."
)


def ready(*, may_install: bool) -> str:
    """The path of a Chromium, with what drives it installed; empty when there is none."""
    path = find() or (install() if may_install else "")
    if path:
        environment.prepare(REQUIREMENTS)
    return path


def find() -> str:
    """CHROMIUM goes first, and must be right."""
    if given := os.environ.get("CHROMIUM"):
        if not shutil.which(given):
            raise SystemExit(f"CHROMIUM={given} n’est pas un programme.")
        return given
    return next((path for name in NAMES if (path := shutil.which(name))), "")


def install() -> str:
    """Debian's own package, when we are root on a Debian."""
    if os.geteuid() or not Path("/etc/debian_version").exists() or not shutil.which("apt-get"):
        return ""
    step("Installation du paquet Debian « chromium » pour les tests de navigateur")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in ("update", "install --yes --no-install-recommends chromium"):
        command = ["apt-get", "--quiet", "--quiet", *words.split()]
        done = subprocess.run(command, env=quiet, stdout=subprocess.DEVNULL, check=False)
        if done.returncode:
            warn("L’installation de chromium n’a pas réussi.")
            return ""
    return find()


def is_required() -> bool:
    return os.environ.get("CI", "").lower() in ("1", "true")
