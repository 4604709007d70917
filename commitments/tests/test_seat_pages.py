"""The pages of seats: what each reads, what it asks of the database, and every message as it is sent."""

import datetime as dt

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts.factories import MembershipFactory, OrganisationFactory
from candidates.factories import CandidateFactory
from commitments.factories import a_sealed_project
from commitments.seats import actions, emails, validating
from commitments.seats import todo as seats_todo
from commitments.seats.factories import a_seat_request, a_session, advisor_of, open_space_of, trainer_of
from commitments.seats.losing import lose_seat
from commitments.seats.models import Meeting, SeatRequest
from core.models import OutgoingMessage
from core.personal_data import export_all, obstacles
from core.rules import RuleBroken
from territories.agents import grant_agents
from tests.access.cast import _agent as agent_of
from trainings.actions import cancel_session
from trainings.factories import SessionFactory, TrainingOrganisationFactory

pytestmark = pytest.mark.django_db
BUDGET = 12


def queries_of(client, url, django_assert_max_num_queries, most=100):
    client.get(url)  # What is asked once a minute is asked by whoever comes first.
    with django_assert_max_num_queries(most) as counted:
        client.get(url)
    return len(counted)


class TestBudget:
    @pytest.mark.parametrize("page", ["session_people", "organisation_space"])
    def test_the_session_page_costs_the_same_for_one_and_for_fifteen(
        self, client, page, django_assert_max_num_queries
    ):
        session = a_session(seats_left=20)
        client.force_login(trainer_of(a_seat_request(session=session)))
        is_space = page == "organisation_space"
        url = reverse(page) if is_space else reverse(f"commitments:{page}", args=[session.pk])
        one = queries_of(client, url, django_assert_max_num_queries)
        for status in ("requested", "admitted", "waitlisted", "refused", "withdrawn") * 3:
            a_seat_request(status, session=session)
        assert queries_of(client, url, django_assert_max_num_queries, BUDGET) == one

    def test_the_advisor_s_space(self, client, django_assert_max_num_queries):
        first = a_seat_request()
        advisor = advisor_of(first)
        client.force_login(advisor)
        one = queries_of(client, reverse("advisor_space"), django_assert_max_num_queries)
        for _ in range(8):
            a_seat_request(candidate=first.candidate)
        assert queries_of(client, reverse("advisor_space"), django_assert_max_num_queries, BUDGET) == one

    def test_the_candidate_s_pages(self, client, django_assert_max_num_queries):
        candidate = CandidateFactory()
        client.force_login(candidate.user)
        for status in ("requested", "refused", "admitted", "lapsed"):
            a_seat_request(status, candidate=candidate)
        for page in ("commitments:my_seats", "candidate_space"):
            queries_of(client, reverse(page), django_assert_max_num_queries, BUDGET)


class TestOrganisation:
    def test_counts_are_true_on_the_list_of_sessions(self, client):
        session = a_session(seats_left=5, seats_total=8)
        admitted = a_seat_request("admitted", session=session)
        a_seat_request(session=session, holds_seat=True)
        client.force_login(trainer_of(admitted))
        page = client.get(reverse("commitments:session_people", args=[session.pk])).text
        cells = [f'data-label="{name}">{count}<' for name, count in (("Tenues", 1), ("Admises", 1))]
        assert all(cell in page for cell in cells)
        assert "3 places" in page

    def test_refusing_asks_for_a_reason_and_shows_other_sessions(self, client):
        request = a_seat_request()
        other = SessionFactory(action__training=request.session.action.training)
        client.force_login(trainer_of(request))
        url = reverse("commitments:seat_refuse", args=[request.pk])
        assert "Choisissez une réponse" in client.post(url, {"words": ""}).text
        client.post(url, {"reason": "prerequisites", "words": "Il faut le permis B."})
        client.force_login(request.candidate.user)
        page = client.get(reverse("commitments:my_seat", args=[request.pk])).text
        assert "Il faut le permis B." in page
        assert reverse("commitments:seat_ask", args=[other.pk]) in page

    def test_a_refused_seat_is_told_on_the_page_of_the_project_with_the_way_on(self, client):
        world = a_sealed_project()
        project = reverse("commitments:commitment", args=[world.commitment.pk])
        request = SeatRequest.objects.get(commitment=world.commitment)
        client.force_login(world.candidate)
        assert "Une place est demandée, et tenue" in client.get(project).text
        trainer = open_space_of(request.organisation)
        actions.refuse_seat(request, by=trainer, reason="prerequisites")
        page = client.get(project).text
        assert f'href="{reverse("commitments:my_seat", args=[request.pk])}">Voir les sessions' in page
        client.force_login(world.member)
        assert "choisit une autre session, et vous signez le changement" in client.get(project).text

    def test_inviting_then_saying_who_came(self, client):
        request = a_seat_request()
        client.force_login(trainer_of(request))
        day = (timezone.localdate() + dt.timedelta(days=8)).isoformat()
        url = reverse("commitments:seat_invite", args=[request.pk])
        client.post(url, {"day": day, "time": "09:30", "place": "Salle 2"})
        assert (
            "Invit"
            in client.get(reverse("commitments:seat_request", args=[request.pk])).text.split(
                "Qui a dit quoi"
            )[1]
        )
        assert "Allez à la réunion" in seats_todo.todos_before_entry(request.candidate.user)[0].what
        meeting = Meeting.objects.get()
        assert timezone.localtime(meeting.at).strftime("%H:%M") == "09:30"
        Meeting.objects.update(at=timezone.now())
        assert "Est venu" in client.get(reverse("commitments:seat_request", args=[request.pk])).text
        client.post(
            reverse("commitments:seat_attendance", args=[request.pk, meeting.pk]), {"has_come": "yes"}
        )
        meeting.refresh_from_db()
        assert meeting.has_come is True

    def test_a_no_of_the_advisor_stays_to_do_for_the_person_and_for_the_advisor(self, client):
        request = a_seat_request()
        by = advisor_of(request)
        actions.admit_seat(request, by=trainer_of(request))
        validating.not_validate_project(request.validation, by=by, reason="income")
        client.force_login(request.candidate.user)
        assert "Parlez de votre formation" in client.get(reverse("candidate_space")).text
        client.force_login(by)
        assert "Projet non validé" in client.get(reverse("advisor_space")).text
        again = client.get(reverse("commitments:project_not_validate", args=[request.pk]), follow=True)
        assert "Cette étape n’est plus à faire" in again.text
        client.force_login(trainer_of(request))
        page = client.get(reverse("commitments:seat_request", args=[request.pk])).text
        assert "sans son oui, l’entrée n’est pas possible" in page
        answer = client.get(reverse("commitments:seat_refuse", args=[request.pk]), follow=True)
        assert "Cette étape n’est plus à faire" in answer.text

    def test_who_admits_into_a_full_session_reads_what_an_organisation_can_do(self, client):
        request = a_seat_request(session=a_session(seats_total=1))
        other = a_seat_request(session=request.session)
        actions.admit_seat(request, by=trainer_of(request))
        with pytest.raises(RuleBroken, match="mettez la personne sur liste d’attente"):
            actions.admit_seat(other, by=trainer_of(other))

    def test_an_organisation_without_members_learns_that_somebody_waits_and_not_who(self, client):
        organisation = TrainingOrganisationFactory(email="accueil@greta.example.org")
        session = SessionFactory(action__training__organisation=organisation)
        candidate = CandidateFactory(user__last_name="Schneider")
        actions.request_seat(candidate, session, by=candidate.user)
        house = OrganisationFactory()
        organisation.organisation = house
        organisation.save(update_fields=["organisation"])
        client.force_login(MembershipFactory(organisation=house, unconfirmed=True).user)
        assert "1 personne attend votre réponse" in client.get(reverse("organisation_space")).text
        letter = OutgoingMessage.objects.get(kind="commitments/seat_asked", to=organisation.email)
        assert "Schneider" not in render_to_string("emails/commitments/seat_asked.txt", letter.context)
        assert "Schneider" not in str(letter.context)


class TestPromise:
    def test_after_a_refusal_another_session_is_a_change_of_the_project(self, client):
        world = a_sealed_project()
        request = SeatRequest.objects.get()
        SessionFactory(action__training=world.session.action.training)
        actions.refuse_seat(request, by=open_space_of(request.organisation), reason="full")
        client.force_login(world.candidate)
        assert "Choisissez une autre session" in client.get(reverse("candidate_space")).text
        page = client.get(reverse("commitments:my_seat", args=[request.pk])).text
        assert reverse("commitments:amend", args=[world.commitment.pk]) in page
        assert "tient toujours" in page
        world.commitment.refresh_from_db()
        assert world.commitment.status == "sealed"

    def test_no_session_fits(self, client):
        world = a_sealed_project()
        request = SeatRequest.objects.get()
        actions.refuse_seat(request, by=open_space_of(request.organisation), reason="full")
        client.force_login(world.candidate)
        url = reverse("commitments:no_seat", args=[world.commitment.pk])
        client.get(url)
        client.post(url, {"reason": "not_admitted", "words": ""})
        world.commitment.refresh_from_db()
        assert (world.commitment.status, world.commitment.end_reason) == ("no_seat", "not_admitted")
        told = set(OutgoingMessage.objects.filter(kind="commitments/no_seat").values_list("to", flat=True))
        assert {world.candidate.email, world.member.email} <= told

    def test_a_seat_that_is_given_is_not_missing(self):
        world = a_sealed_project()
        request = SeatRequest.objects.get()
        actions.admit_seat(request, by=open_space_of(request.organisation))
        with pytest.raises(RuleBroken, match="Une place est donnée"):
            lose_seat(world.commitment, by=world.candidate, reason="not_admitted")


def test_an_agent_cancels_a_session_and_people_are_told_at_once():
    request = a_seat_request("admitted")
    cancel_session(request.session, by=agent_of(request.department))
    request.refresh_from_db()
    assert request.status == "released"
    told = OutgoingMessage.objects.filter(kind="commitments/seat_released")
    roles = {it.context["to_role"] for it in told}
    assert roles == {"candidate", "advisor", "organisation"}


def test_the_training_page_leads_to_the_request(client):
    session = a_session(seats_left=3)
    page = client.get(session.action.training.get_absolute_url()).text
    assert reverse("commitments:seat_ask", args=[session.pk]) in page


def test_an_agent_reads_a_request_with_its_letters(client):
    request = a_seat_request()
    actions.admit_seat(request, by=trainer_of(request))
    agent = agent_of(request.department)
    agent.groups.add(grant_agents())
    client.force_login(agent)
    page = client.get(reverse("admin:commitments_seatrequest_change", args=[request.pk])).text
    assert "commitments/seat_admitted" in page
    assert client.get(reverse("admin:commitments_seatrequest_changelist")).status_code == 200


def test_personal_data_is_exported_and_a_live_request_is_an_obstacle():
    request = a_seat_request()
    user = request.candidate.user
    assert "Demandes de place" in export_all(user)
    assert any("place en formation" in why for why in obstacles(user))


def test_every_message_reads_well_in_text_and_html():
    """With a promise, without it; to each of those who receive it: nothing missing, nothing in English."""
    sides = a_sealed_project(), None
    for world in sides:
        request = SeatRequest.objects.get(commitment=world.commitment) if world else a_seat_request()
        open_space_of(request.organisation)
        whole = SeatRequest.objects.for_page().get(pk=request.pk)
        whole.validation.income, whole.validation.reason = "region", "income"
        meeting = Meeting(pk=1, seat_request=whole, at=timezone.now(), place="Salle 2")
        told = [
            *emails.asked(whole),
            *emails.reminder(whole, number=1),
            *emails.validation_reminder(whole, number=1),
            *emails.validated(whole, whole.validation, 1, was_refused=True),
            *emails.not_validated(whole, whole.validation, 1),
            *emails.invited(whole, meeting),
            *emails.admitted(whole),
            *emails.refused(whole),
            *emails.waitlisted(whole),
            *emails.freed(whole),
            *emails.withdrawn(whole, was_admitted=True),
            *[it for why in ("ended", "amended", "cancelled", "agent") for it in emails.released(whole, why)],
            *emails.lapsed(whole),
            *emails.session_moved(whole, before="du 1 mars", is_gone=False),
            *emails.session_moved(whole, before="", is_gone=True),
            *(emails.no_seat(whole) if world else []),
        ]
        for message in told:
            for part in ("subject.txt", "txt", "html"):
                said = render_to_string(f"emails/{message.kind}.{part}", message.context)
                assert said.strip()
                assert "None" not in said, message.kind
                assert "<p></p>" not in said, message.kind
