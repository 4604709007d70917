"""Five tries for one code, whatever is sent at once."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts import codes
from accounts.factories import UserFactory
from accounts.models import CodeTries
from accounts.tests.test_login import CODE, LOGIN, code_in, wrong
from core.rules import RuleBroken
from tests.race import overlapping

pytestmark = pytest.mark.django_db(transaction=True)


def use_one():
    if not codes.use_a_try("key"):
        raise RuleBroken("Cinq.", code="cancelled")


def test_the_last_try_is_used_once():
    for _ in range(codes.TRIES - 1):
        use_one()
    assert overlapping(use_one, use_one) == "refused"


def test_the_first_tries_are_both_counted():
    assert overlapping(use_one, use_one) == "accepted"
    assert codes.tries_left("key") == codes.TRIES - 2


@pytest.fixture
def without_a_pace(settings):
    """The brake of so many a minute is not what counts the tries."""
    settings.ACCOUNT_RATE_LIMITS = {}


@pytest.mark.usefixtures("without_a_pace")
def test_forty_wrong_posts_of_one_session_at_once_are_five_tries(mailoutbox):
    UserFactory(email="lea@example.org")
    client = Client()
    client.post(LOGIN, {"email": "lea@example.org"})
    right = code_in(mailoutbox[0])
    before = dict(client.session)

    def post_wrong(_):
        try:
            twin = Client()
            twin.cookies = client.cookies
            return twin.post(CODE, {"code": wrong(right)}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=8) as pool:
        answers = list(pool.map(post_wrong, range(40)))
    assert CodeTries.objects.get().used == codes.TRIES
    assert answers.count(200) <= codes.TRIES
    session = client.session  # As if the last answer had forgotten all the others.
    session.update(before)
    session.save()
    page = client.post(CODE, {"code": right}, follow=True)
    assert "Cinq codes faux" in page.content.decode()
    assert "_auth_user_id" not in client.session


def test_old_tries_are_forgotten():
    CodeTries.objects.create(key="old", at=timezone.now() - dt.timedelta(hours=1))
    CodeTries.objects.create(key="new")
    codes.forget_old_tries()
    assert CodeTries.objects.get().key == "new"
