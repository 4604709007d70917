"""The two halves of a project as they are written: the pages of the promise, a training that an agent permits."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from commitments.factories import (
    MISSIONS,
    a_frozen_project,
    a_proposal,
    a_sealed_project,
    a_session_for,
    choose,
    reread,
    sign,
    write,
)
from commitments.projects import actions
from commitments.projects.halves import TrainingPledge
from commitments.projects.todo import todos_of_candidate
from commitments.seats import validating
from commitments.seats.models import SeatRequest
from core.delivery import render
from core.models import OutgoingMessage
from core.rules import RuleBroken
from territories.factories import AgentTerritoryFactory
from trainings.factories import SessionFactory

pytestmark = pytest.mark.django_db


def test_every_wrong_answer_of_a_page_is_told_at_once_on_its_field(client):
    world = a_frozen_project()
    client.force_login(world.member)
    job = reverse("commitments:promise_step", args=[world.commitment.pk, "poste"])
    data = {"job_title": "", "place": "Metz", "contract": "interim", "hours_weekly": "35"}
    page = client.post(job, data | {"pay_gross_monthly": "1500"})
    assert set(page.context["form"].errors) == {"job_title", "pay_gross_monthly"}
    assert "minimum légal" in str(page.context["form"].errors["pay_gross_monthly"])
    sound = data | {"job_title": "Maçon", "pay_gross_monthly": "1950"}
    contract = reverse("commitments:promise_step", args=[world.commitment.pk, "contrat"])
    assert client.post(job, sound).url == contract, "another kind of contract: its page is asked again"
    client.force_login(world.candidate)
    answer = client.post(reverse("commitments:sign", args=[world.commitment.pk]), {"seen": 1}, follow=True)
    assert "plus rien à signer" in answer.text
    with pytest.raises(RuleBroken, match="attendez le nouveau texte"):
        sign(world, "candidate")
    client.force_login(world.member)
    wrong = {"months": "5", "within_months": "12", "starts_by": world.session.ends_on.isoformat()}
    page = client.post(contract, wrong)
    assert set(page.context["form"].errors) == {"months", "within_months", "fixed_term_reason", "starts_by"}
    latest = world.session.ends_on + dt.timedelta(days=30)
    right = {"months": "6", "within_months": "9", "fixed_term_reason": "increase", "starts_by": latest}
    signs = reverse("commitments:promise_step", args=[world.commitment.pk, "signature"])
    assert client.post(contract, right).url == signs, "an agency promises missions"
    answers = {"signatory_name": "J", "signatory_email": "j@example.org", "sponsor_name": "P"}
    assert set(client.post(signs, answers).context["form"].errors) == {"carrier"}
    client.post(signs, answers | {it: MISSIONS[it] for it in ("carrier", "carrier_name", "carrier_siret")})
    assert reread(world.commitment).versions.count() == 2
    sign(world, "candidate")


def test_what_a_ticked_condition_needs_is_asked_all_at_once_and_not_said_to_be_optional(client):
    world = a_proposal()
    client.force_login(world.member)
    url = reverse("commitments:promise_step", args=[world.commitment.pk, "conditions"])
    page = client.post(url, {"conditions": ["certified", "licence"]})
    assert set(page.context["form"].errors) == {"certification", "licence"}
    assert page.text.count("(facultatif)") == 1  # The conditions themselves.
    assert client.post(url, {"conditions": []}).status_code == 302
    url = reverse("commitments:promise_step", args=[world.commitment.pk, "signature"])
    page = client.post(url, {"carrier": "geiq", "signatory_name": "J", "sponsor_name": "P"})
    assert set(page.context["form"].errors) == {"carrier_name", "carrier_siret", "signatory_email"}


def test_the_page_names_the_employer_who_carries_the_contract_and_the_whole_contract(client):
    world = a_proposal()
    promise = world.commitment.promise
    assert promise.job_title == promise.occupation.title, (
        "what a contract bears, not what an offer says to please"
    )
    carried = {"carrier": "geiq", "carrier_name": "GEIQ BTP", "carrier_siret": "73282932000074"}
    temp = {"contract": "interim", "months": 6, "within_months": 9, "fixed_term_reason": "increase"}
    for name, value in {**carried, **temp}.items():
        setattr(promise, name, value)
    promise.save()
    client.force_login(world.member)
    page = client.get(reverse("commitments:commitment", args=[world.commitment.pk])).content.decode()
    assert "GEIQ BTP. Le travail se fait chez" in page
    assert "GEIQ BTP promet d’embaucher" in page
    assert f"faire son stage chez {escape(world.commitment.company.name)}." in page, (
        "where one works, not who carries"
    )
    assert "6 mois, sur 9 mois au plus" in page


def test_a_training_that_leads_elsewhere_needs_an_agents_reason(client):
    proposed = a_proposal()
    proposed.session = SessionFactory()
    with pytest.raises(RuleBroken, match="ne mène pas à ce métier"):
        choose(proposed)
    with pytest.raises(IntegrityError), transaction.atomic():
        TrainingPledge.objects.filter(commitment=proposed.commitment).update(
            session=proposed.session, written_at=timezone.now()
        )
    agent = AgentTerritoryFactory(departments=[proposed.offer.commune.department]).user
    with pytest.raises(PermissionDenied):
        actions.allow_training(
            reread(proposed.commitment), proposed.session, by=proposed.member, reason="Proche"
        )
    fitting, full = a_session_for(proposed.offer), SessionFactory(seats_left=0)
    for session, reason, sentence in (
        (proposed.session, " ", "Dites pourquoi"),
        (fitting, "Proche", "mène déjà à ce métier"),
        (full, "Proche", "complète"),
    ):
        with pytest.raises(RuleBroken, match=sentence):
            actions.allow_training(reread(proposed.commitment), session, by=agent, reason=reason)
    actions.allow_training(reread(proposed.commitment), proposed.session, by=agent, reason="Bloc commun")
    with pytest.raises(RuleBroken, match="déjà permise"):
        actions.allow_training(reread(proposed.commitment), proposed.session, by=agent, reason="Encore")
    told = OutgoingMessage.objects.get(kind="commitments/training_allowed")
    assert told.to == proposed.candidate.email
    letter = render(told)
    for said in (letter.text, letter.html):
        assert "Bloc commun" in said
        assert f"/projets/{proposed.commitment.pk}/formation/" in said
    client.force_login(proposed.candidate)
    assert "permet aussi" in client.get(reverse("commitments:pledge", args=[proposed.commitment.pk])).text
    [todo] = [it for it in todos_of_candidate(proposed.candidate) if "formation" in it.what]
    assert "permet aussi" in todo.why
    choose(proposed)
    write(proposed)
    assert "Bloc commun" in reread(proposed.commitment).versions.get().text
    with pytest.raises(RuleBroken, match="choisit d’abord une session"):
        actions.allow_training(reread(proposed.commitment), SessionFactory(), by=agent, reason="Encore")
    allowed, proposed.session = proposed.session, fitting
    choose(proposed)
    assert "Bloc commun" not in reread(proposed.commitment).versions.last().text, "it needs no permission"
    proposed.session = allowed
    choose(proposed)  # The permission stays.
    TrainingPledge.objects.filter(commitment=proposed.commitment).update(session=fitting)
    with pytest.raises(IntegrityError), transaction.atomic():
        TrainingPledge.objects.filter(commitment=proposed.commitment).update(session=full)


def test_the_company_reads_what_a_no_means_for_its_promise_and_never_why(client):
    world = a_sealed_project()
    request = SeatRequest.objects.get(commitment=world.commitment)
    kinds = OutgoingMessage.objects.filter(to=world.member.email, kind__contains="validated")
    validating.not_validate_project(
        request.validation, by=world.advisor, reason="income", words="Voyons la RFF."
    )
    told = kinds.get()
    for part in ("txt", "html"):
        said = render_to_string(f"emails/{told.kind}.{part}", told.context)
        assert "Votre promesse d’embauche tient toujours" in said
        assert "RFF" not in said
        assert "de quoi vivre" not in said
    client.force_login(world.member)
    page = client.get(reverse("commitments:commitment", args=[world.commitment.pk])).text
    assert "Votre promesse tient" in page
    assert world.commitment.status == "sealed"
    validating.validate_project(request.validation, by=world.advisor, income="end_of_training")
    assert kinds.count() == 2, "who heard the no hears the yes"
