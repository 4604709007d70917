"""A real browser on our pages, without a server: each request goes through Django's test client,
in the transaction of the test.
"""

import mimetypes
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.db import connections
from django.test import Client

from tests.browser import axe

ORIGIN = "http://testserver"
BLANK = "about:blank"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser(chromium):
    from playwright.sync_api import sync_playwright

    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright keeps a loop in this thread.
        opened = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def windows():
    """One for each set of options, kept from test to test: opening one costs more than reading a page."""
    return {}


@pytest.fixture
def visit(browser, windows):
    """`visit("/aide/", width=320, user=None, dark=False)`: the page, loaded, with its requests in `asked`.

    The next visit with the same options leaves that page.
    """

    def open_at(path: str, *, width: int = 1280, user=None, **options):
        if options.pop("dark", False):
            options["color_scheme"] = "dark"
        page = a_blank_page(browser, windows, options)
        page.set_viewport_size({"width": width, "height": 740 if width < 600 else 900})
        client = Client()
        if user is not None:
            client.force_login(user)
        page.asked = []
        here = {alias: connections[alias] for alias in connections}
        page.route("**/*", lambda route: answer(route, client, page, here))
        page.goto(path)
        return page

    yield open_at
    for page in windows.values():
        if not page.is_closed() and page.url != BLANK:
            forget(page)
            page.goto(BLANK)


def a_blank_page(browser, windows: dict, options: dict):
    which = tuple(sorted(options.items()))
    if which in windows and not windows[which].is_closed():
        forget(windows[which])
    else:
        context = browser.new_context(locale="fr-FR", base_url=ORIGIN, **options)
        context.add_init_script(axe.at_hand())
        windows[which] = context.new_page()
        windows[which].set_default_timeout(10_000)
    return windows[which]


def forget(page) -> None:
    """Nothing of a visit stays for the next one: neither its answers, nor what it kept."""
    page.unroute_all(behavior="ignoreErrors")
    page.context.clear_cookies()


def answer(route, client: Client, page, here: dict) -> None:
    """A page, a static file, or nothing: what is outside of the site does not exist.

    Playwright calls this in a context of its own, where Django would open another connection
    and see nothing of the test's transaction: it is given the test's.
    """
    for alias, connection in here.items():
        connections[alias] = connection
    request, address = route.request, urlsplit(route.request.url)
    page.asked.append(request.url)
    if f"{address.scheme}://{address.netloc}" != ORIGIN:
        route.abort()
    elif address.path.startswith("/static/"):
        route.fulfill(**found(address.path.removeprefix("/static/")))
    else:
        give_page(route, client, page)


@lru_cache
def found(name: str) -> dict:
    """A static file, as it is given; the same three are asked by every page."""
    if path := finders.find(name):
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        return {"body": Path(path).read_bytes(), "content_type": kind}
    return {"status": 404}


def give_page(route, client: Client, page) -> None:
    """Redirections are followed here: the browser would follow them to the network. Where they led
    is in `page.landed`.
    """
    request = route.request
    path = request.url.removeprefix(ORIGIN)
    body = request.post_data_buffer or b""
    kind = request.headers.get("content-type", "application/octet-stream")
    response = client.generic(request.method, path, body, content_type=kind)
    while response.status_code in (301, 302):
        path = response["Location"]
        response = client.get(path)
    if request.is_navigation_request():
        page.landed = path
    body = b"".join(response.streaming_content) if response.streaming else response.content
    route.fulfill(status=response.status_code, headers=dict(response.headers), body=body)
