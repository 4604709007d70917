"""What the first lifecycle tells of a path: asked, agreed, lived, reported."""

import datetime as dt
from dataclasses import replace
from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone

from accounts.roles import ADVISOR, CANDIDATE, COMPANY
from commitments.parcours.json_rows import day_of, rows_of
from commitments.parcours.lines import Document, Kind, Line, Path, State
from core import archive, french
from immersions.agreements.models import Agreement
from immersions.agreements.workflow import AgreementStatus
from immersions.applications.models import Application, Booking, Question
from immersions.applications.workflow import ApplicationStatus
from immersions.stays.models import Report
from territories.delays import wait_in

A, G = ApplicationStatus, AgreementStatus
NEVER_WAS = (A.DECLINED, A.WITHDRAWN, A.CANCELLED, A.EXPIRED)
PARTIES = (CANDIDATE, COMPANY, ADVISOR)
AGREEMENT_WAITS = {
    G.DRAFT: "chaque partie remplit la convention d’immersion",
    G.TO_SIGN: "chaque partie signe la convention d’immersion",
    G.SIGNED: "la structure d’accompagnement valide la convention d’immersion",
}


def lines_of(path: Path) -> list[Line]:
    return [
        replace(line, page=reverse("immersions:my_application", args=[it.pk]))
        for it in _applications(path)
        for line in _all_of(it, path)
    ]


def _applications(path: Path) -> Any:
    bookings = Booking.objects.filter(application=OuterRef("pk"))
    last_slots = bookings.order_by("-slot__last_day")
    return (
        Application.objects.filter(candidate=path.candidate)
        .select_related("offer__company", "offer__commune__department__region", "attestation")
        .annotate(
            first_day=Subquery(bookings.order_by("slot__first_day").values("slot__first_day")[:1]),
            last_day=Subquery(last_slots.values("slot__last_day")[:1]),
            asks_candidate=Exists(Question.objects.filter(application=OuterRef("pk"), answered_at=None)),
            agreement_rows=rows_of(
                Agreement.objects.order_by("opened_at"),
                "application",
                "pk",
                "status",
                "status_since",
                "structure_id",
            ),
            report_rows=rows_of(
                Report.objects.order_by("side"), "application", "side", "status", "waiting_since", "given_at"
            ),
        )
        .order_by("submitted_at", "pk")
    )


def _all_of(it: Any, path: Path) -> list[Line]:
    lines = [
        Line(
            kind=Kind.APPLICATION,
            when=it.submitted_on,
            what=f"Immersion demandée : {it.offer.title}, chez {it.offer.company.name}",
            company=it.offer.company_id,
        )
    ]
    if it.status == A.SUBMITTED:
        lines.append(_waits(it, path))
    elif it.status in NEVER_WAS:
        what = f"Demande chez {it.offer.company.name} : {it.get_status_display().lower()}"
        day = timezone.localdate(it.status_since)
        lines.append(Line(kind=Kind.APPLICATION, when=day, what=what, company=it.offer.company_id))
    else:
        lines += _stay(it) + _agreements(it) + _reports(it, path)
    return lines


def _waits(it: Any, path: Path) -> Line:
    who = path.candidate.user.first_name if it.asks_candidate else it.offer.company.name
    what = "répond à la question posée" if it.asks_candidate else "répond à la demande d’immersion"
    yours = "vous répondez à la question posée" if it.asks_candidate else ""
    return Line(
        kind=Kind.APPLICATION,
        when=it.submitted_on,
        what=what,
        yours=yours,
        who=who,
        by=it.answer_due_on,
        state=State.NOW,
        company=it.offer.company_id,
    )


def _stay(it: Any) -> list[Line]:
    if it.first_day is None:
        return []
    today, title = timezone.localdate(), f"Immersion chez {it.offer.company.name} : {it.offer.title}"
    is_over = it.status in (A.COMPLETED, A.INTERRUPTED, A.NO_SHOW) or it.last_day < today
    state = State.DONE if is_over else State.NOW if it.first_day <= today else State.NEXT
    odd = it.get_status_display() if it.status in (A.INTERRUPTED, A.NO_SHOW) else ""
    return [
        Line(
            kind=Kind.IMMERSION,
            when=it.first_day,
            what=title,
            state=state,
            by=None if is_over else it.last_day if state == State.NOW else it.first_day,
            detail=odd or french.period(it.first_day, it.last_day),
            company=it.offer.company_id,
        )
    ]


def _agreements(it: Any) -> list[Line]:
    lines = []
    for row in it.agreement_rows:
        papers = (
            Document(
                "Convention d’immersion (PDF)",
                reverse("immersions:agreement_pdf", args=[row["pk"]]),
                PARTIES,
                row["structure_id"],
            ),
        )
        waits = AGREEMENT_WAITS.get(row["status"])
        if row["status"] in (G.VALIDATED, G.REFUSED):
            is_made = row["status"] == G.VALIDATED
            is_at_hand = day_of(row["status_since"]) >= timezone.localdate(archive.closed_before())
            what = "Convention d’immersion signée et validée" if is_made else "Convention d’immersion refusée"
            lines.append(
                _agreement(it, day_of(row["status_since"]), what, papers if is_made and is_at_hand else ())
            )
        elif waits and it.status in (A.BOOKED, A.CONFIRMED):
            frozen = papers if row["status"] != G.DRAFT else ()
            lines.append(_agreement(it, timezone.localdate(), waits, frozen, by=it.first_day))
    return lines


def _agreement(it: Any, day: Any, what: str, papers: tuple[Document, ...], by: Any = None) -> Line:
    return Line(
        kind=Kind.AGREEMENT,
        when=day,
        what=what,
        state=State.NOW if by else State.DONE,
        by=by,
        documents=papers,
        company=it.offer.company_id,
    )


def _reports(it: Any, path: Path) -> list[Line]:
    lines = []
    given = [row for row in it.report_rows if row["given_at"]]
    for row in it.report_rows:
        is_person = row["side"] == CANDIDATE
        who = path.candidate.user.first_name if is_person else it.offer.company.name
        facts: dict[str, Any] = {"kind": Kind.REPORT, "company": it.offer.company_id}
        if row["given_at"]:
            is_last = row is given[-1]
            papers = _both(it) if is_last and len(given) == len(it.report_rows) else ()
            what = f"Bilan de l’immersion donné par {who}"
            yours = "vous avez donné votre bilan de l’immersion" if is_person else ""
            lines.append(
                Line(when=day_of(row["given_at"]), what=what, yours=yours, documents=papers, **facts)
            )
        elif row["status"] == "asked":
            what = "donne son bilan de l’immersion"
            yours = "vous donnez votre bilan de l’immersion" if is_person else ""
            asked = day_of(row["waiting_since"])
            days = wait_in(it.offer.department_code, "report").escalation or 0
            by = asked + dt.timedelta(days=days)
            lines.append(Line(when=asked, what=what, yours=yours, who=who, by=by, state=State.NOW, **facts))
    attestation = getattr(it, "attestation", None)
    if attestation:
        url = reverse("immersions:stay_attestation", args=[it.pk])
        paper = Document("Attestation de compétences observées (PDF)", url, (CANDIDATE,))
        day = timezone.localdate(attestation.issued_at)
        lines.append(
            Line(
                kind=Kind.REPORT,
                when=day,
                what="Attestation de compétences observées",
                documents=(paper,),
                company=it.offer.company_id,
            )
        )
    return lines


def _both(it: Any) -> tuple[Document, ...]:
    """The same page, at each side's own address."""
    mine = reverse("immersions:stay_reports", args=[it.pk])
    theirs = reverse("immersions:received_stay_reports", args=[it.pk])
    followed = reverse("immersions:followed_stay", args=[it.pk])
    return (
        Document("Les deux bilans", mine, (CANDIDATE,)),
        Document("Les deux bilans", theirs, (COMPANY,)),
        Document("L’immersion et ses bilans", followed, (ADVISOR,)),
    )
