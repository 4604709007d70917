"""People who walk through the site with a keyboard, for the journeys."""

import datetime as dt
from urllib.parse import urlsplit

from django.urls import resolve

from core.models import OutgoingMessage
from tests.browser.axe import overflow, violations


class Hands:
    """Someone on a phone with a keyboard and no mouse. Each page that they reach is read by axe, once, and the focus is
    moved to nothing that Tab would not reach.
    """

    def __init__(self, visit, read: set[str], *, elsewhere: frozenset[str] = frozenset()) -> None:
        self.visit, self.read, self.presses = visit, read, 0
        self.elsewhere = elsewhere
        """Names of the pages that another test reads."""

    def arrive(self, path: str, user=None) -> None:
        self.page = self.visit(path, width=360, user=user)
        self.check()

    def check(self) -> None:
        """The same headings are the same page."""
        if resolve(urlsplit(self.page.landed).path).url_name in self.elsewhere:
            return
        headings = " / ".join(it.strip() for it in self.page.locator("h1, h2").all_inner_texts())
        if headings in self.read:
            return
        self.read.add(headings)
        faults = violations(self.page)
        assert faults == [], f"{headings}: {faults}"
        self.page.set_viewport_size({"width": 320, "height": 740})
        assert overflow(self.page) <= 0, headings
        self.page.set_viewport_size({"width": 360, "height": 740})

    def on(self, found):
        """The focus stands there, as Tab would bring it."""
        found.focus()
        assert found.evaluate("it => it === document.activeElement && it.tabIndex >= 0")
        return self.page.keyboard

    def follow(self, name: str, *, exact: bool = False) -> None:
        self.press(self.page.get_by_role("link", name=name, exact=exact).first)

    def push(self, name: str) -> None:
        self.press(self.page.get_by_role("button", name=name).first)

    def press(self, found) -> None:
        """One click. The page that answers is read."""
        keyboard = self.on(found)
        with self.page.expect_navigation():
            keyboard.press("Enter")
        self.presses += 1
        self.page.evaluate("path => history.replaceState(null, '', path)", self.page.landed)
        self.check()

    def write(self, label: str, words: str) -> None:
        keyboard = self.on(self.page.get_by_label(label, exact=True).first)
        keyboard.press("Control+A")
        keyboard.type(words)

    def write_day(self, label: str, day: dt.date) -> None:
        """Where the browser shows a calendar, in the order of its own language."""
        found = self.page.get_by_label(label, exact=True).first
        self.on(found)
        found.fill(day.isoformat())

    def tick(self, label: str, *, of: str = "", exact: bool = True) -> None:
        where = self.page.get_by_role("group", name=of) if of else self.page
        found = where.get_by_label(label, exact=exact).first
        keyboard = self.on(found)
        if not found.is_checked():
            keyboard.press("Space")
        assert found.is_checked()

    def sees(self, words: str) -> None:
        assert self.page.get_by_text(words).first.is_visible(), words


def sent(kind: str, **about) -> OutgoingMessage:
    return OutgoingMessage.objects.filter(kind=kind, **about).latest("pk")


def path_of(message: OutgoingMessage) -> str:
    return message.context["link"].removeprefix("http://testserver")
