"""« Sans place »: a signed project that finds no seat. Nobody's fault, and never by silence."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from accounts.models import User
from accounts.roles import AGENT, CANDIDATE
from commitments.projects import ending
from commitments.projects.actions import check_reason
from commitments.projects.models import Commitment, EndReason
from commitments.projects.sides import hold, side_of
from commitments.projects.workflow import LOSE_SEAT
from commitments.seats import emails
from commitments.seats.models import SeatRequest
from commitments.seats.workflow import SeatStatus
from core.outbox import post
from core.rules import RuleBroken
from core.workflow import check
from territories.actions import open_agent_task

REASONS = (EndReason.SESSION_CANCELLED, EndReason.NOT_ADMITTED, EndReason.NOT_ELIGIBLE, EndReason.OTHER)


@transaction.atomic
def lose_seat(commitment: Commitment, *, by: User | None, reason: str, words: str = "") -> None:
    """« Aucune place ne convient » : the project stops, its post is free again, and each has a way on."""
    hold(commitment)
    role = side_of(commitment, by)
    check(LOSE_SEAT, commitment, role=role, note=reason)
    note = check_reason(reason, words, REASONS)
    requests = SeatRequest.objects.filter(commitment=commitment)
    last = requests.order_by("-pk").first()
    if role != AGENT and requests.filter(status=SeatStatus.ADMITTED).exists():
        give_back = "rendez-la d’abord" if role == CANDIDATE else "la personne la rend d’abord, de son espace"
        raise RuleBroken(f"Une place est donnée : {give_back}, si elle ne convient plus.", code="admitted")
    ending.end(commitment, LOSE_SEAT, role=role, by=by, reason=reason, words=words, note=note)
    if last is not None:
        for message in emails.no_seat(SeatRequest.objects.for_page().get(pk=last.pk)):
            post(message)
    open_agent_task(
        "commitment_no_seat",
        f"Projet sans place en formation : {commitment.offer.title}, {commitment.company.name}",
        key=f"commitment/{commitment.pk}/no_seat",
        url=settings.SITE_URL + reverse("admin:commitments_commitment_change", args=[commitment.pk]),
        detail=f"La raison donnée : {EndReason(reason).label.lower()}.",
        department=commitment.offer.commune.department,
    )
