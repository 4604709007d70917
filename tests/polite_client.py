"""A test client that reads each page as a careful visitor would."""

from collections import Counter, defaultdict

from bs4 import BeautifulSoup, Tag
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
    tags: dict[str, list[Tag]] = defaultdict(list)
    for tag in page.find_all():
        tags[tag.name].append(tag)
    assert page.html, "a page is a whole document"
    assert page.html.get("lang") == "fr", "a page says its language"
    assert page.title, "a page has a title"
    assert page.title.get_text(strip=True), "a page has a title that says something"
    assert len(tags["h1"]) == 1, "a page has one h1"
    assert tags["main"], "a page has a main"
    check_ids(tags)
    for image in tags["img"]:
        assert image.has_attr("alt"), f"an image has an alt: {image}"
    check_forms(tags)
    check_nothing_inline(tags)
    text = page.get_text()
    assert "{{" not in text, "no template left in the page"
    assert "{%" not in text, "no template left in the page"


def check_ids(tags: dict[str, list[Tag]]) -> None:
    ids = Counter(tag["id"] for same in tags.values() for tag in same if tag.has_attr("id"))
    twice = sorted(name for name, times in ids.items() if times > 1)
    assert not twice, f"ids are unique: {twice}"


def check_forms(tags: dict[str, list[Tag]]) -> None:
    labelled = {label.get("for") for label in tags["label"]}
    for entry in (*tags["input"], *tags["select"], *tags["textarea"]):
        if entry.get("type") not in NOT_LABELLED:
            named = entry.get("id") in labelled or entry.get("aria-label") or entry.get("aria-labelledby")
            assert named or entry.find_parent("label"), f"a field has a label: {entry}"
    for form in tags["form"]:
        if str(form.get("method", "get")).lower() == "post":
            assert form.select_one("[name=csrfmiddlewaretoken]"), "a post form has its token"


def check_nothing_inline(tags: dict[str, list[Tag]]) -> None:
    """The policy of contents would refuse it."""
    assert not tags["style"], "no inline style"
    for script in tags["script"]:
        assert script.has_attr("src") or script.get("type") == "application/ld+json", "no inline script"
    for tag in (tag for same in tags.values() for tag in same):
        assert not {"onclick", "style"} & tag.attrs.keys(), f"no inline script or style: {tag}"
