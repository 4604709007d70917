"""The pages of a training under way, through HTTP, and what everybody is sent."""

import datetime as dt
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from commitments.courses import absences, actions, checkins, concerns, emails, internships, todo
from commitments.courses.factories import (
    a_project_in_training,
    a_session_begun,
    a_trainee,
    an_admitted_person,
    an_admitted_project,
    whole,
)
from commitments.courses.internship_models import Internship, InternshipDocument
from commitments.courses.models import CheckIn, Concern, CourseResult
from commitments.seats.factories import a_seat_request, advisor_of, open_space_of, trainer_of
from commitments.seats.models import Result, SeatRequest
from commitments.seats.moves import Difference
from core.models import OutgoingMessage
from core.personal_data import export_all
from core.signing.scans import read_scan
from territories.agents import grant_agents
from tests.access.cast import _agent as agent_of
from tests.worlds import made_once
from trainings.factories import SkillBlockFactory
from trainings.models import InCompanyPeriod

pytestmark = pytest.mark.django_db
_made, in_training = made_once(a_project_in_training)
BUDGET = 12


def url(name, *args):
    return reverse(f"commitments:{name}", args=args)


def today():
    return timezone.localdate()


def with_internship(world, *, begins_in=5):
    day = today() + dt.timedelta(days=begins_in)
    return internships.plan_internship(
        world.request, by=world.trainer, starts_on=day, ends_on=day + dt.timedelta(days=4)
    )


class TestTheOrganisation:
    def test_confirms_several_entries_at_once(self, client):
        session = a_session_begun()
        people = [an_admitted_person(session=session) for _ in range(3)]
        client.force_login(trainer_of(people[0]))
        page = client.get(url("session_entries", session.pk))
        assert page.text.count('name="people"') == 3
        said = {"people": [str(it.pk) for it in people[:2]], "entered_on": session.starts_on.isoformat()}
        page = client.post(url("session_entries", session.pk), said, follow=True)
        assert "2 entrées confirmées" in page.text
        assert SeatRequest.objects.filter(session=session, status="entered").count() == 2

    def test_reads_why_somebody_may_not_enter(self, client):
        request = an_admitted_person(validated=False)
        client.force_login(trainer_of(request))
        said = {"people": [str(request.pk)], "entered_on": today().isoformat()}
        page = client.post(url("session_entries", request.session_id), said, follow=True)
        assert "L’entrée attend encore le oui du conseiller" in page.text

    def test_gives_the_result_with_its_paper(self, client):
        request = a_trainee(days=30, length=30)
        client.force_login(trainer_of(request))
        paper = SimpleUploadedFile("x.exe", b"%PDF-1.4 attestation %%EOF")
        said = {"result": "certified", "finished_on": today().isoformat(), "attestation": paper}
        page = client.post(url("course_finish", request.pk), said, follow=True)
        assert "Certification obtenue" in page.text
        answer = client.get(url("course_attestation", request.pk))
        assert answer.content == b"%PDF-1.4 attestation %%EOF"
        assert "attachment" in answer["Content-Disposition"]

    def test_gives_a_result_in_part_by_every_block_that_is_ticked_and_not_by_all_of_them(self, client):
        blocks = [SkillBlockFactory(title=f"Bloc {n}") for n in range(3)]
        session = a_session_begun(days=30, length=30, action__training__teaches=blocks)
        open_space_of(session.action.training.organisation)
        request = a_trainee(session=session)
        client.force_login(trainer_of(request))
        said = {"result": "partly", "finished_on": today().isoformat(), "blocks": [it.pk for it in blocks]}
        page = client.post(url("course_finish", request.pk), said)
        assert (
            "Si tous les blocs sont acquis, choisissez «\N{NO-BREAK SPACE}Certification obtenue" in page.text
        )
        client.post(url("course_finish", request.pk), said | {"blocks": said["blocks"][1:]})
        assert list(CourseResult.objects.get().blocks.order_by("pk")) == blocks[1:]
        correction = said | {"result": "certified", "why": "Une erreur"}
        client.post(url("course_result_correct", request.pk), correction)
        assert not CourseResult.objects.get().blocks.exists(), "ticked beforehand, they go with the mistake"

    def test_a_paper_that_is_something_else_is_refused_by_its_content(self, client):
        request = a_trainee(days=30, length=30)
        client.force_login(trainer_of(request))
        paper = SimpleUploadedFile("x.pdf", b"MZ program")
        said = {"result": "certified", "finished_on": today().isoformat(), "attestation": paper}
        page = client.post(url("course_finish", request.pk), said)
        assert "ni un PDF" in page.text
        request.refresh_from_db()
        assert request.status == "entered"

    def test_to_do_from_the_first_day_and_from_the_last_one(self, client):
        session = a_session_begun(days=0)
        request = an_admitted_person(session=session)
        done = a_trainee(days=30, length=30)
        for it, word in ((request, "Dites qui est entré"), (done, "Donnez le résultat")):
            client.force_login(trainer_of(it))
            assert word in client.get(reverse("organisation_space")).text


class TestACheckIn:
    def test_the_link_shows_and_only_the_button_answers(self, client):
        request = a_trainee(days=30, length=60)
        CheckIn.objects.update(status="asked")
        address = url("check_in", CheckIn.objects.get(seat_request=request).token)
        assert "Tout va bien" in client.get(address).text
        assert CheckIn.objects.get(seat_request=request).status == "asked"
        page = client.post(address, {"answer": "worried", "words": "Le trajet"}, follow=True)
        assert "vous appelle" in page.text
        assert CheckIn.objects.get(seat_request=request).status == "worried"
        assert Concern.objects.open().count() == 1

    def test_it_stands_on_both_dashboards_too(self, client):
        world = a_project_in_training(days=31, length=60)
        CheckIn.objects.update(status="asked")
        for who, space in ((world.candidate, "candidate_space"), (world.member, "company_space")):
            client.force_login(who)
            assert "tout va bien" in client.get(reverse(space)).text

    def test_the_flag_is_read_by_those_who_look_after_it_and_not_by_the_company(self, client, in_training):
        concerns.open_concern(in_training.request, "worried")
        for who, name in ((in_training.trainer, "course"), (in_training.advisor, "followed_course")):
            client.force_login(who)
            assert "À suivre" in client.get(url(name, in_training.request.pk)).text
        client.force_login(in_training.member)
        assert "suivre" not in client.get(url("future_employee", in_training.commitment.pk)).text

    def test_the_list_of_a_session_shows_who_is_to_look_after(self, client):
        request = a_trainee()
        a_trainee(session=request.session)
        concerns.open_concern(request, "worried")
        client.force_login(trainer_of(request))
        page = client.get(url("session_people", request.session_id)).text
        assert page.count("À suivre") == 1

    def test_the_advisor_closes_it_with_a_word(self, client):
        request = a_trainee()
        concerns.open_concern(request, "worried")
        client.force_login(advisor_of(request))
        assert "Un appel à passer" in client.get(reverse("advisor_space")).text
        page = client.post(url("followed_course", request.pk), {"words": ""})
        assert "Dites ce qui a été fait" in page.text
        client.post(url("followed_course", request.pk), {"words": "Appelée."})
        assert not Concern.objects.open().exists()
        again = client.post(url("followed_course", request.pk), {"words": "Encore."}, follow=True).text
        assert "déjà suivi" in again
        assert "Sa page, son parcours" in again


class TestTheCompany:
    def test_reads_when_the_calendar_changes_and_never_why(self, client, in_training):
        absences.declare_absence(
            in_training.request,
            by=in_training.trainer,
            kind="absence",
            first_day=today(),
            last_day=today(),
            reason="unjustified",
            words="Un secret",
        )
        client.force_login(in_training.member)
        page = client.get(url("future_employee", in_training.commitment.pk)).text
        assert "Le calendrier change" in page
        assert "secret" not in page
        assert "justificatif" not in page
        client.force_login(in_training.candidate)
        assert "Un secret" in client.get(url("my_course", in_training.request.pk)).text

    def test_is_told_a_week_before_who_arrives(self, client, in_training):
        with_internship(in_training, begins_in=5)
        client.force_login(in_training.member)
        assert "arrive en stage" in client.get(reverse("company_space")).text

    def test_brings_the_agreement_that_the_parties_read(self, client, in_training):
        row = with_internship(in_training)
        client.force_login(in_training.member)
        assert "PMSMP" in client.get(url("internship_document", row.pk)).text
        client.post(
            url("internship_document", row.pk), {"scan": SimpleUploadedFile("c", b"%PDF-1.4 c %%EOF")}
        )
        paper = InternshipDocument.objects.get()
        for who in (in_training.member, in_training.candidate, in_training.trainer, in_training.advisor):
            client.force_login(who)
            assert client.get(url("internship_read", row.pk, paper.pk)).content == b"%PDF-1.4 c %%EOF"


def asked_of(client, address, django_assert_max_num_queries, most=BUDGET):
    client.get(address)  # What is asked once a minute is asked by whoever comes first.
    with django_assert_max_num_queries(most) as counted:
        assert client.get(address).status_code == 200
    return len(counted)


@pytest.mark.parametrize("page", ["session_entries", "session_people", "organisation_space"])
def test_the_page_of_a_session_asks_the_same_for_one_and_for_fifteen(
    client, page, django_assert_max_num_queries
):
    session = a_session_begun(days=30, length=30)
    concerns.open_concern(a_trainee(session=session), "worried")
    client.force_login(trainer_of(an_admitted_person(session=session)))
    address = reverse(page) if page == "organisation_space" else url(page, session.pk)
    one = asked_of(client, address, django_assert_max_num_queries)
    for _ in range(14):
        an_admitted_person(session=session)
    concerns.open_concern(a_trainee(session=session), "silent")
    assert asked_of(client, address, django_assert_max_num_queries) == one


def test_the_pages_of_one_person_ask_at_most_twelve_times(client, django_assert_max_num_queries):
    """With six internships and their papers, an absence, a word, a file to look after; then the result."""
    world = an_admitted_project(days=20, length=200)
    for n in range(6):
        day = today() + dt.timedelta(days=10 + 10 * n)
        InCompanyPeriod.objects.create(session=world.request.session, starts_on=day, ends_on=day)
    actions.enter_course(world.request, by=world.trainer, entered_on=today())
    for row in Internship.objects.all():
        scan = read_scan(SimpleUploadedFile("c", b"%PDF-1.4 c %%EOF"))
        internships.give_document(row, by=world.trainer, scan=scan)
    concerns.add_word(world.request, by=world.trainer, words="Tout va bien")
    concerns.open_concern(world.request, "worried")
    said = {"kind": "absence", "first_day": today(), "last_day": today(), "reason": "justified"}
    absences.declare_absence(world.request, by=world.trainer, **said)
    pages = (
        (world.trainer, "course", world.request.pk),
        (world.candidate, "my_course", world.request.pk),
        (world.member, "future_employee", world.commitment.pk),
        (world.advisor, "followed_course", world.request.pk),
    )
    for who, name, pk in pages:
        client.force_login(who)
        asked_of(client, url(name, pk), django_assert_max_num_queries)
    CourseResult.objects.create(seat_request=world.request, said_by=world.trainer)
    for who, name, pk in pages:
        client.force_login(who)
        asked_of(client, url(name, pk), django_assert_max_num_queries)


class TestAStepThatIsOver:
    def test_its_form_is_not_shown_any_more_and_a_sentence_says_so(self, client):
        request = a_seat_request("finished", entered_on=today())
        client.force_login(trainer_of(request))
        for name in ("course_not_come", "course_finish", "course_leave", "course_word", "internship_plan"):
            page = client.get(url(name, request.pk), follow=True)
            assert page.redirect_chain[0][0] == url("course", request.pk), name
            assert "Cette étape n’est plus à faire" in page.text, name

    def test_a_result_before_the_last_day_is_not_filled_in_for_nothing(self, client, in_training):
        client.force_login(in_training.trainer)
        page = client.get(url("course_finish", in_training.request.pk)).text
        assert "à partir du dernier jour" in page
        assert "Donner le résultat</button>" not in page

    def test_an_internship_that_does_not_take_place_is_neither_changed_nor_given_a_paper(
        self, client, in_training
    ):
        row = with_internship(in_training)
        internships.cancel_internship(row, by=in_training.trainer)
        client.force_login(in_training.trainer)
        assert client.get(url("internship_change", row.pk)).url == url("course", in_training.request.pk)
        assert "Déposer<" not in client.get(url("internship_document", row.pk)).text


def test_personal_data_is_exported_and_an_agent_reads_the_file(client, in_training):
    with_internship(in_training)
    concern = concerns.open_concern(in_training.request, "silent")
    assert "Formation suivie" in export_all(in_training.candidate)
    agent = agent_of(in_training.request.department)
    agent.groups.add(grant_agents())
    client.force_login(agent)
    for name, pk in (
        ("seatrequest", in_training.request.pk),
        ("concern", concern.pk),
        ("internship", Internship.objects.get().pk),
    ):
        assert client.get(reverse(f"admin:commitments_{name}_change", args=[pk])).status_code == 200
        assert client.get(reverse(f"admin:commitments_{name}_changelist")).status_code == 200


def test_every_message_reads_well_in_text_and_html():
    """With a promise, without it; to each of those who receive it: nothing missing, nothing in English."""
    world = a_project_in_training(days=20, length=60)
    for request in (world.request, a_trainee(days=20, length=60)):
        it = whole(request)
        it.leave_reason, it.result, it.words = "travel", "partly", "Un mot"
        row = internships.plan_internship(
            it,
            by=trainer_of(it),
            starts_on=today() + dt.timedelta(days=2),
            ends_on=today() + dt.timedelta(days=3),
            host_name="" if it.is_promised else "Autre SARL",
        )
        absence = absences.declare_absence(
            it,
            by=trainer_of(it),
            kind="interruption",
            first_day=today(),
            last_day=None,
            reason="personal",
        )
        concern = concerns.open_concern(it, "worried")
        CourseResult.objects.create(seat_request=it, said_by=trainer_of(it))
        it = whole(request)
        it.leave_reason, it.result, it.words = "travel", "partly", "Un mot"
        row = Internship.objects.for_list().get(pk=row.pk)
        asked = [checkins.whole(one) for one in CheckIn.objects.filter(seat_request=it)]
        moved = Difference(before="du 1 mars", is_gone=False, is_back=False)
        told = [
            *emails.entered(it),
            *emails.not_come(it),
            *emails.entry_reminder(it, today(), 1),
            *emails.result_reminder(it, today(), 1),
            *emails.trained(it),
            *emails.dropped_out(it),
            *emails.session_cancelled(it),
            *emails.entry_corrected(it, before=today(), why="Une erreur"),
            *emails.leave_corrected(it, before=today(), why="Une erreur"),
            *emails.result_corrected(it, before=Result.CERTIFIED, why="Une erreur"),
            *[
                message
                for new in (moved, replace(moved, before="", is_gone=True))
                for message in emails.session_moved(it, new, contract_on=today(), outside=[row])
            ],
            *emails.absence(it, absence, None),
            *emails.absence(it, absence, absence),
            *[message for one in asked for message in emails.check_in(one)],
            *[message for one in asked for message in emails.check_in_reminder(one, number=1)],
            *emails.concern_opened(concern),
            *emails.concern_reminder(concern, number=1),
            *emails.internship_changed(row, number=1),
            *emails.internship_soon(row),
        ]
        for message in told:
            for part in ("subject.txt", "txt", "html"):
                said = render_to_string(f"emails/{message.kind}.{part}", message.context)
                assert said.strip(), (message.kind, message.context["to_role"])
                assert "None" not in said, message.kind
                assert "<p></p>" not in said, (message.kind, message.context["to_role"])
                assert "()" not in said, message.kind


def test_what_is_to_do_is_asked_in_a_constant_number_of_queries(django_assert_max_num_queries):
    session = a_session_begun(days=30, length=30)
    people = [a_trainee(session=session) for _ in range(4)]
    with django_assert_max_num_queries(4):
        assert len(todo.todos_of_organisation(trainer_of(people[0]))) == 4
    assert OutgoingMessage.objects.exists()
