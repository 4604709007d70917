"""Tables of a signed text, in templates."""

from django import template

register = template.Library()


@register.filter
def under(row: list[str], heads: list[str]) -> list[tuple[str, str]]:
    """Each cell of `row` with the title of its column."""
    return list(zip(heads, row, strict=True))
