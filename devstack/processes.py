"""Children that never outlive us."""

import ctypes
import os
import pwd
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def new_password() -> str:
    return secrets.token_urlsafe(24)


def die_with_parent(signum: signal.Signals) -> Callable[[], None]:
    """For `preexec_fn`: the kernel sends `signum` to the child when we are killed (Linux)."""
    parent = os.getpid()

    def ask_the_kernel() -> None:
        if LIBC:
            LIBC.prctl(PR_SET_PDEATHSIG, int(signum))
            if os.getppid() != parent:
                os._exit(1)

    return ask_the_kernel


@dataclass
class Child:
    """A server of ours, in a session of its own so that Ctrl-C reaches it through us only."""

    name: str
    command: Sequence[str | Path]
    environment: Mapping[str, str]
    log: Path
    folder: Path
    stop_signal: signal.Signals = signal.SIGTERM
    identity: Mapping[str, Any] = field(default_factory=dict)
    process: subprocess.Popen | None = None

    def start(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.process = self._spawn(log)

    def _spawn(self, log: IO[bytes]) -> subprocess.Popen:
        return subprocess.Popen(
            [str(part) for part in self.command],
            cwd=self.folder,
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            preexec_fn=die_with_parent(self.stop_signal),
            **self.identity,
        )

    @property
    def exit_code(self) -> int | None:
        """None while it runs."""
        return self.process.poll() if self.process else None

    def ask_to_stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(self.stop_signal)

    def stop(self, patience: float = 10) -> None:
        """Ask, wait, then insist; what it had started itself goes too."""
        if not self.process:
            return
        self.ask_to_stop()
        try:
            self.process.wait(patience)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        kill_group(self.process.pid)

    def end_with(self, signum: signal.Signals) -> None:
        """A sudden end, for a drill; `start()` begins again."""
        if self.process:
            self.process.send_signal(signum)
            if signum == signal.SIGKILL:
                kill_group(self.process.pid)
            self.process.wait(30)

    def last_words(self, lines: int = 25) -> str:
        text = self.log.read_text(errors="replace") if self.log.exists() else ""
        return "\n".join(text.splitlines()[-lines:])


def kill_group(pid: int) -> None:
    """End what is left of the session that `pid` led."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def wait_until(ready: Callable[[], bool], child: Child, patience: float = 30) -> None:
    """Come back once `ready()`; stop everything with the child's own words if it never is."""
    deadline = time.monotonic() + patience
    while not ready():
        if child.exit_code is not None or time.monotonic() > deadline:
            raise SystemExit(f"{child.name} n’a pas démarré. Ses derniers mots :\n{child.last_words()}")
        time.sleep(0.03)


def end_leftover(pid_file: Path, program: str) -> None:
    """Stop the server that a killed command left behind, if `pid_file` still speaks of one."""
    try:
        pid = int(pid_file.read_text().split("\n")[0])
    except (OSError, ValueError):
        return
    if program in command_line(pid):
        os.kill(pid, signal.SIGINT)
        deadline = time.monotonic() + 15
        while program in command_line(pid) and time.monotonic() < deadline:
            time.sleep(0.05)
    pid_file.unlink(missing_ok=True)


def command_line(pid: int) -> str:
    listing = ["ps", "-o", "command=", "-p", str(pid)]
    proc = Path(f"/proc/{pid}/cmdline")
    try:
        if sys.platform == "linux":
            return proc.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        return subprocess.run(listing, capture_output=True, text=True, check=False).stdout
    except OSError:
        return ""


def unprivileged_account() -> pwd.struct_passwd | None:
    """Who runs PostgreSQL when we are root: it refuses to run as root, and we create nobody."""
    if os.geteuid():
        return None
    for name in (os.environ.get("DEV_POSTGRES_USER"), "nobody", "postgres"):
        try:
            if name and (account := pwd.getpwnam(name)).pw_uid:
                return account
        except KeyError:
            continue
    raise SystemExit(
        "PostgreSQL refuse de tourner en root, et cette machine n’a ni « nobody » ni « postgres »."
        " Donnez un autre compte par DEV_POSTGRES_USER, ou une base par DATABASE_URL."
    )
