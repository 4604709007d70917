"""What this room keeps about a person (see core.personal_data): a candidate's applications."""

from typing import Any

from django.db import transaction

from accounts.models import User
from core.french import day
from core.models import OutgoingMessage
from core.outbox import forget_letters
from immersions.applications.actions import withdraw_application
from immersions.applications.models import Application, ApplicationEvent, EndReason, Question
from immersions.applications.workflow import ApplicationStatus
from immersions.offers.models import OfferDetail, Slot
from territories.actions import forget_agent_tasks

ERASED = "(effacé à la demande de la personne)"


def export_applications(user: User) -> list[dict[str, Any]]:
    """Everything that the candidate wrote or was told about their applications."""
    mine = Application.objects.of(user).select_related("offer__company").order_by("submitted_at")
    return [
        {
            "offre": application.offer.title,
            "entreprise": application.offer.company.name,
            "envoyée le": application.submitted_at.isoformat(),
            "état": application.get_status_display(),
            "pourquoi ce métier": application.why,
            "déjà fait ou vu": application.experience,
            "pour l’accueil": application.needs,
            "fin": application.get_end_reason_display(),
            "en quelques mots": application.end_words,
            "questions": [
                {"question": each.text, "réponse": each.answer} for each in application.questions.all()
            ],
            "histoire": [
                {"le": event.at.isoformat(), "quoi": event.transition, "note": event.note}
                for event in application.events.all()
            ],
        }
        for application in mine.prefetch_related("questions", "events")
    ]


def obstacle_to_erasing(user: User) -> str:
    """A company waits for this person: it is told first, by a withdrawal."""
    held = Slot.objects.filter(bookings__application__in=Application.objects.of(user).with_a_place())
    first = held.order_by("first_day").values_list("first_day", flat=True).first()
    if first is None:
        return ""
    return (
        f"Une entreprise vous attend le {day(first, weekday=True)} : "
        "renoncez d’abord à cette immersion, dans « Mes candidatures »."
    )


@transaction.atomic
def erase_applications(user: User) -> None:
    """Who waits for an answer withdraws; words about the person go, whoever wrote them; the facts stay."""
    mine = Application.objects.of(user)
    for application in mine.filter(status=ApplicationStatus.SUBMITTED):
        withdraw_application(application, by=user, reason=EndReason.NOT_AVAILABLE)
    questions = Question.objects.filter(application__in=mine)
    questions.exclude(answer="").update(answer=ERASED)
    questions.update(text=ERASED)
    ApplicationEvent.objects.filter(application__in=mine).exclude(note="").update(note="")
    for pk in mine.values_list("pk", flat=True):
        about = OutgoingMessage.objects.filter(key__startswith=f"application/{pk}/")
        forget_letters(about, words=ERASED)
        forget_agent_tasks(f"application/{pk}/")
    mine.update(why="", experience="", needs="", end_words="")
    named = OfferDetail.objects.filter(contact_email__iexact=user.email)
    named.update(contact_name="", contact_email="", contact_phone="")
