"""What each side must do about its stays: everything that a message says stands here too."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from core.todo import Todo
from immersions.applications.models import Application
from immersions.applications.queries import ApplicationQuerySet
from immersions.applications.words import day_words
from immersions.applications.workflow import ApplicationStatus as S
from immersions.stays.models import Absence, Incident, Report, Side
from immersions.stays.queries import followed_by

SHOWN = 20
SHEET_SHOWN = dt.timedelta(days=7)
SIGNAL_SHOWN = dt.timedelta(days=7)


def todos_of_candidate(user: User, live: list[Application]) -> list[Todo]:
    """Give one's report, read the sheet (of `live` applications), tell one's version."""
    return [*_owed(Application.objects.of(user), Side.CANDIDATE), *_sheets(live)]


def todos_of_company(user: User) -> list[Todo]:
    return _owed(Application.objects.received_by(user), Side.COMPANY)


def _owed(applications: ApplicationQuerySet, side: str) -> list[Todo]:
    """What this side has not said yet: its report, its version of an absence. One query."""
    asked = Report.objects.open().filter(application=OuterRef("pk"), side=side)
    told = Absence.objects.filter(application=OuterRef("pk"), side=side)
    owing = applications.annotate(owes_report=Exists(asked)).filter(
        Q(owes_report=True) | Q(status=S.NO_SHOW) & ~Exists(told)
    )
    rows = owing.select_related("offer__company", "candidate__user").order_by("status_since", "pk")[:SHOWN]
    return [_report(row, side) if row.owes_report else _absence(row, side) for row in rows]


def _report(application: Application, side: str) -> Todo:
    offer, is_candidate = application.offer, side == Side.CANDIDATE
    who = f"chez {offer.company.name}" if is_candidate else f"sur {application.candidate.user.first_name}"
    page = "stay_report" if is_candidate else "received_stay_report"
    return Todo(
        what=f"Donnez votre bilan {who}",
        why=f"{offer.title}. Trois questions, une minute.",
        url=reverse(f"immersions:{page}", args=[application.pk]),
        label="Répondre",
        due_on=timezone.localdate(application.status_since),
    )


def _absence(application: Application, side: str) -> Todo:
    page = "stay_absence" if side == Side.CANDIDATE else "received_stay_absence"
    return Todo(
        what=f"Une absence est signalée : {application.offer.title}",
        why="Dites ce qui s’est passé de votre côté. Les deux versions sont gardées.",
        url=reverse(f"immersions:{page}", args=[application.pk]),
        label="Donner ma version",
        due_on=timezone.localdate(application.status_since),
    )


def _sheets(live: list[Application]) -> list[Todo]:
    today = timezone.localdate()
    confirmed = [it for it in live if it.status == S.CONFIRMED and it.slots]
    return [
        Todo(
            what=f"Votre fiche pratique : {application.offer.title}",
            why="Où vous présenter, qui demander, la tenue, le repas, le trajet.",
            by=f"pour le {day_words(application.slots[0].first_day)}",
            url=reverse("immersions:stay_sheet", args=[application.pk]),
            label="Lire ma fiche",
            due_on=application.slots[0].first_day,
        )
        for application in confirmed
        if today <= application.slots[0].first_day <= today + SHEET_SHOWN
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
