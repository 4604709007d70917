"""What this alcove keeps about a person (see core.personal_data)."""

from typing import Any

from accounts.models import User
from commitments.seats.models import (
    ProjectValidation,
    ProjectValidationEvent,
    SeatRequest,
    SeatRequestEvent,
)
from core.models import OutgoingMessage
from core.outbox import forget_letters
from territories.actions import forget_agent_tasks


def export_seats(user: User) -> list[dict[str, Any]]:
    """What they asked for, what was answered, what was checked, where they were invited."""
    return [
        {
            "formation": it.session.action.training.title,
            "organisme": it.organisation.name,
            "session": it.session.dates,
            "état": it.get_status_display(),
            "demandée le": it.requested_at.isoformat(),
            "raison du refus": it.get_refusal_reason_display(),
            "arrêt": it.get_leave_reason_display(),
            "résultat": it.get_result_display(),
            "en quelques mots": it.words,
            "avis du conseiller": it.validation.get_status_display(),
            "revenu pendant la formation": it.validation.get_income_display(),
            "mots du conseiller": it.validation.words,
            "réunions": [
                {"le": meeting.at.isoformat(), "où": meeting.place, "présence": meeting.has_come}
                for meeting in it.meetings.all()
            ],
        }
        for it in SeatRequest.objects.of(user).for_page().order_by("pk")
    ]


def erase_seats(user: User) -> None:
    """The facts are counted without the person; words about them go, in the history and the letters too."""
    mine = SeatRequest.objects.of(user)
    mine.exclude(words="").update(words="")
    SeatRequestEvent.objects.filter(seat_request__in=mine).exclude(note="").update(note="")
    validations = ProjectValidationEvent.objects.filter(validation__seat_request__in=mine)
    validations.exclude(note="").update(note="")
    for pk in mine.values_list("pk", flat=True):
        forget_letters(OutgoingMessage.objects.filter(key__startswith=f"seat/{pk}/"), words="(effacé)")
        forget_agent_tasks(f"seat/{pk}/")
    ProjectValidation.objects.filter(seat_request__in=mine).exclude(words="").update(words="")


def obstacle_of(user: User) -> str:
    if SeatRequest.objects.of(user).live().exists():
        return (
            "Une place en formation est demandée ou tenue pour vous : rendez-la d’abord, dans « Mes places »."
        )
    return ""
