"""axe-core's verdict on the page as it is: RGAA 4, WCAG 2.2 AA and good practice."""

import os
from functools import lru_cache
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "vendor/axe-core/axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "RGAAv4"]
# Only the faults leave the browser: what passed is ten times longer, and costs more to carry than to find.
RUN = """async tags => {
    const said = await axe.run({runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']});
    return said.violations.map(({id, nodes}) => [id, nodes.slice(0, 3).map(node => node.target)]);
}"""
PHONE, SCREEN = 320, 1280
WIDTH = SCREEN if os.environ.get("DEEP") else PHONE
"""Of the pages that this run reads: `dev.py test` and `dev.py check --deep` read each of them once."""


LOAD = "globalThis.axe || globalThis.loadAxe?.(); typeof axe"


@lru_cache
def source() -> str:
    return SOURCE.read_text()


@lru_cache
def at_hand() -> str:
    """For each page of a window: axe, not read before it is called. Handing it over page by page costs as much again as
    its rules.
    """
    return f"globalThis.loadAxe = () => {{ {source()} }}"


def violations(page) -> list[str]:
    """One sentence per fault, with where it is; empty is what we want."""
    if page.evaluate(LOAD) == "undefined":  # A window without scripts.
        page.evaluate(source())
    return [f"{fault}: {where}" for fault, where in page.evaluate(RUN, TAGS)]


def overflow(page) -> int:
    """How many pixels stick out to the right: a page never scrolls sideways."""
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")


def faults(page) -> list[str]:
    """Of a page that is open, as wide as this run reads it. Empty is what we want."""
    page.set_viewport_size({"width": WIDTH, "height": page.viewport_size["height"]})
    found = violations(page)
    if (out := overflow(page)) > 0:
        found.append(f"{out} px stick out")
    return [f"{WIDTH} px: {fault}" for fault in found]
