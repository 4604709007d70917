"""What was true when a text was written is no longer when it is signed: nothing is bent to fit."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from commitments.contracts import declaring
from commitments.contracts.factories import a_declared_contract
from commitments.courses import actions as courses
from commitments.courses.factories import a_project_in_training, whole
from commitments.factories import a_frozen_project, choose, reread, sign
from commitments.seats import actions as seats
from core.rules import RuleBroken
from territories.factories import AgentTerritoryFactory
from trainings.models import Session
from trainings.seats import take_seat

pytestmark = pytest.mark.django_db


def test_a_session_moved_before_the_last_signature_is_chosen_and_signed_anew():
    world = a_frozen_project()
    sign(world, "candidate")
    week, session = dt.timedelta(days=7), world.session
    Session.objects.filter(pk=session.pk).update(
        starts_on=session.starts_on + week, ends_on=session.ends_on + week
    )
    with pytest.raises(RuleBroken, match="Les dates de la session ont changé"):
        sign(world, "company")
    world.session.refresh_from_db()
    choose(world)
    sign(world, "candidate")
    sign(world, "company")
    assert world.commitment.status == "sealed"
    assert world.commitment.versions.count() == 2


def test_a_full_session_is_not_signed_even_when_nobody_says_how_many_seats_are_left():
    world = a_frozen_project()
    Session.objects.filter(pk=world.session.pk).update(seats_total=1, seats_left=None)
    take_seat(world.session)
    sign(world, "candidate")
    with pytest.raises(RuleBroken, match="complète"):
        sign(world, "company")
    assert reread(world.commitment).status == "proposed"


def test_an_agent_takes_nobody_out_of_a_training_that_has_begun():
    world = a_project_in_training()
    department = world.offer.commune.department
    agent = AgentTerritoryFactory(departments=[department]).user
    with pytest.raises(RuleBroken, match="l’organisme de signaler un arrêt"):
        seats.release_seat(whole(world.request), by=agent, why="agent", words="Erreur")
    assert whole(world.request).status == "entered"


def test_a_mission_in_a_very_far_year_is_refused():
    last = timezone.localdate() + dt.timedelta(days=40)
    world = a_declared_contract(kind="interim", ends_on=last)
    far = dt.date(9999, 6, 1), dt.date(9999, 12, 31)
    with pytest.raises(RuleBroken, match="plus d’un an"):
        declaring.add_mission(world.contract, starts_on=far[0], ends_on=far[1], by=world.member)


def test_the_company_does_not_read_why_a_training_stopped(client):
    world = a_project_in_training()
    words = "Sa mère est à l’hôpital"
    courses.leave_course(whole(world.request), by=world.trainer, reason="income", words=words)
    for user, may_know in ((world.member, False), (world.candidate, True)):
        client.force_login(user)
        for name in ("commitment", "end", "future_employee")[: 3 - may_know]:
            page = client.get(reverse(f"commitments:{name}", args=[world.commitment.pk])).text
            assert "hôpital" not in page, name
            assert ("ne peux pas vivre" in page.lower()) is may_know, name
