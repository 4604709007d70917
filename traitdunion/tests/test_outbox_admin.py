"""The outbox as an agent reads it: the messages of their departments, and no secret."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.factories import UserFactory
from accounts.models import User
from core.models import OutgoingMessage
from core.outbox import send_again
from core.rules import RuleBroken
from territories.agents import make_agent
from territories.factories import DepartmentFactory

pytestmark = pytest.mark.django_db
LINK = "http://testserver/inscription/"


@pytest.fixture
def message() -> OutgoingMessage:
    return OutgoingMessage.objects.create(
        key="a:1",
        kind="accounts/unknown_account",
        to="lea@example.org",
        scope="57",
        context={"link": LINK},
    )


@pytest.fixture
def agent() -> User:
    user, _ = make_agent("agent57@example.org", departments=[DepartmentFactory()])
    return user


@pytest.fixture
def elsewhere() -> User:
    vosges = DepartmentFactory(code="88", name="Vosges")
    user, _ = make_agent("agent88@example.org", departments=[vosges])
    return user


def status(user: User, message: OutgoingMessage, page: str) -> tuple[int, str]:
    """What `user` reads of one message: its page, or its HTML part alone."""
    client = Client()
    client.force_login(user)
    answer = client.get(reverse(f"admin:core_outgoingmessage_{page}", args=[message.pk]))
    return answer.status_code, answer.content.decode()


@pytest.mark.parametrize("page", ["change", "html"])
def test_an_agent_reads_what_is_owed_in_their_department(agent, message, page):
    code, words = status(agent, message, page)
    assert code == 200
    assert LINK in words


def test_an_agent_of_another_department_does_not(elsewhere, message):
    assert status(elsewhere, message, "change")[0] == 302
    assert status(elsewhere, message, "html")[0] == 404


def test_a_secret_is_read_by_nobody(agent, message):
    OutgoingMessage.objects.update(is_secret=True)
    chief = UserFactory(is_staff=True, is_superuser=True)
    assert status(agent, message, "html")[0] == 404
    assert status(chief, message, "html")[0] == 404


def test_what_was_given_up_is_sent_again_by_its_agent_and_nothing_else(
    message, agent, elsewhere, django_capture_on_commit_callbacks, mailoutbox
):
    url = reverse("admin:core_outgoingmessage_changelist")
    chosen = {"action": "send_again", "_selected_action": [message.pk]}
    OutgoingMessage.objects.update(status="failed", attempts=6, error="550")
    for user, leaves in ((elsewhere, 0), (agent, 1), (agent, 1)):
        client = Client()
        client.force_login(user)
        with django_capture_on_commit_callbacks(execute=True):
            page = client.post(url, chosen, follow=True).content.decode()
        assert len(mailoutbox) == leaves
    assert "rien à renvoyer" in page
    message.refresh_from_db()
    assert (message.status, message.attempts) == ("sent", 1)


@pytest.mark.parametrize("emptied", [{"is_secret": True}, {"context": {}, "text": "(effacé)"}])
def test_what_was_emptied_never_leaves_empty(message, agent, emptied, mailoutbox):
    OutgoingMessage.objects.update(status="failed", **emptied)
    with pytest.raises(RuleBroken, match="effacé"):
        send_again(message, by=agent)
    message.refresh_from_db()
    assert message.status == "failed"


def test_messages_are_sorted_by_what_they_are_about(agent, message, client):
    client.force_login(agent)
    page = reverse("admin:core_outgoingmessage_changelist")
    for about, shown in (("accounts", True), ("commitments", False), ("%27", False)):
        assert (message.to in client.get(f"{page}?about={about}").text) is shown, about
