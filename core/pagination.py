"""Pages of results: an exact total, and a page whatever the number asked."""

from collections.abc import Callable
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.core.paginator import Page, Paginator
from django.db.models import Count, Func, OrderBy, QuerySet
from django.utils.functional import cached_property

SIZE = 20
FARTHEST = 1_000_000  # PostgreSQL counts the rows of an array up to 2³¹.
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


class Part(Func):
    """A few of an array, from `first` to `last` (PostgreSQL counts from 1)."""

    def __init__(self, array: Any, first: int, last: int) -> None:
        super().__init__(array, template=f"(%(expressions)s)[{int(first)}:{int(last)}]")


class AtOnce:
    """The total and the page asked in one query; another page is asked for when it did not exist."""

    def __init__(self, rows: QuerySet, ordering: tuple[OrderBy, ...], *, guess: int) -> None:
        self.rows, self.ordering = rows, ordering
        guess = min(guess, FARTHEST)
        self.guess = slice((guess - 1) * SIZE, guess * SIZE)

    def count(self) -> int:
        return self._read["total"]

    def __getitem__(self, part: slice) -> list[int]:
        same = (part.start, part.stop) == (self.guess.start, min(self.guess.stop, self.count()))
        return self._read["ids"] if same else self._of(part)["ids"]

    @cached_property
    def _read(self) -> dict[str, Any]:
        return self._of(self.guess)

    def _of(self, part: slice) -> dict[str, Any]:
        in_order = ArrayAgg("pk", order_by=self.ordering, default=[])
        return self.rows.aggregate(total=Count("pk"), ids=Part(in_order, part.start + 1, part.stop))


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
    number = number_in(asked)
    if not number:
        return 1, NOT_A_PAGE
    if number > paginator.num_pages:
        return paginator.num_pages, TOO_FAR
    return number, ""


def number_in(asked: str) -> int:
    """The figure of an address; zero when it is none."""
    digits = asked.strip()
    return int(digits[:9]) if digits.isascii() and digits.isdigit() else 0
