"""Which Chromium `dev.py test` takes, and when it installs one."""

import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from devstack import browser

ROOT = Path(__file__).parent.parent


def test_a_wrong_path_to_chromium_is_told(monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    with pytest.raises(SystemExit, match="n’est pas un programme"):
        browser.find()


@pytest.fixture
def a_machine(tmp_path, monkeypatch):
    """A Debian, seen by root, with no Chromium: what apt-get was asked, and how to put a program there."""
    asked = []
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(browser, "Path", lambda _: ROOT)
    monkeypatch.setattr(browser.environment, "prepare", lambda _: None)

    def put(name):
        (tmp_path / name).touch(mode=0o755)
        return str(tmp_path / name)

    put("apt-get")
    return SimpleNamespace(asked=asked, put=put, install=apt_that_has(put, asked, monkeypatch))


def apt_that_has(put, asked, monkeypatch):
    def these(*packages):
        def apt_get(*words):
            asked.append(words[-1])
            if words[-1] in packages:
                put(words[-1])
            return words[-1] in ("update", *packages)

        monkeypatch.setattr(browser, "apt_get", apt_get)

    return these


def test_the_light_chromium_is_asked_first_then_the_other(a_machine):
    a_machine.install("chromium")
    assert browser.ready(may_install=True).endswith("/chromium")
    assert a_machine.asked == ["update", "chromium-headless-shell", "chromium"]


def test_a_chromium_that_is_there_is_good_enough(a_machine):
    path = a_machine.put("chromium")
    assert browser.ready(may_install=True) == path
    assert a_machine.asked == []


def test_in_ci_the_light_chromium_comes_beside_a_heavy_one(a_machine, monkeypatch):
    monkeypatch.setenv("CI", "1")
    a_machine.put("chromium")
    a_machine.install("chromium-headless-shell")
    assert browser.ready(may_install=True).endswith("/chromium-headless-shell")
    assert a_machine.asked == ["update", "chromium-headless-shell"]


def test_in_ci_the_heavy_chromium_serves_when_nothing_can_be_installed(a_machine, monkeypatch):
    monkeypatch.setenv("CI", "1")
    path = a_machine.put("chromium")
    a_machine.install()
    assert browser.ready(may_install=True) == path


def test_a_chromium_that_was_chosen_is_the_one(a_machine, monkeypatch):
    monkeypatch.setenv("CI", "1")
    a_machine.put("chromium-headless-shell")
    monkeypatch.setenv("CHROMIUM", a_machine.put("chromium"))
    assert browser.ready(may_install=True).endswith("/chromium")
    assert a_machine.asked == []


def test_part_of_the_tests_installs_nothing(a_machine):
    assert browser.ready(may_install=False) == ""
    assert a_machine.asked == []
