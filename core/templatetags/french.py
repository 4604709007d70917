"""`core.french`, in templates."""

from typing import Any

from django import template
from django.template.defaultfilters import date as django_date

from core import french

register = template.Library()


@register.filter(name="date", expects_localtime=True, is_safe=False)
def date(value: Any, pattern: str | None = None) -> str:
    """Django’s filter, which knows no ordinal in French. A built-in: no template can forget it."""
    return french.first_of_month(django_date(value, pattern))


register.filter("day", french.day)
register.filter("month", french.month)
register.filter("hour", french.hour)
register.filter("figure", french.figure)
register.filter("siret", french.siret)
register.filter("kilometres", french.kilometres)
register.filter("of", french.of)
register.filter("that", french.that)
register.filter("dated", french.dated)
register.filter("in_brief", french.in_brief)
register.simple_tag(french.period, name="period")
register.simple_tag(french.counted, name="counted")
