"""What must still be true on the day when a text is signed, and what a signed text changes.

One rule for the first text and for those that change it: a catalogue moves its sessions, a decree moves
the legal minimum, and nothing is bent to fit.
"""

from django.utils import timezone

from commitments.projects import choice, posts
from commitments.projects.halves import TrainingPledge
from commitments.projects.models import Commitment
from commitments.projects.rules import check_start, check_todays_pay
from commitments.projects.texts import CommitmentVersion
from commitments.projects.workflow import CommitmentStatus
from core.rules import RuleBroken, constraints_speak
from trainings.models import Session

MOVED = "Les dates de la session ont changé depuis que ce texte est écrit. "
CHOOSE_AGAIN = "La personne choisit de nouveau sa session, puis chacun signe le nouveau texte."
REWRITTEN = "L’entreprise change le contrat promis : attendez le nouveau texte."
ASK_AGAIN = "Gardez le projet tel quel, puis demandez une nouvelle modification, aux bonnes dates."


def check_text(commitment: Commitment, version: CommitmentVersion) -> None:
    """RuleBroken when what this text says is no longer so: nobody signs it, first or last.

    The pay is the first text's to say; once sealed, it says itself that a higher minimum is paid.
    """
    is_change = commitment.status != CommitmentStatus.PROPOSED
    if not is_change and commitment.promise.written_at is None:
        raise RuleBroken(REWRITTEN, code="changed_meanwhile")
    said = (version.training_starts_on, version.training_ends_on)
    session = Session.objects.get(pk=version.session_id)
    if said[1] is not None and said != (session.starts_on, session.ends_on):
        raise RuleBroken(MOVED + (ASK_AGAIN if is_change else CHOOSE_AGAIN), code="session_moved")
    if not is_change:
        check_todays_pay(commitment.promise)
        posts.check_free(commitment)


def bind(commitment: Commitment, version: CommitmentVersion) -> Session:
    """Signed by both: the project, and the pledge within it, say what this text says. Returns the session
    before. The caller holds the project, then saves it.

    A session that one goes to already is not chosen anew: it has begun, and its seat is held.
    """
    whole = Commitment.objects.for_page().get(pk=commitment.pk)
    pledge, promise = whole.pledge, whole.promise
    before, session = pledge.session, Session.objects.select_related("action").get(pk=version.session_id)
    is_other = session.pk != before.pk
    if is_other or commitment.status == CommitmentStatus.PROPOSED:
        choice.check_session(whole, session, starts_by=version.starts_by)
    check_start(Commitment(starts_by=version.starts_by, training_ends_on=session.ends_on))
    if is_other:
        pledge.session = session
        pledge.distance_km = choice.distance_to(whole, session)
        pledge.written_at, pledge.written_on = timezone.now(), timezone.localdate()
    if is_other or _may_follow(commitment, pledge, session):
        pledge.starts_on, pledge.ends_on = session.starts_on, session.ends_on
        commitment.training_starts_on, commitment.training_ends_on = session.starts_on, session.ends_on
    commitment.starts_by = version.starts_by
    commitment.pledge, commitment.promise = pledge, promise
    with constraints_speak(TrainingPledge):
        pledge.save()
    return before


def _may_follow(commitment: Commitment, pledge: TrainingPledge, session: Session) -> bool:
    """A catalogue may say of a session under way that it began before it was promised: that is not followed."""
    promised = max(day for day in (pledge.written_on, commitment.sealed_on) if day is not None)
    return session.starts_on is None or session.starts_on > promised
