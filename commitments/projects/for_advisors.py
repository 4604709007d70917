"""What the advisor who accompanies a person reads of their projects."""

from django.urls import reverse

from candidates.models import Candidate
from candidates.structures.activity import Line
from commitments.projects.models import Commitment
from core import french

SHOWN = 10


def lines_of(candidate: Candidate) -> list[Line]:
    commitments = Commitment.objects.filter(candidate=candidate).at_hand().for_list()[:SHOWN]
    return [
        Line(
            title=f"Projet emploi-formation : {it.promise.job_title}",
            where=it.company.name,
            status=it.get_status_display(),
            when=it.pledge.session.dates
            if it.pledge.session
            else f"à signer avant le {french.day(it.expires_on)}",
            url=reverse("commitments:commitment", args=[it.pk]),
        )
        for it in commitments
    ]
