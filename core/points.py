"""Positions as PostgreSQL's own `point` in Lambert-93 metres: no extension, a GiST index orders
by distance (see performance notes in docs/decisions/).
"""

from typing import Any

from django.db.models import BooleanField, Field, FloatField, Func, GeneratedField, Value


class PointField(Field):
    """A core `point` column. Read as text by Django; used in SQL only."""

    def db_type(self, connection: Any) -> str:
        return "point"


def generated_position() -> GeneratedField:
    """A `point` computed by the database from the columns `x` and `y`, so that it never lies."""
    return GeneratedField(
        expression=Func("x", "y", function="point"),
        output_field=PointField(),
        db_persist=True,
        verbose_name="position",
    )


class MetresFrom(Func):
    """Distance in metres between a `point` column and (x, y); an index can order by it."""

    template = "%(expressions)s"
    arg_joiner = " <-> "
    output_field = FloatField()

    def __init__(self, column: str, x: float, y: float, **extra: Any) -> None:
        origin = Func(Value(float(x)), Value(float(y)), function="point", output_field=PointField())
        super().__init__(column, origin, **extra)


class _AtMost(Func):
    template = "%(expressions)s"
    arg_joiner = " <= "
    output_field = BooleanField()
    conditional = True


def metres_within(column: str, metres: float, x: float, y: float) -> _AtMost:
    """Is the point in `column` at most `metres` from (x, y)? Each row is measured: see
    `trainings.geometry.within` for the same by an index.
    """
    return _AtMost(MetresFrom(column, x, y), Value(float(metres)))
