"""The mailed links of a project and of its course, once there is nothing to sign or to say any more."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from commitments.courses import checkins
from commitments.courses.factories import a_project_in_training, move_session
from commitments.courses.models import CheckIn
from commitments.courses.sweeps import sweep_courses
from commitments.factories import HALF, a_frozen_project, reread, sign
from commitments.projects import actions, ending, steps
from commitments.projects.halves import LegalMinimum
from commitments.projects.models import Commitment
from commitments.projects.texts import CommitmentSigningCode
from core.rules import RuleBroken
from tests.worlds import made_once

pytestmark = pytest.mark.django_db
_made, frozen = made_once(a_frozen_project)


def link_of(world, role, page="sign_link"):
    return reverse(f"commitments:{page}", args=[world.commitment.signatories.get(role=role).token])


def says_nothing(answer, world, training=""):
    """Neither a name nor the text; a way on."""
    user = world.candidate
    personal = [user.last_name, user.first_name, user.email, "Maçonne, maçon du bâti ancien", training]
    return reverse("after_login") in answer.text and not any(it in answer.text for it in personal if it)


def past_its_date(world):
    ago = timezone.localdate() - dt.timedelta(days=1)
    Commitment.objects.filter(pk=world.commitment.pk).update(
        expires_on=ago, proposed_on=ago - dt.timedelta(days=20)
    )


def test_a_signing_link_shows_the_text_until_one_has_signed_and_nothing_after(client, frozen):
    user, link = frozen.candidate, link_of(frozen, "candidate")
    assert user.get_full_name() in client.get(link).text
    sign(frozen, "candidate")
    for page in ("sign_link", "sign_link_pdf"):
        answer = client.get(link_of(frozen, "candidate", page))
        assert "Votre signature est enregistrée" in answer.text
        assert says_nothing(answer, frozen)
    client.post(link, {"do": "code", "seen": 1})
    assert not CommitmentSigningCode.objects.exists()
    assert user.get_full_name() in client.get(link_of(frozen, "company")).text
    sign(frozen, "company")
    assert "Votre signature est enregistrée" in client.get(link).text


@pytest.mark.parametrize("end", ["set_aside", "past_its_date", "withdrawn"])
def test_a_signing_link_is_over_with_the_project(client, end, frozen):
    if end == "set_aside":
        actions.set_aside(frozen.commitment, by=frozen.member, reason="activity")
    elif end == "past_its_date":
        past_its_date(frozen)
    else:
        sign(frozen, "candidate")
        sign(frozen, "company")
        ending.withdraw_from(frozen.commitment, by=frozen.candidate, reason="income")
    link = link_of(frozen, "company")
    answers = [client.get(link), client.get(link_of(frozen, "company", "sign_link_pdf"))]
    answers += [
        client.post(link, {"do": "code", "seen": 1}),
        client.post(link, {"seen": 1, "code": "123456"}),
    ]
    assert [(it.status_code, says_nothing(it, frozen)) for it in answers] == [(410, True)] * 4
    assert not CommitmentSigningCode.objects.exists()


# --- « Tout va bien ? » ----------------------------------------------------------------------------
def test_a_check_in_link_shows_no_name_once_answered_and_is_over_with_the_course(client):
    world = a_project_in_training(days=31, length=60)
    CheckIn.objects.update(status="asked")
    mine, theirs = (CheckIn.objects.get(side=side) for side in ("candidate", "company"))
    training = world.session.action.training.title
    link = reverse("commitments:check_in", args=[theirs.token])
    assert world.candidate.get_full_name() in client.get(link).text
    answer = client.post(link, {"answer": "fine"}, follow=True)
    assert "Merci" in answer.text
    assert says_nothing(answer, world, training)
    move_session(world.request.session, days=61, length=60)
    client.force_login(world.candidate)
    assert "tout va bien" not in client.get(reverse("candidate_space")).text
    client.logout()
    for it in (mine, theirs):
        address = reverse("commitments:check_in", args=[it.token])
        for answer in (client.get(address), client.post(address, {"answer": "worried"})):
            assert answer.status_code == 410
            assert says_nothing(answer, world, training)
    with pytest.raises(RuleBroken, match="plus en cours"):
        checkins.answer(mine, by=None, is_worried=True)
    sweep_courses()
    mine.refresh_from_db()
    assert mine.status == "moot"


def test_a_company_that_left_the_project_reads_and_says_nothing_more(client):
    world = a_project_in_training(days=31, length=60)
    CheckIn.objects.update(status="silent")
    ending.break_promise(reread(world.commitment), by=world.member, reason="activity")
    for side, code in (("company", 410), ("candidate", 200)):
        address = reverse("commitments:check_in", args=[CheckIn.objects.get(side=side).token])
        assert client.get(address).status_code == code


# --- The legal minimum -----------------------------------------------------------------------------
def test_a_pay_that_a_decree_left_behind_is_corrected_before_anybody_signs(client, frozen):
    sign(frozen, "company")
    LegalMinimum.objects.create(
        valid_from=timezone.localdate(), hourly_gross=Decimal("13.00"), source="Décret"
    )
    with pytest.raises(RuleBroken, match="L’entreprise corrige la page") as refusal:
        sign(frozen, "candidate")
    assert "1 971,67 €" in refusal.value.message.replace("\xa0", " ").replace("\u202f", " ")
    client.force_login(frozen.member)
    for page in (reverse("company_space"), reverse("commitments:commitment", args=[frozen.commitment.pk])):
        assert "Corriger le salaire" in client.get(page).text
    client.force_login(frozen.candidate)
    page = client.get(reverse("commitments:commitment", args=[frozen.commitment.pk])).text
    assert "Le texte ne se signe pas encore" in page
    said = HALF[steps.JOB] | {"pay_gross_monthly": Decimal(2000)}
    actions.write_promise(reread(frozen.commitment), steps.JOB, said, by=frozen.member)
    sign(frozen, "candidate")
    sign(frozen, "company")
    assert frozen.commitment.status == "sealed"
