"""An agreement made on Immersion Facilitée: recorded by the prescriber, read or confirmed by hand.

The order of locks: application, agreement.
"""

import logging
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core.outbox import post
from core.rules import RuleBroken, constraints_speak
from immersions.agreements import channels
from immersions.agreements.actions import void_agreement
from immersions.agreements.models import Agreement
from immersions.applications import places
from immersions.applications.actions import confirm_application
from immersions.applications.models import Application
from immersions.applications.workflow import ApplicationStatus
from immersions.facilitee import client, emails
from immersions.facilitee.client import NUMBER, Found
from immersions.facilitee.models import ExternalAgreement, Source

logger = logging.getLogger(__name__)


def ask_facilitee(number: str) -> Found | None:
    """Before any transaction. None: off, unknown or down."""
    try:
        return client.find(number.strip())
    except client.Unavailable:
        return None


@transaction.atomic
def record_external(
    application: Application,
    number: str,
    *,
    by: User,
    found: Found | None = None,
    is_confirmed: bool = False,
    pdf: bytes = b"",
) -> ExternalAgreement:
    """« Elle est faite là-bas, la voici. » Validated there, or confirmed here, it opens the same gate."""
    application.lock()
    if not may_prescribe(application, by):
        raise PermissionDenied
    number = number.strip()
    if application.status != ApplicationStatus.BOOKED:
        said = application.get_status_display().lower()
        raise RuleBroken(f"Cette immersion ne se prépare plus : {said}.", code="over")
    channels.check_made_there(application)
    if not NUMBER.fullmatch(number):
        raise RuleBroken("Un numéro a de 5 à 60 lettres, chiffres ou tirets.", code="number")
    if found is None and not is_confirmed:
        raise RuleBroken(
            "Cochez la case : c’est vous qui confirmez qu’elle est validée.", code="is_confirmed"
        )
    kept = ExternalAgreement.objects.filter(application=application).first()
    agreement = kept or ExternalAgreement(application=application)
    agreement.number, agreement.recorded_by = number, by
    agreement.source = Source.API if found else Source.TYPED
    agreement.confirmed_at = agreement.confirmed_by = None
    if pdf and not pdf.startswith(b"%PDF-"):
        raise RuleBroken("Ce fichier n’est pas un PDF, quel que soit son nom.", code="pdf")
    if pdf:
        agreement.pdf.save("x.pdf", ContentFile(pdf), save=False)
    with constraints_speak(ExternalAgreement):
        agreement.save()
    if found is None:
        _confirm(agreement, application, by=by)
    else:
        follow(agreement, application, found)
    return agreement


@transaction.atomic
def refresh_external(agreement: ExternalAgreement, found: Found) -> None:
    """What the sweep has read."""
    application = agreement.application
    application.lock()
    agreement.refresh_from_db(from_queryset=ExternalAgreement.objects.select_for_update(of=("self",)))
    channels.check_unsigned_here(application)
    if agreement.confirmed_at is None and application.status == ApplicationStatus.BOOKED:
        follow(agreement, application, found)


def follow(agreement: ExternalAgreement, application: Application, found: Found) -> None:
    """The caller holds the application. An agreement about something else is refused."""
    if found.siret != application.offer.company.organisation.siret:
        raise RuleBroken("Cette convention est celle d’une autre entreprise.", code="number")
    slots = places.held_by(application)
    days = min(slot.first_day for slot in slots), max(slot.last_day for slot in slots)
    if (found.first_day, found.last_day) != tuple(day.isoformat() for day in days):
        raise RuleBroken(
            "Cette convention porte sur d’autres dates que la réservation : corrigez l’une des deux.",
            code="number",
        )
    agreement.status = found.status
    if found.pdf:
        agreement.pdf.save("x.pdf", ContentFile(found.pdf), save=False)
    agreement.save()
    if found.is_validated:
        _confirm(agreement, application, by=None)


def _confirm(agreement: ExternalAgreement, application: Application, *, by: User | None) -> None:
    agreement.confirmed_at, agreement.confirmed_by = timezone.now(), by
    agreement.save()
    void_agreement(application, by)  # Nobody signs twice.
    confirm_application(application)
    for message in emails.confirmed(agreement, application):
        post(message)
    logger.info("external agreement confirmed", extra={"application": application.pk})


def unconfirm_external(application: Application, by: Any) -> None:
    """Other dates: it was confirmed for the old ones. The caller holds the application."""
    kept = ExternalAgreement.objects.filter(application=application).first()
    if kept is not None:
        kept.confirmed_at = kept.confirmed_by = None
        kept.status = ""  # Nobody has signed for the new ones.
        kept.save()


def may_prescribe(application: Application, user: User) -> bool:
    return Agreement.objects.of_structures(user).filter(application=application).exists()
