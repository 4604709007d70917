"""One page per application: its agreements, projects, seats, contracts, follow-ups, each one click away; and
from each of these pages, all the others.
"""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from commitments.contracts.models import Contract
from commitments.followups.models import FollowUp
from commitments.seats.models import SeatRequest
from immersions.applications.models import Application


def _application_of(row: Any) -> Application | None:
    """None for a seat that was asked for without a promise."""
    if isinstance(row, Application):
        return row
    project = getattr(row, "commitment", None)
    return getattr(row, "application", None) or (project.application if project else None)


def _rows(application: Application) -> Iterator[tuple[str, Any, str]]:
    """(what, its row, its page), in the order of the path."""
    of_project = {"commitment__application": application}
    for name, page, rows in (
        ("Candidature", "immersions_application", Application.objects.filter(pk=application.pk)),
        ("Convention", "immersions_agreement", application.agreements.all()),  # type: ignore[attr-defined]
        ("Projet emploi-formation", "commitments_commitment", application.commitments.all()),  # type: ignore[attr-defined]
        ("Demande de place", "commitments_seatrequest", SeatRequest.objects.filter(**of_project)),
        ("Contrat", "commitments_contract", Contract.objects.filter(**of_project)),
        ("Suivi", "commitments_followup", FollowUp.objects.filter(**of_project)),
    ):
        for row in rows.order_by("pk"):
            more = f", {row.get_moment_display().lower()}" if isinstance(row, FollowUp) else ""
            yield f"{name} {row.pk}{more}", row, page


@admin.display(description="parcours")
def whole_path(here: Model) -> Any:
    """Each page checks its own territory again."""
    application = _application_of(here)
    if application is None:
        return "–"
    url = reverse("commitments:path", args=[application.candidate.uid])
    lines = format_html_join("", "<p>{} : {}</p>", _lines(application, here))
    return format_html('<p><a href="{}">Le parcours entier</a></p>{}', url, lines)


def _lines(application: Application, here: Model) -> Iterator[tuple[str, str]]:
    for name, row, page in _rows(application):
        url = reverse(f"admin:{page}_change", args=[row.pk])
        link = format_html('<a href="{}">{}</a>', url, name)
        yield format_html("<strong>{}</strong>", name) if row == here else link, row.get_status_display()
