"""`core.french`, in templates."""

from django import template

from core import french

register = template.Library()
register.filter("day", french.day)
register.filter("month", french.month)
register.filter("hour", french.hour)
register.filter("figure", french.figure)
register.filter("siret", french.siret)
register.filter("kilometres", french.kilometres)
register.filter("of", french.of)
register.filter("that", french.that)
register.simple_tag(french.period, name="period")
register.simple_tag(french.counted, name="counted")
