"""What the advisor who accompanies a person reads of their seat requests."""

from django.urls import reverse

from accounts.models import User
from candidates.models import Candidate
from candidates.structures.activity import Line
from candidates.structures.models import Following
from commitments.seats.models import SeatRequest

SHOWN = 10


def following_of(candidate: Candidate, user: User) -> Following | None:
    """What opens the page of this person, for this advisor."""
    return Following.objects.seen_by(user).filter(candidate=candidate).order_by("-pk").first()


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
