"""« Projets » of a company, and what an organisation types about people in training."""

import datetime as dt

import pytest
from django.urls import reverse

from accounts.models import Membership
from commitments.courses.factories import a_project_in_training, a_session_begun, an_admitted_person
from commitments.courses.forms import AbsenceForm, InternshipForm
from commitments.factories import a_frozen_project
from commitments.projects import ending
from commitments.seats.factories import a_seat_request, open_space_of, trainer_of
from commitments.seats.models import SeatRequest
from commitments.seats.showing import Trainee

PROJECTS = "commitments:company_projects"


@pytest.mark.django_db
class TestTheProjectsOfACompany:
    def test_say_who_is_in_training_and_until_when(self, client, django_assert_max_num_queries):
        world = a_project_in_training()
        client.force_login(world.member)
        with django_assert_max_num_queries(12):
            page = client.get(reverse(PROJECTS)).text
        assert world.candidate.get_full_name() in page
        assert world.request.session.dates in page
        assert "Signés" in page
        assert "Embauche au plus tard" in page

    def test_say_first_what_the_company_must_do(self, client):
        world = a_frozen_project()
        client.force_login(world.member)
        page = client.get(reverse(PROJECTS)).text
        assert "À vous\N{NO-BREAK SPACE}: Lire et signer" in page.replace("&nbsp;", "\N{NO-BREAK SPACE}")

    def test_stay_unknown_to_a_member_whom_nobody_has_confirmed(self, client):
        world = a_project_in_training()
        Membership.objects.filter(user=world.member).update(confirmed_at=None, confirmed_by="")
        client.force_login(world.member)
        page = client.get(reverse(PROJECTS)).text
        assert world.candidate.last_name not in page
        assert "Pas encore de projet" in page


@pytest.mark.django_db
class TestTheOrganisation:
    def test_keeps_what_it_typed_when_nobody_could_enter(self, client):
        session = a_session_begun()
        person = an_admitted_person(session=session)
        client.force_login(trainer_of(person))
        too_early = (session.starts_on - dt.timedelta(days=9)).isoformat()
        said = {"people": [str(person.pk)], "entered_on": too_early}
        page = client.post(reverse("commitments:session_entries", args=[session.pk]), said)
        assert f'value="{too_early}"' in page.text
        assert "checked" in page.text
        assert "La session commence" in page.text

    def test_reads_on_its_list_how_many_wait_for_its_answer(self, client):
        request = a_seat_request("requested")
        client.force_login(open_space_of(request.organisation))
        assert "1 demande à lire" in client.get(reverse("organisations:sessions")).text.replace("\xa0", " ")

    def test_reads_no_promise_where_it_was_broken(self):
        world = a_project_in_training()
        ending.break_promise(world.commitment, by=world.member, reason="activity")
        request = SeatRequest.objects.for_page().get(pk=world.request.pk)
        assert "Rompu par l’entreprise" in Trainee(request).promise
        assert "au plus tard" not in Trainee(request).promise


def absence(**said):
    usual = {"kind": "absence", "first_day": "2026-11-20", "last_day": "", "reason": "justified"}
    return AbsenceForm(usual | said)


def test_an_absence_without_a_last_day_is_of_one_day():
    form = absence()
    assert form.is_valid()
    assert form.cleaned_data["last_day"] == form.cleaned_data["first_day"]


def test_an_interruption_without_a_last_day_has_none():
    form = absence(kind="interruption")
    assert form.is_valid()
    assert form.cleaned_data["last_day"] is None


def test_days_in_the_wrong_order_are_told_beside_the_last_one():
    assert "last_day" in absence(last_day="2026-11-19").errors
    days = {"starts_on": "2026-12-07", "ends_on": "2026-12-01"}
    assert "ends_on" in InternshipForm(days, promising="L’Atelier").errors
