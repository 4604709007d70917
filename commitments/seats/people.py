"""In which role somebody speaks of a seat request, and who is written to about it."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied

from accounts.models import User
from accounts.roles import ADVISOR, AGENT, CANDIDATE, ORGANISATION
from candidates.structures.models import Following, SupportStructure
from commitments.seats.models import SeatRequest
from core.workflow import SYSTEM


def role_in(request: SeatRequest, user: User | None) -> str:
    """Deduced from the account, never from a form; None is a date, or what happens elsewhere."""
    if user is None:
        return SYSTEM
    if request.candidate.user_id == user.pk:
        return CANDIDATE
    one = SeatRequest.objects.filter(pk=request.pk)
    if one.of_organisations(user).exists():
        return ORGANISATION
    if one.followed_by(user).exists():
        return ADVISOR
    if user.is_staff and one.in_territory_of(user).exists():
        return AGENT
    raise PermissionDenied


def structure_of(request: SeatRequest) -> SupportStructure | None:
    """The one that accompanies the person, or that was asked to."""
    following = (
        Following.objects.live().filter(candidate=request.candidate_id).select_related("structure").first()
    )
    return following.structure if following else None


def advisors_of(request: SeatRequest) -> list[User]:
    """The person's own advisor, else every member of the structure; nobody as long as none accompanies."""
    live = Following.objects.live().filter(candidate=request.candidate_id)
    following = live.select_related("structure", "advisor").first()
    if following is None or following.structure.organisation_id is None:
        return []
    members = list(following.structure.confirmed_members().order_by("pk"))
    return [following.advisor] if following.advisor in members else members


@dataclass(frozen=True, slots=True)
class Reader:
    """Someone of the organisation who is written to; `user` is None for an address without account."""

    to: str
    tag: str
    user: User | None = None
    may_know: bool = True
    """Only who is confirmed, or the address that a confirmed member gave, reads who asks."""


def readers_of(request: SeatRequest) -> list[Reader]:
    """The confirmed members, and the address that they gave for requests. Nobody yet: the address of
    the catalogue learns that somebody waits, and not who.
    """
    organisation = request.organisation
    members = organisation.confirmed_members().order_by("pk") if organisation.organisation_id else []
    readers = [Reader(user.email, f"m{user.pk}", user) for user in members]
    known = {reader.to.lower() for reader in readers}
    if organisation.requests_email and organisation.requests_email.lower() not in known:
        readers.append(Reader(organisation.requests_email, "requests"))
    if not readers:
        address = request.session.action.email or organisation.email
        readers = [Reader(address, "catalogue", may_know=False)] if address else []
    return readers
