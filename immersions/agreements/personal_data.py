"""What this alcove keeps about a person (see core.personal_data).

An act that was signed is kept for its five years, by law, with the names of its parties. What was
only being written goes away with the account.
"""

from typing import Any

from accounts.models import User
from core.models import OutgoingMessage
from core.outbox import forget_letters
from immersions.agreements.models import Agreement, AgreementEvent, Part, Party, Signature
from immersions.agreements.workflow import FROZEN, WAITS_FOR_SIGNATURES


def export_agreements(user: User) -> dict[str, Any]:
    signatures = Signature.objects.filter(user=user).select_related("version").order_by("signed_at")
    return {
        "ce que j’ai écrit": [_written(part) for part in _parts_of(user).select_related("agreement")],
        "ce que j’ai signé": [
            {
                "en tant que": signature.get_role_display(),
                "le": signature.signed_at.isoformat(),
                "comment": signature.how,
                "texte": signature.version.text,
                "empreinte": signature.version.sha256,
                "empreinte de la copie": signature.scan_sha256,
            }
            for signature in signatures
        ],
        "signatures sur papier que j’ai ajoutées": [
            {"en tant que": it.get_role_display(), "le": it.signed_at.isoformat()}
            for it in Signature.objects.filter(recorded_by=user).order_by("signed_at")
        ],
    }


def _parts_of(user: User) -> Any:
    mine = Part.objects.filter(party=Party.CANDIDATE, agreement__application__candidate__user=user)
    return mine.order_by("pk")


def _written(part: Part) -> dict[str, Any]:
    answers = {name: value for name, value in part.data.items() if name != "steps"}
    return {"état": part.agreement.get_status_display(), "réponses": answers}


def erase_agreements(user: User) -> None:
    """The answers of an agreement that binds nobody; what others wrote about the person beside the act."""
    _parts_of(user).exclude(agreement__status__in=FROZEN).update(data={})
    mine = Agreement.objects.of(user)
    AgreementEvent.objects.filter(agreement__in=mine).exclude(note="").update(note="")
    for pk in mine.values_list("pk", flat=True):
        forget_letters(OutgoingMessage.objects.filter(key__startswith=f"agreement/{pk}/"), words="(effacé)")


def obstacle_of(user: User) -> str:
    waits = Agreement.objects.of(user).filter(status__in=WAITS_FOR_SIGNATURES).exists()
    return "Une convention attend des signatures : retirez d’abord votre candidature." if waits else ""
