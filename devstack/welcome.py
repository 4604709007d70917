"""What the person reads once the site is ready."""

from devstack.console import say
from devstack.places import ACCOUNTS, LOGS


def welcome(environment: dict[str, str]) -> None:
    address = environment["SITE_URL"]
    say()
    say(f"  Le site           {address}/")
    say(f"  Les messages      {address}/demo/courriels/")
    say(f"  Les journaux      {LOGS}")
    say()
    say("  On se connecte sans mot de passe : le code arrive dans les messages ci-dessus.")
    say()
    for line in ACCOUNTS.read_text().splitlines():
        say(f"  {line}")
    say()
    say("  Les projets jusqu’au contrat finissent de s’écrire : une minute au premier démarrage.")
    say()
    say("Ctrl-C arrête tout.")
