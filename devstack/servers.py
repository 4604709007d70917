"""PostgreSQL and Valkey together, unless the environment names others."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from devstack.console import step
from devstack.postgres import Postgres
from devstack.processes import Child
from devstack.valkey import Valkey

KINDS = (("PostgreSQL", "DATABASE_URL", Postgres), ("Valkey", "REDIS_URL", Valkey))


class Servers:
    """What is started here stops here; what was given is left alone."""

    def __init__(self, folder: Path, *, durable: bool = True):
        self.folder, self.durable = folder, durable
        self.started: list[Postgres | Valkey] = []
        self.urls: dict[str, str] = {}

    def start(self) -> None:
        for name, variable, kind in KINDS:
            if given := os.environ.get(variable):
                step(f"{name} : celui de {variable}")
                self.urls[variable] = given
                continue
            step(f"{name} : démarrage")
            server = kind(self.folder / name.lower().removesuffix("ql"), durable=self.durable)
            self.started.append(server)
            server.start()
            self.urls[variable] = server.url

    def stop(self) -> None:
        for server in reversed(self.started):
            server.stop()

    @property
    def children(self) -> list[Child]:
        return [server.child for server in self.started if server.child]

    @property
    def own_database(self) -> bool:
        return not os.environ.get("DATABASE_URL")


@contextlib.contextmanager
def running(folder: Path, *, durable: bool = True) -> Iterator[Servers]:
    servers = Servers(folder, durable=durable)
    try:
        servers.start()
        yield servers
    finally:
        servers.stop()
