"""Who owns the servers of `.dev/` now, and who else is using them.

`owner.lock` is held by the command that started the servers; the kernel frees it even when that
command is killed. `users.lock` is shared by those who came later; the owner waits for them.
"""

import contextlib
import fcntl
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from devstack.places import STATE, state_folder

RUNNING = STATE / "running.json"
PATIENCE = 90


class Turn:
    def __init__(self):
        self.owner_lock = open_lock(state_folder() / "owner.lock")
        self.users_lock = open_lock(STATE / "users.lock")

    def take(self) -> bool:
        """True when nobody else has servers up: they are ours to start."""
        try:
            fcntl.flock(self.owner_lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        RUNNING.unlink(missing_ok=True)
        return True

    def publish(self, **facts: object) -> None:
        """Tell the next commands where the servers are; the addresses hold passwords."""
        draft = RUNNING.with_suffix(".draft")
        draft.unlink(missing_ok=True)
        draft.touch(mode=0o600)
        draft.write_text(json.dumps({"pid": os.getpid(), **facts}))
        draft.rename(RUNNING)

    def retire(self, *, wait: bool) -> None:
        """Nobody new may come in; with `wait`, those who are in finish first."""
        if wait:
            fcntl.flock(self.users_lock, fcntl.LOCK_EX)
        RUNNING.unlink(missing_ok=True)

    @contextlib.contextmanager
    def shared(self) -> Iterator[dict | None]:
        """The facts of the running servers, which stay up meanwhile; None when they are gone."""
        fcntl.flock(self.users_lock, fcntl.LOCK_SH)
        try:
            yield facts()
        finally:
            fcntl.flock(self.users_lock, fcntl.LOCK_UN)


def facts() -> dict | None:
    try:
        return json.loads(RUNNING.read_text())
    except FileNotFoundError:
        return None
    except PermissionError as error:
        raise SystemExit(f"{RUNNING} appartient à un autre utilisateur.") from error


def wait_for_facts(turn: Turn) -> dict | None:
    """Another command is starting the servers: soon it says where. None if it is our turn now."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if turn.take():
            return None
        if found := facts():
            return found
        time.sleep(0.1)
    raise SystemExit("Une autre commande dev.py démarre depuis trop longtemps : arrêtez-la d’abord.")


def open_lock(path: Path) -> IO[str]:
    try:
        return path.open("a")
    except PermissionError as error:
        raise SystemExit(f"{path} appartient à un autre utilisateur.") from error
