"""The life of a commitment (« projet emploi-formation »), from two yes to a contract.

Read top to bottom (domain.md, "Commitment"). Signing moves no status until both halves are signed;
the training moves it by the organisation's hand (`commitments.seats`), the dates by the sweeps.
"""

from django.db.models import TextChoices

from accounts.roles import ADVISOR, AGENT, CANDIDATE, COMPANY, ORGANISATION
from core.workflow import SYSTEM, Transition, Wait, Workflow


class CommitmentStatus(TextChoices):
    PROPOSED = "proposed", "Proposé"
    SEALED = "sealed", "Signé par les deux"
    IN_TRAINING = "in_training", "En formation"
    TRAINED = "trained", "Formation terminée"
    TO_CONFIRM = "to_confirm", "À confirmer par la personne"
    ACCEPTED = "accepted", "Contrat à signer"
    HIRED = "hired", "Embauche"
    HIRED_EARLY = "hired_early", "Embauche avant la fin"
    CONDITIONS_UNMET = "conditions_unmet", "Conditions non remplies"
    DECLINED = "declined", "Refusé par la personne"
    DROPPED_OUT = "dropped_out", "Formation arrêtée"
    BROKEN_BY_COMPANY = "broken_by_company", "Rompu par l’entreprise"
    WITHDRAWN_BY_CANDIDATE = "withdrawn_by_candidate", "Retiré par la personne"
    NO_SEAT = "no_seat", "Sans place en formation"
    EXPIRED = "expired", "Sans suite"


NO_ANSWER_LABEL = "Sans réponse de la personne"  # Who never answered has not said no.
YOURS = {  # The same status, to whom it speaks of.
    CANDIDATE: {
        CommitmentStatus.TO_CONFIRM: "À vous de répondre",
        CommitmentStatus.DECLINED: "Vous avez dit non",
        CommitmentStatus.WITHDRAWN_BY_CANDIDATE: "Vous vous êtes retiré·e",
    },
    COMPANY: {CommitmentStatus.BROKEN_BY_COMPANY: "Vous avez rompu la promesse"},
}
YOUR_NO_ANSWER = "Vous n’avez pas répondu à temps"

S = CommitmentStatus
LIVE = (S.SEALED, S.IN_TRAINING, S.TRAINED, S.TO_CONFIRM, S.ACCEPTED)  # One per candidate.
OPEN = (S.PROPOSED, *LIVE)
BEFORE_THE_END = (S.SEALED, S.IN_TRAINING)
HOLDS_POST = (*LIVE, S.HIRED, S.HIRED_EARLY)  # A post of the offer is taken.
SIDES = (CANDIDATE, COMPANY)

AMENDABLE = (S.SEALED, S.IN_TRAINING)  # In training, only the start of the contract may move.


def staying(name: str, label: str, who: tuple[str, ...], owes: tuple[str, ...]) -> dict[str, Transition]:
    """A move that leaves the status as it is, from each status where a signed project may change."""
    return {
        status: Transition(name=name, label=label, sources=(status,), target=status, who=who, owes=owes)
        for status in AMENDABLE
    }


# One move in three lines, so that the table is read at a glance.
# fmt: off
PROPOSE = "propose"  # The row's first line: there is nothing before it to move from.
WRITE = Transition(
    name="write", label="Écrire ma partie", sources=(S.PROPOSED,), target=S.PROPOSED, who=SIDES,
)
ALLOW_TRAINING = Transition(  # One that does not lead to the occupation. The person still chooses.
    name="allow_training", label="Permettre une autre formation", sources=(S.PROPOSED,), target=S.PROPOSED,
    who=(AGENT,), needs_reason=True, owes=("commitments/training_allowed",),
)
FREEZE = Transition(
    name="freeze", label="Figer le texte", sources=(S.PROPOSED,), target=S.PROPOSED,
    who=(SYSTEM,), owes=("commitments/to_sign",),
)
SIGN = Transition(
    name="sign", label="Signer mon engagement", sources=(S.PROPOSED,), target=S.PROPOSED,
    who=SIDES, owes=("commitments/half_signed",),
)
SEAL = Transition(
    name="seal", label="Sceller le projet", sources=(S.PROPOSED,), target=S.SEALED,
    who=(SYSTEM,), owes=("commitments/sealed",),
)
SET_ASIDE = Transition(
    name="set_aside", label="Ne pas donner suite", sources=(S.PROPOSED,), target=S.EXPIRED,
    who=(CANDIDATE, COMPANY, SYSTEM), needs_reason=True, owes=("commitments/set_aside",),
)
LAPSE = Transition(
    name="lapse", label="Clore à la date limite", sources=(S.PROPOSED,), target=S.EXPIRED,
    who=(SYSTEM,), owes=("commitments/lapsed",),
)
AMEND = Transition(
    name="amend", label="Modifier d’un commun accord", sources=(S.SEALED,), target=S.SEALED,
    who=(SYSTEM,), owes=("commitments/amended",),
)  # Signed by both again: another session, or a later start.
AMEND_IN_TRAINING = Transition(  # Only the start may move then.
    name="amend_in_training", label="Modifier d’un commun accord", sources=(S.IN_TRAINING,),
    target=S.IN_TRAINING, who=(SYSTEM,), owes=("commitments/amended",),
)
PROPOSE_AMENDMENT = staying(
    "propose_amendment", "Proposer une modification", SIDES, owes=("commitments/amendment",)
)
SIGN_AMENDMENT = staying(
    "sign_amendment", "Signer la modification", SIDES, owes=("commitments/half_signed",)
)
DROP_AMENDMENT = staying(
    "drop_amendment", "Garder le projet tel quel", (*SIDES, SYSTEM), owes=("commitments/amendment_dropped",)
)
LAPSE_AMENDMENT = staying(
    "lapse_amendment", "Clore la modification à sa date limite", (SYSTEM,),
    owes=("commitments/amendment_lapsed",),
)
ENTER = Transition(
    name="enter", label="Confirmer l’entrée en formation", sources=(S.SEALED,), target=S.IN_TRAINING,
    who=(ORGANISATION,), owes=("commitments/entered",),
)
COMPLETE = Transition(
    name="complete", label="Terminer la formation", sources=(S.IN_TRAINING,), target=S.TRAINED,
    who=(ORGANISATION,), owes=("commitments/trained",),
)
DROP_OUT = Transition(
    name="drop_out", label="Arrêter la formation", sources=(S.IN_TRAINING,), target=S.DROPPED_OUT,
    who=(ORGANISATION,), needs_reason=True, owes=("commitments/dropped_out",),
)
UNDO_ENTRY = Transition(
    name="undo_entry", label="Annuler l’entrée en formation", sources=(S.IN_TRAINING,), target=S.SEALED,
    who=(ORGANISATION,), needs_reason=True, owes=("commitments/entry_corrected",),
)
CORRECT_RESULT = Transition(  # Nobody has answered yet: what a date concluded from a mistake is read again.
    name="correct_result", label="Corriger le résultat de la formation",
    sources=(S.TRAINED, S.TO_CONFIRM, S.CONDITIONS_UNMET), target=S.TRAINED,
    who=(ORGANISATION,), needs_reason=True, owes=("commitments/result_corrected",),
)
RESUME = Transition(  # The stop was a mistake, and nothing follows from it yet.
    name="resume", label="Reprendre la formation", sources=(S.DROPPED_OUT,), target=S.IN_TRAINING,
    who=(ORGANISATION,), needs_reason=True, owes=("commitments/leave_corrected",),
)
LOSE_SESSION = Transition(  # Cancelled under way: another one may be chosen, the promise stands.
    name="lose_session", label="La session s’arrête", sources=(S.IN_TRAINING,), target=S.SEALED,
    who=(SYSTEM,), owes=("commitments/course_session",),
)
CONFIRM_CONDITION = Transition(
    name="confirm_condition", label="Confirmer une condition", sources=(S.TRAINED,), target=S.TRAINED,
    who=(CANDIDATE, COMPANY, AGENT),
)  # A licence, a medical opinion: what the training's result does not say.
CONCLUDE = Transition(
    name="conclude", label="Conditions remplies", sources=(S.TRAINED,), target=S.TO_CONFIRM,
    who=(SYSTEM,), owes=("commitments/to_confirm",),
)
CONCLUDE_UNMET = Transition(
    name="conclude_unmet", label="Conditions non remplies", sources=(S.TRAINED,),
    target=S.CONDITIONS_UNMET, who=(SYSTEM,), owes=("commitments/conditions_unmet",),
)
ACCEPT = Transition(
    name="accept", label="Dire oui au contrat", sources=(S.TO_CONFIRM,), target=S.ACCEPTED,
    who=(CANDIDATE,), owes=("commitments/accepted",),
)
DECLINE = Transition(
    name="decline", label="Dire non au contrat", sources=(S.TO_CONFIRM,), target=S.DECLINED,
    who=(CANDIDATE, SYSTEM), needs_reason=True, owes=("commitments/declined",),
)
DECLARE = Transition(
    name="declare", label="Donner les dates du contrat", sources=(S.ACCEPTED,), target=S.ACCEPTED,
    who=(COMPANY,), owes=("commitments/contract_declared",),
)
DISPUTE = Transition(
    name="dispute", label="Contester le contrat déclaré", sources=(S.ACCEPTED,), target=S.ACCEPTED,
    who=(CANDIDATE,), needs_reason=True, owes=("commitments/contract_disputed",),
)
HIRE = Transition(
    name="hire", label="Confirmer l’embauche", sources=(S.ACCEPTED,), target=S.HIRED,
    who=(CANDIDATE, SYSTEM), owes=("commitments/hired",),
)
SETTLE = Transition(  # The person contests, the company does not correct: an agent has read the contract.
    name="settle", label="Trancher sur un contrat contesté", sources=(S.ACCEPTED,), target=S.HIRED,
    who=(AGENT,), needs_reason=True, owes=("commitments/contract_settled",),
)
HIRE_EARLY = Transition(
    name="hire_early", label="Embaucher avant la fin", sources=BEFORE_THE_END, target=S.HIRED_EARLY,
    who=(COMPANY, CANDIDATE), needs_reason=True, owes=("commitments/hired_early",),
)
BREAK = Transition(
    name="break", label="Rompre la promesse", sources=LIVE, target=S.BROKEN_BY_COMPANY,
    who=(COMPANY,), needs_reason=True, owes=("commitments/broken",),
)
WITHDRAW = Transition(
    name="withdraw", label="Me retirer du projet", sources=LIVE, target=S.WITHDRAWN_BY_CANDIDATE,
    who=(CANDIDATE,), needs_reason=True, owes=("commitments/withdrawn",),
)
LOSE_SEAT = Transition(
    name="no_seat", label="Clore, faute de place", sources=(S.SEALED,), target=S.NO_SEAT,
    who=(CANDIDATE, ADVISOR, AGENT, SYSTEM), needs_reason=True, owes=("commitments/no_seat",),
)
# fmt: on

COMMITMENT_WORKFLOW = Workflow(
    transitions=(
        WRITE,
        ALLOW_TRAINING,
        FREEZE,
        SIGN,
        SEAL,
        SET_ASIDE,
        LAPSE,
        *PROPOSE_AMENDMENT.values(),
        *SIGN_AMENDMENT.values(),
        *DROP_AMENDMENT.values(),
        *LAPSE_AMENDMENT.values(),
        AMEND,
        AMEND_IN_TRAINING,
        ENTER,
        COMPLETE,
        DROP_OUT,
        UNDO_ENTRY,
        CORRECT_RESULT,
        RESUME,
        LOSE_SESSION,
        CONFIRM_CONDITION,
        CONCLUDE,
        CONCLUDE_UNMET,
        ACCEPT,
        DECLINE,
        DECLARE,
        DISPUTE,
        HIRE,
        SETTLE,
        HIRE_EARLY,
        BREAK,
        WITHDRAW,
        LOSE_SEAT,
    ),
    waits=(
        # For 21 days. `commitments.projects.waits` counts back from the date that each one bears
        # (`expires_on`): reminded a week and two days before, an agent four days before, ended the day after.
        Wait(status=S.PROPOSED, owner="candidate, company", reminders=(14, 19), escalation=17, end=22),
        # For a document only (licence, fitness): the rest concludes the same day. An agent, never an end.
        Wait(status=S.TRAINED, owner="candidate, company", reminders=(5, 10), escalation=15),
        Wait(status=S.TO_CONFIRM, owner=CANDIDATE, reminders=(5, 10), escalation=13, end=15),
        # The company's silence ends nothing: it is chased, then an agent.
        Wait(status=S.ACCEPTED, owner=COMPANY, reminders=(5, 10), escalation=15),
    ),
)


# --- A change asked of a signed project ----------------------------------------------------------
class AmendmentStatus(TextChoices):
    OPEN = "open", "À signer par les deux"
    SIGNED = "signed", "Signée par les deux"
    DROPPED = "dropped", "Sans suite"
    LAPSED = "lapsed", "Close à sa date limite"


A = AmendmentStatus
ASK_AMENDMENT = "ask"  # The row's first line. What follows moves the project too, by the lines above.
# fmt: off
BIND_AMENDMENT = Transition(
    name="bind", label="Remplacer le texte signé", sources=(A.OPEN,), target=A.SIGNED, who=(SYSTEM,),
)
CLOSE_AMENDMENT = Transition(
    name="drop", label="Garder le projet tel quel", sources=(A.OPEN,), target=A.DROPPED, who=(*SIDES, SYSTEM),
)
END_AMENDMENT = Transition(
    name="lapse", label="Clore à la date limite", sources=(A.OPEN,), target=A.LAPSED, who=(SYSTEM,),
    owes=("commitments/amendment_lapsed",),
)
# fmt: on
AMENDMENT_WORKFLOW = Workflow(
    transitions=(BIND_AMENDMENT, CLOSE_AMENDMENT, END_AMENDMENT),
    waits=(
        # Fourteen days to sign, less when what it asks for begins before (`Amendment.sign_by`): the steps
        # then come that much sooner. The end leaves the project as it was signed.
        Wait(status=A.OPEN, owner="candidate, company", reminders=(5, 10), escalation=12, end=15),
    ),
)
