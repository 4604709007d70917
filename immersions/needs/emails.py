"""The letters about a training need: to the companies that wait, to the box of the Region."""

from django.conf import settings

from core import french
from core.outbox import Message
from immersions.needs.joining import admin_page
from immersions.needs.models import TrainingNeed
from immersions.needs.workflow import ANSWER_AGAIN, NeedAnswer
from immersions.offers import emails
from immersions.offers.models import Offer


def answered(need: TrainingNeed, offer: Offer) -> list[Message]:
    """What an agent found: one letter for each reader of this offer."""
    words = {
        "answer": need.get_answer_display(),
        "words": need.words,
        "is_dead_end": need.answer == NeedAnswer.NONE,
    }
    return emails.for_readers(offer, "immersions/offer_need_answered", words, change=_which(need))


def _which(need: TrainingNeed) -> str:
    """Each answer is told: the first, then those that replace it."""
    again = need.events.filter(transition=ANSWER_AGAIN.name).count()
    return f"need{need.pk}/{again}" if again else f"need{need.pk}"


def waiting(need: TrainingNeed, title: str, *, number: int, is_late: bool) -> list[Message]:
    """To the Region's box, where it gave one."""
    box = need.department.region.contact_email
    if not box:
        return []
    step = "late" if is_late else f"reminder{number}"
    return [
        Message(
            kind="immersions/need_waiting",
            to=box,
            key=f"immersions/need_waiting:{need.pk}:{step}",
            scope=need.department_id,
            context={
                "title": title,
                "is_late": is_late,
                "answer_by": french.day(need.due_on, weekday=True),
                "url": settings.SITE_URL + admin_page(need),
            },
        )
    ]
