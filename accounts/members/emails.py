"""The messages about members: who gets what. Nothing is sent here."""

import uuid

from django.conf import settings
from django.urls import reverse

from accounts.codes import useless_after
from accounts.emails import readable
from accounts.members.doors import door_of
from accounts.models import Invitation, Membership, Organisation, User
from core.outbox import Message


def _link(page: str, *args) -> str:
    return settings.SITE_URL + reverse(page, args=args)


def _space(organisation: Organisation) -> str:
    door = door_of(organisation)
    return _link(door.space if door else "after_login")


def _members_page(organisation: Organisation) -> str:
    door = door_of(organisation)
    return _link(door.members if door else "after_login")


def asked(membership: Membership, *, to: User) -> Message:
    """To each manager: a colleague, or someone who says so, asks to join."""
    return Message(
        kind="accounts/member_asked",
        to=to.email,
        to_user=to,
        key=f"member_asked:{membership.pk}:{membership.asked_at.timestamp()}:{to.pk}",
        context={
            "organisation": membership.organisation.name,
            "email": membership.user.email,
            "link": _members_page(membership.organisation),
        },
    )


def accepted(membership: Membership) -> Message:
    return _to_member("accounts/member_accepted", membership)


def refused(membership: Membership) -> Message:
    return _to_member("accounts/member_refused", membership)


def confirmed(membership: Membership) -> Message:
    """To the first member: everything is open now."""
    return _to_member("accounts/member_confirmed", membership)


def _to_member(kind: str, membership: Membership) -> Message:
    return Message(
        kind=kind,
        to=membership.user.email,
        to_user=membership.user,
        key=f"{kind}:{membership.pk}:{uuid.uuid4()}",
        context={
            "organisation": membership.organisation.name,
            "link": _space(membership.organisation),
        },
    )


def confirmation_code(code: str, *, organisation: Organisation, user: User) -> Message:
    """To the published address: is this person one of yours?"""
    return Message(
        kind="accounts/confirmation_code",
        to=organisation.published_email,
        key=f"confirmation_code:{uuid.uuid4()}",
        context={
            "code": readable(code),
            "organisation": organisation.name,
            "email": user.email,
        },
        is_secret=True,
        useless_after=useless_after(),
    )


def invited(invitation: Invitation) -> Message:
    by = invitation.invited_by
    return Message(
        kind="accounts/invited",
        to=invitation.email,
        key=f"invited:{invitation.pk}",
        context={
            "organisation": invitation.organisation.name,
            "by": by.name_or_address,
            "link": _link("accounts:invitation", invitation.token),
        },
        is_secret=True,  # Its link opens a door.
        useless_after=invitation.created_at + Invitation.LASTS,
    )
