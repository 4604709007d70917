"""A test client that reads each page as a careful visitor would."""

from bs4 import BeautifulSoup
from django.test import Client

NOT_LABELLED = {"hidden", "submit", "button"}


class PoliteClient(Client):
    def request(self, **request):
        response = super().request(**request)
        is_page = response.get("Content-Type", "").startswith("text/html")
        if is_page and response.status_code == 200 and not response.streaming:
            read_carefully(response.content)
        return response


def read_carefully(html: bytes) -> None:
    page = BeautifulSoup(html, "html.parser")
    assert page.html, "a page is a whole document"
    assert page.html.get("lang") == "fr", "a page says its language"
    assert page.title, "a page has a title"
    assert page.title.get_text(strip=True), "a page has a title that says something"
    assert len(page.select("h1")) == 1, "a page has one h1"
    assert page.select_one("main"), "a page has a main"
    check_ids(page)
    for image in page.select("img"):
        assert image.has_attr("alt"), f"an image has an alt: {image}"
    check_forms(page)
    assert not page.select("[onclick], [style], style, script:not([src], [type='application/ld+json'])"), (
        "no inline script or style"
    )
    assert "{{" not in page.get_text(), "no template left in the page"
    assert "{%" not in page.get_text(), "no template left in the page"


def check_ids(page: BeautifulSoup) -> None:
    ids = [tag["id"] for tag in page.select("[id]")]
    twice = sorted({name for name in ids if ids.count(name) > 1})
    assert not twice, f"ids are unique: {twice}"


def check_forms(page: BeautifulSoup) -> None:
    labelled = {label.get("for") for label in page.select("label")}
    for entry in page.select("input, select, textarea"):
        if entry.get("type") not in NOT_LABELLED:
            named = entry.get("id") in labelled or entry.get("aria-label") or entry.get("aria-labelledby")
            assert named or entry.find_parent("label"), f"a field has a label: {entry}"
    for form in page.select("form"):
        if form.get("method", "get").lower() == "post":
            assert form.select_one("[name=csrfmiddlewaretoken]"), "a post form has its token"
