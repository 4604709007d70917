"""Who signs: named again each time that a text is frozen."""

from typing import Any

from core.tokens import new_token


def name_signatories(signatories: Any, wanted: dict[str, tuple[str, str]]) -> None:
    """`wanted`: role → (name, address); `signatories`: the rows of one document (`it.signatories`).

    Someone new gets a new link; the old one opens nothing any more.
    """
    known = {signatory.role: signatory for signatory in signatories.all().select_for_update()}
    for role, (name, email) in wanted.items():
        signatory = known.get(role)
        if signatory is None:
            signatories.create(role=role, name=name, email=email)
            continue
        if signatory.email.lower() != email.lower():
            signatory.token = new_token()
        signatory.name, signatory.email, signatory.is_needed = name, email, True
        signatory.save()
    signatories.exclude(role__in=wanted).update(is_needed=False)
