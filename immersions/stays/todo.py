"""What each side must do about its stays: everything that a message says stands here too."""

import datetime as dt

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core.todo import Todo
from immersions.applications.models import Application
from immersions.applications.queries import ApplicationQuerySet
from immersions.applications.words import day_words
from immersions.applications.workflow import ApplicationStatus as S
from immersions.stays.models import Incident, Report, Side
from immersions.stays.queries import ReportQuerySet, followed_by

SHOWN = 20
SHEET_SHOWN = dt.timedelta(days=7)
SIGNAL_SHOWN = dt.timedelta(days=7)


def todos_of_candidate(user: User) -> list[Todo]:
    """Give one's report, read the sheet, tell one's version."""
    mine = Application.objects.of(user)
    return [
        *_reports(Report.objects.of(user).filter(side=Side.CANDIDATE), "stay_report"),
        *_sheets(mine),
        *_absences(mine, Side.CANDIDATE, "stay_absence"),
    ]


def todos_of_company(user: User) -> list[Todo]:
    reports = Report.objects.of_companies(user).filter(side=Side.COMPANY)
    received = Application.objects.received_by(user)
    return [
        *_reports(reports, "received_stay_report"),
        *_absences(received, Side.COMPANY, "received_stay_absence"),
    ]


def _reports(reports: ReportQuerySet, page: str) -> list[Todo]:
    return [_report(report, page) for report in reports.open().for_list().order_by("waiting_since")[:SHOWN]]


def _report(report: Report, page: str) -> Todo:
    application = report.application
    offer, is_candidate = application.offer, report.side == Side.CANDIDATE
    who = offer.company.name if is_candidate else application.candidate.user.first_name
    return Todo(
        what=f"Votre bilan : {offer.title}, {who}",
        why="Trois questions, une minute.",
        url=reverse(f"immersions:{page}", args=[application.pk]),
        label="Répondre",
        due_on=timezone.localdate(report.waiting_since),
    )


def _sheets(applications: ApplicationQuerySet) -> list[Todo]:
    today = timezone.localdate()
    near = applications.filter(
        status=S.CONFIRMED,
        bookings__slot__first_day__gte=today,
        bookings__slot__first_day__lte=today + SHEET_SHOWN,
    )
    soon = applications.filter(pk__in=near.values("pk"))  # No DISTINCT: a position has no equality.
    return [
        Todo(
            what=f"Votre fiche pratique : {application.offer.title}",
            why="Où vous présenter, qui demander, la tenue, le repas, le trajet.",
            by=f"pour le {day_words(application.slots[0].first_day)}",
            url=reverse("immersions:stay_sheet", args=[application.pk]),
            label="Lire ma fiche",
            due_on=application.slots[0].first_day,
        )
        for application in soon.for_list()[:SHOWN]
    ]


def _absences(applications: ApplicationQuerySet, side: str, page: str) -> list[Todo]:
    silent = applications.filter(status=S.NO_SHOW).exclude(absences__side=side)
    return [
        Todo(
            what=f"Une absence est signalée : {application.offer.title}",
            why="Dites ce qui s’est passé de votre côté. Les deux versions sont gardées.",
            url=reverse(f"immersions:{page}", args=[application.pk]),
            label="Donner ma version",
            due_on=timezone.localdate(application.status_since),
        )
        for application in silent.for_list()[:SHOWN]
    ]


def todos_of_advisor(user: User) -> list[Todo]:
    """Signals first: somebody may need a call today."""
    recent = timezone.now() - SIGNAL_SHOWN
    mine = Incident.objects.filter(followed_by(user, "application__candidate"), said_at__gte=recent)
    return [
        Todo(
            what=f"{it.get_kind_display()} : {it.application.candidate.user.get_full_name()}",
            why=f"« {it.words[:200]} »",
            by="à déclarer dans les 48 heures" if it.kind == "accident" else "",
            url=reverse("immersions:followed_stay", args=[it.application_id]),
            label="Lire",
            due_on=it.said_on,
        )
        for it in mine.for_list()[:SHOWN]
    ]
