"""Signing an agreement: from an account, by a mailed code, or on paper.

When, who and from where are facts of the server. A signature is for one text: who read another one
is told to read again.
"""

import logging
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import ADVISOR, CANDIDATE, COMPANY
from core.outbox import post
from core.rules import RuleBroken, constraints_speak
from core.signing.codes import new_code, try_code
from core.signing.evidence import Evidence
from core.signing.models import Method
from core.signing.papers import signed_on_paper
from core.signing.scans import Scan
from core.workflow import SYSTEM, apply, check
from immersions.agreements import emails
from immersions.agreements.actions import hold_here
from immersions.agreements.models import (
    Agreement,
    AgreementVersion,
    Signatory,
    SignatoryRole,
    Signature,
    SigningCode,
)
from immersions.agreements.period import first_day_of
from immersions.agreements.sides import party_of
from immersions.agreements.workflow import (
    COMPLETE,
    EMPLOYER,
    REPRESENTATIVE,
    SIGN,
    STRUCTURE,
    VALIDATE,
    AgreementStatus,
)
from immersions.applications.actions import confirm_application

logger = logging.getLogger(__name__)
# Whose signature on paper each party may record: its own, and those that only it can collect.
RECORDS = {
    CANDIDATE: (CANDIDATE, REPRESENTATIVE, EMPLOYER),
    COMPANY: (COMPANY,),
    ADVISOR: (ADVISOR, CANDIDATE, REPRESENTATIVE, EMPLOYER, COMPANY, STRUCTURE),
}


@transaction.atomic
def sign_agreement(
    agreement: Agreement, *, by: User, seen: int, evidence: Evidence, is_entitled: bool = False
) -> Signature:
    """« Je signe », from one's own account."""
    hold_here(agreement)
    role = party_of(agreement, by)
    version = _text_to_sign(agreement, seen)
    signatory = _signatory_for(agreement, role)
    return _sign(
        agreement,
        Signature.by(
            signatory,
            version,
            evidence,
            method=Method.ACCOUNT,
            name=by.get_full_name() or signatory.name,
            email=by.email,
            user=by,
            is_entitled=is_entitled and role == COMPANY,
        ),
    )


@transaction.atomic
def send_code(signatory: Signatory, *, seen: int) -> None:
    """A code for this person and this text, mailed to them and to nobody else."""
    agreement = signatory.agreement
    hold_here(agreement)
    version = _text_to_sign(agreement, seen)
    _check_may_sign(agreement, version, signatory)
    row, digits = new_code(SigningCode, signatory, version)
    post(emails.code(agreement, signatory, row, digits))


def sign_with_code(
    signatory: Signatory, *, typed: str, seen: int, evidence: Evidence, is_entitled: bool = False
) -> None:
    """« Je signe », from the link and the code. A wrong code is counted, whatever follows."""
    refusal = _try_to_sign(signatory, typed=typed, seen=seen, evidence=evidence, is_entitled=is_entitled)
    if refusal:
        raise refusal


@transaction.atomic
def _try_to_sign(
    signatory: Signatory, *, typed: str, seen: int, evidence: Evidence, is_entitled: bool
) -> RuleBroken | None:
    agreement = signatory.agreement
    hold_here(agreement)
    signatory.refresh_from_db()
    version = _text_to_sign(agreement, seen)
    _check_may_sign(agreement, version, signatory)
    if signatory.role == COMPANY:
        _check_entitled(is_entitled)
    if refusal := try_code(SigningCode, signatory, version, typed):
        return refusal
    _sign(
        agreement,
        Signature.by(
            signatory,
            version,
            evidence,
            method=Method.CODE,
            is_entitled=is_entitled and signatory.role == COMPANY,
        ),
    )
    return None


@transaction.atomic
def record_paper(
    agreement: Agreement, *, role: str, scan: Scan, by: User, seen: int, evidence: Evidence
) -> Signature:
    """« Signé sur papier »: the copy is kept, with who recorded it."""
    hold_here(agreement)
    party = party_of(agreement, by)
    if role not in RECORDS[party]:
        raise RuleBroken("Cette signature n’est pas de votre ressort.", code="role")
    version = _text_to_sign(agreement, seen)
    signatory = _signatory_for(agreement, role)
    with signed_on_paper(
        Signature,
        version=version,
        signatory=signatory,
        scan=scan,
        by=by,
        evidence=evidence,
        user=agreement.application.candidate.user if role == CANDIDATE else None,
        is_entitled=role == COMPANY,
    ) as signature:
        return _sign(agreement, signature)


def _text_to_sign(agreement: Agreement, seen: int) -> AgreementVersion:
    """The current text, if it is the one that was read."""
    if agreement.status not in (AgreementStatus.TO_SIGN, AgreementStatus.SIGNED):
        raise RuleBroken(
            f"La convention ne se signe pas maintenant : {agreement.get_status_display().lower()}.",
            code="transition",
        )
    version = AgreementVersion.objects.filter(agreement=agreement).latest("number")
    if version.number != seen:
        raise RuleBroken(
            "Le texte a changé pendant que vous le lisiez. Relisez la nouvelle version avant de signer.",
            code="changed_meanwhile",
        )
    if first_day_of(agreement) < timezone.localdate():
        raise RuleBroken("Le premier jour est passé : on ne signe pas après coup.", code="too_late")
    return version


def _signatory_for(agreement: Agreement, role: str) -> Signatory:
    signatory = Signatory.objects.filter(agreement=agreement, role=role, is_needed=True).first()
    if signatory is None:
        raise RuleBroken("Cette signature n’est pas demandée.", code="not_needed")
    return signatory


def _check_may_sign(agreement: Agreement, version: AgreementVersion, signatory: Signatory) -> None:
    if not signatory.is_needed:
        raise RuleBroken("Votre signature n’est plus demandée.", code="not_needed")
    if Signature.objects.filter(version=version, role=signatory.role).exists():
        raise RuleBroken("C’est déjà signé.", code="signature_once_per_role")


def _check_entitled(is_entitled: bool) -> None:  # noqa: FBT001
    if not is_entitled:
        raise RuleBroken(
            "Cochez la case : pour l’entreprise signe une personne habilitée à l’engager.", code="entitled"
        )


def _sign(agreement: Agreement, signature: Signature) -> Signature:
    """Keep the signature, move the agreement, tell who must be told."""
    if signature.role == COMPANY:
        _check_entitled(signature.is_entitled)
    with constraints_speak(Signature):
        signature.save()
    version, role = signature.version, signature.role
    missing = _missing(agreement, version)
    by = signature.recorded_by or signature.user
    data = {"version": version.number, "signature": signature.pk, "method": signature.method}
    post(emails.signed(agreement, signature, waits_for=[SignatoryRole(it).label.lower() for it in missing]))
    if agreement.status == AgreementStatus.TO_SIGN:
        apply(SIGN, agreement, role=role, by=by, data=data)
    else:
        check(VALIDATE, agreement, role=role)  # Only the prescriber is still awaited.
    if not missing:
        _validate(agreement, version, role=role, by=by, data=data)
    elif missing == [ADVISOR]:
        apply(COMPLETE, agreement, role=SYSTEM, by=None)
        _post_all(emails.to_validate(agreement, version))
    logger.info(
        "agreement signed", extra={"agreement": agreement.pk, "role": role, "method": signature.method}
    )
    return signature


def _validate(
    agreement: Agreement, version: AgreementVersion, *, role: str, by: User | None, data: dict[str, Any]
) -> None:
    """Signed by all, the prescriber included: the immersion is confirmed."""
    is_prescriber = role == ADVISOR
    apply(
        VALIDATE,
        agreement,
        role=ADVISOR if is_prescriber else SYSTEM,
        by=by if is_prescriber else None,
        data=data,
    )
    confirm_application(agreement.application)
    _post_all(emails.validated(agreement, version))


def _missing(agreement: Agreement, version: AgreementVersion) -> list[str]:
    needed = Signatory.objects.filter(agreement=agreement, is_needed=True).values_list("role", flat=True)
    done = set(Signature.objects.filter(version=version).values_list("role", flat=True))
    return [role for role in SignatoryRole.values if role in needed and role not in done]


def _post_all(messages: list) -> None:
    for message in messages:
        post(message)
