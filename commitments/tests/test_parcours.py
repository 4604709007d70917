"""One person's path: who reads which line, who is let in, what is shared, taken back, and written down."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts.factories import MembershipFactory, OrganisationFactory, UserFactory
from accounts.models import Organisation, User
from candidates.factories import AdvisorFactory, CandidateFactory, FollowingFactory
from commitments.contracts.models import Contract
from commitments.courses.internship_models import Internship
from commitments.courses.models import CheckIn, TrainingAbsence
from commitments.factories import a_commitment_in, a_proposal, a_sealed_project
from commitments.followups.models import FollowUp
from commitments.parcours import actions
from commitments.parcours.models import PathAccess, PathShare
from commitments.parcours.sight import Sight, sight_of
from commitments.projects.models import Commitment
from commitments.seats.factories import a_seat_request, trainer_of
from commitments.seats.models import SeatRequest
from companies.factories import CompanyFactory
from companies.models import Company
from core.models import OutgoingMessage
from core.personal_data import erase_all, export_all
from core.rules import RuleBroken
from immersions.factories import ApplicationFactory
from immersions.stays.factories import a_stay
from territories.agents import make_agent
from territories.factories import DepartmentFactory
from tests.worlds import made_once


def members_of(entity) -> User:
    return entity.confirmed_members().first()


def path_url(candidate) -> str:
    return reverse("commitments:path", args=[candidate.uid])


def status_for(client, user, candidate) -> int:
    client.force_login(user)
    return client.get(path_url(candidate)).status_code


def a_path():
    """Signed with a company, a seat held in a session, and another application elsewhere."""
    world = a_sealed_project()
    world.person = world.commitment.candidate
    world.seat = SeatRequest.objects.filter(candidate=world.person).first()
    if world.seat is None:
        world.seat = a_seat_request(commitment=world.commitment)
    world.elsewhere = ApplicationFactory(candidate=world.person)
    Company.objects.filter(pk=world.commitment.company_id).update(name="Pierre et Chaux")
    Company.objects.filter(pk=world.elsewhere.offer.company_id).update(name="Toits du Sud")
    return world


_made, path = made_once(a_path)


@pytest.mark.django_db
class TestWhoIsLetIn:
    def test_the_parties_are_and_strangers_are_not(self, client, path):
        agent, _ = make_agent("agent@example.org", departments=[DepartmentFactory()])
        far, _ = make_agent("loin@example.org", departments=[DepartmentFactory(code="13", name="Loin")])
        let_in = [path.candidate, path.member, path.advisor, agent]
        strangers = [
            UserFactory(),
            CandidateFactory().user,
            members_of(CompanyFactory()),
            AdvisorFactory(),
            far,
        ]
        assert {status_for(client, user, path.person) for user in let_in} == {200}
        assert {status_for(client, user, path.person) for user in strangers} == {404}

    def test_an_agent_without_their_second_factor_is_not_let_in(self, client, path, settings):
        agent, _ = make_agent("agent@example.org", departments=[DepartmentFactory()])
        settings.ADMIN_MFA_REQUIRED = True
        assert status_for(client, agent, path.person) == 404

    def test_the_application_s_page_in_the_admin_leads_to_all_that_follows(self, client, path):
        agent, _ = make_agent("agent@example.org", departments=[DepartmentFactory()])
        client.force_login(agent)
        page = client.get(reverse("admin:immersions_application_change", args=[path.application.pk]))
        for there in (
            path_url(path.person),
            reverse("admin:commitments_commitment_change", args=[path.commitment.pk]),
            reverse("admin:commitments_seatrequest_change", args=[path.seat.pk]),
        ):
            assert there in page.content.decode()

    def test_an_application_only_sent_opens_no_path(self, client, path):
        assert status_for(client, members_of(path.elsewhere.offer.company), path.person) == 404

    def test_a_structure_that_has_not_said_yes_is_not_let_in(self, client):
        following = FollowingFactory()
        assert status_for(client, members_of(following.structure), following.candidate) == 404

    def test_an_organisation_whose_seat_was_taken_back_is_not_let_in(self, client):
        seat = a_seat_request()
        trainer = trainer_of(seat)
        assert status_for(client, trainer, seat.candidate) == 200
        SeatRequest.objects.filter(pk=seat.pk).update(status="withdrawn", holds_seat=False)
        assert status_for(client, trainer, seat.candidate) == 404

    def test_a_company_reads_nothing_of_another_one(self, client, path):
        client.force_login(path.member)
        page = client.get(path_url(path.person)).content.decode()
        assert "Pierre et Chaux" in page
        assert "Toits du Sud" not in page

    def test_the_organisation_reads_the_promise_and_not_the_immersion(self, client):
        seat = SeatRequest.objects.get(commitment=a_commitment_in("in_training").commitment)
        client.force_login(members_of_session(seat))
        page = client.get(path_url(seat.candidate)).content.decode()
        assert "Promesse d’embauche signée" in page
        assert "Immersion demandée" not in page


def members_of_session(seat) -> User:
    organisation = seat.organisation
    if organisation.organisation is None:
        organisation.organisation = OrganisationFactory()
        organisation.save()
    return MembershipFactory(organisation=organisation.organisation).user


@pytest.mark.django_db
class TestLines:
    def test_all_five_read_the_same_next_step(self, client, path):
        client.force_login(path.candidate)
        url = reverse("commitments:my_path")
        path.elsewhere.delete()
        mine = client.get(url).context["next"].sentence
        client.force_login(path.member)
        assert client.get(path_url(path.person)).context["next"].sentence == mine
        client.force_login(path.advisor)
        assert client.get(path_url(path.person)).context["next"].sentence == mine

    def test_a_year_after_stands_on_the_path_and_the_company_does_not_read_the_answers(self, client):
        world = a_commitment_in("hired")
        year = FollowUp.objects.filter(commitment=world.commitment, moment="m12").first()
        today = timezone.localdate()
        year = year or FollowUp.objects.create(commitment=world.commitment, moment="m12", due_on=today)
        facts = {"status": "answered", "situation": "there", "said_by": "candidate"}
        FollowUp.objects.filter(pk=year.pk).update(answered_at=timezone.now(), **facts)
        client.force_login(world.candidate)
        said = "Suivi, 12 mois après"
        assert said in client.get(reverse("commitments:my_path")).content.decode()
        client.force_login(world.member)
        assert said not in client.get(path_url(world.commitment.candidate)).content.decode()

    def test_a_path_costs_the_same_whatever_its_length(self, client, path, django_assert_max_num_queries):
        client.force_login(path.advisor)
        url = path_url(path.person)
        client.get(url)
        with django_assert_max_num_queries(12) as first:
            client.get(url)
        for _ in range(3):
            a_stay("completed", begins_in=-40, candidate=path.person)
            a_seat_request("refused", candidate=path.person)
        with django_assert_max_num_queries(len(first)):
            client.get(url)
        client.force_login(path.candidate)
        with django_assert_max_num_queries(12):
            client.get(reverse("commitments:my_path"))

    def test_internships_check_ins_absences_and_contracts_stand_on_the_path(self, client):
        world = a_commitment_in("hired")
        it, person = world.commitment, world.commitment.candidate
        seat, today = SeatRequest.objects.get(commitment=it), timezone.localdate()
        day = {"seat_request": seat}
        Internship.objects.create(
            candidate=person, company=it.company, starts_on=today, ends_on=today + dt.timedelta(days=4), **day
        )
        CheckIn.objects.create(side="company", number=1, due_on=today, status="asked", **day)
        facts = {"status": "worried", "answered_at": timezone.now()}
        CheckIn.objects.create(side="candidate", number=1, due_on=today, **facts, **day)
        TrainingAbsence.objects.create(
            first_day=today, last_day=today, reason="travel", said_by=world.member, **day
        )
        Contract.objects.create(
            commitment=it, kind="cdi", starts_on=today, hours_weekly=35, pay_gross_monthly=1950,
            is_kept=True, status="confirmed", declared_by=world.member,
        )  # fmt: skip
        Company.objects.filter(pk=it.company_id).update(name="Pierre et Chaux")
        client.force_login(world.candidate)
        mine = client.get(reverse("commitments:my_path")).content.decode()
        for said in (
            "Stage chez Pierre et Chaux",
            "Votre point d’étape",
            "Trajet",
            "Contrat déclaré",
            "Embauche chez",
        ):
            assert said in mine
        client.force_login(world.member)
        theirs = client.get(path_url(person)).content.decode()
        assert "Absence" in theirs
        assert "Trajet" not in theirs
        assert "Inquiet" not in theirs
        asked = "dit si tout va bien en formation"
        assert asked not in theirs, "nothing is asked once the training is over"
        Commitment.objects.filter(pk=it.pk).update(status="in_training")
        SeatRequest.objects.filter(pk=seat.pk).update(status="entered", entered_on=today)
        assert asked in client.get(path_url(person)).content.decode()

    def test_each_line_leads_the_person_and_nobody_else_to_its_own_page(self, client, path):
        client.force_login(path.candidate)
        mine = client.get(reverse("commitments:my_path")).content.decode()
        project = reverse("commitments:commitment", args=[path.commitment.pk])
        assert f'<a href="{project}">' in mine
        client.force_login(path.member)
        assert f'<b><a href="{project}">' not in client.get(path_url(path.person)).content.decode()

    def test_who_has_done_nothing_yet_reads_where_to_begin(self, client):
        client.force_login(CandidateFactory().user)
        assert "Votre parcours commence ici" in client.get(reverse("commitments:my_path")).content.decode()


@pytest.mark.django_db
class TestSharing:
    def test_a_partner_reads_while_it_is_shared_and_not_one_request_longer(self, client, path):
        partner = CompanyFactory()
        reader, share = members_of(partner), reverse("commitments:path_share", args=[partner.organisation_id])
        assert status_for(client, reader, path.person) == 404
        client.force_login(path.candidate)
        client.post(share, {"share": "yes"})
        client.post(share, {"share": "yes"})
        assert PathShare.objects.standing().count() == 1
        assert status_for(client, reader, path.person) == 200
        page = client.get(path_url(path.person)).content.decode()
        assert "Promesse d’embauche signée" in page
        assert "Immersion demandée" not in page
        assert ".pdf" not in page
        client.force_login(path.candidate)
        client.post(share, {"share": "no"})
        assert status_for(client, reader, path.person) == 404

    def test_the_partner_is_told_once_and_has_it_to_read_until_it_is_opened(self, client, path):
        reader = CompanyFactory(member=UserFactory()).confirmed_members().get()
        partner = reader.memberships.get().organisation
        MembershipFactory(organisation=partner, user__is_active=False)  # Is written to no more.
        for _ in range(2):
            actions.share_path(path.person, partner, by=path.candidate)
        letter = OutgoingMessage.objects.get(kind="commitments/path_shared")
        assert letter.to == reader.email
        for part in ("subject.txt", "txt", "html"):
            assert "partage" in render_to_string(f"emails/{letter.kind}.{part}", letter.context)
        client.force_login(reader)
        assert "partage son parcours avec vous" in client.get(reverse("company_space")).text
        assert status_for(client, reader, path.person) == 200
        assert "partage son parcours avec vous" not in client.get(reverse("company_space")).text

    def test_nobody_shares_somebody_else_s_path(self, path):
        with pytest.raises(PermissionDenied):
            actions.share_path(path.person, OrganisationFactory(), by=path.member)

    def test_a_member_not_yet_confirmed_reads_nothing(self, client, path):
        partner = OrganisationFactory()
        actions.share_path(path.person, partner, by=path.candidate)
        unconfirmed = MembershipFactory(organisation=partner, unconfirmed=True).user
        assert status_for(client, unconfirmed, path.person) == 404

    def test_who_reads_its_part_already_is_offered_only_by_its_name_with_what_it_adds(self, client, path):
        client.force_login(path.candidate)
        share = reverse("commitments:path_share", args=[path.commitment.company.organisation_id])
        page = reverse("commitments:my_readers")
        assert share not in client.get(page).content.decode()
        Organisation.objects.filter(pk=path.commitment.company.organisation_id).update(name="Éclat Vitrerie")
        found = client.get(page, {"q": "eclat"}).content.decode()
        assert share in found
        assert "Lit déjà sa partie" in found

    def test_a_partner_is_found_by_name_and_accents_do_not_matter(self, client, path):
        CompanyFactory(name="Éclat", organisation__name="Éclat Vitrerie")
        client.force_login(path.candidate)
        page = client.get(reverse("commitments:my_readers"), {"q": "eclat"}).content.decode()
        assert "Éclat Vitrerie" in page


@pytest.mark.django_db
class TestAccessLog:
    def test_the_person_reads_who_came_once_an_hour(self, client, path):
        for _ in range(3):
            status_for(client, path.member, path.person)
        status_for(client, path.advisor, path.person)
        client.force_login(path.candidate)
        client.get(reverse("commitments:my_path"))
        lines = PathAccess.objects.filter(candidate=path.person)
        assert sorted(lines.values_list("role", flat=True)) == ["advisor", "company"]
        page = client.get(reverse("commitments:my_readers")).content.decode()
        assert path.member.get_full_name() in page
        assert "Pierre et Chaux" in page

    def test_who_is_not_let_in_leaves_no_line(self, client, path):
        status_for(client, UserFactory(), path.person)
        assert not PathAccess.objects.exists()

    def test_a_line_is_kept_a_year(self, client, path):
        status_for(client, path.member, path.person)
        assert actions.forget_old_accesses() == 0
        PathAccess.objects.update(hour=timezone.now() - dt.timedelta(days=366))
        assert actions.forget_old_accesses() == 1


@pytest.mark.django_db
def test_shares_and_readings_leave_with_the_person_s_data():
    person = CandidateFactory()
    actions.share_path(person, OrganisationFactory(name="Pont Neuf"), by=person.user)
    reader = Sight(roles=frozenset({"company"}), reads_for="Pont Neuf")
    actions.note_access(person, reader, by=UserFactory())
    assert "Pont Neuf" in str(export_all(person.user))
    erase_all(person.user)
    assert not PathShare.objects.exists()
    assert not PathAccess.objects.exists()


@pytest.mark.django_db
class TestSponsor:
    def test_the_company_or_the_advisor_names_the_sponsor_and_the_person_reads_it(self, client, path):
        url = reverse("commitments:sponsor", args=[path.commitment.pk])
        for who, name in ((path.member, "Nora Klein"), (path.advisor, "Luc Petit")):
            client.force_login(who)
            assert (
                client.post(url, {"sponsor_name": name, "sponsor_contact": "06 00 00 00 01"}).status_code
                == 302
            )
            client.force_login(path.candidate)
            assert name in client.get(reverse("commitments:my_path")).content.decode()
        assert path.commitment.events.filter(transition="name_sponsor").count() == 2

    def test_the_person_does_not_name_it_and_a_contact_has_a_name(self, path):
        with pytest.raises(PermissionDenied):
            actions.name_sponsor(path.commitment, name="Moi", contact="", by=path.candidate)
        with pytest.raises(RuleBroken):
            actions.name_sponsor(path.commitment, name="", contact="06", by=path.member)

    def test_a_project_that_is_over_has_no_new_sponsor(self):
        world = a_commitment_in("no_seat")
        with pytest.raises(RuleBroken):
            actions.name_sponsor(world.commitment, name="Trop tard", contact="", by=world.member)


@pytest.mark.django_db
def test_one_query_says_in_which_roles_one_reads(django_assert_num_queries):
    world = a_proposal()
    with django_assert_num_queries(1):
        sight = sight_of(world.commitment.candidate, world.member)
    assert (sight.role, sight.reads_for) == ("company", world.commitment.company.name)
