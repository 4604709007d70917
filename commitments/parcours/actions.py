"""Sharing a path, taking it back, noting who reads it, naming the sponsor of the whole path."""

import logging

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.roles import ADVISOR, CANDIDATE, COMPANY
from candidates.models import Candidate
from commitments.parcours import emails
from commitments.parcours.models import Page, PathAccess, PathShare
from commitments.parcours.sight import Sight
from commitments.projects.models import Commitment
from commitments.projects.sides import hold, side_of
from commitments.projects.workflow import HOLDS_POST, CommitmentStatus
from core.outbox import post
from core.rules import RuleBroken

logger = logging.getLogger(__name__)
NAME_SPONSOR = "name_sponsor"
HAS_A_SPONSOR = (CommitmentStatus.PROPOSED, *HOLDS_POST)


@transaction.atomic
def share_path(candidate: Candidate, organisation: Organisation, *, by: User) -> None:
    """« Je partage. » Twice is once. The partner is told: nobody else would."""
    _check_own(candidate, by)
    share, is_new = PathShare.objects.get_or_create(
        candidate=candidate, organisation=organisation, revoked_at=None
    )
    for message in emails.shared(share) if is_new else ():
        post(message)
    logger.info("path shared", extra={"candidate": candidate.pk, "organisation": organisation.pk})


@transaction.atomic
def stop_sharing(candidate: Candidate, organisation: Organisation, *, by: User) -> None:
    """From the next request of theirs, the page does not exist."""
    _check_own(candidate, by)
    standing = PathShare.objects.standing().filter(candidate=candidate, organisation=organisation)
    standing.update(revoked_at=timezone.now())
    logger.info("path no longer shared", extra={"candidate": candidate.pk, "organisation": organisation.pk})


def _check_own(candidate: Candidate, by: User) -> None:
    if candidate.user_id != by.pk:
        raise PermissionDenied


def note_access(candidate: Candidate, sight: Sight, *, by: User, page: str = Page.PATH) -> None:
    """One line per person, page and hour; the person's own visits are nobody's business."""
    if sight.role == CANDIDATE:
        return
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    line = PathAccess(
        candidate=candidate,
        user=by,
        role=sight.role,
        organisation_name=sight.reads_for[:255],
        page=page,
        hour=hour,
    )
    PathAccess.objects.bulk_create([line], ignore_conflicts=True)


def forget_old_accesses() -> int:
    """A year later, who read is forgotten."""
    return PathAccess.objects.too_old().delete()[0]


@transaction.atomic
def name_sponsor(commitment: Commitment, *, name: str, contact: str, by: User) -> None:
    """Whom the person may call, for the whole path: the company or the advisor says it."""
    hold(commitment)
    role = side_of(commitment, by)
    if role not in (COMPANY, ADVISOR):
        raise PermissionDenied
    if commitment.status not in HAS_A_SPONSOR:
        raise RuleBroken("Ce projet est terminé.", code="transition")
    if contact and not name:
        raise RuleBroken("Écrivez le nom de cette personne.", code="sponsor_name")
    commitment.sponsor_name, commitment.sponsor_contact = name, contact
    commitment.save(update_fields=["sponsor_name", "sponsor_contact"])
    commitment.record(NAME_SPONSOR, before=commitment.status, role=role, by=by)
