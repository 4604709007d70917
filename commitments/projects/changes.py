"""What a change of a signed project changes, in words: from what, to what."""

from commitments.projects.models import Commitment
from commitments.projects.texts import Amendment
from core import french
from trainings.models import Session


def changes_of(commitment: Commitment, amendment: Amendment) -> list[str]:
    """One line each; `commitment` is read by `for_page()`, and still says what was signed."""
    asked, signed = amendment.version, commitment.pledge.session
    lines = []
    if asked.session_id != signed.pk:
        new = Session.objects.select_related("action__training__organisation").get(pk=asked.session_id)
        lines.append(f"Formation : {_said(new, signed)} (avant : {_said(signed, new)})")
    if asked.starts_by != commitment.starts_by:
        first, then = (french.day(day, year=True) for day in (commitment.starts_by, asked.starts_by))
        lines.append(f"Embauche au plus tard : le {then} (avant : le {first})")
    return lines


def _said(session: Session, other: Session) -> str:
    """When and where; and what, with whom, where it is not the same."""
    training, known = session.action.training, other.action.training
    words = [session.dates, session.action.town]
    if training.organisation_id != known.organisation_id:
        words.insert(0, training.organisation.name)
    if training.title != known.title:
        words.insert(0, training.title)
    return ", ".join(words)
