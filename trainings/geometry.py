"""Distances in SQL between points in Lambert-93 metres, with PostgreSQL's own `point`."""

from typing import Any

from django.db.models import BooleanField, F, FloatField, Func, Value

METRES = 1000


def _number(value: Any) -> Any:
    """A figure, or an expression such as `OuterRef("x")`."""
    return value if hasattr(value, "resolve_expression") else Value(float(value), FloatField())


class Point(Func):
    """`Point("x", "y")`: written as in the index, so that the index answers."""

    function = "point"
    output_field = FloatField()  # Never read: only compared.


class Within(Func):
    """Is the first point at most so many kilometres from the second?"""

    template = "%(expressions)s * 1000)"
    arg_joiner = ""
    output_field = BooleanField()
    conditional = True

    def __init__(self, here: Func, there: Func, km: Any) -> None:
        super().__init__(here, there, _number(km))

    def as_sql(self, compiler, connection, **extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        parts = [compiler.compile(part) for part in self.source_expressions]
        (here, a), (there, b), (km, c) = parts
        sql = f"{here} <@ circle({there}, ({km}) * {METRES})"
        return sql, [*a, *b, *c]


class DistanceKm(Func):
    """As the crow flies, in kilometres."""

    output_field = FloatField()

    def as_sql(self, compiler, connection, **extra: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        (here, a), (there, b) = [compiler.compile(part) for part in self.source_expressions]
        return f"(({here} <-> {there}) / {METRES})", [*a, *b]


def point(x: Any, y: Any) -> Point:
    return Point(_number(x), _number(y))


def within(km: Any, x: Any, y: Any, *, prefix: str = "") -> Within:
    """Rows whose own `x`, `y` (behind `prefix`) lie at most `km` from that point."""
    return Within(Point(F(f"{prefix}x"), F(f"{prefix}y")), point(x, y), km)


def distance_km(x: Any, y: Any, *, prefix: str = "") -> DistanceKm:
    return DistanceKm(Point(F(f"{prefix}x"), F(f"{prefix}y")), point(x, y))
