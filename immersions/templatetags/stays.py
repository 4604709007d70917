"""The stay's box on the page of an application, which does not know the stays."""

from typing import Any

from django import template

from immersions.applications.models import Application
from immersions.stays.box import box_of

register = template.Library()


@register.inclusion_tag("immersions/stays/box.html")
def stay_box(application: Application, side: str) -> dict[str, Any]:
    return {"box": box_of(application, side), "is_candidate": side == "candidate"}
