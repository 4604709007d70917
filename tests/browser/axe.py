"""axe-core's verdict on the page as it is: RGAA 4, WCAG 2.2 AA and good practice."""

from functools import lru_cache
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "vendor/axe-core/axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "RGAAv4"]
RUN = "tags => axe.run({runOnly: {type: 'tag', values: tags}})"


@lru_cache
def source() -> str:
    return SOURCE.read_text()


def violations(page) -> list[str]:
    """One sentence per fault, with where it is; empty is what we want."""
    page.evaluate(source())
    found = page.evaluate(RUN, TAGS)["violations"]
    return [f"{fault['id']}: {[node['target'] for node in fault['nodes']][:3]}" for fault in found]


def overflow(page) -> int:
    """How many pixels stick out to the right: a page never scrolls sideways."""
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")
