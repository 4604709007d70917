"""« Cette promesse est-elle valable ? » (see core.verification). Nothing personal."""

from commitments.projects.models import Commitment
from commitments.projects.pdf import warning_of
from commitments.projects.texts import CommitmentVersion
from core.signing.models import Method
from core.verification import VerifiedDocument

KIND = "Projet emploi-formation (promesse d’embauche et engagement de formation)"
VALID = "Il est signé par l’employeur et par la personne, et il est en vigueur."
ON_PAPER = "Une signature au moins a été donnée sur papier : sa copie est gardée."


def find(code: str) -> VerifiedDocument | None:
    version = CommitmentVersion.objects.filter(code=code).first()
    if version is None:
        return None
    commitment = Commitment.objects.for_page().get(pk=version.commitment_id)
    warning = warning_of(commitment, version)
    return VerifiedDocument(
        kind=KIND,
        code=version.code,
        sha256=version.sha256,
        issued_at=version.frozen_at,
        is_valid=not warning,
        note=warning or _valid(version),
    )


def _valid(version: CommitmentVersion) -> str:
    is_on_paper = version.signatures.filter(method=Method.PAPER).exists()
    return f"{VALID} {ON_PAPER}" if is_on_paper else VALID
