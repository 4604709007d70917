"""The messages about an account: who gets what. Nothing is sent here."""

import uuid

from django.conf import settings
from django.urls import reverse

from accounts.codes import useless_after
from accounts.models import User
from core.outbox import Message


def _link(page: str) -> str:
    return settings.SITE_URL + reverse(page)


def readable(code: str) -> str:
    """Six digits in two groups: `123 456`."""
    return f"{code[:3]} {code[3:]}"


def login_code(code: str, *, to: str) -> Message:
    return Message(
        kind="accounts/login_code",
        to=to,
        key=f"login_code:{uuid.uuid4()}",
        context={"code": readable(code), "link": _link("account_confirm_login_code")},
        is_secret=True,
        useless_after=useless_after(),
    )


def unknown_account(*, to: str) -> Message:
    """Somebody typed this address to log in, and nobody has it."""
    return Message(
        kind="accounts/unknown_account",
        to=to,
        key=f"unknown_account:{uuid.uuid4()}",
        context={"link": _link("account_signup")},
    )


def new_address_code(code: str, *, to: str) -> Message:
    return Message(
        kind="accounts/new_address_code",
        to=to,
        key=f"new_address_code:{uuid.uuid4()}",
        context={"code": readable(code)},
        is_secret=True,
        useless_after=useless_after(),
    )


def address_taken(*, to: str) -> Message:
    """Somebody wanted this address for their account, and it has one."""
    return Message(
        kind="accounts/address_taken",
        to=to,
        key=f"address_taken:{uuid.uuid4()}",
        context={"link": _link("account_login")},
    )


def email_changed(user: User, *, to: str) -> Message:
    """To the old address: if it was not you, tell us."""
    return Message(
        kind="accounts/email_changed",
        to=to,
        to_user=user,
        key=f"email_changed:{user.pk}:{uuid.uuid4()}",
        context={"link": _link("contact")},
    )
