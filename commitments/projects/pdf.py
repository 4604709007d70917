"""The PDF of a project: the signed text and its evidence, the same bytes for the same facts."""

from accounts.roles import CANDIDATE
from commitments.projects.models import Commitment, Side
from commitments.projects.texts import CommitmentVersion
from commitments.projects.workflow import CommitmentStatus
from core.signing.pdf.build import pdf_from, signed_data

NOT_SIGNED = "Pas encore valable : il manque des signatures."
NOT_IN_FORCE = "Cette version ne vaut pas : une autre a été signée, ou le projet s’est arrêté."


def pdf_of(version: CommitmentVersion) -> bytes:
    commitment = Commitment.objects.for_page().get(pk=version.commitment_id)
    signatures = sorted(version.signatures.all(), key=lambda it: it.role != CANDIDATE)
    signed = {it.role for it in signatures}
    warning = warning_of(commitment, version)
    data = signed_data(
        version,
        signatures=signatures,
        missing=[Side(role).label.lower() for role in Side.values if role not in signed],
        warning=warning,
        may_be_signed=warning == NOT_SIGNED,
    )
    return pdf_from(data, at=version.frozen_at)


def warning_of(commitment: Commitment, version: CommitmentVersion) -> str:
    """What the first page of a text that does not bind says; nothing for the one in force."""
    in_force = version_in_force(commitment)
    if in_force is not None and in_force.pk == version.pk and commitment.status not in STOPPED:
        return ""
    newest = max(commitment.versions.all(), key=lambda it: it.number)
    if version.pk == newest.pk and commitment.status == CommitmentStatus.PROPOSED:
        return NOT_SIGNED
    if in_force is not None and version.number > in_force.number and version.pk == newest.pk:
        return NOT_SIGNED
    return NOT_IN_FORCE


STOPPED = (
    CommitmentStatus.EXPIRED,
    CommitmentStatus.BROKEN_BY_COMPANY,
    CommitmentStatus.WITHDRAWN_BY_CANDIDATE,
    CommitmentStatus.NO_SEAT,
    CommitmentStatus.DROPPED_OUT,
    CommitmentStatus.DECLINED,
    CommitmentStatus.CONDITIONS_UNMET,
)


def version_in_force(commitment: Commitment) -> CommitmentVersion | None:
    """The last text that both have signed."""
    both = set(Side.values)
    signed = [
        it
        for it in commitment.versions.all()
        if {signature.role for signature in it.signatures.all()} == both
    ]
    return max(signed, key=lambda it: it.number, default=None)


def made_for_mail(about: str) -> bytes:
    """For `core.attachments`: the PDF of a version, when the message leaves."""
    return pdf_of(CommitmentVersion.objects.get(pk=int(about)))
