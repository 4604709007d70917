"""The tabs of a space, with the one where the reader is."""

from django import template
from django.urls import reverse

from traitdunion.spaces import ALSO_BELOW, TABS

register = template.Library()


@register.simple_tag(takes_context=True)
def space_tabs(context: template.Context, space: str) -> list[dict[str, object]]:
    """Items of `components/space_nav.html`. The first tab is the space's own page, and only that;
    the others are current on all the pages below them.
    """
    path = context["request"].path
    urls = [reverse(name) for _, name in TABS[space]]
    also = {reverse(name): below for name, below in ALSO_BELOW.get(space, {}).items()}
    here = next((url for url in urls[1:] if path.startswith((url, *also.get(url, ())))), path)
    labels = (label for label, _ in TABS[space])
    return [
        {"label": label, "url": url, "current": url == here} for label, url in zip(labels, urls, strict=True)
    ]
