"""How many times a bare view does a search cost, under the same server?

`python3 dev.py bench` calls this. What a busy machine disturbs least is the processor's time of the
server and of PostgreSQL together; the time on the clock stands beside it.
"""

import os
import sys
import time
from collections.abc import Iterable
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from typing import NamedTuple

import psycopg

BAR = 40
BARE = "/bench/"
SEARCHES = (
    "/offres/?lieu=57463",
    "/offres/?lieu=57463&page=20",
    "/offres/?lieu=57463&metier=K1102",
    "/offres/?lieu=57463&famille=F&contrat=cdi",
    "/offres/?lieu=57463&rayon=100",
    "/offres/?lieu=57463&tri=date",
    "/offres/",
    "/offres/?q_lieu=Metz&q_metier=conducteur",
    "/offres/?lieu=57463&metier=F1703",  # Nothing there: the ways out.
    "/offres.geojson?lieu=57463",
)
PATIENCE = 0.002  # Seconds: a server still tidies up after its answer.
BACKENDS = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


class Cost(NamedTuple):
    """In milliseconds."""

    python: float
    sql: float
    clock: float

    @property
    def processor(self) -> float:
        return self.python + self.sql


def processor_time(processes: Iterable[int]) -> float:
    """Milliseconds of processor that these have had; nothing where the system does not say (Linux does)."""
    files = (file for each in processes for file in Path(f"/proc/{each}/task").glob("*/schedstat"))
    return sum(int(file.read_text().split()[0]) for file in files) / 1e6


def workers_of(server: int) -> list[int]:
    children = Path(f"/proc/{server}/task/{server}/children")
    return [int(each) for each in children.read_text().split()] if children.exists() else []


def measured(connection: HTTPConnection, url: str, workers: list[int], backends: list[int]) -> Cost:
    time.sleep(PATIENCE)
    python, sql, clock = processor_time(workers), processor_time(backends), time.perf_counter()
    connection.request("GET", url)
    answer = connection.getresponse()
    answer.read()
    clock = time.perf_counter() - clock
    if answer.status != 200:
        raise SystemExit(f"{url} : réponse {answer.status}")
    time.sleep(PATIENCE)
    return Cost(processor_time(workers) - python, processor_time(backends) - sql, clock * 1000)


def measure(port: int, server: int, database: str, rounds: int) -> dict[str, list[Cost]]:
    """In turn, so that a busy moment is shared by all."""
    connection = HTTPConnection("127.0.0.1", port)
    costs: dict[str, list[Cost]] = {url: [] for url in (BARE, *SEARCHES)}
    with psycopg.connect(database, autocommit=True) as own:
        for number in range(-2, rounds):  # Twice for nothing: templates are read, communes are known.
            backends = [pid for (pid,) in own.execute(BACKENDS)]
            for url, row in costs.items():
                cost = measured(connection, url, workers_of(server), backends)
                row.extend([cost] * (number >= 0))
    return costs


def told(costs: dict[str, list[Cost]]) -> tuple[list[str], list[str]]:
    """The table, and the searches that stand over the bar."""
    by = "processor" if median(each.processor for each in costs[BARE]) else "clock"

    def middle(url: str, what: str) -> float:
        return median(getattr(each, what) for each in costs[url])

    lines = [f"{'médianes, en ms':44}{'Python':>8}{'SQL':>8}{'fois':>8}{'horloge':>10}{'fois':>8}"]
    for url in costs:
        processor, clock = middle(url, "processor"), middle(url, "clock")
        ratios = processor / (middle(BARE, "processor") or 1), clock / middle(BARE, "clock")
        figures = f"{middle(url, 'python'):8.2f}{middle(url, 'sql'):8.2f}{ratios[0]:8.1f}"
        lines.append(f"{url:44}{figures}{clock:10.2f}{ratios[1]:8.1f}")
    return lines, [url for url in SEARCHES if middle(url, by) > BAR * middle(BARE, by)]


def main(port: int, server: int, rounds: int) -> bool:
    lines, over = told(measure(port, server, os.environ["DATABASE_URL"], rounds))
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    verdict = f"dépassée par {', '.join(over)}" if over else "tenue"
    lines.append(f"Barre de {BAR} fois une vue nue : {verdict}. Charge de la machine : {load}.")
    sys.stdout.write("\n".join(lines) + "\n")
    return not over
