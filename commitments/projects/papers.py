"""« Signé sur papier »: a project signed by hand is the same act. The copy is kept, with who laid it down.

The same rule as for an agreement: each side lays down its own, the advisor who accompanies the person
may for both. A company lays down that of its carrier too: only it can collect it.
"""

from django.db import transaction

from accounts.models import User
from accounts.roles import ADVISOR, CANDIDATE, COMPANY
from commitments.projects.models import Commitment
from commitments.projects.sides import hold, side_of
from commitments.projects.sign_actions import keep_signature, move_of, signatory_for, text_to_sign
from commitments.projects.texts import CommitmentSignature
from core.rules import RuleBroken
from core.signing.evidence import Evidence
from core.signing.papers import signed_on_paper
from core.signing.scans import Scan
from core.workflow import check

RECORDS = {CANDIDATE: (CANDIDATE,), COMPANY: (COMPANY,), ADVISOR: (CANDIDATE, COMPANY)}


@transaction.atomic
def record_paper(
    commitment: Commitment, *, role: str, scan: Scan, by: User, seen: int, evidence: Evidence
) -> CommitmentSignature:
    """The last one of the two seals the project, as from an account. `seen`: the version on the paper."""
    hold(commitment)
    if role not in RECORDS.get(side_of(commitment, by), ()):
        raise RuleBroken("Cette signature n’est pas de votre ressort.", code="role")
    move = move_of(commitment)
    check(move, commitment, role=role)
    version = text_to_sign(commitment, seen)
    signatory = signatory_for(commitment, role)
    with signed_on_paper(
        CommitmentSignature,
        version=version,
        signatory=signatory,
        scan=scan,
        by=by,
        evidence=evidence,
        user=commitment.candidate.user if role == CANDIDATE else None,
        is_entitled=role == COMPANY,
    ) as signature:
        return keep_signature(commitment, signature, move)
