"""What this alcove keeps about a person (see core.personal_data).

An act that was signed is kept for its five years, by law. What was only proposed goes away with the
account; after those years, the act goes too, whoever is still here.
"""

from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from accounts.models import User
from accounts.roles import CANDIDATE
from commitments.projects.halves import HiringPromise, TrainingPledge
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
from core.signing.papers import forget_texts
from territories.actions import forget_agent_tasks

ERASED = "(effacé)"
NO_SIGNATORY = {"signatory_name": ERASED, "signatory_email": "signataire@efface.invalid"}


def export_commitments(user: User) -> dict[str, Any]:
    signatures = CommitmentSignature.objects.filter(user=user).select_related("version").order_by("signed_at")
    return {
        "mes projets": [
            {
                "entreprise": it.company.name,
                "poste": it.promise.job_title,
                "état": it.status_for(CANDIDATE),
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
    texts = CommitmentVersion.objects.filter(commitment__in=mine)
    forget_texts(texts.exclude(pk__in=_acts_of(user)), CommitmentSignature)
    CommitmentSignatory.objects.filter(commitment__in=mine.filter(sealed_on=None)).delete()
    _forget_words(mine)


@transaction.atomic
def forget_old_acts() -> int:
    """Five years later: texts, signatures, copies, names and words go. What was promised, kept or not, and
    when, is still counted. Gives how many projects were emptied.
    """
    says = Q(signatories__isnull=False) | ~Q(end_words="") | ~Q(sponsor_name="")
    named = list(Commitment.objects.forgotten().filter(says).distinct().values_list("pk", flat=True))
    them = Commitment.objects.filter(pk__in=named)
    forget_texts(CommitmentVersion.objects.filter(commitment__in=named), CommitmentSignature)
    CommitmentSignatory.objects.filter(commitment__in=named).delete()
    HiringPromise.objects.filter(commitment__in=named).exclude(signatory_name="").update(**NO_SIGNATORY)
    them.update(sponsor_name="", sponsor_contact="")
    _forget_words(them)
    return len(named)


def _forget_words(commitments: QuerySet[Commitment]) -> None:
    CommitmentEvent.objects.filter(commitment__in=commitments).exclude(note="").update(note="")
    Amendment.objects.filter(commitment__in=commitments).update(words=ERASED)
    AmendmentEvent.objects.filter(amendment__commitment__in=commitments).exclude(note="").update(note="")
    pledges = TrainingPledge.objects.filter(commitment__in=commitments)
    pledges.exclude(exception_reason="").update(exception_reason=ERASED)
    for pk in commitments.values_list("pk", flat=True):
        about = OutgoingMessage.objects.filter(key__startswith=f"commitment/{pk}/")
        forget_letters(about, words=ERASED)
        forget_agent_tasks(f"commitment/{pk}/")
    commitments.exclude(end_words="").update(end_words="")


def _acts_of(user: User) -> QuerySet[CommitmentVersion]:
    """The texts that both have signed."""
    mine = CommitmentVersion.objects.filter(
        commitment__candidate__user=user, commitment__sealed_on__isnull=False
    )
    return mine.annotate(signed_by=Count("signatures")).filter(signed_by=len(Side))


def obstacle_of(user: User) -> str:
    if Commitment.objects.of(user).open().exists():
        return "Un projet emploi-formation est en cours : depuis sa page, dans « Mon parcours », retirez-vous d’abord."
    return ""
