"""Other dates: one side proposes, the other one answers. Nothing moves without a yes.

The order of locks: offer, application, proposal, candidate, slots by their ids.
"""

import logging
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core.outbox import post
from core.rules import RuleBroken, constraints_speak
from core.workflow import SYSTEM, Transition, apply, check
from immersions.applications import places
from immersions.applications.actions import cancel_for_closed_slot
from immersions.applications.models import Application
from immersions.applications.rebooking import check_may_move, rebook
from immersions.applications.sides import role_in
from immersions.dates import emails, periods
from immersions.dates.models import DateProposal, IfNot
from immersions.dates.periods import Period
from immersions.dates.workflow import ACCEPT, EXPIRE, PROPOSE, REFUSE, TAKE_BACK, VOID
from immersions.offers.models import Slot

logger = logging.getLogger(__name__)


@transaction.atomic
def propose_dates(
    application: Application,
    choices: Sequence[list[Period]],
    *,
    by: User,
    words: str = "",
    if_not: IfNot = IfNot.KEEP,
) -> DateProposal:
    """« Pouvez-vous plutôt venir le 14 ? »"""
    application.lock()
    role = role_in(application, by)
    held = check_may_move(application, role=role)
    if periods.of_slots(held) in list(choices):
        raise RuleBroken("Ce sont déjà les dates réservées : choisissez-en d’autres.", code="same_dates")
    for choice in choices:
        wanted = periods.slots_for(application, choice)
        places.check_series(application.offer, wanted)
        for slot in wanted:
            if slot not in held:
                places.check_notice(application.offer, slot.first_day)
    proposal = DateProposal(
        application=application, proposed_by=role, author=by, choices=list(choices),
        words=words.strip(), if_not=if_not,
    )  # fmt: skip
    with constraints_speak(DateProposal):
        proposal.save()
    proposal.record(PROPOSE, role=role, by=by)
    for message in emails.proposed(proposal):
        post(message)
    logger.info("dates proposed", extra={"application": application.pk, "proposal": proposal.pk})
    return proposal


@transaction.atomic
def accept_dates(proposal: DateProposal, *, by: User, choice: int = 0) -> None:
    """« D’accord. » The place moves in the same breath, or nothing does."""
    application, role = _hold(proposal, ACCEPT, by=by)
    _check_is_other(proposal, role)
    if not 0 <= choice < len(proposal.choices):
        raise RuleBroken("Choisissez l’une des dates proposées.", code="choice")
    wanted = periods.slots_for(application, proposal.choices[choice])
    is_kept = any(slot.waits_for_answers for slot in wanted)
    apply(ACCEPT, proposal, role=role, by=by, data={"choice": choice})
    held, now = rebook(application, wanted, by=by, role=role, is_kept=is_kept)
    _open_when_answered(proposal)
    for message in emails.changed(proposal, held, now):
        post(message)
    logger.info("dates changed", extra={"application": application.pk, "proposal": proposal.pk})


@transaction.atomic
def refuse_dates(proposal: DateProposal, *, by: User, words: str = "") -> None:
    """« Non, gardons les dates. » When the slot is closed, the place is given back."""
    application, role = _hold(proposal, REFUSE, by=by)
    _check_is_other(proposal, role)
    _settle(REFUSE, proposal, application, role=role, by=by, note=words.strip())


@transaction.atomic
def take_dates_back(proposal: DateProposal, *, by: User) -> None:
    """« Oubliez ma proposition. »"""
    application, role = _hold(proposal, TAKE_BACK, by=by)
    if role != proposal.proposed_by:
        raise RuleBroken("Seul celui qui propose des dates peut les retirer.", code="role")
    if proposal.if_not == IfNot.CANCEL:
        raise RuleBroken(
            "Ce créneau est fermé : la personne doit pouvoir en choisir un autre.", code="closed"
        )
    _settle(TAKE_BACK, proposal, application, role=role, by=by)


@transaction.atomic
def expire_dates(proposal: DateProposal) -> None:
    """Nobody answered: the dates stay, or the place of a closed slot is given back."""
    application, role = _hold(proposal, EXPIRE, by=None)
    _settle(EXPIRE, proposal, application, role=role, by=None)


def void_dates(application: Application, by: Any) -> None:
    """The application ended: nobody waits for an answer. The caller holds it."""
    for proposal in DateProposal.objects.filter(application=application, status="open"):
        proposal.lock()
        apply(VOID, proposal, role=SYSTEM, by=None)
        _open_when_answered(proposal)


def _hold(proposal: DateProposal, move: Transition, *, by: User | None) -> tuple[Application, str]:
    application = proposal.application
    application.lock()
    proposal.lock()
    proposal.application = application
    role = role_in(application, by)
    check(move, proposal, role=role)
    return application, role


def _check_is_other(proposal: DateProposal, role: str) -> None:
    if role == proposal.proposed_by:
        raise RuleBroken("Ces dates viennent de votre côté : c’est à l’autre de répondre.", code="role")


def _settle(
    move: Transition,
    proposal: DateProposal,
    application: Application,
    *,
    role: str,
    by: User | None,
    note: str = "",
) -> None:
    """Not these dates: the booking stands, unless its slot is closed."""
    apply(move, proposal, role=role, by=by, note=note)
    _open_when_answered(proposal)
    held = places.held_by(application)
    is_ahead = bool(held) and min(slot.first_day for slot in held) > timezone.localdate()
    if proposal.if_not == IfNot.CANCEL and is_ahead:
        cancel_for_closed_slot(application, by=proposal.author, words=proposal.words)
        return
    for message in emails.kept(proposal, move.name, words=note):
        post(message)


def _open_when_answered(proposal: DateProposal) -> None:
    """A moved slot keeps its places for its people; once all have answered, it opens to everybody."""
    named = [period["slot"] for choice in proposal.choices for period in choice if period["slot"]]
    kept = Slot.objects.select_for_update(no_key=True).filter(pk__in=named, waits_for_answers=True)
    for slot in kept.order_by("pk"):
        others = DateProposal.objects.filter(application__offer=slot.offer_id, status="open")
        if not any(periods.mentions(other.choices, slot) for other in others.exclude(pk=proposal.pk)):
            slot.waits_for_answers, slot.is_open = False, True
            slot.save(update_fields=["waits_for_answers", "is_open"])
