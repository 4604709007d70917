"""The three parties of an agreement, each in their own window: its pages filled, then signed by all at the same moment."""

import queue
import re
import threading
import time
from collections.abc import Callable, Mapping

from bs4 import BeautifulSoup

from tests.drill.people import PATIENCE, RECEIVED, Lived, Member, Trouble, say

WINDOWS = 2
AGREEMENT = re.compile(r"/conventions/(\d+)/")
PERSON = {
    "vous": {
        "birth_date": "1996-04-12",
        "address": "3 rue du Pont",
        "city": "57000 Metz",
        "situation": "registered",
    }
}
COMPANY = {
    "accueil": {
        "legal_form": "SARL",
        "activity": "Restauration du bâti ancien",
        "signatory_job": "gérante",
        "tutor_job": "chef d’équipe",
        "tutor_name": "Paul Weber",
        "tutor_email": "paul@drill.example",
        "tutor_phone": "06 11 22 33 44",
    },
    "horaires": {"why": "Ce sont les horaires de l’équipe."},
    "missions": {"objectives": "Savoir si le travail dehors convient."},
    "securite": {"prevention": "Poussières : masque fourni.", "equipment": "Truelle", "no_replacement": "on"},
}


class Signing:
    """One agreement and its three windows."""

    def __init__(
        self, application: int, *, candidate: Member, company: Member, advisor: Member, lived: Lived
    ) -> None:
        self.application = application
        self.candidate, self.company, self.advisor = candidate, company, advisor
        self.lived = lived

    def do_all(self) -> None:
        self.pk = self.patiently(self.find)
        if not self.pk:
            return
        for slug, answers in PERSON.items():
            self.patiently(self.fill, self.candidate, slug, answers)
        for slug, answers in COMPANY.items():
            self.patiently(self.fill, self.company, slug, answers)
        self.sign_together()

    def patiently(self, act: Callable, *given: object) -> int:
        for _ in range(PATIENCE):
            try:
                return act(*given)
            except Trouble:
                time.sleep(1)
        self.lived.complain(
            f"La convention de la candidature {self.application} n’a pas pu avancer ({act.__name__})."
        )
        return 0

    def find(self) -> int:
        page = self.company.ask(f"{RECEIVED}{self.application}/")
        found = AGREEMENT.search(page.text)
        if not found:
            raise Trouble("no agreement yet")
        return int(found.group(1))

    def fill(self, who: Member, slug: str, answers: Mapping[str, str]) -> int:
        """One page, with what it proposes. Filled twice with the same words, nothing changes."""
        page = f"/conventions/{self.pk}/remplir/{slug}/"
        reading = who.ask(page)
        if reading.status_code == 302:  # Another window was quicker: all have signed.
            return self.pk
        answer = who.ask(page, **{**proposed(reading.text), **answers})
        if answer.status_code != 302:
            faults = BeautifulSoup(answer.text, "html.parser").select("[role=alert], .error")
            raise Trouble(
                f"{answer.status_code} sur {page} : {[it.get_text(' ', strip=True) for it in faults]}"
            )
        return self.pk

    def sign_together(self) -> None:
        """All three at once, and the person in a second window: the same signature is never there twice."""
        hands = [(self.candidate, {}), (self.company, {"is_entitled": "on"}), (self.advisor, {})]
        again = Member(self.candidate.address, self.lived)
        again.browser.cookies.update(self.candidate.browser.cookies)
        threads = [
            threading.Thread(target=self.patiently, args=(self.sign, *one)) for one in (*hands, (again, {}))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def sign(self, who: Member, answers: Mapping[str, str]) -> int:
        """The page leads away once it has this signature."""
        page = f"/conventions/{self.pk}/signer/"
        reading = who.ask(page)
        if reading.status_code == 302:
            return self.pk
        answer = who.ask(page, **{**proposed(reading.text), **answers})
        if answer.status_code != 302:
            self.lived.note(refusals=1)
            raise Trouble(str(answer.status_code))
        return self.pk


def proposed(page: str) -> dict[str, str]:
    """What the page's form would send as it is."""
    form = BeautifulSoup(page, "html.parser").select_one("main form[method=post]")
    if form is None:
        raise Trouble("no form")
    kept = {}
    for entry in form.select("input[name]"):
        is_box = entry.get("type") in ("checkbox", "radio")
        if not is_box or entry.has_attr("checked"):
            kept[entry["name"]] = entry.get("value", "on" if is_box else "")
    return kept | {entry["name"]: entry.get_text().lstrip("\n") for entry in form.select("textarea[name]")}


def window(address: str, lived: Lived, cookies: Mapping[str, str]) -> Member:
    """Of someone who is logged in already."""
    member = Member(address, lived)
    member.browser.cookies.update(cookies)
    return member


def work(address: str, world: dict, company: Member, given: "queue.SimpleQueue[int | None]") -> None:
    """Each place that is given, when its agreement is among those to sign."""
    while (application := given.get()) is not None:
        cookies = world["to_sign"].get(str(application))
        if not cookies:
            continue
        person, advisor = (window(address, company.lived, it) for it in (cookies, world["advisor"]))
        mine = window(address, company.lived, dict(company.browser.cookies))
        Signing(application, candidate=person, company=mine, advisor=advisor, lived=company.lived).do_all()
        say(f"signed {application}")
