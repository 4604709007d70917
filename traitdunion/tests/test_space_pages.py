"""« À faire »: what a mail asks for stands here too (domain.md, rule 5)."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.factories import MembershipFactory, UserFactory
from accounts.models import MembershipRole
from candidates.factories import CandidateFactory
from commitments.factories import a_commitment_in
from companies.factories import CompanyFactory
from immersions.factories import ApplicationFactory

ASKS = "demande à rejoindre L’Atelier &amp; Fils"

pytestmark = pytest.mark.django_db


def a_colleague_asks(company):
    user = UserFactory(first_name="Nadine")
    MembershipFactory(
        organisation=company.organisation,
        user=user,
        role=MembershipRole.MEMBER,
        unconfirmed=True,
        is_active=False,
        asked_at=timezone.now(),
    )


def test_a_manager_reads_that_somebody_asks_to_join(client):
    manager = UserFactory()
    company = CompanyFactory(member=manager)
    a_colleague_asks(company)
    client.force_login(manager)
    page = client.get("/entreprise/").content.decode()
    assert ASKS in page
    assert f"/entreprise/membres/?entreprise={company.pk}" in page


def test_who_does_not_answer_for_the_others_is_not_asked(client):
    member = UserFactory()
    company = CompanyFactory(member=member, member__role=MembershipRole.MEMBER)
    a_colleague_asks(company)
    client.force_login(member)
    assert ASKS not in client.get("/entreprise/").content.decode()


def test_a_stranger_s_request_is_for_its_own_company(client):
    manager = UserFactory()
    CompanyFactory(member=manager)
    a_colleague_asks(CompanyFactory())
    client.force_login(manager)
    assert ASKS not in client.get("/entreprise/").content.decode()


def test_who_is_not_verified_has_one_thing_to_do_and_one_button(client):
    member = UserFactory()
    CompanyFactory(member=member, member__unconfirmed=True)
    client.force_login(member)
    page = client.get("/entreprise/").content.decode()
    assert "<h1>Une chose à faire</h1>" in page
    assert page.count("Vérifier mon compte") == 1


def test_who_is_in_training_reads_what_comes_next_and_where(client):
    world = a_commitment_in("in_training")
    client.force_login(world.candidate)
    page = client.get("/candidat/").content.decode()
    assert "La suite de votre projet" in page
    assert f'href="{reverse("commitments:commitment", args=[world.commitment.pk])}"' in page
    assert "Essayez un métier avant de vous décider" not in page
    assert "Demander une autre immersion" not in page


def test_a_professional_says_their_name_once_and_is_asked_no_more(client):
    member = UserFactory(first_name="", last_name="")
    CompanyFactory(member=member)
    client.force_login(member)
    assert "Dites votre nom" in client.get("/entreprise/").text
    assert "Tapez votre nom" in client.post("/compte/nom/", {"first_name": "Nadine", "last_name": " "}).text
    answer = client.post("/compte/nom/", {"first_name": " Nadine", "last_name": "El  Amrani"}, follow=True)
    assert "Dites votre nom" not in answer.text
    member.refresh_from_db()
    assert member.get_full_name() == "Nadine El Amrani"


@pytest.mark.parametrize(("status", "invited"), [("completed", False), (None, True)])
def test_who_has_tried_already_is_not_welcomed_as_a_newcomer(client, status, invited):
    candidate = CandidateFactory()
    if status:
        ApplicationFactory(candidate=candidate, status=status)
    client.force_login(candidate.user)
    assert ("avant de vous décider" in client.get(reverse("candidate_space")).text) is invited
