"""What the advisor who accompanies a person reads of their applications."""

from django.urls import reverse

from candidates.models import Candidate
from candidates.structures.activity import Line
from immersions.applications.models import Application
from immersions.applications.words import when_words

SHOWN = 20  # The latest; an advisor is no archive.


def lines_of(candidate: Candidate) -> list[Line]:
    """Where each one stands, and when it is: not what the person wrote to the company."""
    applications = Application.objects.filter(candidate=candidate).for_list()[:SHOWN]
    return [
        Line(
            title=application.offer.title,
            where=f"{application.offer.company.name}, {application.offer.commune.name}",
            status=application.get_status_display(),
            when=when_words(application.slots),
            url=reverse("immersions:followed_stay", args=[application.pk]),
        )
        for application in applications
    ]
