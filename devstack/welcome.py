"""What the person reads once the site is ready."""

import subprocess

from devstack.console import say
from devstack.places import LOGS, PYTHON, ROOT


def welcome(environment: dict[str, str]) -> None:
    address = environment["SITE_URL"]
    say()
    say(f"  Le site           {address}/")
    say(f"  Les messages      {address}/demo/courriels/")
    say(f"  Les journaux      {LOGS}")
    say()
    say("  On se connecte sans mot de passe : le code arrive dans les messages ci-dessus.")
    say()
    for line in accounts(environment).splitlines():
        say(f"  {line}")
    say()
    say("Ctrl-C arrête tout.")


def accounts(environment: dict[str, str]) -> str:
    """One account per role, as the demo data have them."""
    command = [str(PYTHON), str(ROOT / "manage.py"), "demo_accounts"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else "Les comptes de démonstration n’ont pas pu être lus."
