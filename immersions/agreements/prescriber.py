"""Who prescribes the immersion of a person: the one place that asks `candidates` about it."""

import datetime as dt
from typing import Any

from accounts.models import User
from candidates.structures.models import Following, SupportStructure
from immersions.agreements.models import Agreement

USUAL_JOB = "Conseiller ou conseillère en insertion professionnelle"


def following_of(agreement: Agreement) -> Following | None:
    """The live follow-up of the person; None as long as nobody accompanies them."""
    live = Following.objects.live().filter(candidate=agreement.application.candidate_id)
    return live.select_related("structure__commune", "advisor").first()


def structure_of(agreement: Agreement) -> SupportStructure | None:
    """That of the frozen text; before, the one that accompanies the person."""
    if agreement.structure is not None:
        return agreement.structure
    following = following_of(agreement)
    return following.structure if following else None


def advisor_of(agreement: Agreement) -> User | None:
    """Who is in charge: the one to whom it was passed on, else the person's own advisor."""
    if agreement.advisor is not None:
        return agreement.advisor
    following = following_of(agreement)
    return following.advisor if following else None


def may_prescribe(agreement: Agreement, day: dt.date) -> bool:
    structure = structure_of(agreement)
    return structure is not None and structure.prescribes_on(day)


def known_of(agreement: Agreement) -> dict[str, Any]:
    """What the prescriber's part starts with."""
    structure, advisor = structure_of(agreement), advisor_of(agreement)
    known: dict[str, Any] = {}
    if structure:
        town = f"{structure.postcode} {structure.commune.name}".strip()
        known = {
            "structure_name": structure.name,
            "structure_legal_form": structure.legal_form,
            "structure_address": ", ".join(filter(None, [structure.address, town])),
        }
    if advisor:
        known |= known_of_member(advisor)
    return {name: value for name, value in known.items() if value}


def known_of_member(advisor: User) -> dict[str, Any]:
    """What one of the structure’s members writes of themselves."""
    return {
        "advisor_name": advisor.get_full_name(),
        "advisor_job": USUAL_JOB,
        "advisor_email": advisor.email,
        "advisor_phone": advisor.phone,
    }


def advisors_of(agreement: Agreement) -> list[User]:
    """The confirmed members of the structure: any of them may act."""
    structure = structure_of(agreement)
    if structure is None or structure.organisation_id is None:
        return []
    return list(structure.confirmed_members().order_by("pk"))


def told_about(agreement: Agreement) -> list[User]:
    """Who gets the messages: the advisor in charge, else every member."""
    advisors, advisor = advisors_of(agreement), advisor_of(agreement)
    return [advisor] if advisor in advisors else advisors
