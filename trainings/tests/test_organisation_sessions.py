"""What an organisation says of its sessions: kept, told to whoever counts, signed, never silent."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import IntegerField, Value
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.actions import erase_account
from accounts.factories import MembershipFactory, UserFactory
from core import french, personal_data
from core.rules import RuleBroken
from tests.race import overlapping
from trainings.catalogue.follower import _never_more_seats_left_than_seats
from trainings.factories import OpenOrganisationFactory, SessionFactory
from trainings.models import InCompanyPeriod, SaidBy, Session, SessionChange, SessionContact, SessionSeats
from trainings.organisations import actions, figures, followers
from trainings.organisations.actions import Days, Meeting
from trainings.organisations.todo import organisations_of, todos_of_organisation

pytestmark = pytest.mark.django_db
BUDGET = 12
DAY = dt.timedelta(days=1)


@pytest.fixture
def session():
    return SessionFactory(
        action__training__organisation=OpenOrganisationFactory(), seats_total=12, seats_left=5
    )


@pytest.fixture
def member(client, session):
    member = session.action.training.organisation.confirmed_members().get()
    client.force_login(member)
    return member


def url(name, session):
    return reverse(f"organisations:{name}", args=[session.pk])


def formset(prefix, *rows):
    data = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0}
    for number, row in enumerate(rows):
        data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data


class TestSessions:
    def test_are_sorted_by_what_becomes_of_them(self, client, session, member):
        organisation = session.action.training.organisation
        today = timezone.localdate()
        for title, starts, ends in (("En-cours", -9, 9), ("Finie", -90, -9), ("Permanente", None, None)):
            SessionFactory(
                action__training__organisation=organisation,
                action__training__title=title,
                starts_on=today + starts * DAY if starts else None,
                ends_on=today + ends * DAY if ends else None,
            )
        SessionFactory(action__training__title="À d’autres")
        for asked, seen in (
            ("", {"Maçon", "Permanente"}),
            ("en-cours", {"En-cours"}),
            ("terminees", {"Finie"}),
        ):
            page = client.get("/organisme/sessions/", {"quand": asked})
            assert {line.title for line in page.context["lines"]} == seen
        assertContains(page, "À venir (2)")

    def test_cost_the_same_whatever_their_number(
        self, client, session, member, django_assert_max_num_queries
    ):
        organisation = session.action.training.organisation
        SessionFactory.create_batch(6, action__training__organisation=organisation)
        SessionContact.objects.create(session=session, name="Accueil")
        for page in ("/organisme/", "/organisme/sessions/", url("session", session), url("seats", session)):
            client.get(page)
            with django_assert_max_num_queries(BUDGET):
                assert client.get(page).status_code == 200

    def test_show_who_holds_a_seat_as_those_who_count_say(self, client, session, member, monkeypatch):
        number = figures.Count(
            held=lambda: Value(2, output_field=IntegerField()),
            admitted=lambda: Value(3, output_field=IntegerField()),
        )
        monkeypatch.setattr(figures, "_counts", [figures.Count()])
        figures.count_seats(number)
        SessionSeats.objects.create(session=session, places=8, taken=5)
        [line] = client.get("/organisme/sessions/").context["lines"]
        assert (line.funded, line.held, line.admitted, line.left) == (12, 2, 3, 3)
        assertContains(client.get(url("seats", session)), 'value="5"')  # Those held are still to give.


class TestSeats:
    def test_are_said_once_and_signed(self, client, session, member):
        for _ in range(2):
            data = {"answer": "some", "seats_left": "3"}
            assertRedirects(client.post(url("seats", session), data), url("session", session))
        session.refresh_from_db()
        assert session.seats_left == 3
        change = SessionChange.objects.get()
        assert (change.said_by, change.by, change.words) == (
            SaidBy.ORGANISATION,
            member,
            "Places restantes : 5 → 3",
        )
        assertContains(client.get(url("session", session)), "Places restantes : 5 → 3")

    def test_full_takes_the_session_out_of_what_offers_count_on(self, client, session, member):
        assert Session.objects.eligible().exists()
        client.post(url("seats", session), {"answer": "full"})
        assert not Session.objects.eligible().exists()
        client.post(url("seats", session), {"answer": "unknown"})
        assert Session.objects.eligible().exists()

    @pytest.mark.parametrize(
        ("typed", "why"),
        [
            ({"answer": "some", "seats_left": "13"}, "plus de places que la session n’en a"),
            ({"answer": "some", "seats_left": ""}, "Dites combien"),
            ({"answer": "some", "seats_left": "-1"}, "plus grand que zéro"),
            ({"answer": "beaucoup"}, "Choisissez une réponse"),
        ],
    )
    def test_that_cannot_be_are_refused(self, client, session, member, typed, why):
        answer = client.post(url("seats", session), typed)
        assertContains(answer, why)
        assertContains(answer, "<title>Erreur : ")
        assertContains(answer, f'id="id_{"seats_left" if "seats_left" in typed else "answer"}_error"')
        session.refresh_from_db()
        assert session.seats_left == 5

    def test_are_told_to_who_counts_and_refused_with_them(self, session, member, monkeypatch):
        def refuse(session, *, by):
            raise RuleBroken(f"Non, pas {session.seats_left}.")

        monkeypatch.setattr(followers, "_followers", {})
        followers.follow_seats("test", refuse)
        with pytest.raises(RuleBroken, match="pas 2"):
            actions.tell_seats_left(session, by=member, seats_left=2)
        assert Session.objects.get().seats_left == 5
        assert not SessionChange.objects.exists()

    @pytest.mark.django_db(transaction=True)
    def test_of_two_at_once_both_are_in_the_history_in_order(self, session):
        member = session.action.training.organisation.confirmed_members().get()
        other = MembershipFactory(organisation=session.action.training.organisation.organisation).user
        overlapping(
            lambda: actions.tell_seats_left(Session.objects.get(), by=member, seats_left=4),
            lambda: actions.tell_seats_left(Session.objects.get(), by=other, seats_left=3),
        )
        words = list(SessionChange.objects.order_by("pk").values_list("words", flat=True))
        assert words == ["Places restantes : 5 → 4", "Places restantes : 4 → 3"]

    def test_of_a_cancelled_session_no_longer_change(self, session, member):
        Session.objects.update(cancelled_at=timezone.now())
        with pytest.raises(RuleBroken, match="annulée"):
            actions.tell_seats_left(session, by=member, seats_left=2)

    def test_are_nobody_else_s_business(self, session):
        house = session.action.training.organisation.organisation
        strangers = [
            UserFactory(),
            OpenOrganisationFactory().confirmed_members().get(),
            MembershipFactory(organisation=house, unconfirmed=True).user,
            MembershipFactory(organisation=house, former=True).user,
        ]
        for stranger in strangers:
            with pytest.raises(PermissionDenied):
                actions.tell_seats_left(session, by=stranger, seats_left=2)


class TestPeriods:
    def test_are_a_list_said_at_once(self, client, session, member):
        first, later = session.starts_on + 10 * DAY, session.starts_on + 40 * DAY
        rows = [
            {"starts_on": later, "ends_on": later + 4 * DAY},
            {"starts_on": first, "ends_on": first + 4 * DAY},
            {"starts_on": "", "ends_on": ""},
        ]
        assertRedirects(
            client.post(url("periods", session), formset("periode", *rows)), url("session", session)
        )
        assert list(session.in_company_periods.values_list("starts_on", flat=True)) == [first, later]
        client.post(url("periods", session), formset("periode", rows[1]))
        assert session.in_company_periods.get().starts_on == first
        assert SessionChange.objects.count() == 2

    def test_outside_or_over_one_another_are_refused(self, client, session, member):
        first = session.starts_on
        for rows, why in (
            ([{"starts_on": first - DAY, "ends_on": first}], "sort de la session"),
            ([{"starts_on": first, "ends_on": session.ends_on + DAY}], "sort de la session"),
            ([{"starts_on": first + DAY, "ends_on": first}], "finit après avoir commencé"),
            ([{"starts_on": first, "ends_on": ""}], "Dites le dernier jour"),
            (
                [
                    {"starts_on": first, "ends_on": first + 5 * DAY},
                    {"starts_on": first + 5 * DAY, "ends_on": first + 9 * DAY},
                ],
                "se chevauchent",
            ),
        ):
            assertContains(client.post(url("periods", session), formset("periode", *rows)), why)
        assert not InCompanyPeriod.objects.exists()

    def test_the_database_refuses_them_too(self, session):
        days = {"starts_on": session.starts_on, "ends_on": session.starts_on + DAY}
        InCompanyPeriod.objects.create(session=session, **days)
        for wrong in (days, {"starts_on": session.ends_on, "ends_on": session.starts_on}):
            with pytest.raises(IntegrityError), transaction.atomic():
                InCompanyPeriod.objects.create(session=session, **wrong)

    def test_of_a_session_that_moved_are_to_be_seen_again(self, session, member):
        actions.tell_periods(session, by=member, periods=[Days(session.starts_on, session.starts_on + DAY)])
        mine = organisations_of(member)
        assert not any("Revoyez" in todo.what for todo in todos_of_organisation(member, mine))
        Session.objects.update(starts_on=session.starts_on + DAY)
        assert any("Revoyez" in todo.what for todo in todos_of_organisation(member, mine))


class TestMeetingsAndContact:
    def test_a_meeting_is_read_on_the_session(self, client, session, member):
        day = timezone.localdate() + dt.timedelta(days=20)
        row = {"day": str(day), "hour": "09:00", "kind": "information", "place": "2 rue des Clercs"}
        client.post(url("meetings", session), formset("rendez-vous", row, {"kind": "test"}))
        meeting = session.meetings.get()
        assert (meeting.day, meeting.hour) == (day, dt.time(9))
        assertContains(client.get(url("session", session)), french.day(day))
        again = Meeting(meeting.kind, meeting.at, meeting.place)
        actions.tell_meetings(session, by=member, meetings=[again])
        assert SessionChange.objects.count() == 1
        with pytest.raises(RuleBroken, match="déjà écrit"):
            actions.tell_meetings(session, by=member, meetings=[again, again._replace(place="Ailleurs")])
        gone = again._replace(at=timezone.now() - DAY)
        with pytest.raises(RuleBroken, match="à venir"):
            actions.tell_meetings(session, by=member, meetings=[again, gone])

    def test_without_its_place_or_its_hour_is_refused(self, client, session, member):
        page = client.post(
            url("meetings", session), formset("rendez-vous", {"day": "2027-01-04", "kind": "test"})
        )
        assertContains(page, "Dites l’heure.")
        assertContains(page, "Dites où l’on vient.")

    def test_a_contact_takes_the_place_of_the_catalogue_s_until_it_is_emptied(self, client, session, member):
        client.post(url("contact", session), {"name": "Sam Roth", "email": "sam@greta.example.org"})
        assertContains(client.get(url("session", session)), "Sam Roth")
        client.post(url("contact", session), {"name": "", "email": "", "phone": ""})
        assertNotContains(client.get(url("session", session)), "Sam Roth")
        assert "Sam" not in "".join(SessionChange.objects.values_list("words", flat=True))

    def test_the_address_for_requests_is_one_of_the_things_to_do(self, client, session, member):
        assertContains(client.get("/organisme/"), "Dites où vous écrire pour une place")
        client.post("/organisme/fiche/", {"requests_email": "places@greta.example.org"})
        assertNotContains(client.get("/organisme/"), "Dites où vous écrire pour une place")


def test_who_is_not_verified_reads_and_says_nothing(client, session):
    house = session.action.training.organisation.organisation
    client.force_login(MembershipFactory(organisation=house, unconfirmed=True).user)
    assertContains(client.get("/organisme/"), "Votre compte n’est pas encore vérifié")
    assertNotContains(client.get(url("session", session)), url("seats", session))
    response = client.post(url("seats", session), {"answer": "full"})
    assert response["Location"].startswith("/organisme/verification/")
    client.post("/organisme/fiche/", {"requests_email": "moi@ailleurs.example"})
    session.refresh_from_db()
    assert session.seats_left == 5
    assert not session.action.training.organisation.requests_email


def test_what_is_not_said_is_asked(client, member, session):
    Session.objects.update(seats_left=None)
    session.action.training.hours_in_company = 70
    session.action.training.save()
    page = client.get("/organisme/").content.decode()
    assert "Dites les places de 1 session" in page
    assert "Dites les périodes en entreprise de 1 session" in page
    for missing in ("places", "periodes"):
        assertContains(client.get("/organisme/sessions/", {"manque": missing}), "Maçon")


def test_one_reads_what_one_said_and_leaves_without_a_trace_of_oneself(session, member):
    actions.tell_contact(session, by=member, name="Camille Noël", email=member.email, phone="")
    actions.tell_seats_left(session, by=member, seats_left=4)
    told = personal_data.export_all(member)["Sessions de formation"]
    assert [line.get("dit") for line in told][:2] == [
        "Contact de la session modifié",
        "Places restantes : 5 → 4",
    ]
    erase_account(member, by=member)
    assert not SessionContact.objects.exists()
    assert SessionChange.objects.count() == 2
    assert Session.objects.get().seats_left == 4


def test_an_import_takes_back_nothing_that_was_said_and_signs_what_it_lowers(session, member):
    """Fewer seats in the catalogue than those said to be left: those left follow, and it is told."""
    for seats in (7, 4):
        wanted = {(session.action_id, session.external_id): {"seats_total": seats}}
        _never_more_seats_left_than_seats(Session.objects.all(), wanted)
    session.refresh_from_db()
    assert session.seats_left == 4
    assert SessionChange.objects.get().words == "Places restantes : 5 → 4, autant que de places"
    assert SessionChange.objects.get().said_by == SaidBy.CATALOGUE
