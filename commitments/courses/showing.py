"""A training under way as each side reads it. For a request read by `for_course()`."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Prefetch
from django.db.models.functions import JSONObject
from django.utils import timezone

from accounts.roles import CANDIDATE, COMPANY
from commitments.courses.correcting import in_words
from commitments.courses.emails import days_words
from commitments.courses.internship_models import Internship
from commitments.courses.models import CheckIn, TrainingAbsence
from commitments.courses.workflow import CheckInStatus
from commitments.seats.models import LeaveReason, SeatRequest, SeatRequestEvent
from commitments.seats.queries import SeatRequestQuerySet
from commitments.seats.showing import Trainee, has_begun, kind_of
from commitments.seats.workflow import CORRECT_ENTRY, CORRECT_RESULT, UNDO_ENTRY, UNDO_LEAVE, SeatStatus
from core import french

S, C = SeatStatus, CheckInStatus
CHECK_IN_KINDS = {C.FINE: "good", C.WORRIED: "due", C.ASKED: "due"}
CORRECTIONS = (CORRECT_ENTRY.name, UNDO_ENTRY.name, CORRECT_RESULT.name, UNDO_LEAVE.name)


def for_course(requests: SeatRequestQuerySet) -> SeatRequestQuerySet:
    """What a page of a training needs, in a constant number of queries."""
    internships = Internship.objects.select_related("company").prefetch_related("documents")
    mine = SeatRequestEvent.objects.filter(seat_request=OuterRef("pk"), transition__in=CORRECTIONS)
    facts = JSONObject(at="at", transition="transition", data="data", note="note")
    return (
        requests.for_list()
        .annotate(corrections=ArraySubquery(mine.order_by("-at", "-pk").values(facts=facts)))
        .select_related("course_result")
        .prefetch_related(
            Prefetch("internships", queryset=internships),
            "absences",
            "check_ins",
            "concerns",
            "course_words",
            "course_result__blocks",
        )
    )


@dataclass(frozen=True, slots=True)
class AbsenceLine:
    absence: TrainingAbsence
    when: str
    word: str


@dataclass(frozen=True, slots=True)
class CheckInLine:
    check_in: CheckIn
    who: str
    word: str
    kind: str


class Course:
    """One person's training: where it stands, what is noted, what comes next."""

    def __init__(self, request: SeatRequest) -> None:
        self.request = request
        self.user = request.candidate.user
        self.name = self.user.get_full_name()
        self.session = request.session
        self.training = request.session.action.training
        self.kind = kind_of(request)

    @property
    def result(self) -> Any:
        return getattr(self.request, "course_result", None)

    @property
    def shows_path(self) -> bool:
        """A seat that was refused or given back opens nothing of the person's path."""
        return Trainee(self.request).shows_path

    @property
    def is_under_way(self) -> bool:
        return self.request.status == S.ENTERED

    @property
    def has_begun(self) -> bool:
        """The first day has come; the organisation may say who entered."""
        return has_begun(self.session)

    @property
    def is_gone(self) -> bool:
        """The catalogue dropped it while they follow it: it may still go on."""
        return self.is_under_way and self.request.told_gone

    @property
    def is_cancelled(self) -> bool:
        """It stopped for everybody: nobody left it."""
        return self.request.status == S.LEFT and self.request.leave_reason == LeaveReason.CANCELLED

    @property
    def may_enter(self) -> bool:
        return self.request.status == S.ADMITTED and self.has_begun

    @property
    def is_validated(self) -> bool:
        return self.request.validation.status == "validated"

    @property
    def may_finish(self) -> bool:
        last = self.session.ends_on
        is_over = last is None or last <= timezone.localdate() or self.session.action.has_permanent_entry
        return self.is_under_way and is_over

    @property
    def standing(self) -> str:
        """The next step, in one sentence."""
        request, today = self.request, timezone.localdate()
        if request.status == S.ADMITTED:
            if not self.has_begun:
                return f"La formation commence le {french.day(self.session.starts_on)}."
            return f"{request.organisation.name} doit dire qui est entré en formation."
        if request.status == S.ENTERED:
            last = self.session.ends_on
            if last is None:
                return "La formation est en cours."
            if last <= today:
                return f"{request.organisation.name} doit donner le résultat."
            return f"La formation est en cours, jusqu’au {french.day(last)}."
        if request.status == S.FINISHED:
            return f"La formation est terminée : {request.get_result_display().lower()}."
        if request.status == S.LEFT:
            why = " : la session est annulée" if self.is_cancelled else ""
            return f"La formation s’est arrêtée le {french.day(request.left_on)}{why}."
        return "Cette place n’est plus tenue."

    @property
    def corrections(self) -> list[tuple[dt.date, str, str]]:
        """What was said first and was not so: when it was corrected, from what to what, why."""
        rows = self.request.corrections  # type: ignore[attr-defined]
        return [(_day(it["at"]), in_words(it["transition"], it["data"]), it["note"]) for it in rows]

    @property
    def blocks(self) -> list[Any]:
        return list(self.result.blocks.all()) if self.result else []

    @property
    def absences(self) -> list[AbsenceLine]:
        """Those that count first; then what was corrected or cancelled."""
        rows = sorted(self.request.absences.all(), key=lambda it: (not it.is_current, it.first_day))
        return [AbsenceLine(it, days_words(it), _word_of(it)) for it in rows]

    @property
    def calendar_changes(self) -> list[str]:
        """What the company reads: when, and never why."""
        rows = self.request.absences.all()
        return [days_words(it) for it in rows if it.is_current]

    @property
    def internships(self) -> list[Internship]:
        return [it for it in self.request.internships.all() if it.cancelled_at is None]

    @property
    def cancelled_internships(self) -> list[Internship]:
        return [it for it in self.request.internships.all() if it.cancelled_at is not None]

    @property
    def check_ins(self) -> list[CheckInLine]:
        rows = [it for it in self.request.check_ins.all() if it.status != C.MOOT]
        return [
            CheckInLine(
                it,
                self.user.first_name if it.side == CANDIDATE else "L’entreprise",
                it.get_status_display(),
                CHECK_IN_KINDS.get(C(it.status), "off"),
            )
            for it in rows
        ]

    def asked_of(self, side: str) -> CheckIn | None:
        rows = self.request.check_ins.all()
        return next((it for it in rows if it.side == side and it.status == C.ASKED), None)

    @property
    def asked_of_candidate(self) -> CheckIn | None:
        return self.asked_of(CANDIDATE)

    @property
    def asked_of_company(self) -> CheckIn | None:
        return self.asked_of(COMPANY)

    @property
    def concern(self) -> Any:
        return next((it for it in self.request.concerns.all() if it.status == "open"), None)

    @property
    def closed_concerns(self) -> list[Any]:
        return [it for it in self.request.concerns.all() if it.status == "closed"]

    @property
    def words(self) -> list[Any]:
        return list(self.request.course_words.all())


def _day(moment: str) -> dt.date:
    return timezone.localdate(dt.datetime.fromisoformat(moment))


def _word_of(absence: TrainingAbsence) -> str:
    if absence.cancelled_at:
        return "annulée"
    return "" if absence.is_current else "corrigée"
