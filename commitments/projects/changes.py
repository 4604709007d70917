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
        lines.append(f"Formation : {_where_and_when(asked.session)} (avant : {_where_and_when(signed)})")
    if asked.starts_by != commitment.starts_by:
        first, then = (french.day(day, year=True) for day in (commitment.starts_by, asked.starts_by))
        lines.append(f"Embauche au plus tard : le {then} (avant : le {first})")
    return lines


def _where_and_when(session: Session) -> str:
    return f"{session.dates}, {session.action.town}"
