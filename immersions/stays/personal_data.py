"""What this alcove keeps about a person (see core.personal_data): what was said of their immersions.

Erased, nobody is asked about them any longer, the words go, whoever wrote them, and the facts stay: what was answered,
that one was absent. A declared accident is kept as it was told: the law wants it.
"""

from typing import Any

from accounts.models import User
from accounts.roles import CANDIDATE
from immersions.stays.models import Absence, Attestation, Incident, IncidentKind, Report, ReportEvent
from immersions.stays.report_actions import stop_for_good, task_key
from territories.actions import forget_agent_tasks

ERASED = "(effacé à la demande de la personne)"


def export_stays(user: User) -> dict[str, Any]:
    reports = Report.objects.of(user).filter(side=CANDIDATE).prefetch_related("observations")
    return {
        "mes bilans": [_report(report) for report in reports.order_by("asked_at")],
        "absences, selon moi": [
            {"le": it.said_at.isoformat(), "du fait de": it.get_whose_display(), "mots": it.words}
            for it in Absence.objects.of(user).filter(side=CANDIDATE).order_by("said_at")
        ],
        "signalements": [
            {"le": it.said_at.isoformat(), "quoi": it.get_kind_display(), "mots": it.words}
            for it in Incident.objects.of(user).filter(side=CANDIDATE).order_by("said_at")
        ],
        "attestations": [
            {"le": it.issued_at.isoformat(), "code": it.code, "texte": it.text}
            for it in Attestation.objects.of(user).order_by("issued_at")
        ],
    }


def _report(report: Report) -> dict[str, Any]:
    return {
        "état": report.get_status_display(),
        "venue": report.get_came_display(),
        "ce métier": report.get_fits_display(),
        "on continue": report.get_goes_on_display(),
        "et ensuite": report.get_what_next_display(),
        "demi-journées": report.half_days,
        "mots": report.words,
        "mots pour le conseiller": report.private_words,
        "compétences": {it.skill: it.get_level_display() for it in report.observations.all()},
    }


def erase_stays(user: User) -> None:
    reports = Report.objects.of(user)
    ReportEvent.objects.filter(report__in=reports).exclude(note="").update(note="")
    reports.update(words="", private_words="")
    for report in reports.open():
        stop_for_good(report)
    for report in reports:
        forget_agent_tasks(task_key(report))
    Absence.objects.of(user).update(words=ERASED)
    told = Incident.objects.of(user).exclude(kind=IncidentKind.ACCIDENT)
    told.update(words=ERASED)
    for pk in told.values_list("pk", flat=True):
        forget_agent_tasks(f"incident/{pk}")
