"""Pages of results: an exact total, and a page whatever the number asked."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.functional import cached_property

SIZE = 20
NOT_A_PAGE = "Ce numéro de page n’existe pas : voici la première page."
TOO_FAR = "Il n’y a pas autant de pages : voici la dernière."


class Pages(Paginator):
    """Counts by the query that has nothing else to do."""

    def __init__(self, rows: Any, size: int, total: Callable[[], int]) -> None:
        super().__init__(rows, size)
        self.total = total

    @cached_property
    def count(self) -> int:
        return self.total()


def page_of(rows: Any, asked: str, *, total: Callable[[], int], size: int = SIZE) -> tuple[Page, str]:
    """The page asked, or the nearest that exists and a sentence that says so."""
    paginator = Pages(rows, size, total)
    number, sentence = understand(asked, paginator)
    if not paginator.count:
        paginator.object_list = []  # Nothing to read.
    return paginator.page(number), sentence


def understand(asked: str, paginator: Paginator) -> tuple[int, str]:
    if not asked.strip():
        return 1, ""
    digits = asked.strip()
    if not (digits.isascii() and digits.isdigit()) or not int(digits[:9]):
        return 1, NOT_A_PAGE
    number = int(digits[:9])
    if number > paginator.num_pages:
        return paginator.num_pages, TOO_FAR
    return number, ""
