"""From the first day on: one function per decision, by the dates or by one of the two sides.

The order of locks is always the same: application, then report.
"""

import datetime as dt
import logging
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import CANDIDATE, COMPANY
from core.outbox import Message, post
from core.rules import RuleBroken, constraints_speak
from core.workflow import SYSTEM, apply, check, why_not
from immersions.applications import followers, places
from immersions.applications.models import (
    CANDIDATE_STOPS,
    COMPANY_STOPS,
    Application,
    EndReason,
)
from immersions.applications.sides import role_in
from immersions.applications.workflow import (
    FINISH,
    INTERRUPT,
    LAPSE,
    NO_SHOW,
    START,
    TELL_ABSENCE,
    ApplicationStatus,
)
from immersions.stays import emails
from immersions.stays.dates import period_of
from immersions.stays.models import Absence, Report, Side, Whose
from immersions.stays.workflow import ASK

logger = logging.getLogger(__name__)


# --- By the dates --------------------------------------------------------------------------------
@transaction.atomic
def lapse_application(application: Application) -> None:
    """The evening before, not signed by all: nobody starts unsigned, the place is freed."""
    application.lock()
    check(LAPSE, application, role=SYSTEM)
    period = period_of(application)
    if not application.offer.needs_agreement or period is None:
        raise RuleBroken("Rien ne manque à cette immersion.", code="nothing_missing")
    if timezone.now() < period.must_be_signed_by:
        raise RuleBroken("La convention peut encore être signée.", code="too_early")
    slots = list(period.slots)
    application.end_reason, application.ended_by = EndReason.NOT_SIGNED, SYSTEM
    application.calendar_sequence += 1
    said = application.get_end_reason_display()
    apply(LAPSE, application, role=SYSTEM, by=None, note=said, data={"slots": places.as_data(slots)})
    places.give_back(application)
    followers.ended(application, None)
    _tell(*emails.lapsed(application, slots))
    logger.info("application lapsed", extra={"application": application.pk})


@transaction.atomic
def start_stay(application: Application) -> None:
    """The first day has come. Only what is confirmed starts: the table says so."""
    application.lock()
    check(START, application, role=SYSTEM)
    period = period_of(application)
    if period is None or not period.has_begun:
        raise RuleBroken("L’immersion n’a pas encore commencé.", code="too_early")
    apply(START, application, role=SYSTEM, by=None)


@transaction.atomic
def finish_stay(application: Application) -> None:
    """The last hour has passed: both reports are asked."""
    application.lock()
    check(FINISH, application, role=SYSTEM)
    period = period_of(application)
    if period is None or not period.is_over:
        raise RuleBroken("L’immersion n’est pas finie.", code="too_early")
    apply(FINISH, application, role=SYSTEM, by=None)
    _ask_reports(application, since=period.ends_at)
    logger.info("stay finished", extra={"application": application.pk})


def _ask_reports(application: Application, *, since: dt.datetime) -> None:
    """One per side. They wait since the end itself: a night skipped delays no reminder."""
    for side in Side.values:
        report = Report(application=application, side=side, waiting_since=since)
        with constraints_speak(Report):
            report.save()
        report.record(ASK, role=SYSTEM, by=None)
        _tell(*emails.report_asked(report))


# --- By one of the two sides ---------------------------------------------------------------------
@transaction.atomic
def interrupt_stay(application: Application, *, by: User, reason: str, words: str = "") -> None:
    """« On arrête là. » The other side and the advisor are told; reports are still asked."""
    application.lock()
    role = role_in(application, by)
    check(INTERRUPT, application, role=role, note=reason)
    _check_reason(reason, words, among=CANDIDATE_STOPS if role == CANDIDATE else COMPANY_STOPS)
    application.end_reason, application.end_words = reason, words.strip()
    application.ended_by = role
    said = " : ".join(filter(None, [application.get_end_reason_display(), words.strip()]))
    apply(INTERRUPT, application, role=role, by=by, note=said)
    _tell(*emails.interrupted(application, by=role))
    _ask_reports(application, since=timezone.now())
    logger.info("stay interrupted", extra={"application": application.pk, "role": role})


def _check_reason(reason: str, words: str, *, among: Iterable[str]) -> None:
    if reason not in among:
        raise RuleBroken("Choisissez une raison dans la liste.", code="reason")
    if reason == EndReason.OTHER and not words.strip():
        raise RuleBroken("Dites pourquoi, en quelques mots.", code="reason_words")


def why_no_absence(application: Application, *, role: str) -> str:
    """A sentence when nobody can tell an absence now; empty when `role` can."""
    is_first = application.status != ApplicationStatus.NO_SHOW
    period = period_of(application)
    if said := why_not(NO_SHOW if is_first else TELL_ABSENCE, application, role=role):
        return said
    if is_first and (period is None or not period.has_begun):
        return "L’immersion n’a pas commencé : retirez-vous ou annulez, sans faute."
    return ""


@transaction.atomic
def tell_absence(application: Application, *, by: User, whose: str, words: str) -> Absence:
    """« La personne n’est pas venue », « l’entreprise n’était pas là »: the first version moves the
    application, the second one stands beside it. Nobody decides whose doing it is, unless both agree.
    """
    application.lock()
    role = role_in(application, by)
    is_first = application.status != ApplicationStatus.NO_SHOW
    move = NO_SHOW if is_first else TELL_ABSENCE
    check(move, application, role=role)
    if not words.strip():
        raise RuleBroken("Dites ce qui s’est passé, en quelques mots.", code="words")
    if whose not in Whose.values:
        raise RuleBroken("Choisissez une réponse dans la liste.", code="whose")
    if said := why_no_absence(application, role=role):
        raise RuleBroken(said, code="too_early")
    absence = Absence(application=application, side=role, whose=whose, words=words.strip(), said_by=by)
    with constraints_speak(Absence):
        absence.save()
    application.ended_by = _agreed_on(application) or application.ended_by  # An agent may have said it.
    apply(move, application, role=role, by=by, data={"absence": absence.pk, "whose": whose})
    _tell(*emails.absence(absence, is_first=is_first))
    logger.info("absence told", extra={"application": application.pk, "role": role})
    return absence


def _agreed_on(application: Application) -> str:
    """Whose doing, when both say the same; empty otherwise: « non déterminé »."""
    said = list(Absence.objects.filter(application=application).values_list("whose", flat=True))
    both_agree = len(said) == len(Side.values) and len(set(said)) == 1
    return said[0] if both_agree and said[0] in (CANDIDATE, COMPANY) else ""


def side_of(application: Application, user: User) -> str:
    """Candidate or company; PermissionDenied for anybody else."""
    role = role_in(application, user)
    if role not in Side.values:
        raise PermissionDenied
    return role


def _tell(*messages: Message) -> None:
    for message in messages:
        post(message)
