"""Agents: a second factor stands before the admin, outside the demo."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from accounts.factories import UserFactory
from territories.factories import AgentTerritoryFactory

pytestmark = pytest.mark.django_db
ACTIVATE = "/compte/double-verification/activer/"


@pytest.fixture
def required(settings):
    settings.ADMIN_MFA_REQUIRED = True


@pytest.fixture
def agent():
    return AgentTerritoryFactory(user__email="agent@grandest.example").user


def current_code(secret: str) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))


def secret_of(client) -> str:
    return client.get(ACTIVATE).context["form"].secret


@pytest.mark.parametrize("page", ["admin:index", "admin:companies_company_changelist"])
def test_an_agent_without_one_is_sent_to_set_it_up(client, agent, required, page):
    client.force_login(agent)
    assertRedirects(client.get(reverse(page)), ACTIVATE)
    assertContains(client.get(ACTIVATE), "scannez cette image")


def test_a_superuser_is_no_exception(admin_client, required):
    assertRedirects(admin_client.get(reverse("admin:index")), ACTIVATE, fetch_redirect_response=False)


def test_a_visitor_still_logs_in_first(client, required):
    assert client.get(reverse("admin:index")).status_code == 302
    assert client.post(reverse("admin:index")).status_code == 302


def test_who_is_no_agent_finds_no_admin_rather_than_a_log_in_for_ever(client):
    client.force_login(UserFactory())
    assert client.get(reverse("admin:index"), follow=True).status_code == 404


def test_the_demo_does_not_ask(client, agent):
    client.force_login(agent)
    assert client.get(reverse("admin:index")).status_code == 200


def test_once_set_up_the_admin_opens_and_the_next_log_in_asks_for_it(
    client, agent, required, commit, mailoutbox
):
    client.force_login(agent)
    secret = secret_of(client)
    response = client.post(ACTIVATE, {"code": current_code(secret)}, follow=True)
    assertContains(response, "Codes de secours")
    assert client.get(reverse("admin:index")).status_code == 200
    codes = response.context["unused_codes"]

    client.logout()
    with commit():
        client.post("/connexion/", {"email": agent.email})
    by_mail = re.search(r"\b(\d{3} \d{3})\b", mailoutbox[-1].body)[1]
    page = client.post("/connexion/code/", {"code": by_mail}, follow=True)
    assertContains(page, "application d’authentification")
    assert "_auth_user_id" not in client.session
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "_auth_user_id" not in client.session
    client.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert client.session["_auth_user_id"] == str(agent.pk)


def test_a_wrong_code_sets_nothing_up(client, agent):
    client.force_login(agent)
    secret_of(client)
    client.post(ACTIVATE, {"code": "abc"})
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("page", ["mfa_index", "mfa_activate_totp", "mfa_view_recovery_codes"])
def test_its_pages_are_for_agents_only(client, page):
    client.force_login(UserFactory())
    assert client.get(reverse(page)).status_code == 404


@pytest.mark.parametrize("page", ["password_change", "password_change_done"])
def test_the_admin_knows_no_password(client, agent, page):
    client.force_login(agent)
    assert client.get(reverse(f"admin:{page}")).status_code == 404
