"""Pages that belong to no room: where one lands after logging in, health, errors."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.defaults import permission_denied

from core.archive import InArchive
from traitdunion.spaces import spaces_of


def after_login(request: HttpRequest) -> HttpResponse:
    """Each person lands in their space; who has none yet says who they are."""
    spaces = spaces_of(request.user)
    return redirect(spaces[0].url if spaces else "accounts:welcome")


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form waited too long, or cookies are refused: say so, and how to go on."""
    return render(request, "403_csrf.html", status=403)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Not for this account; or once, and now in the archive."""
    if isinstance(exception, InArchive):
        return render(request, "archived.html", status=410)
    return permission_denied(request, exception)
