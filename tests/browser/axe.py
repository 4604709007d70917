"""axe-core's verdict on the page as it is: RGAA 4, WCAG 2.2 AA and good practice."""

from functools import lru_cache
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "vendor/axe-core/axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "RGAAv4"]
# Only the faults leave the browser: what passed is ten times longer, and costs more to carry than to find.
RUN = """async tags => {
    const said = await axe.run({runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']});
    return said.violations.map(({id, nodes}) => [id, nodes.slice(0, 3).map(node => node.target)]);
}"""
PHONE, SCREEN = (320, 740), (1280, 900)


@lru_cache
def source() -> str:
    return SOURCE.read_text()


def violations(page) -> list[str]:
    """One sentence per fault, with where it is; empty is what we want."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(source())
    return [f"{fault}: {where}" for fault, where in page.evaluate(RUN, TAGS)]


def overflow(page) -> int:
    """How many pixels stick out to the right: a page never scrolls sideways."""
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")


def faults(page) -> list[str]:
    """On a phone, then on a screen: the page is loaded once and read twice. Empty is what we want."""
    found = []
    for width, height in (PHONE, SCREEN):
        page.set_viewport_size({"width": width, "height": height})
        found += [f"{width} px: {fault}" for fault in violations(page)]
        if (out := overflow(page)) > 0:
            found.append(f"{width} px: {out} px stick out")
    return found
