"""The three programs of the site; what they write of their own goes to `state`."""

import os
from pathlib import Path

from devstack.places import LOGS, ROOT, STATE, VENV
from devstack.processes import Child

PROGRAMS = VENV / "bin"


def web(environment: dict[str, str], port: int, state: Path = STATE) -> Child:
    options = ["--worker-class=gthread", "--workers=2", "--threads=4", "--access-logfile=-"]
    # A search of ten thousand characters gets our own sentence, not the server's.
    options.append("--limit-request-line=0")
    where = [f"--bind=127.0.0.1:{port}", f"--worker-tmp-dir={state}", "--no-control-socket"]
    return part("Site", ["gunicorn", *options, *where, "traitdunion.wsgi:application"], environment, state)


def worker(environment: dict[str, str], state: Path = STATE) -> Child:
    options = ["worker", "--loglevel=INFO", "--without-gossip", "--without-mingle", *pool()]
    return part("Worker", ["celery", "-A", "traitdunion", *options], environment, state)


def beat(environment: dict[str, str], state: Path = STATE) -> Child:
    schedule = state / "beat-schedule"
    options = ["beat", "--loglevel=INFO", f"--schedule={schedule}", "--pidfile="]
    return part("Beat", ["celery", "-A", "traitdunion", *options], environment, state)


def story(environment: dict[str, str], state: Path = STATE) -> Child:
    """The longer part of the demo, written while the site is already up; it ends by itself."""
    log = fresh(state / LOGS.name / "demo.log")
    command = [str(PROGRAMS / "python"), str(ROOT / "manage.py"), "seed_demo"]
    return Child(name="Démonstration", command=command, environment=environment, log=log, folder=ROOT)


def part(name: str, command: list[str], environment: dict[str, str], state: Path) -> Child:
    log = fresh(state / LOGS.name / f"{name.lower()}.log")
    program, *options = command
    # Through the Python of the environment: a first line of a script has a limited length.
    runner = [str(PROGRAMS / "python"), str(PROGRAMS / program), *options]
    return Child(name=name, command=runner, environment=environment, log=log, folder=ROOT)


def fresh(log: Path) -> Path:
    """This run's words only, so that the last ones are not yesterday's."""
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_text("")
    return log


def pool() -> list[str]:
    """Processes need semaphores, hence a writable /dev/shm; threads do where there is none."""
    try:
        import _multiprocessing  # Absent from some builds of Python.

        _multiprocessing.SemLock(0, 1, 1, f"/traitdunion-{os.getpid()}", True)  # noqa: FBT003
    except (ImportError, OSError):
        return ["--pool=threads", "--concurrency=4"]
    return ["--concurrency=2"]
