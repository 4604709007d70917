"""Too late, said at once: the guard of a lifecycle speaks when a form opens, not only when it is sent."""

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect

from core.rules import RuleBroken
from core.workflow import MOVED

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def turned_back(request: "HttpRequest", said: str, *, to: str) -> "HttpResponse | None":
    """A form that could only be refused does not open: `to` says why, and has the way on.

    What is sent still meets the action, which speaks with the row locked.
    """
    if not said or request.method == "POST":
        return None
    messages.warning(request, said)
    return redirect(to)


def overtaken(request: "HttpRequest", refusal: RuleBroken, *, to: str) -> "HttpResponse | None":
    """It moved while the form was filled in: nothing is left to ask. `to` says what it is now."""
    if refusal.code != MOVED:
        return None
    messages.warning(request, refusal.message)
    return redirect(to)
