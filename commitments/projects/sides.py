"""Which side of a project someone is on: deduced from the account, never from a form."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from accounts.roles import ADVISOR, AGENT, CANDIDATE, COMPANY, ORGANISATION
from candidates.models import Candidate
from commitments.projects.models import Commitment, Side
from companies.models import Company
from core.workflow import SYSTEM
from territories.agents import departments_of


def side_of(commitment: Commitment, user: User | None) -> str:
    """In which role `user` speaks about this project; None is a date, or a mailed link."""
    if user is None:
        return SYSTEM
    if commitment.candidate.user_id == user.pk:
        return CANDIDATE
    if Company.objects.trusting(user).filter(pk=commitment.company_id).exists():
        return COMPANY
    one = Commitment.objects.filter(pk=commitment.pk)
    if one.followed_by(user).exists():
        return ADVISOR
    if one.of_organisations(user).exists():
        return ORGANISATION
    if user.is_staff and departments_of(user).filter(pk=commitment.department_code).exists():
        return AGENT
    raise PermissionDenied


def other_side(side: str) -> Side:
    return Side.COMPANY if side == CANDIDATE else Side.CANDIDATE


def hold(commitment: Commitment) -> None:
    """Lock in the one order of the house: the person, the application, then the project.

    The person first, because signing one project closes the others that they had been proposed.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("hold() needs a transaction")
    Candidate.objects.select_for_update(no_key=True).get(pk=commitment.candidate_id)
    commitment.application.lock()
    commitment.lock()
