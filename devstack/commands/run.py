"""`dev.py run`: the whole product on this machine, until Ctrl-C."""

import time
import urllib.error
import urllib.request

from devstack import preparation, servers, signals, variables
from devstack.console import say, step, warn
from devstack.places import STATE
from devstack.processes import Child, wait_until
from devstack.site import beat, story, web, worker
from devstack.turn import Turn
from devstack.watching import watch
from devstack.welcome import welcome


def main(arguments: list[str]) -> int:
    if arguments:
        warn("« run » ne prend pas d’option ; le port se choisit ainsi : PORT=8001 python3 dev.py run")
        return 2
    turn = Turn()
    if not wait_for_my_turn(turn):
        return 1
    port = variables.port()
    if not variables.port_is_free(port):
        warn(f"Le port {port} est déjà pris. Par exemple : PORT={port + 1} python3 dev.py run")
        return 1
    signals.listen()
    try:
        with servers.running(STATE) as ours:
            return serve(turn, ours, port)
    except signals.AskedToStop:
        return 0
    except SystemExit as failure:
        warn(str(failure))
        return 1
    finally:
        signals.deafen()
        turn.retire(wait=False)
        say("Tout est arrêté. Les données restent dans .dev/ (python3 dev.py reset les efface).")


def wait_for_my_turn(turn: Turn) -> bool:
    """A short command may be using the servers: it ends soon. A site does not."""
    said = False
    while running := turn.take_or_join():
        if running["command"] == "run":
            where = running.get("address", "en cours de démarrage")
            warn(f"Le site tourne déjà : {where} (processus {running['pid']}). Rien n’a été démarré.")
            return False
        if not said:
            step(f"Une commande dev.py utilise les données (processus {running['pid']}) : j’attends sa fin.")
            said = True
        time.sleep(0.3)
    return True


def serve(turn: Turn, ours: servers.Servers, port: int) -> int:
    started = time.monotonic()
    environment = variables.for_django(ours.urls, variables.DEMO)
    turn.publish(command="run", urls=ours.urls, address=environment["SITE_URL"])
    preparation.prepare(environment, own_database=ours.own_database)
    site = [web(environment, port), worker(environment), beat(environment)]
    paths = story(environment)
    try:
        for child in site:
            step(f"{child.name} : démarrage")
            child.start()
        wait_until(lambda: page_answers(port), site[0], patience=60)
        step(f"Prêt en {time.monotonic() - started:.0f} s")
        paths.start()
        welcome(environment)
        return watch([*ours.children, *site])
    finally:
        stop_together([*site, paths])


def stop_together(children: list[Child]) -> None:
    for child in children:
        child.ask_to_stop()
    for child in reversed(children):
        child.stop()


def page_answers(port: int) -> bool:
    """Any answer of Django's counts, even a complaint: its logs say more than we could."""
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/sante/web/", timeout=5).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True
