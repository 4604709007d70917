"""One window of one person, who reads a page before answering it. Nothing is tried twice here."""

import re
import time
from typing import Any

import requests
from bs4 import BeautifulSoup

from tests.drill.people import Lived, Member
from tests.drill.signing import proposed

MAIL_WITHIN = 30  # Seconds.


class Window(Member):
    def __init__(self, address: str, email: str = "") -> None:
        super().__init__(address, Lived())
        self.email = email
        if email:
            self.log_in(email)

    def read(self, path: str) -> BeautifulSoup:
        answer = self.ask(path.removeprefix(self.address))
        assert answer.status_code == 200, f"{answer.status_code} sur {path}"
        return BeautifulSoup(answer.text, "html.parser")

    def does(self, path: str, *, to: str = "", **said: Any) -> str:
        """Reads the page, fills its form (or the one that leads `to`), sends it. Where it led."""
        path = path.removeprefix(self.address)
        page = self.read(path)
        if to:
            form = page.select_one(f'form[action="{to}"]')
            assert form, f"aucun bouton vers {to} sur {path}"
            given = {it["name"]: it["value"] for it in form.select("input[type=hidden]")}
        else:
            given = proposed(str(page))
        answer = self.ask(to or path, **{**given, **said})
        assert answer.status_code == 302, f"{to or path} : {faults_of(answer)}"
        return answer.headers["Location"]

    def must(self, space: str, path: str) -> str:
        """« À faire » leads there. The path, to be followed."""
        cards = self.todos(space)
        assert path in cards, f"« À faire » de {space} : {cards}, sans {path}"
        return path

    def todos(self, space: str) -> list[str]:
        page = self.read(space)
        return [str(link["href"]) for link in page.select(".todo a[href]")]

    def link_in_mail(self, pattern: str) -> str:
        """In the mailbox, as soon as the worker has sent it."""
        deadline = time.monotonic() + MAIL_WITHIN
        while time.monotonic() < deadline:
            for mail in self.ask(f"/demo/courriels.json?a={self.email}").json()["results"]:
                if found := re.search(self.address + pattern, mail["text"]):
                    return found.group()
            time.sleep(0.2)
        raise AssertionError(f"{self.email} n’a rien reçu qui mène à {pattern}")


def faults_of(answer: requests.Response) -> list[str]:
    page = BeautifulSoup(answer.text, "html.parser")
    said = page.select("[role=alert], .error, .invalid-feedback, .errorlist")
    return [str(answer.status_code), *(it.get_text(" ", strip=True) for it in said)]
