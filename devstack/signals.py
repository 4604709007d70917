"""An end asked from outside becomes an ordinary exception, so that what was started gets stopped."""

import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path

from devstack.processes import die_with_parent

ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class AskedToStop(Exception):
    """Ctrl-C, a closed terminal, or somebody's `kill`."""

    def __init__(self, signum: int):
        super().__init__(signum)
        self.exit_code = 128 + signum


def listen() -> None:
    for signum in ENDS:
        if not asked_to_survive(signum):
            signal.signal(signum, interrupt)


def asked_to_survive(signum: int) -> bool:
    """`nohup` means it: the terminal may be closed."""
    return signum == signal.SIGHUP and signal.getsignal(signum) == signal.SIG_IGN


def interrupt(signum: int, frame: object) -> None:
    deafen()
    raise AskedToStop(signum)


def deafen() -> None:
    """From here on we are stopping: a second Ctrl-C must not leave a process behind."""
    for signum in ENDS:
        signal.signal(signum, signal.SIG_IGN)


def foreground(command: Sequence[str | Path], environment: dict[str, str], folder: Path | None) -> int:
    """Run `command` at the person's terminal: Ctrl-C is for it, and we stay to tidy up."""
    process = subprocess.Popen(
        [str(part) for part in command],
        env=environment,
        cwd=folder,
        preexec_fn=in_the_foreground(),
    )

    def pass_on(signum: int, frame: object) -> None:
        process.send_signal(signum)

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for signum in (signal.SIGTERM, signal.SIGHUP):
        if not asked_to_survive(signum):
            signal.signal(signum, pass_on)
    try:
        code = process.wait()
    finally:
        deafen()
    return code if code >= 0 else 128 - code


def in_the_foreground():
    follow = die_with_parent(signal.SIGTERM)

    def prepare() -> None:
        for signum in ENDS:
            if not asked_to_survive(signum):
                signal.signal(signum, signal.SIG_DFL)
        follow()

    return prepare
