"""Entering by a code: from the address to the space, and every way it may go wrong."""

import datetime as dt
import re

import pytest
import time_machine
from django.core.cache import cache
from django.test import override_settings
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from accounts.factories import UserFactory
from accounts.models import User
from core.models import OutgoingMessage
from tests.polite_client import PoliteClient

pytestmark = pytest.mark.django_db

LOGIN = "/connexion/"
CODE = "/connexion/code/"


@pytest.fixture
def ask(client, commit):
    """Ask for a code, as the page does."""

    def ask(email, *, page=LOGIN, follow=True, **data):
        with commit():
            return client.post(page, {"email": email, **data}, follow=follow)

    return ask


def code_in(mail) -> str:
    return re.search(r"\b(\d{3} \d{3})\b", mail.body)[1]


def wrong(code: str) -> str:
    return "000 000" if code != "000 000" else "111 111"


class TestRightCode:
    def test_opens_the_site(self, client, ask, mailoutbox):
        user = UserFactory(email="lea@example.org")
        assertContains(ask("lea@example.org"), "lea@example.org")
        [mail] = mailoutbox
        assert mail.to == ["lea@example.org"]
        response = client.post(CODE, {"code": code_in(mail)})
        assertRedirects(response, reverse("after_login"), fetch_redirect_response=False)
        assert client.session["_auth_user_id"] == str(user.pk)

    def test_may_be_typed_without_the_space_and_with_another_case_of_address(self, client, ask, mailoutbox):
        UserFactory(email="lea@example.org")
        ask("Lea@Example.ORG")
        client.post(CODE, {"code": code_in(mailoutbox[0]).replace(" ", "")})
        assert "_auth_user_id" in client.session

    def test_brings_back_to_the_page_one_came_from(self, client, ask, mailoutbox):
        UserFactory(email="lea@example.org")
        page = ask("lea@example.org", next="/compte/")
        assertContains(page, '<input type="hidden" name="next" value="/compte/">', count=2)
        response = client.post(CODE, {"code": code_in(mailoutbox[0]), "next": "/compte/"})
        assertRedirects(response, "/compte/")

    @pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
    def test_never_leads_out_of_the_site(self, client, ask, mailoutbox, elsewhere):
        UserFactory(email="lea@example.org")
        ask("lea@example.org", next=elsewhere)
        response = client.post(CODE, {"code": code_in(mailoutbox[0]), "next": elsewhere})
        assertRedirects(response, reverse("after_login"), fetch_redirect_response=False)

    def test_is_neither_kept_in_the_outbox_nor_said_in_the_subject(self, ask, mailoutbox):
        UserFactory(email="lea@example.org")
        ask("lea@example.org")
        [mail] = mailoutbox
        code = code_in(mail)
        row = OutgoingMessage.objects.get()
        kept = row.subject + row.text + row.html + str(row.context)
        assert code not in kept
        assert code.replace(" ", "") not in kept
        assert code in mail.alternatives[0].content


class TestUnknownAddress:
    def test_looks_like_a_known_one(self, ask):
        UserFactory(email="connu@example.org")
        known = ask("connu@example.org").content.decode()
        unknown = ask("inconnu@example.org").content.decode()
        token = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
        assert token.sub("", known) == token.sub("", unknown).replace("inconnu@", "connu@")

    def test_gets_a_message_that_says_so(self, ask, mailoutbox):
        ask("inconnu@example.org")
        [mail] = mailoutbox
        assert mail.to == ["inconnu@example.org"]
        assert "n’a pas encore de compte" in mail.subject
        assert "http://testserver/inscription/" in mail.body
        assert not User.objects.exists()

    def test_is_refused_five_times_like_any_other(self, client, ask):
        ask("inconnu@example.org")
        for _ in range(4):
            assertContains(client.post(CODE, {"code": "123456"}), "Ce code n’est pas le bon")
        assertContains(client.post(CODE, {"code": "123456"}, follow=True), "Cinq codes faux")

    def test_is_also_what_a_closed_account_looks_like(self, ask, mailoutbox):
        UserFactory(email="parti@example.org", is_active=False)
        ask("parti@example.org")
        assert "n’a pas encore de compte" in mailoutbox[0].subject


class TestWrongCode:
    def test_says_so_and_how_many_tries_are_left(self, client, ask, mailoutbox):
        UserFactory(email="lea@example.org")
        ask("lea@example.org")
        response = client.post(CODE, {"code": wrong(code_in(mailoutbox[0]))})
        assertContains(response, "Ce code n’est pas le bon")
        assertContains(response, "Il vous reste 4 essais")

    def test_five_times_cancels_even_the_right_one(self, client, ask, mailoutbox):
        UserFactory(email="lea@example.org")
        ask("lea@example.org")
        right = code_in(mailoutbox[0])
        for _ in range(4):
            client.post(CODE, {"code": wrong(right)})
        response = client.post(CODE, {"code": wrong(right)}, follow=True)
        assertContains(response, "Cinq codes faux")
        assertContains(response, "Recevoir mon code")
        assertContains(client.post(CODE, {"code": right}, follow=True), "Demandez un nouveau code")
        assert "_auth_user_id" not in client.session

    def test_nothing_typed_is_not_a_try(self, client, ask, mailoutbox):
        UserFactory(email="lea@example.org")
        ask("lea@example.org")
        for _ in range(6):
            assertContains(client.post(CODE, {"code": ""}), "Tapez le code reçu par e-mail.")
        client.post(CODE, {"code": code_in(mailoutbox[0])})
        assert "_auth_user_id" in client.session

    def test_tries_sent_all_at_once_are_counted(self, client, ask, mailoutbox):
        """Each forgets the others, as requests that cross each other do."""
        UserFactory(email="lea@example.org")
        ask("lea@example.org")
        right = code_in(mailoutbox[0])
        before = dict(client.session)
        for _ in range(12):
            client.post(CODE, {"code": wrong(right)})
            session = client.session
            session.update(before)
            session.save()
        assertContains(client.post(CODE, {"code": right}, follow=True), "Cinq codes faux")
        assert "_auth_user_id" not in client.session


class TestLateCode:
    def test_after_fifteen_minutes_says_so(self, client, ask, mailoutbox):
        UserFactory(email="lea@example.org")
        start = dt.datetime(2026, 11, 23, 9, 0, tzinfo=dt.UTC)
        with time_machine.travel(start, tick=False):
            ask("lea@example.org", next="/compte/")
        with time_machine.travel(start + dt.timedelta(minutes=16), tick=False):
            data = {"code": code_in(mailoutbox[0]), "next": "/compte/"}
            response = client.post(CODE, data, follow=True)
        assertContains(response, "il date de plus de 15 minutes")
        assertRedirects(response, LOGIN + "?next=%2Fcompte%2F")
        assert "_auth_user_id" not in client.session

    def test_used_twice_says_so(self, client, ask, mailoutbox):
        UserFactory(email="lea@example.org")
        ask("lea@example.org")
        code = code_in(mailoutbox[0])
        client.post(CODE, {"code": code})
        client.post("/deconnexion/")
        assertContains(client.post(CODE, {"code": code}, follow=True), "il a déjà servi")

    def test_is_worth_nothing_in_another_browser(self, ask, mailoutbox):
        UserFactory(email="lea@example.org")
        ask("lea@example.org")
        thief = PoliteClient()
        thief.post(CODE, {"code": code_in(mailoutbox[0])})
        assert "_auth_user_id" not in thief.session

    def test_a_new_one_cancels_the_one_before(self, client, ask, mailoutbox):
        UserFactory(email="lea@example.org")
        ask("lea@example.org")
        ask("lea@example.org")
        first, second = map(code_in, mailoutbox)
        if first != second:
            assertContains(client.post(CODE, {"code": first}), "Ce code n’est pas le bon")
        client.post(CODE, {"code": second})
        assert "_auth_user_id" in client.session


class TestTooMany:
    def test_codes_for_one_address_are_refused_with_a_sentence(self, ask, mailoutbox):
        UserFactory(email="lea@example.org")
        for _ in range(5):
            ask("lea@example.org")
        assertContains(ask("lea@example.org"), "Attendez une minute")
        assert len(mailoutbox) == 5

    def test_are_not_counted_while_the_cache_is_away_but_one_enters(self, client, ask, mailoutbox):
        UserFactory(email="lea@example.org")
        nowhere = {
            "default": {
                "BACKEND": "core.cache.PatientCache",
                "LOCATION": "redis://127.0.0.1:1/0",
                "OPTIONS": {"socket_connect_timeout": 0.5},
            }
        }
        with override_settings(CACHES=nowhere):
            assert cache.get("anything", "nothing") == "nothing"
            ask("lea@example.org")
            client.post(CODE, {"code": code_in(mailoutbox[0])})
        assert "_auth_user_id" in client.session


class TestPages:
    @pytest.mark.parametrize(
        "typed", ["", "lea", "lea@", "<b>@x", "💥", "a" * 300 + "@example.org", "'; DROP--"]
    )
    def test_an_address_that_is_none_gets_a_sentence(self, ask, typed):
        response = ask(typed)
        assert response.status_code == 200
        assert response.context["form"].errors["email"]

    def test_code_page_without_a_code_asked_sends_back_to_the_start(self, client):
        assertRedirects(client.get(CODE), LOGIN)

    def test_log_out_is_a_button(self, client):
        client.force_login(UserFactory())
        assertContains(client.get("/deconnexion/"), "Se déconnecter ?")
        assert "_auth_user_id" in client.session
        client.post("/deconnexion/")
        assert "_auth_user_id" not in client.session

    def test_no_page_speaks_of_a_password(self, client):
        for name in ("account_login", "account_signup"):
            assert "mot de passe" not in client.get(reverse(name)).content.decode().replace(
                "Pas de mot de passe à retenir", ""
            )
