"""A real browser on our pages, without a server: each request goes through Django's test client,
in the transaction of the test.
"""

import mimetypes
from collections import defaultdict
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.db import connections
from django.test import Client

ORIGIN = "http://testserver"
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
def at_rest():
    """Pages that no test uses, by their options: opening a window costs more than reading a page."""
    return defaultdict(list)


@pytest.fixture
def visit(browser, at_rest):
    """`visit("/aide/", width=320, user=None, dark=False)`: the page, loaded, with its requests in `asked`."""
    in_use = []

    def open_at(path: str, *, width: int = 1280, user=None, **options):
        if options.pop("dark", False):
            options["color_scheme"] = "dark"
        size = {"width": width, "height": 740 if width < 600 else 900}
        resting = at_rest[tuple(sorted(options.items()))]
        page = resting.pop() if resting else a_page(browser, options)
        in_use.append((resting, page))
        page.set_viewport_size(size)
        page.set_default_timeout(10_000)
        client = Client()
        if user is not None:
            client.force_login(user)
        page.asked = []
        here = {alias: connections[alias] for alias in connections}
        page.route("**/*", lambda route: answer(route, client, page.asked, here))
        page.goto(path)
        return page

    yield open_at
    for resting, page in in_use:
        put_at_rest(page, resting)


def a_page(browser, options: dict):
    return browser.new_context(locale="fr-FR", base_url=ORIGIN, **options).new_page()


def put_at_rest(page, resting: list) -> None:
    """Nothing of the test stays in it: neither its answers, nor what it read, nor what it kept."""
    if page.is_closed():
        return
    page.unroute_all(behavior="ignoreErrors")
    page.context.clear_cookies()
    page.goto("about:blank")
    resting.append(page)


def answer(route, client: Client, asked: list[str], here: dict) -> None:
    """A page, a static file, or nothing: what is outside of the site does not exist.

    Playwright calls this in a context of its own, where Django would open another connection
    and see nothing of the test's transaction: it is given the test's.
    """
    for alias, connection in here.items():
        connections[alias] = connection
    request, address = route.request, urlsplit(route.request.url)
    asked.append(request.url)
    if f"{address.scheme}://{address.netloc}" != ORIGIN:
        route.abort()
    elif address.path.startswith("/static/"):
        give_file(route, finders.find(address.path.removeprefix("/static/")))
    else:
        give_page(route, client, request)


def give_file(route, found: str | None) -> None:
    if found is None:
        route.fulfill(status=404)
    else:
        kind = mimetypes.guess_type(found)[0] or "application/octet-stream"
        route.fulfill(body=Path(found).read_bytes(), content_type=kind)


def give_page(route, client: Client, request) -> None:
    path = request.url.removeprefix(ORIGIN)
    body = request.post_data_buffer or b""
    kind = request.headers.get("content-type", "application/octet-stream")
    response = client.generic(request.method, path, body, content_type=kind)
    while response.status_code in (301, 302):
        response = client.get(response["Location"])
    body = b"".join(response.streaming_content) if response.streaming else response.content
    route.fulfill(status=response.status_code, headers=dict(response.headers), body=body)
