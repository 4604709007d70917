"""Which side of an application someone is on: deduced from the account, never from a form."""

from django.core.exceptions import PermissionDenied

from accounts.models import User
from accounts.roles import AGENT, CANDIDATE, COMPANY
from companies.models import Company
from core.workflow import SYSTEM
from immersions.applications.models import Application
from immersions.offers.models import Offer


def role_in(application: Application, user: User | None) -> str:
    """In which role `user` speaks about this application; None is a date or another decision."""
    if user is None:
        return SYSTEM
    if application.candidate.user_id == user.pk:
        return CANDIDATE
    if Company.objects.trusting(user).filter(pk=application.offer.company_id).exists():
        return COMPANY
    if user.is_staff:
        return AGENT
    raise PermissionDenied


def role_about(offer: Offer, user: User | None) -> str:
    """In which role `user` decides about the offer itself, and so about what waits for it."""
    if user is None:
        return SYSTEM
    if Company.objects.managed_by(user).filter(pk=offer.company_id).exists():
        return COMPANY
    if user.is_staff:
        return AGENT
    raise PermissionDenied
