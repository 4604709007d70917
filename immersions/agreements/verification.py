"""What anybody may know of an agreement by its code: whether it is valid, and nothing personal."""

from core.verification import VerifiedDocument
from immersions.agreements.models import AgreementVersion
from immersions.agreements.workflow import AgreementStatus

KIND = "Convention de mise en situation en milieu professionnel (immersion)"
NOTES = {
    AgreementStatus.VALIDATED: "Il est signé par toutes les parties et validé.",
    AgreementStatus.VOID: "Document sans effet : l’immersion a été annulée.",
    AgreementStatus.REFUSED: "Document sans effet : l’organisme prescripteur l’a refusé.",
}
NOT_YET = "Pas encore valable : il manque des signatures, ou la validation."
REPLACED = "Document remplacé : une version plus récente existe, celle-ci ne vaut plus."


def find(code: str) -> VerifiedDocument | None:
    """For `core.verification`."""
    version = AgreementVersion.objects.select_related("agreement").filter(code=code).first()
    if version is None:
        return None
    note = note_of(version)
    return VerifiedDocument(
        kind=KIND,
        code=version.code,
        sha256=version.sha256,
        issued_at=version.frozen_at,
        is_valid=note == NOTES[AgreementStatus.VALIDATED],
        note=note,
    )


def note_of(version: AgreementVersion) -> str:
    agreement = version.agreement
    is_last = not AgreementVersion.objects.filter(agreement=agreement, number__gt=version.number).exists()
    if not is_last or agreement.status == AgreementStatus.DRAFT:
        return REPLACED
    return NOTES.get(AgreementStatus(agreement.status), NOT_YET)
