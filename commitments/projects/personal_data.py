"""What this alcove keeps about a person (see core.personal_data).

An act that was signed is kept for its five years, by law. What was only proposed goes away.
"""

from typing import Any

from accounts.models import User
from commitments.projects.models import Commitment, CommitmentEvent
from commitments.projects.texts import CommitmentSignatory, CommitmentSignature, CommitmentVersion
from core.models import OutgoingMessage
from core.outbox import forget_letters

ERASED = "(effacé)"


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
    """What bound nobody goes, with its texts; a signed act stays, as the law asks."""
    mine = Commitment.objects.of(user)
    CommitmentVersion.objects.filter(commitment__in=mine.filter(sealed_on=None)).delete()
    CommitmentSignatory.objects.filter(commitment__in=mine.filter(sealed_on=None)).delete()
    CommitmentEvent.objects.filter(commitment__in=mine, by=user).update(note="")
    for pk in mine.values_list("pk", flat=True):
        about = OutgoingMessage.objects.filter(key__startswith=f"commitment/{pk}/")
        forget_letters(about, words=ERASED)
    mine.exclude(end_words="").update(end_words="")


def obstacle_of(user: User) -> str:
    if Commitment.objects.of(user).open().exists():
        return "Un projet emploi-formation est en cours : dites d’abord que vous n’y donnez pas suite."
    return ""
