"""« On prolonge » : one renewal, a month at most, when the objectives were not reached (D.5135-3).

A renewal is an immersion of its own that says which one it renews: its own place, calendar,
reminders, reports; and an agreement that all sign again, with the same object and objectives.
"""

import datetime as dt
import logging

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import CANDIDATE, COMPANY
from core.outbox import post
from core.rules import RuleBroken, constraints_speak
from immersions.applications import emails as application_emails
from immersions.applications.actions import book_application
from immersions.applications.models import Application
from immersions.applications.places import AgreedDates
from immersions.applications.sides import role_in
from immersions.applications.workflow import NOT_IN_VAIN, SUBMIT, ApplicationStatus
from immersions.stays import emails
from immersions.stays.dates import period_of

logger = logging.getLogger(__name__)
RENEWABLE = (ApplicationStatus.IN_PROGRESS, ApplicationStatus.COMPLETED)
STILL_ASKED = dt.timedelta(days=30)  # Later, it is another immersion.
REACHED = (
    "Une immersion se prolonge quand ses objectifs n’ont pas été atteints : cochez la case si c’est le cas."
)


def why_not(application: Application) -> str:
    """A sentence when it cannot be renewed; empty when it can."""
    period = period_of(application)
    if not application.offer.needs_agreement:
        return "Une visite ne se prolonge pas : demandez une immersion."
    if application.status not in RENEWABLE or period is None:
        return f"Cette immersion ne se prolonge pas : {application.get_status_display().lower()}."
    if application.renews_id:
        return "Une immersion se prolonge une seule fois."
    if timezone.localdate() > period.last_day + STILL_ASKED:
        return "Cette immersion est finie depuis plus d’un mois : demandez-en une autre."
    if application.renewals.filter(status__in=NOT_IN_VAIN).exists():
        return "Cette immersion est déjà prolongée, ou quelqu’un l’a demandé."
    return ""


@transaction.atomic
def ask_renewal(
    application: Application, *, by: User, weeks: list[dt.date], why: str, is_reached: bool = False
) -> Application:
    """« Je voudrais prolonger. » The company answers, as to any application."""
    renewal = _renew(application, by=by, role=CANDIDATE, weeks=weeks, why=why, is_reached=is_reached)
    post(application_emails.receipt(renewal))
    for message in emails.renewal_asked(renewal):
        post(message)
    return renewal


@transaction.atomic
def propose_renewal(
    application: Application, *, by: User, dates: AgreedDates, why: str, is_reached: bool = False
) -> Application:
    """« Nous voudrions prolonger, à ces dates. » Who does not want to withdraws: nobody's fault."""
    renewal = _renew(application, by=by, role=COMPANY, weeks=[], why=why, is_reached=is_reached)
    period = period_of(application)
    if period and dates.first_day <= period.last_day:
        raise RuleBroken(
            "La suite commence après le dernier jour de la première immersion.", code="first_day"
        )
    book_application(renewal, by=by, dates=dates)
    for message in emails.renewal_proposed(renewal):
        post(message)
    return renewal


def _renew(
    application: Application, *, by: User, role: str, weeks: list[dt.date], why: str, is_reached: bool
) -> Application:
    application.lock()
    if role_in(application, by) != role:
        raise RuleBroken("« Prolonger » n’est pas de votre ressort ici.", code="role")
    if said := why_not(application):
        raise RuleBroken(said, code="not_renewable")
    if is_reached:
        raise RuleBroken(REACHED, code="reached")
    if not why.strip():
        raise RuleBroken("Dites ce qui reste à atteindre, en quelques mots.", code="why")
    renewal = Application(
        offer=application.offer,
        candidate=application.candidate,
        renews=application,
        wished_weeks=sorted(weeks),
        why=why.strip(),
    )
    with constraints_speak(Application):
        renewal.save()
    renewal.record(SUBMIT, role=role, by=by, data={"renews": application.pk})
    logger.info("renewal asked", extra={"application": renewal.pk, "renews": application.pk, "role": role})
    return renewal
