"""One page per application: its agreements, projects, seats, contracts, follow-ups, each one click away."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html, format_html_join

from commitments.contracts.models import Contract
from commitments.followups.models import FollowUp
from commitments.seats.models import SeatRequest
from immersions.applications.models import Application


def _rows(application: Application) -> Iterator[tuple[str, str, str]]:
    """(what, its page, where it stands), in the order of the path."""
    of_project = {"commitment__application": application}
    for name, page, rows in (
        ("Convention", "immersions_agreement", application.agreements.all()),  # type: ignore[attr-defined]
        ("Projet emploi-formation", "commitments_commitment", application.commitments.all()),  # type: ignore[attr-defined]
        ("Demande de place", "commitments_seatrequest", SeatRequest.objects.filter(**of_project)),
        ("Contrat", "commitments_contract", Contract.objects.filter(**of_project)),
        ("Suivi", "commitments_followup", FollowUp.objects.filter(**of_project)),
    ):
        for row in rows.order_by("pk"):
            yield f"{name} {row.pk}", reverse(f"admin:{page}_change", args=[row.pk]), row.get_status_display()


@admin.display(description="parcours")
def whole_path(application: Application) -> Any:
    """Each page checks its own territory again."""
    url = reverse("commitments:path", args=[application.candidate.uid])
    lines = format_html_join(
        "\n",
        '<p><a href="{1}">{0}</a> : {2}</p>',
        [(name, url, word) for name, url, word in _rows(application)],
    )
    return format_html('<p><a href="{}">Le parcours entier</a></p>{}', url, lines)
