"""What an application's page says of the project that may follow it."""

from dataclasses import dataclass

from django.urls import reverse

from accounts.roles import CANDIDATE
from commitments.projects.actions import may_propose
from commitments.projects.models import Commitment
from commitments.projects.workflow import OPEN
from immersions.applications.models import Application
from immersions.applications.workflow import ApplicationStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """`templates/commitments/projects/box.html` shows it."""

    title: str
    url: str
    label: str
    text: str = ""
    is_todo: bool = False


def box_of(application: Application, side: str) -> Box | None:
    """The project of this immersion; or, once it is completed, the way to propose one."""
    if application.status != ApplicationStatus.COMPLETED:
        return None
    known = Commitment.objects.filter(application=application).order_by("-proposed_at").first()
    if known is not None and known.status in OPEN:
        return _known(known, side)
    if may_propose(application):
        who = "l’entreprise promet" if side == CANDIDATE else "vous promettez"
        return Box(
            title="On continue ?",
            text=f"Une formation financée, puis un contrat que {who} par écrit.",
            url=reverse("commitments:propose", args=[application.pk]),
            label="Proposer un projet emploi-formation",
            is_todo=True,
        )
    return _known(known, side) if known else None


def _known(commitment: Commitment, side: str) -> Box:
    return Box(
        title="Le projet emploi-formation",
        text=f"{commitment.status_for(side)}.",
        url=reverse("commitments:commitment", args=[commitment.pk]),
        label="Voir le projet",
    )
