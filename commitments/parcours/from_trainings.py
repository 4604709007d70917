"""What seats and trainings tell of a path: asked for, admitted, entered, missed, done."""

from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone

from accounts.roles import ADVISOR, CANDIDATE, COMPANY, ORGANISATION
from commitments.courses.internship_models import Internship, InternshipDocument
from commitments.courses.models import AbsenceKind, AbsenceReason, CheckIn, TrainingAbsence
from commitments.courses.workflow import CheckInStatus
from commitments.parcours.json_rows import as_day, day_of, rows_of
from commitments.parcours.lines import Document, Kind, Line, Path, State
from commitments.seats.models import LeaveReason, SeatRequest
from commitments.seats.showing import last_day
from commitments.seats.workflow import (
    BEFORE_ENTRY,
    ProjectStatus,
    SeatStatus,
)
from core import french

S, C = SeatStatus, CheckInStatus
OVER = (S.REFUSED, S.WITHDRAWN, S.RELEASED, S.LAPSED)
READERS = (CANDIDATE, COMPANY, ORGANISATION, ADVISOR)


def lines_of(path: Path) -> list[Line]:
    return [line for it in seats_of(path) for line in _all_of(it)]


def seats_of(path: Path) -> list[SeatRequest]:
    if "seats" not in path.rows:
        papers = InternshipDocument.objects.filter(internship=OuterRef("pk")).order_by("-given_at", "-pk")
        internships = Internship.objects.standing().order_by("starts_on")
        path.rows["seats"] = list(
            SeatRequest.objects.filter(candidate=path.candidate)
            .for_list()
            .select_related("course_result")
            .annotate(
                absence_rows=rows_of(
                    TrainingAbsence.objects.current(),
                    "seat_request",
                    "kind",
                    "first_day",
                    "last_day",
                    "reason",
                ),
                check_in_rows=rows_of(
                    CheckIn.objects.of_a_path().order_by("number"),
                    "seat_request",
                    "side",
                    "status",
                    "due_on",
                    "answered_at",
                ),
                internship_rows=rows_of(
                    internships,
                    "seat_request",
                    "pk",
                    "starts_on",
                    "ends_on",
                    "host_name",
                    "company__name",
                    "company_id",
                    paper=Subquery(papers.values("pk")[:1]),
                ),
            )
            .order_by("requested_at", "pk")
        )
    return path.rows["seats"]


def _all_of(it: Any) -> list[Line]:
    return _seat(it) + _validation(it) + _training(it) + _absences(it) + _check_ins(it) + _internships(it)


def _line(it: Any, kind: Kind, when: Any, what: str, **options: Any) -> Line:
    options.setdefault("company", it.commitment.company_id if it.commitment else None)
    page = reverse(f"commitments:{'my_seat' if kind == Kind.SEAT else 'my_course'}", args=[it.pk])
    return Line(kind=kind, when=when, what=what, organisation=it.organisation.pk, page=page, **options)


def _seat(it: Any) -> list[Line]:
    training = f"{it.session.action.training.title}, {it.session.dates}"
    lines = [
        _line(it, Kind.SEAT, it.requested_on, f"Place demandée : {training}", detail=it.organisation.name)
    ]
    moved = timezone.localdate(it.status_since)
    answered = timezone.localdate(it.answered_at) if it.answered_at else moved
    if it.status == S.REQUESTED:
        by = last_day(it)
        what = f"répond à la demande de place «\u00a0{it.session.action.training.title}\u00a0»"
        lines.append(
            _line(it, Kind.SEAT, it.requested_on, what, who=it.organisation.name, by=by, state=State.NOW)
        )
    elif it.status == S.WAITLISTED:
        what = "attend qu’une place se libère"
        who, yours = it.candidate.user.first_name, "vous attendez qu’une place se libère"
        lines.append(_line(it, Kind.SEAT, moved, what, yours=yours, who=who, state=State.NEXT))
    elif it.status in OVER:
        what = f"Demande de place «\u00a0{it.session.action.training.title}\u00a0» : {it.get_status_display().lower()}"
        lines.append(_line(it, Kind.SEAT, moved, what))
    else:
        lines.append(_line(it, Kind.SEAT, answered, f"Admission par {it.organisation.name}"))
    return lines


def _validation(it: Any) -> list[Line]:
    """The advisor's yes. What one lives on stays between the two."""
    validation = getattr(it, "validation", None)
    if validation is None:
        return []
    if validation.status == ProjectStatus.TO_VALIDATE:
        if it.status not in BEFORE_ENTRY:
            return []
        what = f"valide le projet de formation «\u00a0{it.session.action.training.title}\u00a0»"
        who = "la structure d’accompagnement"
        by = last_day(it, "validation", validation.waiting_since)
        return [_line(it, Kind.SEAT, it.requested_on, what, who=who, by=by, state=State.NOW)]
    day = timezone.localdate(validation.decided_at)
    if validation.status == ProjectStatus.VALIDATED:
        return [_line(it, Kind.SEAT, day, "Projet de formation validé")]
    lines = [_line(it, Kind.SEAT, day, "Projet de formation non validé")]
    if it.status in BEFORE_ENTRY:  # Not the end: one talks about it, and it may be validated.
        what, who = "revoient ensemble le projet de formation", it.candidate.user.first_name
        who = f"{who} et la structure d’accompagnement"
        yours = "vous revoyez le projet de formation avec la structure d’accompagnement"
        by = it.session.starts_on
        lines.append(_line(it, Kind.SEAT, day, what, yours=yours, who=who, by=by, state=State.NOW))
    return lines


def _training(it: Any) -> list[Line]:
    session, today = it.session, timezone.localdate()
    title = session.action.training.title
    if it.status == S.ADMITTED and session.starts_on:
        what = f"Début de la formation {title}"
        return [_line(it, Kind.TRAINING, session.starts_on, what, by=session.starts_on, state=State.NEXT)]
    if it.status not in (S.ENTERED, S.FINISHED, S.LEFT):
        return []
    entered = it.entered_on or session.starts_on or it.requested_on
    lines = [_line(it, Kind.TRAINING, entered, f"Entrée en formation : {title}")]
    if it.status == S.ENTERED:
        is_over = session.ends_on is not None and session.ends_on < today
        what, who = (
            ("donne le résultat", it.organisation.name) if is_over else (f"Fin de la formation {title}", "")
        )
        state = State.NOW if is_over else State.NEXT
        by = None if is_over else session.ends_on
        lines.append(_line(it, Kind.TRAINING, session.ends_on or today, what, who=who, by=by, state=state))
    elif it.status == S.FINISHED:
        what = f"Formation terminée : {it.get_result_display().lower()}"
        lines.append(_line(it, Kind.TRAINING, it.left_on, what, documents=_attestation(it)))
    else:
        why, what = it.get_leave_reason_display(), "Formation arrêtée"
        if it.leave_reason == LeaveReason.CANCELLED:  # Nobody's: everybody may read it.
            why, what = "", f"{what} : la session est annulée"
        lines.append(_line(it, Kind.TRAINING, it.left_on, what, private=why))
    return lines


def _attestation(it: Any) -> tuple[Document, ...]:
    result = getattr(it, "course_result", None)
    if result is None or not result.attestation:
        return ()
    url = reverse("commitments:course_attestation", args=[it.pk])
    return (Document("Attestation de formation", url, (CANDIDATE, ORGANISATION, ADVISOR)),)


def _absences(it: Any) -> list[Line]:
    """A company reads when, and never why."""
    lines = []
    for row in it.absence_rows:
        first, last = day_of(row["first_day"]), as_day(row["last_day"])
        days = french.period(first, last) if last else f"depuis le {french.day(first, year=True)}"
        what = f"{AbsenceKind(row['kind']).label} : {days}"
        lines.append(_line(it, Kind.ABSENCE, first, what, private=str(AbsenceReason(row["reason"]).label)))
    return lines


def _check_ins(it: Any) -> list[Line]:
    lines = []
    for row in it.check_in_rows:
        is_person = row["side"] == CANDIDATE
        if not is_person and it.commitment is None:
            continue
        who = it.candidate.user.first_name if is_person else it.commitment.company.name
        kind = Kind.CHECK_IN_PERSON if is_person else Kind.CHECK_IN_COMPANY
        if row["status"] in (C.FINE, C.WORRIED):
            said = C(row["status"]).label.lower()
            what, yours = f"Point d’étape, {who} : {said}", f"Votre point d’étape : {said}"
            day = as_day(row["answered_at"])
            lines.append(_line(it, kind, day, what, yours=yours if is_person else ""))
        elif row["status"] == C.ASKED:
            what = "dit si tout va bien en formation"
            yours = "vous dites si tout va bien en formation" if is_person else ""
            day = day_of(row["due_on"])
            lines.append(_line(it, kind, day, what, yours=yours, who=who, state=State.NOW))
    return lines


def _internships(it: Any) -> list[Line]:
    lines, today = [], timezone.localdate()
    for row in it.internship_rows:
        first, last = day_of(row["starts_on"]), day_of(row["ends_on"])
        state = State.DONE if last < today else State.NOW if first <= today else State.NEXT
        by = {State.DONE: None, State.NOW: last, State.NEXT: first}[state]
        what = f"Stage chez {row['company__name'] or row['host_name']}"
        papers: tuple[Document, ...] = ()
        if row["paper"]:
            url = reverse("commitments:internship_read", args=[row["pk"], row["paper"]])
            theirs = READERS if row["company_id"] else (CANDIDATE, ORGANISATION, ADVISOR)
            papers = (Document("Convention de stage", url, theirs),)
        facts: dict[str, Any] = {"state": state, "by": by, "documents": papers}
        if row["company_id"]:
            facts["company"] = row["company_id"]
        lines.append(_line(it, Kind.INTERNSHIP, first, what, detail=french.period(first, last), **facts))
    return lines
