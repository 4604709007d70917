"""The members of the company at their keyboards: patient people, who try again after an error page.

They know of the site what a browser knows: addresses, pages, cookies. One line is printed for each
answer given, then what they went through.
"""

import json
import queue
import random
import re
import sys
import threading
import time
from dataclasses import asdict, dataclass, field
from html import unescape
from pathlib import Path

import requests

THREADS = 4
PACE = (0.8, 2.0)  # Seconds of reading between two decisions.
PATIENCE = 60  # Tries for one application: after that it is no hiccup.
RECEIVED = "/entreprise/candidatures/"
INPUT = re.compile(r"<input[^>]*>")


class Trouble(Exception):
    """The site did not answer as it should; one waits a little and tries again."""


@dataclass
class Lived:
    """What they went through, all together."""

    error_pages: int = 0
    cut_connections: int = 0
    refusals: int = 0
    slowest: float = 0
    complaints: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def note(self, **more: float) -> None:
        with self.lock:
            self.slowest = max(self.slowest, more.pop("took", 0))
            for name, count in more.items():
                setattr(self, name, getattr(self, name) + count)

    def complain(self, sentence: str) -> None:
        with self.lock:
            self.complaints.append(sentence)

    def as_json(self) -> str:
        self.lock = None  # type: ignore[assignment]
        return json.dumps(asdict(self))


class Member:
    """One window of one member."""

    def __init__(self, address: str, lived: Lived) -> None:
        self.address, self.lived = address, lived
        self.browser = requests.Session()

    def ask(self, path: str, **typed: str) -> requests.Response:
        method, started = ("POST" if typed else "GET"), time.monotonic()
        try:
            answer = self.browser.request(
                method,
                self.address + path,
                data=typed or None,
                headers={"Referer": self.address + path},
                timeout=45,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            self.lived.note(cut_connections=1)
            raise Trouble(type(error).__name__) from error
        finally:
            self.lived.note(took=time.monotonic() - started)
        if answer.status_code >= 500:
            self.lived.note(error_pages=1)
            if not is_a_plain_page(answer):
                self.lived.complain(f"Une erreur {answer.status_code} sans page lisible sur {path}.")
            raise Trouble(str(answer.status_code))
        return answer

    def log_in(self, email: str) -> None:
        self.ask("/connexion/", email=email, csrfmiddlewaretoken=token(self.ask("/connexion/")))
        code = self.code_for(email)
        page = self.ask("/connexion/code/")
        answer = self.ask("/connexion/code/", code=code, csrfmiddlewaretoken=token(page))
        if answer.status_code != 302:
            raise SystemExit(f"La connexion de {email} a été refusée.")

    def code_for(self, email: str) -> str:
        """In the mailbox, as soon as the worker has sent it."""
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            mails = self.ask(f"/demo/courriels.json?a={email}").json()["results"]
            if found := mails and re.search(r"\b\d{3}\s?\d{3}\b", mails[0]["text"]):
                return found.group()
            time.sleep(0.2)
        raise SystemExit(f"Le code de connexion de {email} n’est pas arrivé.")

    def give_a_place(self, pk: int) -> None:
        for _ in range(PATIENCE):
            try:
                if self.decide(pk):
                    return
            except Trouble:
                time.sleep(1)
        self.lived.complain(f"La candidature {pk} n’a pas pu être réservée en {PATIENCE} essais.")

    def decide(self, pk: int) -> bool:
        """True once the page says that the place is given, by this member or by another."""
        page = f"{RECEIVED}{pk}/"
        reading = self.ask(page)
        if reading.status_code != 200:
            raise Trouble(f"{reading.status_code} sur {page}")
        if f"{page}place/" not in reading.text:
            return True
        form = self.ask(f"{page}place/")
        slots = choices(form.text)
        if not slots:
            raise Trouble("no slot left")
        slot = random.choice(slots)
        answer = self.ask(f"{page}place/", slot=slot, csrfmiddlewaretoken=token(form))
        if answer.status_code != 302:
            self.lived.note(refusals=1)  # The last place went to another; the page says so.
        return answer.status_code == 302


def is_a_plain_page(answer: requests.Response) -> bool:
    return "<h1" in answer.text and "Traceback" not in answer.text


def token(page: requests.Response) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
    if not found:
        raise Trouble("no form")
    return found.group(1)


def choices(page: str) -> list[str]:
    fields = [tag for tag in INPUT.findall(page) if 'name="slot"' in tag]
    return [unescape(found.group(1)) for tag in fields if (found := re.search(r'value="([^"]+)"', tag))]


def work(member: Member, todo: "queue.SimpleQueue[int]", done: "queue.SimpleQueue[int | None]") -> None:
    while True:
        try:
            pk = todo.get_nowait()
        except queue.Empty:
            return
        member.give_a_place(pk)
        say(f"given {pk}")
        done.put(pk)
        time.sleep(random.uniform(*PACE))


def what_to_do(applications: list[int]) -> "queue.SimpleQueue[int]":
    """Each application; one out of ten is open in two windows at the same time."""
    todo: queue.SimpleQueue[int] = queue.SimpleQueue()
    for rank, pk in enumerate(applications):
        todo.put(pk)
        if rank % 10 == 0:
            todo.put(pk)
    return todo


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(address: str, world_file: str) -> None:
    from tests.drill import signing

    world, lived = json.loads(Path(world_file).read_text()), Lived()
    windows = [Member(address, lived) for _ in range(THREADS)]
    first = windows[: len(world["members"])]
    for member, email in zip(first, world["members"], strict=True):
        member.log_in(email)
    for rank, member in enumerate(windows):
        member.browser.cookies.update(first[rank % len(first)].browser.cookies)
    todo, done = what_to_do(world["applications"]), queue.SimpleQueue()
    threads = [threading.Thread(target=work, args=(member, todo, done)) for member in windows]
    signers = [
        threading.Thread(target=signing.work, args=(address, world, first[0], done))
        for _ in range(signing.WINDOWS)
    ]
    for thread in threads + signers:
        thread.start()
    for thread in threads:
        thread.join()
    for _ in signers:
        done.put(None)
    for thread in signers:
        thread.join()
    say(lived.as_json())
