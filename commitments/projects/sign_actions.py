"""Signing a project: from an account, or by a mailed code; on paper: `papers`. When both have, it is sealed.

When, who and from where are facts of the server. Sealing is one transaction: one live project per
person, one post each, a seat in the session; what is not possible refuses the last signature too.
"""

import logging

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import CANDIDATE, COMPANY
from commitments.projects import amending, binding, emails, followers, posts
from commitments.projects.actions import set_other_proposals_aside
from commitments.projects.models import Commitment, Side
from commitments.projects.sides import hold, side_of
from commitments.projects.texts import (
    Amendment,
    CommitmentSignatory,
    CommitmentSignature,
    CommitmentSigningCode,
    CommitmentVersion,
)
from commitments.projects.workflow import SEAL, SIGN, SIGN_AMENDMENT, AmendmentStatus
from core.outbox import post
from core.rules import RuleBroken, constraints_speak
from core.signing import codes
from core.signing.evidence import Evidence
from core.signing.models import Method
from core.workflow import SYSTEM, Transition, apply, check
from immersions.offers.models import Offer
from trainings.models import SessionSeats

logger = logging.getLogger(__name__)
NOT_ENTITLED = "Cochez la case : pour l’employeur signe une personne habilitée à l’engager."
TOO_LATE = "La date limite pour signer est passée."
CHANGE_TOO_LATE = "La date limite pour signer cette modification est passée : le projet reste tel quel."


@transaction.atomic
def sign_commitment(
    commitment: Commitment, *, by: User, seen: int, evidence: Evidence, is_entitled: bool = False
) -> CommitmentSignature:
    """« Je signe », from one's own account."""
    hold(commitment)
    role = side_of(commitment, by)
    move = move_of(commitment)
    check(move, commitment, role=role)
    version = text_to_sign(commitment, seen)
    signatory = signatory_for(commitment, role)
    if role == COMPANY and commitment.promise.carrier:
        raise RuleBroken(
            f"C’est {commitment.promise.signatory_name} qui signe, pour {commitment.promise.carrier_name} : "
            "son lien est parti par e-mail.",
            code="carrier_signs",
        )
    signature = CommitmentSignature.by(
        signatory,
        version,
        evidence,
        method=Method.ACCOUNT,
        name=by.get_full_name() or signatory.name,
        email=by.email,
        user=by,
        is_entitled=is_entitled and role == COMPANY,
    )
    return keep_signature(commitment, signature, move)


@transaction.atomic
def send_code(signatory: CommitmentSignatory, *, seen: int) -> None:
    """A code for this person and this text, mailed to them and to nobody else."""
    commitment = signatory.commitment
    hold(commitment)
    version = text_to_sign(commitment, seen)
    _check_may_sign(version, signatory)
    row, digits = codes.new_code(CommitmentSigningCode, signatory, version)
    post(emails.code(commitment, signatory, row, digits))


def sign_with_code(
    signatory: CommitmentSignatory, *, typed: str, seen: int, evidence: Evidence, is_entitled: bool = False
) -> None:
    """« Je signe », from the link and the code. A wrong code is counted, whatever follows."""
    refusal = _try_to_sign(signatory, typed=typed, seen=seen, evidence=evidence, is_entitled=is_entitled)
    if refusal:
        raise refusal


@transaction.atomic
def _try_to_sign(
    signatory: CommitmentSignatory, *, typed: str, seen: int, evidence: Evidence, is_entitled: bool
) -> RuleBroken | None:
    commitment = signatory.commitment
    hold(commitment)
    signatory.refresh_from_db()
    move = move_of(commitment)
    check(move, commitment, role=signatory.role)
    version = text_to_sign(commitment, seen)
    _check_may_sign(version, signatory)
    if signatory.role == COMPANY and not is_entitled:
        raise RuleBroken(NOT_ENTITLED, code="entitled")
    if refusal := codes.try_code(CommitmentSigningCode, signatory, version, typed):
        return refusal
    signature = CommitmentSignature.by(
        signatory,
        version,
        evidence,
        method=Method.CODE,
        user=commitment.candidate.user if signatory.role == CANDIDATE else None,
        is_entitled=is_entitled and signatory.role == COMPANY,
    )
    keep_signature(commitment, signature, move)
    return None


def move_of(commitment: Commitment) -> Transition:
    """The first text, or a change of what is signed already."""
    return SIGN_AMENDMENT.get(commitment.status, SIGN)


def text_to_sign(commitment: Commitment, seen: int) -> CommitmentVersion:
    """The current text, if it waits for signatures and is the one that was read."""
    version = CommitmentVersion.objects.filter(commitment=commitment).order_by("number").last()
    is_change = commitment.status in SIGN_AMENDMENT
    amendment = Amendment.objects.filter(version=version, status=AmendmentStatus.OPEN).first()
    if version is None or (is_change and amendment is None):
        raise RuleBroken("Il n’y a rien à signer maintenant.", code="transition")
    if not is_change and not SIGN.is_possible_from(commitment.status):
        raise RuleBroken(
            f"Ce projet ne se signe plus : {commitment.get_status_display().lower()}.", code="transition"
        )
    if version.number != seen:
        raise RuleBroken(
            "Le texte a changé pendant que vous le lisiez. Relisez la nouvelle version avant de signer.",
            code="changed_meanwhile",
        )
    if not is_change and commitment.expires_on < timezone.localdate():
        raise RuleBroken(TOO_LATE, code="commitment_sealed_in_time")
    if amendment is not None and not amendment.is_in_time:
        raise RuleBroken(CHANGE_TOO_LATE, code="amendment_sign_by")
    binding.check_text(commitment, version)
    return version


def signatory_for(commitment: Commitment, role: str) -> CommitmentSignatory:
    found = CommitmentSignatory.objects.filter(commitment=commitment, role=role, is_needed=True).first()
    if found is None:
        raise RuleBroken("Votre signature n’est pas demandée.", code="not_needed")
    return found


def _check_may_sign(version: CommitmentVersion, signatory: CommitmentSignatory) -> None:
    if not signatory.is_needed:
        raise RuleBroken("Votre signature n’est plus demandée.", code="not_needed")
    if CommitmentSignature.objects.filter(version=version, role=signatory.role).exists():
        raise RuleBroken("C’est déjà signé.", code="commitmentsignature_once_per_role")


def keep_signature(
    commitment: Commitment, signature: CommitmentSignature, move: Transition
) -> CommitmentSignature:
    """Keep the signature, tell both; with the second one, what was promised holds."""
    if signature.role == COMPANY and not signature.is_entitled:
        raise RuleBroken(NOT_ENTITLED, code="entitled")
    with constraints_speak(CommitmentSignature):
        signature.save()
    version = signature.version
    data = {"version": version.number, "signature": signature.pk, "method": signature.method}
    by = signature.recorded_by or signature.user
    apply(move, commitment, role=signature.role, by=by, data=data)
    whole = Commitment.objects.for_page().get(pk=commitment.pk)
    signed = set(CommitmentSignature.objects.filter(version=version).values_list("role", flat=True))
    is_last = signed == set(Side.values)
    for message in emails.half_signed(whole, signature, is_last=is_last):
        post(message)
    if is_last and move is SIGN:
        seal(commitment, version, by=by)
    elif is_last:
        amending.take_effect(commitment, version, by=by)
    logger.info("commitment signed", extra={"commitment": commitment.pk, "role": signature.role})
    return signature


def seal(commitment: Commitment, version: CommitmentVersion, *, by: User | None) -> None:
    """Both halves are signed: a post is taken, a seat is asked for and held, the others are told."""
    binding.bind(commitment, version)
    commitment.post_number, commitment.posts = _take_post(commitment)
    commitment.sealed_on = timezone.localdate()
    data = {"version": version.number, "post": commitment.post_number}
    with constraints_speak(Commitment):
        apply(SEAL, commitment, role=SYSTEM, by=None, data=data)
    set_other_proposals_aside(commitment)
    for message in emails.sealed(Commitment.objects.for_page().get(pk=commitment.pk), version):
        post(message)
    with constraints_speak(SessionSeats):  # Last: everybody who wants a seat there waits for this row.
        followers.sealed(commitment, by)


def _take_post(commitment: Commitment) -> tuple[int, int]:
    """The first free post of the offer, and how many it has. The offer is held until the end."""
    commitment.offer = Offer.objects.select_for_update(of=("self",), no_key=True).get(pk=commitment.offer_id)
    return posts.check_free(commitment)[0], posts.opened_by(commitment)
