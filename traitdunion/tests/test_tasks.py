"""What is done now and then for the whole site."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.actions import erase_account
from accounts.factories import MembershipFactory, UserFactory
from accounts.models import User
from candidates.factories import CandidateFactory
from traitdunion.tasks import forget_unused_accounts

LONG_AGO = dt.timedelta(days=31)


@pytest.mark.django_db
def test_an_address_that_nobody_proved_is_forgotten_after_a_month_and_no_other():
    then = timezone.now() - LONG_AGO
    erased = UserFactory(date_joined=then)
    erase_account(erased, by=erased)
    kept = {
        UserFactory(),
        UserFactory(date_joined=then, last_login=then),
        UserFactory(date_joined=then, agent=True),
        CandidateFactory(user__date_joined=then).user,
        MembershipFactory(user__date_joined=then, former=True).user,
        erased,
    }
    UserFactory(date_joined=then)
    forget_unused_accounts()
    assert set(User.objects.all()) == kept
