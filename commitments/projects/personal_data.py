"""What this alcove keeps about a person (see core.personal_data).

An act that was signed is kept for its five years, by law. What was only proposed goes away.
"""

from typing import Any

from django.db.models import Count, QuerySet

from accounts.models import User
from commitments.projects.halves import TrainingPledge
from commitments.projects.models import Commitment, CommitmentEvent, Side
from commitments.projects.texts import (
    Amendment,
    AmendmentEvent,
    CommitmentSignatory,
    CommitmentSignature,
    CommitmentVersion,
)
from core.models import OutgoingMessage
from core.outbox import forget_letters
from core.signing.papers import forget_copies
from territories.actions import forget_agent_tasks

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
                "comment": it.how,
                "texte": it.version.text,
                "empreinte": it.version.sha256,
                "empreinte de la copie": it.scan_sha256,
            }
            for it in signatures
        ],
        "signatures sur papier que j’ai ajoutées": [
            {"en tant que": it.get_role_display(), "le": it.signed_at.isoformat()}
            for it in CommitmentSignature.objects.filter(recorded_by=user).order_by("signed_at")
        ],
    }


def erase_commitments(user: User) -> None:
    """What bound nobody goes, with its texts and copies; a signed act stays, as the law asks. Words about
    the person go, whoever wrote them: what happened, when, and for which reason of the list, is counted.
    """
    mine = Commitment.objects.of(user)
    bound_nobody = CommitmentVersion.objects.filter(commitment__in=mine).exclude(pk__in=_acts_of(user))
    forget_copies(CommitmentSignature.objects.filter(version__in=bound_nobody))
    bound_nobody.delete()
    CommitmentSignatory.objects.filter(commitment__in=mine.filter(sealed_on=None)).delete()
    CommitmentEvent.objects.filter(commitment__in=mine).exclude(note="").update(note="")
    Amendment.objects.filter(commitment__in=mine).update(words=ERASED)
    AmendmentEvent.objects.filter(amendment__commitment__in=mine).exclude(note="").update(note="")
    pledges = TrainingPledge.objects.filter(commitment__in=mine)
    pledges.exclude(exception_reason="").update(exception_reason=ERASED)
    for pk in mine.values_list("pk", flat=True):
        about = OutgoingMessage.objects.filter(key__startswith=f"commitment/{pk}/")
        forget_letters(about, words=ERASED)
        forget_agent_tasks(f"commitment/{pk}/")
    mine.exclude(end_words="").update(end_words="")


def _acts_of(user: User) -> QuerySet[CommitmentVersion]:
    """The texts that both have signed."""
    mine = CommitmentVersion.objects.filter(
        commitment__candidate__user=user, commitment__sealed_on__isnull=False
    )
    return mine.annotate(signed_by=Count("signatures")).filter(signed_by=len(Side))


def obstacle_of(user: User) -> str:
    if Commitment.objects.of(user).open().exists():
        return "Un projet emploi-formation est en cours : dites d’abord que vous n’y donnez pas suite."
    return ""
