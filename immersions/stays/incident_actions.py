"""« Quelque chose ne va pas »: one button, dated by the server, read at once by who can help."""

import logging

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core.outbox import post
from core.rules import RuleBroken, constraints_speak
from immersions.applications.models import Application
from immersions.applications.workflow import ApplicationStatus as S
from immersions.stays import emails
from immersions.stays.actions import side_of
from immersions.stays.dates import INCIDENT_DAYS, period_of
from immersions.stays.models import Incident, IncidentKind
from territories.actions import open_agent_task

logger = logging.getLogger(__name__)

SPEAKS = (S.BOOKED, S.CONFIRMED, S.IN_PROGRESS, S.COMPLETED, S.INTERRUPTED, S.NO_SHOW)


def may_report_incident(application: Application) -> bool:
    """From the booking until ten days after the last day."""
    if application.status not in SPEAKS:
        return False
    period = period_of(application)
    return period is not None and timezone.localdate() <= period.last_day + INCIDENT_DAYS


@transaction.atomic
def report_incident(application: Application, *, by: User, kind: str, words: str) -> Incident:
    """The advisor, the structure and an agent know at once; the other side is not told by us."""
    application.lock()
    side = side_of(application, by)
    if kind not in IncidentKind.values:
        raise RuleBroken("Choisissez ce qui s’est passé.", code="kind")
    if not words.strip():
        raise RuleBroken("Dites ce qui s’est passé, en quelques mots.", code="words")
    if not may_report_incident(application):
        raise RuleBroken(
            "On ne peut plus le signaler ici : écrivez-nous depuis la page Contact.", code="too_late"
        )
    incident = Incident(application=application, kind=kind, side=side, words=words.strip(), said_by=by)
    with constraints_speak(Incident):
        incident.save()
    _tell_agent(incident)
    for message in emails.incident(incident):
        post(message)
    logger.info("incident reported", extra={"incident": incident.pk, "kind": kind, "side": side})
    return incident


def _tell_agent(incident: Incident) -> None:
    application = incident.application
    offer = application.offer
    what = "Accident" if incident.kind == IncidentKind.ACCIDENT else "Malaise"
    said = f"Signalé par {'la personne accueillie' if incident.side == 'candidate' else 'l’entreprise'}."
    open_agent_task(
        "incident",
        f"{what} signalé : {offer.title}, {offer.company.name}",
        key=f"incident/{incident.pk}",
        url=settings.SITE_URL + reverse("admin:immersions_incident_change", args=[incident.pk]),
        detail=f"{said} « {incident.words} »",
        department=offer.commune.department if offer.commune else None,
        due_on=timezone.localdate(),
    )
