"""The tables of the tests, made once while pytest reads them: each worker's database is a copy."""

import contextlib
import fcntl
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

from devstack.places import PYTHON, ROOT
from devstack.processes import die_with_parent
from devstack.variables import for_tests


@contextlib.contextmanager
def made_meanwhile(urls: dict[str, str], folder: Path) -> Iterator[dict[str, str]]:
    """Variables for the tests: where to wait, until nobody holds this file any more, and what to copy then.

    The site's own database is the model. What fails here is told, and fails again in each copy.
    """
    held = folder / "tables-in-the-making"
    with held.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # Whoever inherits it holds it, and lets it go by ending.
        making = subprocess.Popen(
            [str(PYTHON), str(ROOT / "manage.py"), "migrate", "--verbosity=0"],
            env=for_tests(urls, folder),
            stdin=subprocess.DEVNULL,
            pass_fds=[lock.fileno()],
            start_new_session=True,
            preexec_fn=die_with_parent(signal.SIGTERM),
        )
    try:
        yield {"TABLES_IN_THE_MAKING": str(held), "TABLES_TO_COPY": urls["DATABASE_URL"].rpartition("/")[2]}
    finally:
        making.terminate()
        making.wait()
