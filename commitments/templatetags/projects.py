"""The project's box on the page of an application, which does not know the projects; words of a session."""

from typing import Any

from django import template

from commitments.projects.box import box_of
from commitments.projects.choice import seats_words, travel_words
from core import french
from immersions.applications.models import Application
from trainings.models import Session

register = template.Library()


@register.inclusion_tag("commitments/projects/box.html")
def project_box(application: Application, side: str) -> dict[str, Any]:
    return {"box": box_of(application, side)}


@register.filter
def km(distance: float) -> str:
    return french.kilometres(distance)


@register.filter
def travel(distance: float) -> str:
    return travel_words(distance)


@register.filter
def seats(session: Session) -> str:
    return seats_words(session)
