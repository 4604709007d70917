"""What the advisor who accompanies a person reads of their seat requests."""

from django.urls import reverse

from candidates.models import Candidate
from candidates.structures.activity import Line
from commitments.seats.models import SeatRequest

SHOWN = 10


def lines_of(candidate: Candidate) -> list[Line]:
    return [
        Line(
            title=f"Place en formation : {it.session.action.training.title}",
            where=it.organisation.name,
            status=it.get_status_display(),
            when=it.session.dates,
            url=reverse("commitments:project_validation", args=[it.pk]),
        )
        for it in SeatRequest.objects.filter(candidate=candidate).for_list()[:SHOWN]
    ]
