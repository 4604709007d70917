"""The life of an agreement: filled by three parties, frozen, signed, validated.

The prescriber's signature is the validation. Any change after the freeze goes back to `draft`:
the next freeze makes a new version, which everybody signs again.
"""

from django.db.models import TextChoices

from accounts.roles import ADVISOR, CANDIDATE, COMPANY
from core.workflow import SYSTEM, Transition, Workflow

REPRESENTATIVE, EMPLOYER, STRUCTURE = "representative", "employer", "structure"
PARTIES = (CANDIDATE, COMPANY, ADVISOR)
SIGNERS = (*PARTIES, REPRESENTATIVE, EMPLOYER, STRUCTURE)


class AgreementStatus(TextChoices):
    DRAFT = "draft", "À remplir"
    TO_SIGN = "to_sign", "À signer"
    SIGNED = "signed", "À valider"
    VALIDATED = "validated", "Validée"
    REFUSED = "refused", "Refusée"
    VOID = "void", "Sans objet"


S = AgreementStatus
LIVE = (S.DRAFT, S.TO_SIGN, S.SIGNED, S.VALIDATED)
SETTLED = (S.VALIDATED, S.REFUSED, S.VOID)
FROZEN = (S.TO_SIGN, S.SIGNED, S.VALIDATED)
WAITS_FOR_SIGNATURES = (S.TO_SIGN, S.SIGNED)

OPEN = "open"  # The row's first line: there is nothing before it to move from.
FILL = Transition(name="fill", label="Remplir ma partie", sources=(S.DRAFT,), target=S.DRAFT, who=PARTIES)
FREEZE = Transition(
    name="freeze",
    label="Figer le texte",
    sources=(S.DRAFT,),
    target=S.TO_SIGN,
    who=(SYSTEM,),
    owes=("immersions/agreement_to_sign",),
)
CHANGE = Transition(
    name="change",
    label="Modifier la convention",
    sources=WAITS_FOR_SIGNATURES,
    target=S.DRAFT,
    who=PARTIES,
)
RESCHEDULE = Transition(
    name="reschedule",
    label="Changer les dates",
    sources=FROZEN,
    target=S.DRAFT,
    who=(SYSTEM,),
)
REDIRECT = Transition(
    name="redirect",
    label="Passer à une autre structure",
    sources=(S.TO_SIGN,),
    target=S.DRAFT,
    who=(SYSTEM,),
)
SIGN = Transition(
    name="sign",
    label="Signer la convention",
    sources=(S.TO_SIGN,),
    target=S.TO_SIGN,
    who=SIGNERS,
    owes=("immersions/agreement_signed",),
)
COMPLETE = Transition(
    name="complete",
    label="Passer à la validation",
    sources=(S.TO_SIGN,),
    target=S.SIGNED,
    who=(SYSTEM,),
    owes=("immersions/agreement_to_validate",),
)
VALIDATE = Transition(
    name="validate",
    label="Valider la convention",
    sources=WAITS_FOR_SIGNATURES,
    target=S.VALIDATED,
    who=(ADVISOR, SYSTEM),
    owes=("immersions/agreement_validated",),
)
ASK_TUTOR = "ask_tutor"  # The company sends the tutor their link: no status moves.
HAND_OVER = "hand_over"  # From hand to hand inside the structure: no status moves.
REFUSE = Transition(
    name="refuse",
    label="Refuser la convention",
    sources=(S.DRAFT, *WAITS_FOR_SIGNATURES),
    target=S.REFUSED,
    who=(ADVISOR,),
    needs_reason=True,
    owes=("immersions/agreement_refused",),
)
CANCEL = Transition(
    name="void",
    label="Clore la convention",
    sources=LIVE,
    target=S.VOID,
    who=(SYSTEM,),
)

AGREEMENT_WORKFLOW = Workflow(
    transitions=(FILL, FREEZE, CHANGE, RESCHEDULE, REDIRECT, SIGN, COMPLETE, VALIDATE, REFUSE, CANCEL)
)
