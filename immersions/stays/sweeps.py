"""What the dates do, every ten minutes: by state and date, never by "N days ago exactly".

A night skipped or run twice changes nothing: each step looks at what is, moves it, and what has
moved is no longer looked at.
"""

import datetime as dt
import logging
from collections.abc import Callable

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from core.outbox import post
from core.rules import RuleBroken
from core.sweeps import each_alone
from core.waits import Watch
from immersions.applications.models import Application
from immersions.applications.workflow import ApplicationStatus as S
from immersions.offers.models import Slot
from immersions.stays import actions, agreement_emails, emails
from immersions.stays.dates import ONE_DAY, period_of
from immersions.stays.models import Notice, NoticeKind, Report
from immersions.stays.report_actions import task_key
from immersions.stays.workflow import REPORT_WORKFLOW
from territories.actions import open_agent_task
from territories.delays import waits_of
from territories.models import Region

logger = logging.getLogger(__name__)
LONGEST_DELAY = dt.timedelta(days=60)  # No Region waits longer before a first day.


def move_stays_by_date() -> int:
    """Lapse, remind, start, finish: in this order, so that one late night does all of it."""
    return (
        _each(_to_lapse(), actions.lapse_application)
        + _each(_to_remind(), remind_of_agreement)
        + _each(_to_prepare(), send_sheet)
        + _each(_to_start(), actions.start_stay)
        + _each(_to_finish(), actions.finish_stay)
    )


def _each(rows: QuerySet, act: Callable[[Application], None]) -> int:
    """Each, unless someone is working on it right now: the next turn will."""
    held = Application.objects.select_for_update(skip_locked=True, of=("self",), no_key=True)

    def one(pk: int) -> bool:
        application = held.filter(pk=pk).first()
        if application is not None:
            act(application)
        return application is not None

    return each_alone(rows, one)


def _dated(status: str) -> QuerySet:
    held = Slot.objects.filter(bookings__application=OuterRef("pk"))
    return (
        Application.objects.filter(status=status)
        .order_by("pk")
        .annotate(
            first=Subquery(held.order_by("first_day").values("first_day")[:1]),
            last=Subquery(held.order_by("-last_day").values("last_day")[:1]),
        )
    )


def _to_lapse() -> QuerySet:
    return _dated(S.BOOKED).filter(first__lte=timezone.localdate() + ONE_DAY).exclude(offer__weight="visit")


def _to_start() -> QuerySet:
    return _dated(S.CONFIRMED).filter(first__lte=timezone.localdate())


def _to_finish() -> QuerySet:
    return _dated(S.IN_PROGRESS).filter(last__lte=timezone.localdate())


# --- Before the first day ------------------------------------------------------------------------
def _soon(status: str, *kinds: str) -> QuerySet:
    """Those whose first day comes, who have not had the last of these notices for it."""
    told = Notice.objects.filter(application=OuterRef("pk"), kind=kinds[-1], first_day=OuterRef("first"))
    today = timezone.localdate()
    rows = _dated(status).filter(first__gte=today, first__lte=today + LONGEST_DELAY)
    return rows.filter(~Exists(told))


def _to_prepare() -> QuerySet:
    return _soon(S.CONFIRMED, NoticeKind.SHEET)


def _to_remind() -> QuerySet:
    return _soon(S.BOOKED, NoticeKind.AGREEMENT_2).exclude(offer__weight="visit")


def send_sheet(application: Application) -> None:
    """The practical sheet, some days before; at once when one books late; never after the start."""
    application.lock()
    period = period_of(application)
    if application.status != S.CONFIRMED or period is None:
        raise RuleBroken("Rien à envoyer.", code="moved")
    days = delays_of(application).sheet_days
    if timezone.localdate() < period.first_day - ONE_DAY * days or timezone.now() >= period.begins_at:
        raise RuleBroken("Trop tôt, ou trop tard.", code="not_useful")
    _note(application, NoticeKind.SHEET, period.first_day)
    for message in emails.sheet(application, period):
        post(message)


def remind_of_agreement(application: Application) -> None:
    """Who has not filled or signed is told what the evening before would take away."""
    application.lock()
    period = period_of(application)
    if application.status != S.BOOKED or period is None:
        raise RuleBroken("Rien à envoyer.", code="moved")
    left, delays = (period.first_day - timezone.localdate()).days, delays_of(application)
    if left <= delays.agreement_second_reminder_days:
        kind = NoticeKind.AGREEMENT_2
    elif left <= delays.agreement_first_reminder_days:
        kind = NoticeKind.AGREEMENT_1
    else:
        raise RuleBroken("Trop tôt.", code="too_early")
    if timezone.now() >= period.must_be_signed_by:
        raise RuleBroken("Trop tard.", code="not_useful")
    _note(application, kind, period.first_day)
    for message in agreement_emails.agreement_reminder(application, period, kind=kind):
        post(message)


def _note(application: Application, kind: str, first_day: dt.date) -> None:
    _, is_new = Notice.objects.get_or_create(application=application, kind=kind, first_day=first_day)
    if not is_new:
        raise RuleBroken("C’est déjà envoyé.", code="sent")


def delays_of(application: Application) -> Region:
    """The table of delays that an agent changes: that of the Region where it happens."""
    return application.offer.commune.department.region


# --- Reports that do not come --------------------------------------------------------------------
def remind_report(report: Report, *, number: int) -> None:
    for message in emails.report_reminder(report, number=number):
        post(message)


def escalate_report(report: Report) -> None:
    application = report.application
    offer = application.offer
    who = "l’entreprise" if report.side == "company" else "la personne accueillie"
    open_agent_task(
        "missing_report",
        f"Obtenir le bilan de {who} : {offer.title}, {offer.company.name}",
        key=task_key(report),
        url=settings.SITE_URL + reverse("admin:immersions_report_change", args=[report.pk]),
        detail="Personne n’attend ce bilan pour la suite : l’autre partie peut continuer sans lui.",
        department=offer.commune.department if offer.commune else None,
    )


def _nothing_more(report: Report) -> None:
    """A report that never comes ends nothing."""


WATCH = Watch(
    model=Report,
    workflow=REPORT_WORKFLOW,
    remind=remind_report,
    escalate=escalate_report,
    end=_nothing_more,
    wait_of=waits_of("report", lambda report: report.application.offer.department_code),
)
