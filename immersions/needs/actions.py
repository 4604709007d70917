"""What an agent decides about a training need, and what its days do."""

import datetime as dt
import logging

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import User
from accounts.roles import AGENT
from core.outbox import post
from core.rules import RuleBroken, constraints_speak
from core.sweeps import each_alone
from core.workflow import apply, check
from immersions.needs import emails
from immersions.needs.joining import close_task_of, join_need, title_of
from immersions.needs.models import NeedOffer, TrainingNeed
from immersions.needs.workflow import ANSWER, ANSWER_AGAIN, NeedAnswer
from immersions.offers.actions import follow_catalogue
from immersions.offers.models import Offer
from immersions.offers.publication import what_is_missing
from immersions.offers.workflow import OfferStatus
from trainings.models import Session, Training, TrainingOccupation
from trainings.models.trainings import LinkOrigin

logger = logging.getLogger(__name__)


@transaction.atomic
def answer_need(
    need: TrainingNeed,
    *,
    by: User,
    answer: str,
    words: str,
    session: Session | None = None,
    instead_of: dt.datetime | None = None,
) -> None:
    """What was found, told to each company that waits. A linked session publishes their offers at once.

    `instead_of`: when the answer that the agent read was given, if there was one. Two agents at once: the
    first one's answer stands, the other one reads so. Offers are held before the need, as everywhere in
    this room. Former answers stay in the history.
    """
    held = _hold_offers(need)
    need.lock()
    move = ANSWER_AGAIN if instead_of else ANSWER
    check(move, need, role=AGENT, note=words)
    if instead_of and instead_of != need.answered_at:
        raise RuleBroken("Quelqu’un vient de répondre à ce besoin : relisez sa réponse.", code="changed")
    if answer not in NeedAnswer.values:
        raise RuleBroken("Choisissez une réponse dans la liste.", code="answer")
    found = NeedAnswer(answer)
    if found == NeedAnswer.SESSION and session is None:
        raise RuleBroken("Choisissez la session à rattacher.", code="session")
    need.training = session.action.training if session and found == NeedAnswer.SESSION else None
    need.answer, need.words = found, words
    need.answered_at, need.answered_by = timezone.now(), by
    with constraints_speak(TrainingNeed):
        apply(move, need, role=AGENT, by=by, note=words, data={"answer": found.value})
    close_task_of(need, by=by, outcome=f"{found.label}. {words}")
    if need.training:
        _link(need.training, need, by=by)
    logger.info("need answered", extra={"need_id": need.pk, "answer": found.value})
    for offer in held:
        offer.lock()
        if offer.status == OfferStatus.AWAITING_TRAINING and not follow_catalogue(offer):
            for message in emails.answered(need, offer):  # Else the letter that says « publiée » is enough.
                post(message)


def _hold_offers(need: TrainingNeed) -> list[Offer]:
    waiting = Offer.objects.filter(need_shares__need=need, need_shares__left_at=None)
    rows = Offer._base_manager.select_for_update(of=("self",), no_key=True)
    return list(rows.filter(pk__in=list(waiting.values_list("pk", flat=True))).order_by("pk"))


def _link(training: Training, need: TrainingNeed, *, by: User) -> None:
    """« Cette formation mène à ce métier » : said by an agent, kept like the links of the catalogue."""
    TrainingOccupation.objects.get_or_create(
        training=training, occupation=need.occupation, defaults={"origin": LinkOrigin.AGENT, "by": by}
    )


def join_missing() -> int:
    """By state: an offer that waits for a training waits with a need. Returns how many had none."""
    shares = NeedOffer.objects.filter(offer=OuterRef("pk"), left_at=None)
    alone = Offer.objects.filter(~Exists(shares), status=OfferStatus.AWAITING_TRAINING)
    return each_alone(alone.order_by("status_since", "pk"), _join_one)


def _join_one(pk: int) -> int:
    rows = Offer._base_manager.select_for_update(skip_locked=True, of=("self",), no_key=True)
    offer = rows.filter(pk=pk, status=OfferStatus.AWAITING_TRAINING).first()
    if offer is None or TrainingNeed.objects.of_offer(offer).exists():
        return 0
    join_need(offer, missing=what_is_missing(offer))
    return 1


def remind_agents(need: TrainingNeed, *, number: int) -> None:
    """The day before the last one."""
    for message in emails.waiting(need, title_of(need), number=number, is_late=False):
        post(message)


def escalate(need: TrainingNeed) -> None:
    """The five working days have passed: the Region's box reads it. The task stands on the list already."""
    for message in emails.waiting(need, title_of(need), number=0, is_late=True):
        post(message)
