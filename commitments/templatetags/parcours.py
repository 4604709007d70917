"""The way to a person's path, on pages that do not know who may read it."""

from django import template

from accounts.models import User
from candidates.models import Candidate
from commitments.parcours.sight import sight_of

register = template.Library()


@register.filter
def opens_to(candidate: Candidate, user: User) -> bool:
    """Would the path open? A link to a page that does not exist for its reader is not shown."""
    return sight_of(candidate, user) is not None
