"""Links of the layout, shown only when the site answers at that address."""

from functools import lru_cache

from django import template
from django.urls import Resolver404, resolve

register = template.Library()


@register.filter
@lru_cache(maxsize=64)
def is_served(path: str) -> bool:
    """Some pages come later than the layout: no link leads nowhere."""
    try:
        resolve(path)
    except Resolver404:
        return False
    return True
