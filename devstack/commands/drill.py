"""`dev.py drill`: a run of bookings while the servers fail, and what is left afterwards.

A worker is killed while it holds messages, Valkey stops answering then goes away, PostgreSQL is cut
in the middle. Nothing may be lost or doubled, and the site comes back by itself.
"""

import datetime as dt
import json
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import psycopg

from devstack import signals
from devstack.commands import test
from devstack.commands.test import temporary_folder
from devstack.console import say, step, warn
from devstack.processes import Child
from devstack.stage import Stage, opened

FROZEN, AWAY = 13, 18  # Seconds of Valkey without an answer, then gone.
CUT = 4  # Seconds without PostgreSQL.
QUIET_WITHIN = 60  # Seconds for everything to be in order again.
SHOWN = 20  # Sentences; the rest is counted.
CHAIN = "tests/drill/chain.py"
HELD = "SELECT id FROM core_outgoingmessage WHERE status = 'sending' AND id <> ALL(%s)"


@dataclass
class Report:
    lines: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    kills: list[tuple[dt.datetime, list[int]]] = field(default_factory=list)

    def tell(self, sentence: str) -> None:
        step(sentence)
        self.lines.append(sentence)

    def came_back(self, what: str, seconds: float | None) -> None:
        if seconds is None:
            self.problems.append(f"{what} : le site ne s’en est pas remis.")
        else:
            self.tell(f"{what} : tout marche {seconds:.1f} s après le retour")


def main(arguments: list[str]) -> int:
    if arguments:
        warn("« drill » ne prend pas d’option.")
        return 2
    signals.listen()
    started = time.monotonic()
    try:
        with temporary_folder() as folder, opened(folder) as stage:
            report = watched(stage)
    except signals.AskedToStop as asked:
        return asked.exit_code
    except SystemExit as failure:
        warn(str(failure))
        return 1
    return conclude(report, time.monotonic() - started) or one_whole_path()


def one_whole_path() -> int:
    """From an application to a year after the hiring, through HTTP, with a worker; time passes by `advance`."""
    step("Un parcours entier, d’une candidature à un an après l’embauche")
    return test.main([CHAIN, "-q", "-p", "no:randomly"])


def watched(stage: Stage) -> Report:
    """The logs go with the folder: what they say of a failure is shown before."""
    try:
        report = play(stage)
    except SystemExit:
        show_logs(stage)
        raise
    if report.problems:
        show_logs(stage)
    return report


def play(stage: Stage) -> Report:
    stage.start_servers()
    step("Structure de la base, offre et candidatures")
    stage.run("manage.py", "migrate", "--verbosity=0")
    world_file = stage.folder / "world.json"
    world_file.write_text(json.dumps(stage.part("world")))
    stage.start_site()
    step("L’entreprise répond aux candidatures")
    report, people = Report(), stage.people(world_file)
    people.start()
    try:
        for moment, trouble in TROUBLES:
            wait_for(moment, trouble, people, report)
            trouble(stage, report)
        people.process.wait(240)
    finally:
        people.stop()
    calm_down(stage, report)
    lived(people, report)
    found = stage.part("verdict", world_file)
    report.problems += found["problems"]
    if not found["figures"]["taken_over"]:
        report.problems.append("Aucun message repris après un worker tué : l’exercice n’a rien prouvé.")
    report.tell(in_words(found["figures"]))
    return report


def given(people: Child) -> int:
    return people.log.read_text().count("given ")


def wait_for(moment: int, trouble: Callable, people: Child, report: Report) -> None:
    """A trouble that comes when all is done proves nothing: that is a failure of the drill."""
    while given(people) < moment:
        if people.exit_code is not None:
            if people.exit_code:
                raise SystemExit(f"Les gens n’ont pas pu travailler :\n{people.last_words()}")
            report.problems.append(f"Tout était réservé avant « {trouble.__doc__} » : rien n’est prouvé.")
            return
        time.sleep(0.05)


def kill_the_worker(stage: Stage, report: Report) -> None:
    """worker tué entre la prise d’un message et son envoi"""
    worker = stage.programs["worker"]
    before = [pk for _, held in report.kills for pk in held]
    for _ in range(5):
        if stage.seconds_until(lambda: bool(stage.rows(HELD, before)), patience=20) is None:
            break
        worker.end_with(signal.SIGKILL)
        killed_at = dt.datetime.now(dt.UTC)
        held = [pk for (pk,) in stage.rows(HELD, before)]
        time.sleep(1)  # A supervisor starts it again.
        worker.start()
        if held:
            report.kills.append((killed_at, held))
            report.tell(f"Worker tué avec {len(held)} message(s) en main")
            return
    report.problems.append("Le worker n’a jamais pu être tué avec un message en main.")


def stop_valkey(stage: Stage, report: Report) -> None:
    """Valkey arrêté"""
    stage.valkey.freeze()
    asleep = time.monotonic() + FROZEN
    seen = stage.seconds_until(lambda: stage.health()[0] == 503, patience=FROZEN)
    if seen is None:
        report.problems.append("/sante/ reste au vert quand Valkey ne répond plus.")
    time.sleep(max(0, asleep - time.monotonic()))
    stage.valkey.crash()
    time.sleep(AWAY)
    stage.valkey.come_back()
    back = stage.seconds_to_recover(QUIET_WITHIN)
    report.came_back(f"Valkey muet {FROZEN} s puis absent {AWAY} s", back)


def cut_postgres(stage: Stage, report: Report) -> None:
    """PostgreSQL coupé net"""
    stage.postgres.crash()
    if stage.is_healthy():
        report.problems.append("/sante/ reste au vert sans PostgreSQL.")
    time.sleep(CUT)
    stage.postgres.come_back()
    back = stage.seconds_to_recover(QUIET_WITHIN)
    report.came_back("PostgreSQL coupé net et relancé", back)


# After how many answers of the company, out of 220; it goes on meanwhile.
TROUBLES: tuple[tuple[int, Callable[[Stage, Report], None]], ...] = (
    (8, kill_the_worker),
    (20, kill_the_worker),
    (30, stop_valkey),
    (120, cut_postgres),
    (145, kill_the_worker),
    (175, kill_the_worker),
)


def calm_down(stage: Stage, report: Report) -> None:
    """The last message leaves, every light is green, nobody died alone."""
    unsent = "SELECT 1 FROM core_outgoingmessage WHERE status IN ('queued', 'sending') LIMIT 1"

    def is_quiet() -> bool:
        try:
            return not stage.rows(unsent)
        except psycopg.OperationalError:
            return False

    quiet = stage.seconds_until(is_quiet, QUIET_WITHIN)
    if quiet is None:
        report.problems.append(f"Des messages attendent encore {QUIET_WITHIN} s après la fin.")
    else:
        report.tell(f"Dernier message parti {quiet:.1f} s après la dernière réservation")
    if not stage.is_healthy():
        report.problems.append("/sante/ n’est pas au vert à la fin.")
    report.problems += [f"{name} s’est arrêté tout seul." for name in stage.silent_parts()]
    report.tell(taken_over(stage, report))


def taken_over(stage: Stage, report: Report) -> str:
    """How long a message waited after the worker that held it was killed."""
    longest = 0.0
    for killed_at, held in report.kills:
        rows = stage.rows("SELECT sent_at FROM core_outgoingmessage WHERE id = ANY(%s)", held)
        waits = [(sent_at - killed_at).total_seconds() for (sent_at,) in rows if sent_at]
        longest = max([longest, *waits])
    count = sum(len(held) for _, held in report.kills)
    return f"{len(report.kills)} workers tués, {count} messages repris, {longest:.1f} s d’attente au plus"


def lived(people: Child, report: Report) -> None:
    words = people.log.read_text().splitlines()
    if people.exit_code or not words or not words[-1].startswith("{"):
        report.problems.append(f"Les gens n’ont pas fini leur travail :\n{people.last_words()}")
        return
    lives = json.loads(words[-1])
    report.problems += lives["complaints"]
    report.tell(
        f"{lives['error_pages']} pages d’erreur et {lives['cut_connections']} connexions coupées, réessayées ;"
        f" {lives['refusals']} refus lus ; réponse la plus lente : {lives['slowest']:.1f} s"
    )


def in_words(figures: dict[str, int]) -> str:
    repeated = figures["mails"] - figures["messages"]
    return (
        f"{figures['bookings']} réservations, {figures['signatures']} signatures, {figures['messages']} messages,"
        f" {figures['mails']} courriels (dont {repeated} remis deux fois sous la même référence,"
        f" {figures['taken_over']} reprises comptées)"
    )


def show_logs(stage: Stage) -> None:
    for child in stage.programs.values():
        warn(f"\n{child.name}, derniers mots :\n{child.last_words()}")


def conclude(report: Report, seconds: float) -> int:
    say()
    for sentence in report.lines:
        say(f"  {sentence}")
    say()
    for sentence in report.problems[:SHOWN]:
        warn(f"✗ {sentence}")
    if hidden := len(report.problems[SHOWN:]):
        warn(f"✗ … et {hidden} autre(s).")
    if report.problems:
        say(f"L’exercice échoue : {len(report.problems)} problème(s), en {seconds:.0f} s.")
        return 1
    say(f"Rien de perdu, rien en double : l’exercice passe, en {seconds:.0f} s.")
    return 0
