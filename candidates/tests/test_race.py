"""One account, two windows: it becomes a candidate's, or a company's, never both."""

import pytest

from accounts.factories import OrganisationFactory, UserFactory
from accounts.members.actions import accept_member, add_first_member, request_to_join
from accounts.models import Membership
from candidates.actions import become_candidate
from candidates.models import Candidate
from tests.race import overlapping

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_candidate_in_one_window_and_a_company_in_the_other():
    user, organisation = UserFactory(), OrganisationFactory()
    assert (
        overlapping(lambda: become_candidate(user), lambda: add_first_member(organisation, user)) == "refused"
    )
    assert not Membership.objects.exists()


def test_a_company_in_one_window_and_a_candidate_in_the_other():
    user, organisation = UserFactory(), OrganisationFactory()
    assert (
        overlapping(lambda: add_first_member(organisation, user), lambda: become_candidate(user)) == "refused"
    )
    assert not Candidate.objects.exists()


def test_accepted_by_a_manager_while_becoming_a_candidate():
    first, user = UserFactory(), UserFactory()
    organisation = OrganisationFactory()
    add_first_member(organisation, first)
    asked = request_to_join(organisation, by=user)
    Membership.objects.filter(user=first).update(confirmed_at=asked.created_at, confirmed_by="agent")
    assert overlapping(lambda: become_candidate(user), lambda: accept_member(asked, by=first)) == "refused"
    assert not Membership.objects.active().filter(user=user).exists()
