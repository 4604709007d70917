"""The advisor's half: is the training project sound? Eligibility, and income during the training."""

import logging

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from commitments.seats import agents, emails
from commitments.seats.actions import reason_in_words
from commitments.seats.models import Income, NotValidatedReason, ProjectValidation, SeatRequest
from commitments.seats.people import role_in
from commitments.seats.workflow import BEFORE_ENTRY, NOT_VALIDATE, VALIDATE, ProjectStatus
from core.outbox import post
from core.rules import RuleBroken
from core.workflow import Transition, apply, check

logger = logging.getLogger(__name__)


@transaction.atomic
def validate_project(validation: ProjectValidation, *, by: User | None, income: str, words: str = "") -> None:
    """« Le projet tient » : the conditions of entry are met, and one knows on what one will live."""
    request, role = _hold(validation, by)
    _check(VALIDATE, validation, request, role)
    was_refused = validation.status == ProjectStatus.NOT_VALIDATED
    if income not in Income.values:
        raise RuleBroken("Dites de quoi la personne vit pendant la formation.", code="income")
    if income == Income.OTHER and not words.strip():
        raise RuleBroken("Précisez ce revenu, en quelques mots.", code="words")
    validation.is_eligible, validation.income, validation.reason = True, income, ""
    _decide(VALIDATE, validation, role, by, words=words, note=Income(income).label)
    change = _change(validation)
    for message in emails.validated(_whole(request), validation, change, was_refused=was_refused):
        post(message)


@transaction.atomic
def not_validate_project(
    validation: ProjectValidation, *, by: User | None, reason: str, words: str = ""
) -> None:
    """« Pas comme cela » : with a reason, and what comes next for the person. It may be validated later."""
    request, role = _hold(validation, by)
    _check(NOT_VALIDATE, validation, request, role, note=reason)
    note = reason_in_words(NotValidatedReason, reason, words)
    validation.reason = reason
    validation.is_eligible = False if reason == NotValidatedReason.NOT_ELIGIBLE else validation.is_eligible
    _decide(NOT_VALIDATE, validation, role, by, words=words, note=note)
    for message in emails.not_validated(_whole(request), validation, _change(validation)):
        post(message)


def _hold(validation: ProjectValidation, by: User | None) -> tuple[SeatRequest, str]:
    """The request first, then its validation."""
    request = validation.seat_request
    request.lock()
    validation.lock()
    return request, role_in(request, by)


def _check(
    move: Transition, validation: ProjectValidation, request: SeatRequest, role: str, note: str = ""
) -> None:
    check(move, validation, role=role, note=note)
    if request.status not in BEFORE_ENTRY:
        raise RuleBroken(
            f"Cette demande n’attend plus votre avis : {request.get_status_display().lower()}.",
            code="over",
        )


def _decide(
    move: Transition, validation: ProjectValidation, role: str, by: User | None, *, words: str, note: str
) -> None:
    validation.words, validation.decided_at, validation.decided_by = words.strip(), timezone.now(), by
    apply(move, validation, role=role, by=by, note=note)
    agents.nothing_left_to_validate(validation.seat_request)
    logger.info("project decided", extra={"validation": validation.pk, "status": validation.status})


def _whole(request: SeatRequest) -> SeatRequest:
    return SeatRequest.objects.for_page().get(pk=request.pk)


def _change(validation: ProjectValidation) -> int:
    return validation.events.count()
