"""The tabs of a space, with the one where the reader is."""

from django import template
from django.urls import reverse

from traitdunion.spaces import TABS

register = template.Library()


@register.simple_tag(takes_context=True)
def space_tabs(context: template.Context, space: str) -> list[dict[str, object]]:
    """Items of `components/space_nav.html`: the longest address that the page begins with is here."""
    path = context["request"].path
    items = [{"label": label, "url": reverse(name)} for label, name in TABS[space]]
    here = max((item["url"] for item in items if path.startswith(item["url"])), key=len, default="")
    return [item | {"current": item["url"] == here} for item in items]
