"""Whose doing an absence is: an agent says it, on request only; both versions stay."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from candidates.factories import FollowingFactory
from core.models import OutgoingMessage
from core.rules import RuleBroken
from core.waits import sweep_all
from immersions.settlements.actions import ask_settlement, settle_absence
from immersions.settlements.models import Settlement
from immersions.settlements.workflow import SETTLEMENT_WORKFLOW, SettlementStatus
from immersions.stays.actions import tell_absence
from immersions.stays.factories import a_stay
from immersions.stays.models import Absence
from territories.agents import make_agent
from territories.factories import DepartmentFactory
from territories.models import AgentTask

pytestmark = pytest.mark.django_db


@pytest.fixture
def absent():
    """Each says that it is the other one's doing."""
    application = a_stay("in_progress")
    tell_absence(application, by=member_of(application), whose="candidate", words="Nous avons attendu.")
    tell_absence(application, by=application.candidate.user, whose="company", words="La porte était fermée.")
    return application


@pytest.fixture
def agent(absent):
    return make_agent("agent@region.example", departments=[absent.offer.commune.department])[0]


def member_of(application):
    return application.offer.company.confirmed_members().first()


def ask(application, by=None):
    return ask_settlement(application, by=by or application.candidate.user, words="Mon allocation en dépend.")


def told(kind):
    return OutgoingMessage.objects.filter(kind=f"immersions/stay_{kind}")


def test_asked_an_agent_has_a_task_and_the_others_know(absent):
    following = FollowingFactory(candidate=absent.candidate, followed=True)
    settlement = ask(absent)
    task = AgentTask.objects.get(kind="absence")
    assert task.department == absent.offer.commune.department
    assert str(settlement.pk) in task.url
    users = {it.to_user for it in told("absence_asked")} - {None}
    assert users == {absent.candidate.user, member_of(absent), following.advisor}


def test_settled_in_the_admin_with_a_reason_both_read(client, absent, agent):
    following = FollowingFactory(candidate=absent.candidate, followed=True)
    settlement = ask(absent)
    client.force_login(agent)
    page = reverse("admin:immersions_settlement_change", args=[settlement.pk])
    assertContains(client.get(page), "La porte était fermée.")
    history = {"events-TOTAL_FORMS": 1, "events-INITIAL_FORMS": 1}
    assertContains(client.post(page, history | {"whose": "company", "reason": ""}), "obligatoire")
    typed = {"whose": "company", "reason": "Le portier le confirme.", "status": "left_open"}
    assert client.post(page, history | typed).status_code == 302
    absent.refresh_from_db()
    settlement.refresh_from_db()
    assert (absent.status, absent.ended_by) == ("no_show", "company")
    assert (settlement.status, settlement.settled_by) == ("settled", agent)
    assert {it.context["reason"] for it in told("absence_settled")} == {"Le portier le confirme."}
    assert told("absence_settled").filter(to=absent.candidate.user.email).exists()
    assert told("absence_settled").filter(to=member_of(absent).email).exists()
    assert AgentTask.objects.get(kind="absence").done_by == agent
    assert Absence.objects.filter(application=absent).count() == 2
    client.force_login(following.advisor)
    seen = client.get(reverse("immersions:followed_stay", args=[absent.pk]))
    for words in ("Nous avons attendu.", "La porte était fermée.", "Le portier le confirme."):
        assertContains(seen, words)


def test_nobodys_doing_is_an_answer_too(absent, agent):
    settle_absence(ask(absent), by=agent, whose="nobody", reason="La route était coupée.")
    absent.refresh_from_db()
    assert absent.ended_by == ""


def test_settled_once_and_by_an_agent_of_the_territory(absent, agent):
    settlement = ask(absent)
    elsewhere = make_agent("autre@region.example", departments=[DepartmentFactory(nancy=True)])[0]
    for stranger in (elsewhere, member_of(absent), absent.candidate.user):
        with pytest.raises(PermissionDenied):
            settle_absence(settlement, by=stranger, whose="company", reason="Non.")
    settle_absence(settlement, by=agent, whose="company", reason="Oui.")
    with pytest.raises(RuleBroken, match="n’est plus possible"):
        settle_absence(settlement, by=agent, whose="candidate", reason="En fait non.")


def test_only_on_request_once_and_after_ones_own_version():
    application = a_stay("in_progress")
    with pytest.raises(RuleBroken, match="pas d’absence"):
        ask(application)
    tell_absence(application, by=member_of(application), whose="candidate", words="Personne.")
    with pytest.raises(RuleBroken, match="d’abord votre version"):
        ask(application)
    ask(application, by=member_of(application))
    with pytest.raises(RuleBroken, match="déjà demandé"):
        ask(application, by=member_of(application))


def test_nothing_is_asked_where_both_agree():
    application = a_stay("in_progress")
    for by in (member_of(application), application.candidate.user):
        tell_absence(application, by=by, whose="candidate", words="Le réveil n’a pas sonné.")
    with pytest.raises(RuleBroken, match="disent la même chose"):
        ask(application)


def test_without_an_answer_it_stays_undetermined_and_both_are_told(absent):
    ask(absent)
    for days in (11, 12, 31, 32):
        with time_machine.travel(timezone.now() + dt.timedelta(days=days), tick=False):
            sweep_all()
    assert Settlement.objects.get().status == "left_open"
    assert {it.to_user for it in told("absence_left_open")} >= {absent.candidate.user, member_of(absent)}
    assert AgentTask.objects.filter(kind="absence").count() == 2
    assert not AgentTask.objects.open().filter(kind="absence").exists()


def test_each_side_asks_from_its_page(client, absent):
    client.force_login(absent.candidate.user)
    page = reverse("immersions:settlement_ask", args=[absent.pk])
    mine = reverse("immersions:my_application", args=[absent.pk])
    assertContains(client.get(mine), page)
    answer = client.post(page, {"words": "Mon allocation en dépend."}, follow=True)
    assertContains(answer, "lit les deux versions")
    client.force_login(member_of(absent))
    theirs = reverse("immersions:received_application", args=[absent.pk])
    assertNotContains(client.get(theirs), "Demander à un agent")


@pytest.mark.parametrize("status", SettlementStatus.values)
def test_only_what_is_asked_is_settled(absent, agent, status):
    settlement = ask(absent)
    if status != "asked":
        settlement.status = status
        settlement.whose, settlement.reason = "nobody", "Dit."
        settlement.settled_at, settlement.settled_by = timezone.now(), agent
        settlement.save()
    if SETTLEMENT_WORKFLOW.is_decided("settle", status, "agent"):
        settle_absence(settlement, by=agent, whose="company", reason="Oui.")
        assert settlement.status == "settled"
        return
    with pytest.raises(RuleBroken):
        settle_absence(settlement, by=agent, whose="company", reason="Oui.")


def test_the_database_wants_a_reason(absent):
    settlement = ask(absent)
    with pytest.raises(IntegrityError), transaction.atomic():
        Settlement.objects.filter(pk=settlement.pk).update(status="settled")
