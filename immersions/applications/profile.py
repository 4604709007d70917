"""The few fields that a company needs to welcome someone, asked where they are missing."""

from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from candidates.actions import become_candidate
from candidates.models import Candidate
from territories.models import Commune


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingAnswers:
    """What was asked on the way; empty where the profile already knew."""

    first_name: str = ""
    last_name: str = ""
    phone: str = ""
    commune: Commune | None = None


def missing_of(user: User, candidate: Candidate | None) -> list[str]:
    """The names of the fields to ask, in the order in which one says them."""
    missing = [name for name in ("first_name", "last_name", "phone") if not getattr(user, name)]
    if candidate is None or candidate.commune_id is None:
        missing.append("commune")
    return missing


@transaction.atomic
def complete_profile(user: User, answers: MissingAnswers) -> Candidate:
    """Write what was missing, and nothing else: what the profile knows is changed in the profile."""
    candidate = become_candidate(user)
    for name in missing_of(user, candidate):
        if name == "commune":
            candidate.commune = answers.commune
        else:
            setattr(user, name, getattr(answers, name))
    user.save(update_fields=["first_name", "last_name", "phone"])
    candidate.save(update_fields=["commune"])
    candidate.user = user
    return candidate
