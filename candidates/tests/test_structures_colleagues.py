"""A request passed from hand to hand inside a structure."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from pytest_django.asserts import assertContains

from candidates.factories import AdvisorFactory, FollowingFactory
from candidates.structures.actions import end_following, follow_person, pass_person_on
from core.models import OutgoingMessage
from core.rules import RuleBroken

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked():
    return FollowingFactory()


@pytest.fixture
def advisor(asked):
    return asked.structure.confirmed_members().first()


@pytest.fixture
def colleague(asked):
    return AdvisorFactory(structure=asked.structure, first_name="Louise", last_name="Klein")


def test_the_colleague_is_told_and_sees_it_first(client, asked, advisor, colleague):
    older = FollowingFactory(structure=asked.structure)
    type(older).objects.filter(pk=older.pk).update(waiting_since="2020-01-01T00:00Z")
    client.force_login(advisor)
    page = reverse("structures:pass_on", args=[asked.pk])
    answer = client.post(page, {"to": colleague.pk, "words": "Elle habite ton quartier."}, follow=True)
    assertContains(answer, "Confié à Louise Klein")
    told = OutgoingMessage.objects.get(kind="candidates/following_passed_on")
    assert (told.to, told.context["words"]) == (colleague.email, "Elle habite ton quartier.")
    client.force_login(colleague)
    space = client.get(reverse("advisor_space"))
    assertContains(space, "Un collègue vous l’a confié")
    assert [it.pk for it in space.context["waiting"]] == [asked.pk, older.pk]


def test_it_still_waits_for_its_answer_and_anybody_may_give_it(asked, advisor, colleague):
    since = asked.waiting_since
    pass_person_on(asked, to=colleague, by=advisor)
    assert (asked.status, asked.waiting_since) == ("asked", since)
    follow_person(asked, by=advisor)
    assert asked.advisor == advisor


def test_someone_followed_is_passed_on_too(asked, advisor, colleague):
    follow_person(asked, by=advisor)
    pass_person_on(asked, to=colleague, by=advisor)
    asked.refresh_from_db()
    assert (asked.status, asked.advisor) == ("followed", colleague)


def test_never_outside_the_structure(asked, advisor):
    with pytest.raises(RuleBroken, match="membre confirmé"):
        pass_person_on(asked, to=AdvisorFactory(), by=advisor)
    unconfirmed = AdvisorFactory(structure=asked.structure, structure__unconfirmed=True)
    with pytest.raises(RuleBroken, match="membre confirmé"):
        pass_person_on(asked, to=unconfirmed, by=advisor)
    with pytest.raises(PermissionDenied):
        pass_person_on(asked, to=advisor, by=AdvisorFactory())


def test_not_once_it_is_over(asked, advisor, colleague):
    follow_person(asked, by=advisor)
    end_following(asked, by=advisor)
    with pytest.raises(RuleBroken, match="n’est plus possible"):
        pass_person_on(asked, to=colleague, by=advisor)
