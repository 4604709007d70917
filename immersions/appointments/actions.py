"""A first appointment: offered by the company, picked by the candidate, moved, cancelled, missed.

The order of locks: application, candidate, appointment, time.
"""

import datetime as dt
import logging
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import CANDIDATE, COMPANY
from candidates.models import Candidate
from companies.models import Company
from core.outbox import post
from core.rules import RuleBroken, constraints_speak
from core.workflow import SYSTEM, apply, check
from immersions.applications.models import Application
from immersions.applications.sides import role_in
from immersions.applications.workflow import BEFORE_START
from immersions.appointments import emails
from immersions.appointments.models import Appointment, AppointmentTime
from immersions.appointments.words import time_words
from immersions.appointments.workflow import CANCEL, HOLD, MISS, MOVE, PICK, AppointmentStatus

logger = logging.getLogger(__name__)


@transaction.atomic
def offer_times(
    company: Company,
    starts: Sequence[dt.datetime],
    *,
    by: User,
    kind: str,
    minutes: int,
    where: str = "",
    application: Application | None = None,
) -> list[AppointmentTime]:
    """« Parlons-nous d’abord : mardi à 10 h, ou jeudi à 14 h ? »"""
    if not Company.objects.trusting(by).filter(pk=company.pk).exists():
        raise PermissionDenied
    if application is not None:
        application.lock()
        _check_is_ahead(application)
    if not starts:
        raise RuleBroken("Écrivez au moins une date et une heure.", code="no_time")
    if min(starts) <= timezone.now():
        raise RuleBroken("Un rendez-vous se propose pour plus tard : corrigez la date.", code="past")
    times = [
        AppointmentTime(
            company=company, application=application, kind=kind, starts_at=start, minutes=minutes,
            where=where.strip(), offered_by=by,
        )
        for start in sorted(starts)
    ]  # fmt: skip
    with constraints_speak(AppointmentTime):
        for time in times:
            time.save()
    if application is not None:
        post(emails.offered(application, times))
    logger.info("appointment times offered", extra={"company": company.pk, "times": len(times)})
    return times


@transaction.atomic
def withdraw_time(time: AppointmentTime, *, by: User) -> None:
    """« Nous ne sommes plus libres à cette heure. » Someone who has it keeps it."""
    if not Company.objects.trusting(by).filter(pk=time.company_id).exists():
        raise PermissionDenied
    time.refresh_from_db(from_queryset=AppointmentTime.objects.select_for_update(no_key=True))
    if Appointment.objects.booked().filter(time=time).exists():
        raise RuleBroken("Quelqu’un a pris cette heure : annulez plutôt le rendez-vous.", code="taken")
    time.is_open = False
    time.save(update_fields=["is_open"])


@transaction.atomic
def pick_time(application: Application, time: AppointmentTime, *, by: User) -> Appointment:
    """« Mardi à 10 h me va. » The company then reads how to reach the person. Picking another
    time moves the appointment.
    """
    application.lock()
    if role_in(application, by) != CANDIDATE:
        raise RuleBroken("C’est à la personne de choisir l’heure.", code="role")
    _check_is_ahead(application)
    Candidate.objects.select_for_update(no_key=True).get(pk=application.candidate_id)
    appointment = Appointment.objects.booked().filter(application=application).first()
    if appointment is not None:
        appointment.lock()
    _check_is_free(application, time, but=appointment)
    is_moved = appointment is not None
    if appointment is None:
        appointment = Appointment(application=application)
    before = time_words(appointment.time) if is_moved else ""
    appointment.time = time
    appointment.calendar_sequence += 1
    appointment.reminded_for = None
    with constraints_speak(Appointment):
        appointment.save()
        data = {"time": time.pk, "when": time_words(time), "before": before}
        if is_moved:
            apply(MOVE, appointment, role=CANDIDATE, by=by, data=data)
        else:
            appointment.record(PICK, role=CANDIDATE, by=by, data=data)
    for message in emails.booked(appointment, before=before):
        post(message)
    logger.info("appointment picked", extra={"appointment": appointment.pk})
    return appointment


@transaction.atomic
def cancel_appointment(appointment: Appointment, *, by: User, words: str = "") -> None:
    """By either side, before it. The company's own time is no longer offered."""
    role = _hold(appointment, by)
    check(CANCEL, appointment, role=role)
    if appointment.time.starts_at <= timezone.now():
        raise RuleBroken("L’heure est passée : signalez plutôt une absence.", code="past")
    _cancel(appointment, role=role, by=by, words=words)
    if role == COMPANY:
        AppointmentTime.objects.filter(pk=appointment.time_id).update(is_open=False)


def cancel_with_application(application: Application, by: Any) -> None:
    """The application ended: so does what was to come. The caller holds it."""
    AppointmentTime.objects.filter(application=application).update(is_open=False)
    for appointment in Appointment.objects.booked().filter(application=application):
        appointment.lock()
        if appointment.time.starts_at > timezone.now():
            _cancel(appointment, role=SYSTEM, by=None, words="")


@transaction.atomic
def note_absence(appointment: Appointment, *, by: User) -> None:
    """« Personne au rendez-vous. » Kept with who says so; the other one is told."""
    role = _hold(appointment, by)
    check(MISS, appointment, role=role)
    if appointment.time.starts_at > timezone.now():
        raise RuleBroken("L’heure n’est pas encore passée.", code="early")
    appointment.noted_by = role
    apply(MISS, appointment, role=role, by=by)
    for message in emails.missed(appointment):
        post(message)


@transaction.atomic
def hold_appointment(appointment: Appointment) -> None:
    """Its time is over and nobody said anything: it took place."""
    _hold(appointment, None)
    if appointment.status == AppointmentStatus.BOOKED:
        apply(HOLD, appointment, role=SYSTEM, by=None)


def _hold(appointment: Appointment, by: User | None) -> str:
    application = appointment.application
    application.lock()
    appointment.lock()
    appointment.application = application
    return role_in(application, by)


def _cancel(appointment: Appointment, *, role: str, by: User | None, words: str) -> None:
    appointment.calendar_sequence += 1
    apply(CANCEL, appointment, role=role, by=by, note=words.strip())
    for message in emails.cancelled(appointment, by_role=role, words=words.strip()):
        post(message)


def why_too_late(application: Application) -> str:
    """A sentence when the immersion has begun, or will not be; empty when there is still time."""
    if application.status in BEFORE_START:
        return ""
    return f"Un rendez-vous se prend avant l’immersion : {application.get_status_display().lower()}."


def _check_is_ahead(application: Application) -> None:
    if said := why_too_late(application):
        raise RuleBroken(said, code="over")


def _check_is_free(application: Application, time: AppointmentTime, *, but: Appointment | None) -> None:
    """The time is still offered to this person, who is nowhere else at that hour."""
    time.refresh_from_db(from_queryset=AppointmentTime.objects.select_for_update(no_key=True))
    if not AppointmentTime.objects.free_for(application).filter(pk=time.pk).exists():
        raise RuleBroken("Cette heure vient d’être prise ou retirée. Choisissez-en une autre.", code="taken")
    elsewhere = Appointment.objects.booked().filter(application__candidate=application.candidate_id)
    if but is not None:
        elsewhere = elsewhere.exclude(pk=but.pk)
    others = [it.time for it in elsewhere.select_related("time")]
    if any(it.starts_at < time.ends_at and time.starts_at < it.ends_at for it in others):
        raise RuleBroken("Vous avez déjà un autre rendez-vous à cette heure.", code="busy")
