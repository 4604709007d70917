"""Which party of an agreement someone is: deduced from the account, never from a form."""

from django.core.exceptions import PermissionDenied

from accounts.models import User
from accounts.roles import ADVISOR, CANDIDATE, COMPANY
from companies.models import Company
from immersions.agreements.models import Agreement


def party_of(agreement: Agreement, user: User) -> str:
    """PermissionDenied for anybody else."""
    application = agreement.application
    if application.candidate.user_id == user.pk:
        return CANDIDATE
    if Company.objects.trusting(user).filter(pk=application.offer.company_id).exists():
        return COMPANY
    if Agreement.objects.of_structures(user).filter(pk=agreement.pk).exists():
        return ADVISOR
    raise PermissionDenied
