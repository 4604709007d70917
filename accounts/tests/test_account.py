"""One's own account: signing up, another address, one's data, farewell."""

import datetime as dt
import json
import re

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.actions import erase_account, open_account
from accounts.factories import MembershipFactory, UserFactory
from accounts.models import Invitation, Membership, MembershipRole, User
from candidates.factories import CandidateFactory
from candidates.models import Candidate
from core.models import OutgoingMessage
from core.outbox import Message, post
from core.rules import RuleBroken
from tests.polite_client import PoliteClient

pytestmark = pytest.mark.django_db

ADDRESS = "/compte/adresse/"
ADDRESS_CODE = "/compte/adresse/code/"


def code_in(mail) -> str:
    return re.search(r"\b(\d{3} \d{3})\b", mail.body)[1]


def wrong(code: str) -> str:
    return "000000" if code != "000 000" else "111111"


class TestSignUp:
    def sign_up(self, client, commit, mailoutbox, kind, query=""):
        with commit():
            page = client.post(f"/inscription/adresse/?qui={kind}{query}", {"email": "Lea@Example.org"})
        return client.post(page["Location"], {"code": code_in(mailoutbox[-1])})

    def test_asks_who_one_is_then_one_s_address(self, client):
        assertContains(client.get("/inscription/"), "Vous êtes…")
        response = client.get("/inscription/?qui=candidate&next=/offres/3-macon/")
        assertRedirects(response, "/inscription/adresse/?qui=candidate&next=%2Foffres%2F3-macon%2F")

    def test_of_a_candidate_leads_to_the_profile(self, client, commit, mailoutbox):
        response = self.sign_up(client, commit, mailoutbox, "candidate")
        assertRedirects(response, reverse("candidate_profile"))
        assert Candidate.objects.get().user.email == "lea@example.org"

    def test_of_a_candidate_leads_back_to_the_offer(self, client, commit, mailoutbox):
        response = self.sign_up(client, commit, mailoutbox, "candidate", "&next=/offres/3-macon/")
        assertRedirects(response, "/offres/3-macon/", fetch_redirect_response=False)
        assert Candidate.objects.exists()

    def test_of_a_company_leads_to_its_siret(self, client, commit, mailoutbox):
        response = self.sign_up(client, commit, mailoutbox, "company")
        assertRedirects(response, reverse("companies:create"))
        assert not Candidate.objects.exists()

    def test_writes_nobody_down_as_a_candidate_before_the_code(self, client):
        client.post("/inscription/adresse/?qui=candidate", {"email": "lea@example.org"})
        assert not Candidate.objects.exists()

    def test_of_a_known_address_is_a_log_in(self, client, commit, mailoutbox):
        member = MembershipFactory(user__email="lea@example.org")
        response = self.sign_up(client, commit, mailoutbox, "candidate")
        assert response.status_code == 302
        assert client.session["_auth_user_id"] == str(member.user.pk)
        assert not Candidate.objects.exists()

    @pytest.mark.parametrize("kind", ["", "agent", "<b>", "💥"])
    def test_of_nobody_known_asks_again(self, client, kind):
        assertContains(client.get("/inscription/", {"qui": kind}), "Choisissez une réponse.")
        assert client.get("/inscription/adresse/", {"qui": kind}).status_code == 302

    def test_twice_at_once_makes_one_account(self, monkeypatch):
        known = UserFactory(email="lea@example.org")

        def blind(manager, email):
            return manager.create_user(email), True

        monkeypatch.setattr("accounts.models.UserManager.get_or_create_by_email", blind)
        assert open_account("Lea@example.org") == known
        assert User.objects.count() == 1


class TestWelcome:
    def test_opens_the_space_of_a_candidate(self, client):
        client.force_login(UserFactory())
        assertContains(client.get("/bienvenue/"), "Dites-nous qui vous êtes")
        assertRedirects(client.post("/bienvenue/", {"qui": "candidate"}), reverse("candidate_profile"))
        assert Candidate.objects.exists()

    def test_tells_a_member_to_use_another_address(self, client):
        client.force_login(MembershipFactory().user)
        assertContains(client.post("/bienvenue/", {"qui": "candidate"}), "adresse personnelle")
        assert not Candidate.objects.exists()

    def test_is_where_one_lands_without_a_space(self, client):
        client.force_login(UserFactory())
        assertRedirects(client.get(reverse("after_login")), "/bienvenue/")

    def test_reminds_of_a_request_that_waits(self, client):
        asking = MembershipFactory(is_active=False, unconfirmed=True, asked_at=timezone.now())
        client.force_login(asking.user)
        assertContains(client.get("/bienvenue/"), "est partie")


class TestNewAddress:
    @pytest.fixture
    def user(self, client):
        user = UserFactory(email="avant@example.org")
        client.force_login(user)
        return user

    def ask(self, client, commit, email="apres@example.org"):
        with commit():
            return client.post(ADDRESS, {"email": email}, follow=True)

    def test_is_taken_once_its_code_is_typed(self, client, user, commit, mailoutbox):
        assertContains(self.ask(client, commit, "Apres@Example.org"), "apres@example.org")
        [mail] = mailoutbox
        assert mail.to == ["apres@example.org"]
        user.refresh_from_db()
        assert user.email == "avant@example.org"
        with commit():
            assertRedirects(client.post(ADDRESS_CODE, {"code": code_in(mail)}), "/compte/")
        user.refresh_from_db()
        assert user.email == "apres@example.org"
        assert mailoutbox[1].to == ["avant@example.org"]
        assert "changé d’adresse" in mailoutbox[1].subject

    def test_that_another_has_looks_the_same_but_is_not_taken(self, client, user, commit, mailoutbox):
        UserFactory(email="apres@example.org")
        assertContains(self.ask(client, commit), "Nous venons d’écrire à")
        [mail] = mailoutbox
        assert "a déjà un compte" in mail.subject
        assert not re.search(r"\d{3} \d{3}", mail.body)

    def test_taken_meanwhile_is_refused(self, client, user, commit, mailoutbox):
        self.ask(client, commit)
        UserFactory(email="apres@example.org")
        page = client.post(ADDRESS_CODE, {"code": code_in(mailoutbox[0])})
        assertContains(page, "Cette adresse a déjà un compte.")
        user.refresh_from_db()
        assert user.email == "avant@example.org"

    def test_five_wrong_codes_cancel_it(self, client, user, commit, mailoutbox):
        self.ask(client, commit)
        code = code_in(mailoutbox[0])
        for _ in range(4):
            assertContains(client.post(ADDRESS_CODE, {"code": wrong(code)}), "n’est pas le bon")
        assertContains(client.post(ADDRESS_CODE, {"code": wrong(code)}), "Cinq codes faux")
        assertContains(client.post(ADDRESS_CODE, {"code": code}), "Demandez un nouveau code")
        user.refresh_from_db()
        assert user.email == "avant@example.org"

    def test_a_code_lasts_fifteen_minutes(self, client, user, commit, mailoutbox):
        self.ask(client, commit)
        with time_machine.travel(timezone.now() + dt.timedelta(minutes=16), tick=False):
            page = client.post(ADDRESS_CODE, {"code": code_in(mailoutbox[0])})
        assertContains(page, "15 minutes")

    @pytest.mark.parametrize("typed", ["", "x", "avant@example.org", "AVANT@example.org"])
    def test_must_be_another_one(self, client, user, typed):
        assert client.post(ADDRESS, {"email": typed}).context["form"].errors["email"]

    def test_without_a_code_asked_goes_back(self, client, user):
        assertRedirects(client.get(ADDRESS_CODE), ADDRESS)


class TestMyData:
    def test_holds_what_every_room_knows(self, client):
        candidate = CandidateFactory(user__email="lea@example.org")
        client.force_login(candidate.user)
        answer = client.get("/compte/mes-donnees.json")
        assert "attachment" in answer["Content-Disposition"]
        data = json.loads(answer.content)
        assert data["Compte"]["adresse e-mail"] == "lea@example.org"
        assert data["Compte"]["téléphone"] == "06 12 34 56 78"
        assert data["Profil"]["commune"] == "Metz (57)"
        assert data["Profil"]["transport"] == ["Bus, tram, train"]

    def test_says_for_whom_one_acts(self, client):
        member = MembershipFactory()
        client.force_login(member.user)
        data = json.loads(client.get("/compte/mes-donnees.json").content)
        assert data["Compte"]["entités"][0]["nom"] == member.organisation.name


class TestErase:
    def test_forgets_names_phone_address_and_profile(self, client):
        candidate = CandidateFactory(user__email="lea@example.org")
        user = candidate.user
        client.force_login(user)
        assertContains(client.get("/compte/supprimer/"), "Supprimer définitivement")
        response = client.post("/compte/supprimer/", follow=True)
        assertContains(response, "Votre compte est supprimé")
        assert "_auth_user_id" not in client.session
        user.refresh_from_db()
        assert (user.first_name, user.last_name, user.phone) == ("", "", "")
        assert "lea" not in user.email
        assert user.is_active is False
        assert user.erased_at
        assert not Candidate.objects.exists()

    def test_keeps_the_row_that_an_application_points_at_but_not_what_it_says(self):
        from immersions.factories import ApplicationFactory

        application = ApplicationFactory(declined=True)
        erase_account(application.candidate.user, by=application.candidate.user)
        candidate = Candidate.objects.get()
        assert (candidate.commune, candidate.level, candidate.transport) == (None, None, [])

    def test_changes_nothing_by_a_link(self, client):
        user = UserFactory()
        client.force_login(user)
        client.get("/compte/supprimer/")
        user.refresh_from_db()
        assert user.is_active

    def test_forgets_the_messages_and_sends_no_more(self):
        user = UserFactory(email="lea@example.org")
        post(Message(kind="x", to="lea@example.org", key="queued", context={"name": "Léa"}))
        sent = post(Message(kind="x", to="lea@example.org", key="sent", context={"name": "Léa"}))
        OutgoingMessage.objects.filter(pk=sent.pk).update(
            status="sent", sent_at=timezone.now(), subject="Bonjour Léa", text="Léa", html="Léa"
        )
        erase_account(user, by=user)
        kept = OutgoingMessage.objects.get()
        assert kept.key == "sent"
        assert "Léa" not in f"{kept.subject}{kept.text}{kept.html}{kept.context}"
        assert "lea@" not in kept.to

    def test_closes_every_open_browser(self, client):
        user = UserFactory()
        elsewhere = PoliteClient()
        elsewhere.force_login(user)
        erase_account(user, by=user)
        assert elsewhere.get("/compte/").status_code == 302

    def test_lets_the_same_address_come_back(self):
        user = UserFactory(email="lea@example.org")
        erase_account(user, by=user)
        assert open_account("lea@example.org") != user

    def test_waits_while_colleagues_depend_on_the_only_manager(self, client):
        manager = MembershipFactory()
        MembershipFactory(organisation=manager.organisation, role=MembershipRole.MEMBER)
        client.force_login(manager.user)
        page = client.get("/compte/supprimer/")
        assertContains(page, "la seule personne responsable")
        assertNotContains(page, "Supprimer définitivement")
        client.post("/compte/supprimer/")
        manager.user.refresh_from_db()
        assert manager.user.is_active
        with pytest.raises(RuleBroken, match="responsable"):
            erase_account(manager.user, by=manager.user)

    def test_leaves_the_companies(self):
        manager = MembershipFactory()
        erase_account(manager.user, by=manager.user)
        assert not Membership.objects.active().exists()


class TestInvitationPage:
    @pytest.fixture
    def invitation(self):
        from companies.factories import CompanyFactory

        company = CompanyFactory()
        manager = company.organisation.memberships.get().user
        return Invitation.objects.create(
            organisation=company.organisation, email="ami@example.org", invited_by=manager
        )

    def test_leads_from_the_mail_to_the_team(self, client, commit, mailoutbox, invitation):
        url = f"/invitation/{invitation.token}/"
        assertContains(client.get(url), "ami@example.org")
        with commit():
            page = client.post(url)
        response = client.post(page["Location"], {"code": code_in(mailoutbox[0])})
        assertRedirects(response, url)
        assert client.post(url).status_code == 302
        membership = Membership.objects.get(user__email="ami@example.org")
        assert membership in Membership.objects.confirmed()

    def test_says_that_it_is_for_somebody_else(self, client, invitation):
        client.force_login(UserFactory(email="autre@example.org"))
        url = f"/invitation/{invitation.token}/"
        assertContains(client.get(url), "Cette invitation est pour")
        client.post(url)
        assert not Membership.objects.filter(user__email="autre@example.org").exists()

    def test_is_nothing_without_the_right_token(self, client, invitation):
        assert client.get("/invitation/abc/").status_code == 404
        Invitation.objects.update(withdrawn_at=timezone.now())
        assert client.get(f"/invitation/{invitation.token}/").status_code == 404
