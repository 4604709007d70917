"""What happens to an application before the immersion: one function per decision.

The order of locks is always the same: offer, application, candidate, slot.
"""

import datetime as dt
import logging
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import ADVISOR, CANDIDATE, COMPANY
from candidates.models import Candidate
from core.outbox import Message, post
from core.rules import RuleBroken, constraints_speak
from core.workflow import SYSTEM, Transition, apply, check
from immersions.applications import emails, followers, places
from immersions.applications.models import (
    CANDIDATE_REASONS,
    COMPANY_REASONS,
    Application,
    EndReason,
    Question,
)
from immersions.applications.places import AgreedDates
from immersions.applications.sides import role_about, role_in
from immersions.applications.workflow import (
    ANSWER,
    ASK,
    BOOK,
    BOOK_VISIT,
    CANCEL,
    CLOSE_WITH_OFFER,
    CONFIRM,
    DECLINE,
    EXPIRE,
    REFUSE_AGREEMENT,
    SUBMIT,
    WITHDRAW,
    ApplicationStatus,
)
from immersions.offers import notice
from immersions.offers.models import DateMode, Offer, Slot
from immersions.offers.workflow import OfferStatus

logger = logging.getLogger(__name__)


@transaction.atomic
def submit_application(
    offer: Offer,
    *,
    candidate: Candidate,
    by: User,
    slots: Sequence[Slot] = (),
    weeks: Sequence[dt.date] = (),
    why: str = "",
    experience: str = "",
    needs: str = "",
) -> Application:
    """« Je voudrais essayer. » Booked at once when the company chose it so."""
    offer.lock()  # Against its closing at the same moment: nobody must wait for an answer in vain.
    _check_may_apply(offer, candidate, slots)
    application = Application(
        offer=offer,
        candidate=candidate,
        wished_weeks=sorted(weeks),
        why=why,
        experience=experience,
        needs=needs,
    )
    with constraints_speak(Application):
        application.save()
    application.wished_slots.set(slots)
    application.record(SUBMIT, role=CANDIDATE, by=by)
    logger.info("application submitted", extra={"application": application.pk})
    if offer.books_instantly and slots:
        book_application(application, slot=slots[0], by=None)
    else:
        _tell(emails.receipt(application), *emails.application_received(application))
    return application


def _check_may_apply(offer: Offer, candidate: Candidate, slots: Sequence[Slot]) -> None:
    if offer.status != OfferStatus.PUBLISHED:
        raise RuleBroken("Cette offre ne reçoit plus de candidatures.", code="offer_closed")
    if not candidate.is_ready_to_apply:
        raise RuleBroken(
            "L’entreprise a besoin de vos nom, prénom, téléphone et commune pour vous accueillir.",
            code="profile",
        )
    if any(slot.offer_id != offer.pk for slot in slots):
        raise RuleBroken("Ce créneau n’est pas de cette offre.", code="slot_of_another_offer")
    if offer.date_mode == DateMode.SLOTS and not slots:
        raise RuleBroken("Choisissez au moins un créneau.", code="no_slot")
    free = {slot.pk: slot for slot in notice.open_slots(offer)} if slots else {}
    if any(slot.pk not in free for slot in slots):
        raise RuleBroken("Ce créneau n’est plus libre. Choisissez-en un autre.", code="slot_not_free")
    for slot in slots:
        places.check_has_not_moved(slot, free[slot.pk])


@transaction.atomic
def book_application(
    application: Application,
    *,
    by: User | None,
    slot: Slot | None = None,
    dates: AgreedDates | None = None,
    slots: Sequence[Slot] = (),
    series: Sequence[AgreedDates] = (),
) -> None:
    """« Oui, nous vous attendons. » By None: instant booking.

    One period, or a series of them (growing half-days): all are held, or none.
    """
    application.lock()
    offer = application.offer
    transition, role = (BOOK if offer.needs_agreement else BOOK_VISIT), role_in(application, by)
    check(transition, application, role=role)
    agreed = [*series, *([dates] if dates else [])]
    wanted = [*slots, *([slot] if slot else []), *(places.agree_on(offer, it) for it in agreed)]
    places.take_all(application, wanted)
    wanted.sort(key=lambda it: (it.first_day, it.starts_at, it.pk))
    application.calendar_sequence += 1
    apply(transition, application, role=role, by=by, data={"slots": places.as_data(wanted)})
    followers.booked(application, by)
    _tell(emails.booking(application, wanted), *emails.booking_company(application, wanted))
    logger.info("application booked", extra={"application": application.pk, "slots": len(wanted)})


@transaction.atomic
def decline_application(application: Application, *, by: User, reason: str, words: str = "") -> None:
    """« Nous ne pouvons pas vous accueillir », and why."""
    application.lock()
    _check_reason(reason, words, among=COMPANY_REASONS)
    _end(DECLINE, application, by=by, reason=reason, words=words)
    _tell(emails.declined(application))


@transaction.atomic
def withdraw_application(application: Application, *, by: User, reason: str, words: str = "") -> None:
    """« Je renonce. » The place is freed and the company is told."""
    application.lock()
    _check_reason(reason, words, among=CANDIDATE_REASONS)
    slots = _end(WITHDRAW, application, by=by, reason=reason, words=words)
    _tell(*emails.withdrawn(application, slots))
    if slots:
        _tell(emails.withdrawn_candidate(application, slots))


@transaction.atomic
def cancel_application(application: Application, *, by: User, reason: str, words: str = "") -> None:
    """« Nous devons annuler. » The place is freed, the candidate is told, with a way on."""
    application.lock()
    _check_reason(reason, words, among=COMPANY_REASONS)
    slots = _end(CANCEL, application, by=by, reason=reason, words=words)
    _tell(emails.cancelled(application, slots), *emails.cancelled_company(application, slots))


@transaction.atomic
def cancel_for_closed_slot(application: Application, *, by: User | None, words: str) -> None:
    """The company closed the slot, and no other one suits: the candidate gets a way on."""
    application.lock()
    reason = EndReason.DATES
    slots = _end(CANCEL, application, by=by, role=COMPANY, reason=reason, words=words)
    _tell(emails.cancelled(application, slots), *emails.cancelled_company(application, slots))


@transaction.atomic
def confirm_application(application: Application) -> None:
    """The agreement is signed by all and validated: nobody starts before. The agreement tells."""
    application.lock()
    apply(CONFIRM, application, role=SYSTEM, by=None)
    logger.info("application confirmed", extra={"application": application.pk})


@transaction.atomic
def refuse_agreement_of(application: Application, *, by: User, words: str) -> None:
    """The prescriber refuses the agreement: the place is freed, and both are told why."""
    application.lock()
    reason = EndReason.AGREEMENT_REFUSED
    slots = _end(REFUSE_AGREEMENT, application, by=by, role=ADVISOR, reason=reason, words=words)
    _tell(*emails.agreement_refused(application, slots))


@transaction.atomic
def expire_application(application: Application) -> None:
    """Nobody answered: the candidate is told, and goes on."""
    application.lock()
    _end(EXPIRE, application, by=None, reason="", words="")
    _tell(emails.expired(application), *emails.expired_company(application))


@transaction.atomic
def close_applications_of(offer: Offer, by: User | None) -> int:
    """The offer is over: who waits for an answer gets one. Bookings stand. Returns how many."""
    role = role_about(offer, by)
    waiting = Application.objects.filter(offer=offer, status=ApplicationStatus.SUBMITTED)
    closed = 0
    for application in waiting.order_by("pk"):
        application.lock()
        if not CLOSE_WITH_OFFER.is_possible_from(application.status):
            continue  # Answered while we waited for it.
        reason = EndReason.POST_FILLED
        _end(CLOSE_WITH_OFFER, application, by=by, role=role, reason=reason, words="")
        _tell(emails.declined(application))
        closed += 1
    return closed


@transaction.atomic
def ask_question(application: Application, *, by: User, text: str) -> Question:
    """« Avant de décider, nous voudrions savoir… »"""
    application.lock()
    role = role_in(application, by)
    check(ASK, application, role=role)
    if not text.strip():
        raise RuleBroken("Écrivez votre question.", code="empty")
    with constraints_speak(Question):
        question = application.questions.create(text=text.strip(), asked_by=by)
    apply(ASK, application, role=role, by=by, data={"question": question.pk})
    _tell(emails.question(application, question))
    return question


@transaction.atomic
def answer_question(application: Application, *, by: User, text: str) -> None:
    """The first answer gives the company its full time again; the next ones do not."""
    application.lock()
    role = role_in(application, by)
    check(ANSWER, application, role=role)
    question = application.questions.open().first()
    if question is None:
        raise RuleBroken("Il n’y a pas de question en attente de votre réponse.", code="no_question")
    if not text.strip():
        raise RuleBroken("Écrivez votre réponse.", code="empty")
    question.answer, question.answered_at = text.strip(), timezone.now()
    question.save(update_fields=["answer", "answered_at"])
    if not application.was_asked_again:
        application.was_asked_again = True
        application.restart_wait()
    apply(ANSWER, application, role=role, by=by, data={"question": question.pk})
    _tell(*emails.answered(application, question))


def _check_reason(reason: str, words: str, *, among: Iterable[str]) -> None:
    if reason not in among:
        raise RuleBroken("Choisissez une raison dans la liste.", code="reason")
    if reason == EndReason.OTHER and not words.strip():
        raise RuleBroken("Dites pourquoi, en quelques mots.", code="reason_words")


def _end(
    transition: Transition,
    application: Application,
    *,
    by: User | None,
    reason: str,
    words: str,
    role: str = "",
) -> list[Slot]:
    """Move a locked application to one of its ends; returns the slots that it gives back."""
    role = role or role_in(application, by)
    slots = places.held_by(application)
    if slots and min(slot.first_day for slot in slots) <= timezone.localdate():
        raise RuleBroken("L’immersion a commencé : prévenez l’autre par téléphone.", code="started")
    application.end_reason, application.end_words = reason, words.strip()
    application.ended_by = role
    application.calendar_sequence += bool(slots)
    said = " : ".join(filter(None, [application.get_end_reason_display(), words.strip()]))
    data = {"slots": places.as_data(slots)} if slots else {}
    apply(transition, application, role=role, by=by, note=said, data=data)
    places.give_back(application)
    followers.ended(application, by)
    logger.info("application ended", extra={"application": application.pk, "transition": transition.name})
    return slots


def _tell(*messages: Message) -> None:
    for message in messages:
        post(message)
