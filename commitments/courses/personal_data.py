"""What this alcove keeps about a person (see core.personal_data)."""

from typing import Any

from accounts.models import User
from commitments.courses.internship_models import Internship, InternshipChange, InternshipDocument
from commitments.courses.models import (
    CheckIn,
    Concern,
    ConcernEvent,
    CourseResult,
    CourseWord,
    TrainingAbsence,
)
from commitments.seats.models import SeatRequest, SeatRequestEvent
from commitments.seats.queries import SeatRequestQuerySet
from commitments.seats.workflow import CORRECT_RESULT
from core.models import OutgoingMessage
from core.outbox import forget_letters
from territories.actions import forget_agent_tasks


def export_courses(user: User) -> list[dict[str, Any]]:
    """Each training that was entered: absences with their corrections, check-ins, words, internships."""
    rows = SeatRequest.objects.of(user).filter(entered_on__isnull=False).order_by("pk")
    rows = rows.select_related("session__action__training").prefetch_related(
        "absences", "check_ins", "concerns", "course_words", "internships__company", "course_result__blocks"
    )
    return [_export(it) for it in rows]


def _export(it: SeatRequest) -> dict[str, Any]:
    result = getattr(it, "course_result", None)
    return {
        "formation": it.session.action.training.title,
        "entrée le": str(it.entered_on or ""),
        "blocs obtenus": [block.title for block in result.blocks.all()] if result else [],
        "absences": [_absence(absence) for absence in it.absences.all()],
        "points d’étape": [
            {
                "le": str(check_in.due_on),
                "réponse": check_in.get_status_display(),
                "en quelques mots": check_in.words,
            }
            for check_in in it.check_ins.all()
            if check_in.side == "candidate"
        ],
        "dossier à suivre": [
            {"ouvert le": concern.opened_at.isoformat(), "ce qui a été fait": concern.words}
            for concern in it.concerns.all()
        ],
        "mots de l’organisme": [word.words for word in it.course_words.all()],
        "stages": [
            {
                "entreprise": internship.place,
                "du": str(internship.starts_on),
                "au": str(internship.ends_on),
                "annulé": internship.cancelled_at is not None,
            }
            for internship in it.internships.all()
        ],
    }


def _absence(absence: TrainingAbsence) -> dict[str, Any]:
    return {
        "nature": absence.get_kind_display(),
        "du": str(absence.first_day),
        "au": str(absence.last_day or ""),
        "raison": absence.get_reason_display(),
        "en quelques mots": absence.words,
        "en vigueur": absence.is_current,
    }


def _erase_replaced_papers(mine: SeatRequestQuerySet) -> None:
    """Those of a result that was corrected: the history says what was said, without the paper."""
    storage = CourseResult._meta.get_field("attestation").storage
    corrected = SeatRequestEvent.objects.filter(seat_request__in=mine, transition=CORRECT_RESULT.name)
    for data in corrected.values_list("data", flat=True):
        if (name := data["before"]["attestation"]) and name != data["now"]["attestation"]:
            storage.delete(name)


def erase_courses(user: User) -> None:
    """The facts are counted without the person; words about them and papers with their name go."""
    mine = SeatRequest.objects.of(user)
    TrainingAbsence.objects.filter(seat_request__in=mine).exclude(words="").update(words="")
    CheckIn.objects.filter(seat_request__in=mine).exclude(words="").update(words="")
    Concern.objects.filter(seat_request__in=mine, status="closed").update(words="(effacé)")
    ConcernEvent.objects.filter(concern__seat_request__in=mine).exclude(note="").update(note="")
    CourseWord.objects.filter(seat_request__in=mine).update(words="(effacé)")
    internships = Internship.objects.filter(seat_request__in=mine)
    internships.update(host_contact="")
    internships.exclude(elsewhere_reason="").update(elsewhere_reason="(effacé)")
    InternshipChange.objects.filter(internship__in=internships).update(words="(effacé)")
    for pk in mine.values_list("pk", flat=True):
        forget_letters(OutgoingMessage.objects.filter(key__startswith=f"course/{pk}/"), words="(effacé)")
        forget_agent_tasks(f"course/{pk}/")
    _erase_replaced_papers(mine)
    for result in CourseResult.objects.filter(seat_request__in=mine).exclude(attestation=""):
        result.attestation.delete(save=True)
    for document in InternshipDocument.objects.filter(internship__seat_request__in=mine).exclude(scan=""):
        document.scan.delete(save=True)
