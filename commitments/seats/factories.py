"""Seat requests for tests and the demo: as far along as one asks."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.factories import MembershipFactory, OrganisationFactory
from candidates.factories import CandidateFactory, FollowingFactory
from commitments.projects.models import Commitment
from commitments.seats.models import (
    Income,
    LeaveReason,
    ProjectValidation,
    RefusalReason,
    Result,
    SeatRequest,
)
from commitments.seats.workflow import SeatStatus
from tests.remembered import remembered
from trainings.factories import OpenOrganisationFactory, SessionFactory
from trainings.models import Session, TrainingOrganisation
from trainings.seats import take_seat

TAKES_A_SEAT = ("admitted", "entered", "finished")


@remembered
def a_session(**options: Any) -> Session:
    """Of an organisation whose space is open, around Metz, funded, in a month."""
    if "action" not in options and "action__training" not in options:
        options.setdefault("action__training__organisation", OpenOrganisationFactory())
    return SessionFactory(**options)


@remembered
def a_seat_request(
    status: str = SeatStatus.REQUESTED,
    *,
    session: Session | None = None,
    commitment: Commitment | None = None,
    validated: bool = False,
    followed: bool = True,
    **options: Any,
) -> SeatRequest:
    """In `status`, with a seat where the status has one; of a person whom a structure accompanies."""
    session = session or (commitment.pledge.session if commitment else None) or a_session()
    candidate = options.pop("candidate", None) or (commitment.candidate if commitment else CandidateFactory())
    holds = options.pop(
        "holds_seat", status in TAKES_A_SEAT or (commitment is not None and status == "requested")
    )
    facts = {
        "refused": {"refusal_reason": RefusalReason.PREREQUISITES},
        "waitlisted": {"waitlisted_at": timezone.now()},
        "finished": {"result": Result.CERTIFIED, "left_on": timezone.localdate()},
        "left": {"leave_reason": LeaveReason.JOB, "left_on": timezone.localdate()},
    }.get(status, {})
    if holds:
        with transaction.atomic():
            take_seat(session)
    request = SeatRequest.objects.create(
        candidate=candidate,
        session=session,
        commitment=commitment,
        status=status,
        holds_seat=holds,
        told_starts_on=session.starts_on,
        told_ends_on=session.ends_on,
        **{**facts, **options},
    )
    if followed and not candidate.followings.live().exists():
        FollowingFactory(candidate=candidate, followed=True)
    a_validation(request, validated=validated)
    return request


def a_validation(request: SeatRequest, *, validated: bool) -> ProjectValidation:
    validation = ProjectValidation(seat_request=request)
    if validated:
        following = request.candidate.followings.live().first()
        validation.status, validation.is_eligible, validation.income = "validated", True, Income.REGION
        validation.decided_at = timezone.now()
        validation.decided_by = following.advisor
    validation.save()
    return validation


def open_space_of(organisation: TrainingOrganisation) -> Any:
    """One confirmed member, whom it had or not."""
    if organisation.organisation is None:
        organisation.organisation = OrganisationFactory(name=organisation.name)
        organisation.save()
        MembershipFactory(organisation=organisation.organisation)
    return organisation.confirmed_members().first()


def trainer_of(request: SeatRequest) -> Any:
    return request.organisation.confirmed_members().first()


def advisor_of(request: SeatRequest) -> Any:
    return request.candidate.followings.live().first().structure.confirmed_members().first()
