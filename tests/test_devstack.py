"""`dev.py` on the good days and on the bad ones."""

import ast
import fcntl
import importlib.util
import os
import re
import signal
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from devstack import environment, preparation, processes, variables, watching
from devstack.turn import Turn

ROOT = Path(__file__).parent.parent
LINUX_ONLY = pytest.mark.skipif(sys.platform != "linux", reason="the kernel's help is Linux's")


def dev(*arguments: str, **settings: str) -> subprocess.CompletedProcess:
    command = [sys.executable, str(ROOT / "dev.py"), *arguments]
    return subprocess.run(command, env=os.environ | settings, capture_output=True, text=True, check=False)


def test_without_a_command_it_says_what_it_can_do():
    done = dev()
    assert done.returncode == 0
    assert all(f"  {name} " in done.stdout for name in ("run", "test", "check", "drill", "manage", "reset"))


def test_an_unknown_command_is_refused_with_the_list():
    done = dev("tset")
    assert done.returncode == 2
    assert "« tset » n’est pas une commande" in done.stderr
    assert "manage" in done.stderr


@pytest.mark.parametrize(
    ("command", "option"),
    [
        ("run", "8001"),
        ("check", "--fast"),
        ("bench", "--offers=many"),
        ("drill", "--long"),
        ("reset", "all"),
    ],
)
def test_an_option_that_does_not_exist_is_refused_before_anything_starts(command, option):
    done = dev(command, option)
    assert done.returncode == 2
    assert "option" in done.stderr


def test_a_bench_never_fills_a_database_that_was_given():
    done = dev("bench", DATABASE_URL="postgres://somebody@elsewhere/precious")
    assert done.returncode == 2
    assert "DATABASE_URL" in done.stderr


def test_a_python_of_long_ago_can_read_the_door_and_is_told_what_is_missing():
    source = (ROOT / "dev.py").read_text()
    assert ast.parse(source, feature_version=(3, 4))
    assert source.index("sys.exit(") < source.index("from devstack")


def test_a_bare_python_can_open_the_door():
    """`-S` hides every installed package."""
    modules = "devstack.door, devstack.environment, devstack.commands.reset"
    bare = [sys.executable, "-S", "-c", f"import {modules}"]
    assert subprocess.run(bare, cwd=ROOT, check=False).returncode == 0


def test_a_python_without_venv_gets_the_name_of_the_package(monkeypatch):
    def find(name):
        return None if name == "ensurepip" else importlib.util.find_spec

    monkeypatch.setattr(environment.importlib.util, "find_spec", find)
    with pytest.raises(SystemExit, match="apt install python3-venv"):
        environment.create()


@pytest.mark.parametrize("typed", ["abc", "0", "65536", "-1", "80 80"])
def test_a_port_that_is_not_one_is_refused(monkeypatch, typed):
    monkeypatch.setenv("PORT", typed)
    with pytest.raises(SystemExit, match="n’est pas un numéro de port"):
        variables.port()


def test_a_port_in_use_is_seen():
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        assert not variables.port_is_free(busy.getsockname()[1])


def test_the_secret_key_is_made_once_and_for_us_only(tmp_path):
    first = variables.kept_secret(tmp_path / "key")
    assert first == variables.kept_secret(tmp_path / "key")
    assert len(first) > 50
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600


def test_the_persons_own_mail_provider_never_reaches_the_tests(monkeypatch, tmp_path):
    monkeypatch.setenv("EMAIL_URL", "smtp://somewhere")
    monkeypatch.setenv("SECRET_KEY", "real")
    given = variables.for_tests({}, tmp_path)
    assert "EMAIL_URL" not in given
    assert given["SECRET_KEY"] != "real"


@pytest.fixture
def command(tmp_path):
    """`command()` is one more command that needs the servers of the same folder."""
    turns = []

    def start() -> Turn:
        turns.append(Turn(tmp_path))
        return turns[-1]

    yield start
    for turn in turns:
        turn.close()


def test_only_one_command_owns_the_servers(command):
    owner, second = command(), command()
    assert owner.take()
    owner.publish(command="run", urls={})
    assert not second.take()
    assert second.take_or_join()["pid"] == os.getpid()


def test_the_addresses_of_the_servers_are_for_us_only(command):
    owner = command()
    owner.publish(command="run", urls={"DATABASE_URL": "postgres://user:password@localhost/base"})
    assert stat.S_IMODE(owner.running.stat().st_mode) == 0o600


def test_what_a_killed_command_had_said_is_forgotten(command):
    killed = command()
    killed.take()
    killed.publish(command="run", urls={})
    killed.close()
    assert command().take_or_join() is None


def test_servers_wait_for_the_commands_that_use_them(command):
    owner, user = command(), command()
    owner.take()
    owner.publish(command="manage", urls={})
    with user.shared() as running:
        assert running["command"] == "manage"
        with pytest.raises(BlockingIOError):
            fcntl.flock(owner.users_lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    owner.retire(wait=True)
    owner.close()
    with user.shared() as running:
        assert running is None


@LINUX_ONLY
def test_a_killed_supervisor_leaves_no_child(tmp_path):
    supervisor = subprocess.Popen(
        [sys.executable, "-c", SUPERVISOR, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    child = int(supervisor.stdout.readline())
    assert "sleep" in processes.command_line(child)
    supervisor.kill()
    supervisor.communicate()
    assert is_gone(child)


SUPERVISOR = """
import os, pathlib, sys, time
from devstack.processes import Child
folder = pathlib.Path(sys.argv[1])
child = Child("Sleeper", ["sleep", "60"], os.environ, folder / "log", folder)
child.start()
print(child.process.pid, flush=True)
time.sleep(60)
"""


def is_gone(pid: int) -> bool:
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        if "sleep" not in processes.command_line(pid):
            return True
        time.sleep(0.02)
    return False


def test_a_child_that_does_not_obey_is_ended_all_the_same(tmp_path):
    deaf = ["sh", "-c", "trap '' TERM; while :; do sleep 1; done"]
    child = processes.Child("Deaf", deaf, os.environ, tmp_path / "log", tmp_path)
    child.start()
    time.sleep(0.1)
    child.stop(patience=0.3)
    assert child.exit_code == -signal.SIGKILL


def test_a_server_that_does_not_start_gives_its_last_words(tmp_path):
    loser = ["sh", "-c", "echo no room left >&2; exit 3"]
    child = processes.Child("Loser", loser, os.environ, tmp_path / "log", tmp_path)
    child.start()
    with pytest.raises(SystemExit, match="no room left"):
        processes.wait_until(lambda: False, child)


def sleeper(seconds: str) -> subprocess.Popen:
    """Once the kernel knows it by its name."""
    process = subprocess.Popen(["sleep", seconds])
    while "sleep" not in processes.command_line(process.pid):
        time.sleep(0.01)
    return process


@LINUX_ONLY
def test_a_leftover_server_is_stopped_before_the_next_one(tmp_path):
    leftover = sleeper("61")
    (tmp_path / "pid").write_text(f"{leftover.pid}\n/somewhere\n")
    processes.end_leftover(tmp_path / "pid", "sleep 61")
    assert leftover.wait(5) == -signal.SIGINT
    assert not (tmp_path / "pid").exists()


@LINUX_ONLY
def test_somebody_elses_program_under_an_old_number_is_left_alone(tmp_path):
    stranger = sleeper("62")
    (tmp_path / "pid").write_text(str(stranger.pid))
    processes.end_leftover(tmp_path / "pid", "postgres -D /our/data")
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project of two files, and the commands that its preparation runs."""
    (tmp_path / "app").mkdir()
    (tmp_path / "app/models.py").write_text("")
    (tmp_path / "static").mkdir()
    (tmp_path / "static/site.css").write_text("")
    done = []
    monkeypatch.setattr(preparation, "ROOT", tmp_path)
    monkeypatch.setattr(preparation, "PREPARED", tmp_path / ".prepared")
    monkeypatch.setattr(preparation, "COLLECTED", tmp_path / ".collected")

    def begin(command, environment, *, words):
        done.append("static files" if "collectstatic" in command else "data")
        return subprocess.Popen(["true"], stdout=subprocess.PIPE)

    monkeypatch.setattr(preparation, "begin", begin)
    return tmp_path, done


def test_nothing_is_prepared_twice_when_nothing_has_changed(project):
    _, done = project
    preparation.prepare({}, own_database=True)
    assert done == ["static files", "data"]
    done.clear()
    preparation.prepare({}, own_database=True)
    assert done == []


def test_a_changed_style_sheet_is_collected_and_nothing_else_is_done(project):
    folder, done = project
    preparation.prepare({}, own_database=True)
    done.clear()
    (folder / "static/site.css").write_text("body {}")
    preparation.prepare({}, own_database=True)
    assert done == ["static files"]


def test_changed_code_prepares_the_data_again(project):
    folder, done = project
    preparation.prepare({}, own_database=True)
    done.clear()
    (folder / "app/new.py").write_text("")
    preparation.prepare({}, own_database=True)
    assert done == ["data"]


def test_a_given_database_is_always_looked_at(project):
    _, done = project
    preparation.prepare({}, own_database=False)
    done.clear()
    preparation.prepare({}, own_database=False)
    assert done == ["data"]


def test_what_failed_is_prepared_again_next_time(project, monkeypatch):
    _, done = project
    failing = subprocess.Popen(["sh", "-c", "echo no space; exit 1"], stdout=subprocess.PIPE, text=True)
    with monkeypatch.context() as broken:
        broken.setattr(preparation, "begin", lambda *_, **__: failing)
        with pytest.raises(SystemExit, match="no space"):
            preparation.prepare_data({}, own_database=True)
    preparation.prepare_data({}, own_database=True)
    assert done == ["data"]


def test_the_locked_packages_have_hashes_and_name_no_registry():
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-e2e.txt"):
        lines = (ROOT / name).read_text()
        packages = re.findall(r"^[a-z0-9].*==", lines, re.MULTILINE | re.IGNORECASE)
        assert packages
        assert len(re.findall(r"==[^\\]*\\\n    --hash=sha256:", lines)) == len(packages)
        assert "http" not in lines
        assert "index-url" not in lines


def test_the_run_of_ci_is_the_commands_of_the_readme():
    lines = (ROOT / ".ci/run").read_text().splitlines()
    commands = [f"python3 dev.py {name}" for name in ("check", "test", "drill", "check --deep")]
    assert lines[-5:] == ["export CI=1", *commands]
    assert os.access(ROOT / ".ci/run", os.X_OK)


def test_a_part_that_falls_comes_back_and_the_site_stays_until_it_keeps_falling(tmp_path, capsys):
    count = "echo again >> fallen; sleep 0.05; exit 3"
    parts = [
        processes.Child(name, ["sh", "-c", script], os.environ, tmp_path / f"{name}.log", tmp_path)
        for name, script in (("Worker", count), ("Site", "sleep 60"))
    ]
    for part in parts:
        part.start()
    try:
        assert watching.watch(parts, away=0) == 1
        assert (tmp_path / "fallen").read_text().count("again") == 1 + watching.FALLS
        assert parts[1].exit_code is None
        parts[1].end_with(signal.SIGKILL)
        assert watching.watch(parts[1:], away=0) == 1  # Nobody brings the pages back: all stops.
    finally:
        parts[1].stop(0)
    assert "Worker s’est arrêté (code 3) : le site continue" in capsys.readouterr().err
