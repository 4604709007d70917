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

from devstack.places import state_folder

PATIENCE = 90


class Turn:
    def __init__(self, folder: Path | None = None):
        folder = folder or state_folder()
        self.running = folder / "running.json"
        self.owner_lock = open_lock(folder / "owner.lock")
        self.users_lock = open_lock(folder / "users.lock")

    def take(self) -> bool:
        """True when nobody else has servers up: they are ours to start."""
        try:
            fcntl.flock(self.owner_lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        self.running.unlink(missing_ok=True)
        return True

    def publish(self, **facts: object) -> None:
        """Tell the next commands where the servers are; the addresses hold passwords."""
        draft = self.running.with_suffix(".draft")
        draft.unlink(missing_ok=True)
        draft.touch(mode=0o600)
        draft.write_text(json.dumps({"pid": os.getpid(), **facts}))
        draft.rename(self.running)

    def retire(self, *, wait: bool) -> None:
        """Nobody new may come in; with `wait`, those who are in finish first."""
        if wait:
            fcntl.flock(self.users_lock, fcntl.LOCK_EX)
        self.running.unlink(missing_ok=True)

    def close(self) -> None:
        """Give everything back, as the kernel does for a command that ends."""
        self.owner_lock.close()
        self.users_lock.close()

    @contextlib.contextmanager
    def shared(self) -> Iterator[dict | None]:
        """The facts of the running servers, which stay up meanwhile; None when they are gone."""
        fcntl.flock(self.users_lock, fcntl.LOCK_SH)
        try:
            yield self.facts()
        finally:
            fcntl.flock(self.users_lock, fcntl.LOCK_UN)

    def facts(self) -> dict | None:
        """What the owner has published, if it has."""
        try:
            return json.loads(self.running.read_text())
        except FileNotFoundError:
            return None
        except PermissionError as error:
            raise SystemExit(f"{self.running} appartient à un autre utilisateur.") from error

    def take_or_join(self) -> dict | None:
        """None when it is our turn; else the facts, once the command that is starting tells them."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if self.take():
                return None
            if found := self.facts():
                return found
            time.sleep(0.1)
        raise SystemExit("Une autre commande dev.py démarre depuis trop longtemps : arrêtez-la d’abord.")


def open_lock(path: Path) -> IO[str]:
    try:
        return path.open("a")
    except PermissionError as error:
        raise SystemExit(f"{path} appartient à un autre utilisateur.") from error
