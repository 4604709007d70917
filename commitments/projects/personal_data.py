"""What this alcove keeps about a person (see core.personal_data).

An act that was signed is kept for its five years, by law. What was only proposed goes away.
"""

from typing import Any

from accounts.models import User
from commitments.projects.models import Commitment
from commitments.projects.texts import CommitmentSignature


def export_commitments(user: User) -> dict[str, Any]:
    signatures = CommitmentSignature.objects.filter(user=user).select_related("version").order_by("signed_at")
    return {
        "mes projets": [
            {
                "entreprise": it.company.name,
                "poste": it.promise.job_title,
                "état": it.get_status_display(),
                "proposé le": it.proposed_at.isoformat(),
                "session choisie": str(it.pledge.session.dates) if it.pledge.session else "",
                "distance (km)": str(it.pledge.distance_km or ""),
                "raison de la fin": it.get_end_reason_display(),
                "en quelques mots": it.end_words,
            }
            for it in Commitment.objects.of(user).for_page().order_by("pk")
        ],
        "ce que j’ai signé": [
            {
                "en tant que": it.get_role_display(),
                "le": it.signed_at.isoformat(),
                "comment": it.get_method_display(),
                "texte": it.version.text,
                "empreinte": it.version.sha256,
            }
            for it in signatures
        ],
    }


def erase_commitments(user: User) -> None:
    """What binds nobody loses its words; a signed act keeps its text."""
    Commitment.objects.of(user).exclude(end_words="").update(end_words="")


def obstacle_of(user: User) -> str:
    if Commitment.objects.of(user).open().exists():
        return "Un projet emploi-formation est en cours : dites d’abord que vous n’y donnez pas suite."
    return ""
