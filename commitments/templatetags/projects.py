"""The project's box on the page of an application, which does not know the projects; its figures."""

from decimal import Decimal
from typing import Any

from django import template

from commitments.projects import rules
from commitments.projects.box import box_of
from immersions.applications.models import Application

register = template.Library()


@register.inclusion_tag("commitments/projects/box.html")
def project_box(application: Application, side: str) -> dict[str, Any]:
    return {"box": box_of(application, side)}


@register.filter
def euros(amount: Decimal) -> str:
    """« 1 950 € », « 1 823,03 € »."""
    return rules.euros(amount)


@register.filter
def hours(number: Decimal) -> str:
    """« 35 h »."""
    return rules.hours(number)
