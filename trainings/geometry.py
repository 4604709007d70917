"""Distances in SQL between `point` columns in Lambert-93 metres (see `core.points`)."""

from typing import Any

from django.db.models import BooleanField, F, FloatField, Func, Value

from core.points import PointField

METRES = 1000


def number(value: Any) -> Any:
    """A figure, or an expression such as `OuterRef("x")`, as it stands."""
    return value if hasattr(value, "resolve_expression") else Value(float(value), FloatField())


def point(x: Any, y: Any) -> Func:
    return Func(number(x), number(y), function="point", output_field=PointField())


class _InCircle(Func):
    template = "%(expressions)s"
    arg_joiner = " <@ "
    output_field = BooleanField()
    conditional = True


class _Kilometres(Func):
    template = f"((%(expressions)s) / {METRES})"
    arg_joiner = " <-> "
    output_field = FloatField()


def within(column: str, km: Any, x: Any, y: Any) -> _InCircle:
    """Is the point in `column` at most `km` from (x, y)? An index answers."""
    circle = Func(point(x, y), number(km) * METRES, function="circle", output_field=PointField())
    return _InCircle(F(column), circle)


def kilometres(column: str, x: Any, y: Any) -> _Kilometres:
    """As the crow flies."""
    return _Kilometres(F(column), point(x, y))
