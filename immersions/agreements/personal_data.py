"""What this alcove keeps about a person (see core.personal_data).

An act that all have signed is kept for its five years, by law, with the names of its parties. What
bound nobody goes away with the account: answers, texts, signatures, copies; after those years, the act
goes too, whoever is still here.
"""

from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from core.models import OutgoingMessage
from core.outbox import forget_letters
from core.signing.papers import forget_texts
from immersions.agreements.models import (
    Agreement,
    AgreementEvent,
    AgreementVersion,
    Part,
    Party,
    Signatory,
    Signature,
)
from immersions.agreements.workflow import FROZEN, VALIDATE, WAITS_FOR_SIGNATURES


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
    """What bound nobody, whoever wrote it; what others wrote about the person beside the act."""
    mine = Agreement.objects.of(user)
    settled = mine.exclude(status__in=WAITS_FOR_SIGNATURES)
    Part.objects.filter(agreement__in=settled.exclude(status__in=FROZEN)).update(data={})
    acts = _acts_among(settled)
    forget_texts(AgreementVersion.objects.filter(agreement__in=settled).exclude(pk__in=acts), Signature)
    Signatory.objects.filter(agreement__in=settled.exclude(versions__in=acts)).delete()
    _forget_words(mine)


@transaction.atomic
def forget_old_acts() -> int:
    """Five years later: answers, texts, signatures, copies and words go. That there was an immersion under
    agreement, and when, is still counted. Gives how many agreements were emptied.
    """
    says = Q(signatories__isnull=False) | Exists(
        Part.objects.filter(agreement=OuterRef("pk")).exclude(data={})
    )
    named = list(Agreement.objects.forgotten().filter(says).distinct().values_list("pk", flat=True))
    forget_texts(AgreementVersion.objects.filter(agreement__in=named), Signature)
    Signatory.objects.filter(agreement__in=named).delete()
    Part.objects.filter(agreement__in=named).update(data={})
    _forget_words(Agreement.objects.filter(pk__in=named))
    return len(named)


def _forget_words(agreements: QuerySet[Agreement]) -> None:
    AgreementEvent.objects.filter(agreement__in=agreements).exclude(note="").update(note="")
    for pk in agreements.values_list("pk", flat=True):
        forget_letters(OutgoingMessage.objects.filter(key__startswith=f"agreement/{pk}/"), words="(effacé)")


def _acts_among(agreements: QuerySet[Agreement]) -> list[int]:
    """The texts that all have signed: the history says which. What came later does not undo them."""
    validated = AgreementEvent.objects.filter(agreement__in=agreements, transition=VALIDATE.name)
    signed = {(event.agreement_id, event.data.get("version")) for event in validated}
    versions = AgreementVersion.objects.filter(agreement__in=agreements)
    return [it.pk for it in versions if (it.agreement_id, it.number) in signed]


def obstacle_of(user: User) -> str:
    waits = Agreement.objects.of(user).filter(status__in=WAITS_FOR_SIGNATURES).exists()
    return "Une convention attend des signatures : retirez d’abord votre candidature." if waits else ""
