"""The messages about who accompanies whom. Nothing is sent here.

A structure's confirmed members read who asks for them; its published address never does.
"""

from typing import Any

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from candidates.structures.models import Following
from core import french
from core.outbox import Message


def _link(page: str, *args: Any) -> str:
    return settings.SITE_URL + reverse(page, args=args)


# --- To the structure ----------------------------------------------------------------------------
def asked(following: Following) -> list[Message]:
    """Someone counts on you: answer within two working days."""
    return _to_members(following, "asked", f"asked/{following.pk}")


def reminder(following: Following, *, number: int) -> list[Message]:
    return _to_members(following, "reminder", f"reminder/{number}")


def left(following: Following) -> list[Message]:
    """To the advisors: this person chose another structure."""
    return _to_members(following, "left", "left")


def passed_on(following: Following, to: User, *, by: User, words: str, event: int) -> Message:
    """To the colleague who takes it from there."""
    candidate = following.candidate
    return Message(
        kind="candidates/following_passed_on",
        to=to.email,
        to_user=to,
        key=f"following/{following.pk}/passed_on/{event}",
        context={
            "person": candidate.user.get_full_name() or "Une personne",
            "commune": candidate.commune.name if candidate.commune else "",
            "colleague": by.name_or_address,
            "is_asked": following.status == "asked",
            "answer_by": french.day(following.answer_due_on, weekday=True),
            "words": words,
            "link": _link("structures:person", following.pk),
        },
        scope=following.department,
    )


def without_members(following: Following) -> list[Message]:
    """To the published address, which tells nobody's name: someone chose you, come and see."""
    structure = following.structure
    if not structure.email:
        return []
    return [
        Message(
            kind="candidates/following_nobody",
            to=structure.email,
            key=f"following/{following.pk}/nobody",
            context={
                "structure": structure.name,
                "answer_by": french.day(following.answer_due_on, weekday=True),
                "link": _link("structures:register", structure.pk),
            },
            scope=following.department,
        )
    ]


def _to_members(following: Following, kind: str, change: str) -> list[Message]:
    candidate, structure = following.candidate, following.structure
    context = {
        "person": candidate.user.get_full_name() or "Une personne",
        "commune": candidate.commune.name if candidate.commune else "",
        "structure": structure.name,
        "by_default": following.origin == "default",
        "answer_by": french.day(following.answer_due_on, weekday=True),
        "link": _link("structures:person", following.pk),
        "space": _link("advisor_space"),
    }
    return [
        Message(
            kind=f"candidates/following_{kind}",
            to=member.email,
            to_user=member,
            key=f"following/{following.pk}/{change}/m{member.pk}",
            context=context,
            scope=following.department,
        )
        for member in structure.confirmed_members().order_by("pk")
    ]


# --- To the candidate ----------------------------------------------------------------------------
def followed(following: Following) -> Message:
    advisor = following.advisor
    return _to_candidate(
        following,
        "followed",
        advisor=advisor.get_full_name() if advisor else "",
        phone=(advisor.phone if advisor else "") or following.structure.phone,
    )


def transferred(following: Following, to: Following) -> Message:
    return _to_candidate(
        following,
        "transferred",
        other=to.structure.name,
        answer_by=french.day(to.answer_due_on, weekday=True),
    )


def not_followed(following: Following) -> Message:
    return _to_candidate(
        following,
        "not_followed",
        reason=following.reason,
        how_to_register=following.how_to_register,
    )


def lapsed(following: Following) -> Message:
    return _to_candidate(following, "lapsed")


def ended(following: Following) -> Message:
    return _to_candidate(following, "ended")


def _to_candidate(following: Following, kind: str, **context: Any) -> Message:
    person: User = following.candidate.user
    return Message(
        kind=f"candidates/following_{kind}",
        to=person.email,
        to_user=person,
        key=f"following/{following.pk}/{kind}",
        context={
            "first_name": person.first_name,
            "structure": following.structure.name,
            "link": _link("structures:mine"),
            **context,
        },
        scope=following.department,
    )
