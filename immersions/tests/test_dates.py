"""Other dates for a booking: nothing moves without a yes, and nobody loses a place on the way."""

import datetime as dt

import icalendar
import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains

from core.models import OutgoingMessage
from core.rules import RuleBroken
from immersions.applications import actions as applications
from immersions.applications import followers
from immersions.applications.models import Application, EndReason
from immersions.applications.places import AgreedDates
from immersions.dates import actions, periods
from immersions.dates.clock import sweep_proposals
from immersions.dates.models import DateProposal, IfNot
from immersions.dates.slots import close_slot, move_slot
from immersions.factories import ApplicationFactory, OfferFactory, SlotFactory, monday_in
from immersions.offers.models import DateMode, Slot

pytestmark = pytest.mark.django_db
EIGHT, FOUR = dt.time(8), dt.time(16)


def member_of(application):
    return application.offer.company.confirmed_members().first()


def a_booking(**options):
    slot = SlotFactory(**options)
    application = ApplicationFactory(offer=slot.offer, booked=True, slot=slot)
    return Application.objects.get(pk=application.pk), Slot.objects.get(pk=slot.pk)


def later(slot, weeks=2):
    return SlotFactory(
        offer=slot.offer,
        first_day=slot.first_day + dt.timedelta(weeks=weeks),
        last_day=slot.last_day + dt.timedelta(weeks=weeks),
    )


def propose(application, slot, by=None, **options):
    by = by or application.candidate.user
    return actions.propose_dates(application, [periods.of_slots([slot])], by=by, **options)


def kinds():
    return set(OutgoingMessage.objects.values_list("kind", flat=True))


class TestReschedule:
    @pytest.mark.parametrize("side", ["candidate", "company"])
    def test_the_other_side_agrees_and_the_place_moves(self, side):
        application, old = a_booking()
        new = later(old)
        sides = {"candidate": application.candidate.user, "company": member_of(application)}
        author = sides.pop(side)
        [other] = sides.values()
        proposal = propose(application, new, by=author)
        assert application.slots == [old]
        actions.accept_dates(proposal, by=other)
        application, old, new = (type(it).objects.get(pk=it.pk) for it in (application, old, new))
        assert (application.status, application.slots) == ("booked", [new])
        assert (old.places_taken, new.places_taken) == (0, 1)
        assert application.events.last().transition == "reschedule"
        assert {"immersions/dates_proposed", "immersions/dates_changed"} <= kinds()
        assert all(OutgoingMessage.objects.values_list("scope", flat=True))

    def test_who_proposes_does_not_answer(self):
        application, old = a_booking()
        proposal = propose(application, later(old))
        with pytest.raises(RuleBroken, match="à l’autre de répondre"):
            actions.accept_dates(proposal, by=application.candidate.user)
        with pytest.raises(RuleBroken, match="peut les retirer"):
            actions.take_dates_back(proposal, by=member_of(application))

    def test_a_confirmed_immersion_is_booked_again_and_signed_again(self, monkeypatch):
        moved = []
        monkeypatch.setitem(followers._moved, "test", lambda application, by: moved.append(application.pk))
        slot = SlotFactory()
        application = ApplicationFactory(offer=slot.offer, confirmed=True, slot=slot)
        actions.accept_dates(propose(application, later(slot)), by=member_of(application))
        application.refresh_from_db()
        assert application.status == "booked"
        assert moved == [application.pk]

    def test_a_visit_stays_confirmed(self):
        offer = OfferFactory(visit=True, date_mode=DateMode.SLOTS)
        slot = SlotFactory(offer=offer, last_day=monday_in(weeks=3))
        application = ApplicationFactory(offer=offer, confirmed=True, slot=slot)
        actions.accept_dates(propose(application, later(slot)), by=member_of(application))
        application.refresh_from_db()
        assert application.status == "confirmed"

    def test_the_calendar_keeps_its_event_and_its_number_grows(self):
        application, old = a_booking()
        new = later(old)
        actions.accept_dates(propose(application, new), by=member_of(application))
        message = OutgoingMessage.objects.get(
            kind="immersions/dates_changed", to=application.candidate.user.email
        )
        [event] = icalendar.Calendar.from_ical(message.attachments[0]["text"]).walk("VEVENT")
        assert str(event["uid"]).startswith(str(application.uid))
        assert event["sequence"] == 2
        assert event.decoded("dtstart").date() == new.first_day

    def test_a_full_slot_moves_nobody(self):
        application, old = a_booking()
        new = later(old)
        proposal = propose(application, new)
        Slot.objects.filter(pk=new.pk).update(places_taken=2)
        with pytest.raises(RuleBroken, match="complet"):
            actions.accept_dates(proposal, by=member_of(application))
        old.refresh_from_db()
        proposal.refresh_from_db()
        assert (old.places_taken, proposal.status) == (1, "open")

    def test_dates_to_agree_are_written_when_they_are_accepted(self):
        application = ApplicationFactory(booked=True)
        first = monday_in(weeks=5)
        dates = AgreedDates(first, first + dt.timedelta(days=2), EIGHT, FOUR)
        by = member_of(application)
        proposal = actions.propose_dates(application, [periods.of_dates([dates])], by=by)
        actions.accept_dates(proposal, by=application.candidate.user)
        [slot] = Application.objects.get(pk=application.pk).slots
        assert (slot.first_day, slot.is_agreed, slot.places_taken) == (first, True, 1)

    def test_one_proposal_at_a_time(self):
        application, old = a_booking()
        propose(application, later(old))
        with pytest.raises(RuleBroken, match="déjà proposées"):
            propose(application, later(old, weeks=3), by=member_of(application))

    def test_a_slot_that_changed_meanwhile_is_not_taken(self):
        application, old = a_booking()
        new = later(old)
        proposal = propose(application, new)
        Slot.objects.filter(pk=new.pk).update(ends_at=dt.time(15))
        with pytest.raises(RuleBroken, match="a changé"):
            actions.accept_dates(proposal, by=member_of(application))

    def test_refused_dates_change_nothing_and_the_author_is_told(self):
        application, old = a_booking()
        proposal = propose(application, later(old))
        actions.refuse_dates(proposal, by=member_of(application), words="Nous sommes fermés.")
        assert Application.objects.get(pk=application.pk).slots == [old]
        [told] = OutgoingMessage.objects.filter(kind="immersions/dates_kept")
        assert (told.to, told.context["words"]) == (application.candidate.user.email, "Nous sommes fermés.")

    def test_an_application_that_ends_leaves_no_question_open(self):
        application, old = a_booking()
        proposal = propose(application, later(old))
        user = application.candidate.user
        applications.withdraw_application(application, by=user, reason=EndReason.TRAVEL)
        proposal.refresh_from_db()
        assert proposal.status == "void"

    def test_nobody_waits_for_ever(self):
        application, old = a_booking()
        proposal = propose(application, later(old))
        start = timezone.localtime()
        for days, kind in ((1, None), (2, "immersions/dates_reminder"), (4, "immersions/dates_kept")):
            with time_machine.travel(start + dt.timedelta(days=days), tick=False):
                sweep_proposals()
                sweep_proposals()
            assert kind is None or OutgoingMessage.objects.filter(kind=kind).exists()
        proposal.refresh_from_db()
        assert proposal.status == "expired"
        assert OutgoingMessage.objects.filter(kind="immersions/dates_kept").count() == 1


class TestSlotWithPeople:
    def test_a_moved_slot_asks_each_person_and_keeps_their_places(self):
        application, slot = a_booking(places=1)
        first = slot.first_day + dt.timedelta(weeks=1)
        dates = AgreedDates(first, first + dt.timedelta(days=2), EIGHT, FOUR)
        by = member_of(application)
        assert move_slot(slot, dates, by=by, words="Un chantier décalé") == [application]
        slot.refresh_from_db()
        [new] = Slot.objects.filter(offer=slot.offer).exclude(pk=slot.pk)
        assert (slot.is_open, slot.places_taken, new.is_open) == (False, 1, False)
        other = ApplicationFactory(offer=slot.offer)
        with pytest.raises(RuleBroken, match="fermé"):
            applications.book_application(other, slot=new, by=by)
        actions.accept_dates(DateProposal.objects.get(), by=application.candidate.user)
        new.refresh_from_db()
        assert (new.places_taken, new.is_open, new.waits_for_answers) == (1, True, False)

    def test_who_does_not_follow_keeps_the_old_date(self):
        application, slot = a_booking()
        first = slot.first_day + dt.timedelta(weeks=1)
        dates = AgreedDates(first, first + dt.timedelta(days=2), EIGHT, FOUR)
        move_slot(slot, dates, by=member_of(application))
        actions.refuse_dates(DateProposal.objects.get(), by=application.candidate.user)
        application = Application.objects.get(pk=application.pk)
        assert (application.status, application.slots) == ("booked", [slot])
        assert Slot.objects.exclude(pk=slot.pk).get().is_open

    def test_an_empty_slot_just_moves(self):
        slot = SlotFactory()
        first = slot.first_day + dt.timedelta(weeks=1)
        by = slot.offer.company.confirmed_members().first()
        assert move_slot(slot, AgreedDates(first, first, EIGHT, FOUR), by=by) == []
        assert Slot.objects.get().first_day == first

    def test_a_closed_slot_offers_the_others(self):
        application, slot = a_booking()
        others = [later(slot), later(slot, weeks=3)]
        close_slot(slot, by=member_of(application))
        proposal = DateProposal.objects.get()
        assert (len(proposal.choices), proposal.if_not) == (2, IfNot.CANCEL)
        actions.accept_dates(proposal, by=application.candidate.user, choice=1)
        assert Application.objects.get(pk=application.pk).slots == [others[1]]

    def test_a_closed_slot_without_another_gives_the_place_back_with_a_way_on(self):
        application, slot = a_booking()
        near = OfferFactory(
            workplace__commune=application.offer.commune, occupation=application.offer.occupation
        )
        close_slot(slot, by=member_of(application), words="Atelier inondé")
        application.refresh_from_db()
        slot.refresh_from_db()
        assert (application.status, application.end_reason, slot.places_taken) == ("cancelled", "dates", 0)
        told = OutgoingMessage.objects.get(kind="immersions/cancelled")
        assert [way["title"] for way in told.context["alternatives"]] == [near.title]

    def test_none_of_the_others_suits_and_the_place_is_given_back(self):
        application, slot = a_booking()
        later(slot)
        close_slot(slot, by=member_of(application))
        actions.refuse_dates(DateProposal.objects.get(), by=application.candidate.user)
        application.refresh_from_db()
        assert (application.status, application.ended_by) == ("cancelled", "company")

    def test_another_company_moves_nothing(self):
        _, slot = a_booking()
        stranger = OfferFactory().company.confirmed_members().first()
        with pytest.raises(PermissionDenied):
            close_slot(slot, by=stranger)


class TestSeries:
    def a_series(self, *days):
        first = monday_in(weeks=3)
        return [
            AgreedDates(first + dt.timedelta(days=n), first + dt.timedelta(days=n), *hours)
            for n, hours in days
        ]

    def test_several_half_days_under_one_application(self):
        application = ApplicationFactory()
        morning = (dt.time(9), dt.time(12))
        series = self.a_series((0, morning), (2, morning), (7, (EIGHT, FOUR)), (8, (EIGHT, FOUR)))
        applications.book_application(application, series=series, by=member_of(application))
        application = Application.objects.get(pk=application.pk)
        assert len(application.slots) == 4
        message = OutgoingMessage.objects.get(kind="immersions/booking")
        events = icalendar.Calendar.from_ical(message.attachments[0]["text"]).walk("VEVENT")
        assert len({str(event["uid"]) for event in events}) == 4

    @pytest.mark.parametrize(
        ("days", "sentence"),
        [
            (((0, (EIGHT, FOUR)), (0, (dt.time(9), dt.time(12)))), "chevauchent"),
            (((0, (EIGHT, dt.time(12))), (32, (EIGHT, dt.time(12)))), "en un mois"),
            (tuple((n, (EIGHT, FOUR)) for n in range(4)), "6 au plus"),
        ],
    )
    def test_a_series_is_one_immersion(self, days, sentence):
        application = ApplicationFactory()
        with pytest.raises(RuleBroken, match=sentence):
            applications.book_application(application, series=self.a_series(*days), by=member_of(application))
        assert not Slot.objects.exists()

    def test_all_the_slots_or_none(self):
        offer = OfferFactory(date_mode=DateMode.SLOTS)
        first = monday_in(weeks=3)
        free = SlotFactory(offer=offer, first_day=first, last_day=first)
        full = SlotFactory(
            offer=offer,
            first_day=first + dt.timedelta(days=7),
            last_day=first + dt.timedelta(days=7),
            full=True,
        )
        application = ApplicationFactory(offer=offer)
        with pytest.raises(RuleBroken, match="complet"):
            applications.book_application(application, slots=[free, full], by=member_of(application))
        free.refresh_from_db()
        application.refresh_from_db()
        assert (free.places_taken, application.status) == (0, "submitted")

    def test_the_company_composes_it_on_one_page(self, client):
        application = ApplicationFactory()
        client.force_login(member_of(application))
        address = reverse("immersions:application_series", args=[application.pk])
        page = client.get(address)
        form = page.context["form"]
        rows = [line.initial for line in form.forms if line.initial]
        mornings = [row for row in rows if row["ends_at"] == dt.time(12)]
        assert rows[0] in mornings
        assert rows[-1] not in mornings
        typed = {"jour-TOTAL_FORMS": "2", "jour-INITIAL_FORMS": "2"}
        for n, row in enumerate((rows[0], rows[-1])):
            typed |= {
                f"jour-{n}-day": row["day"].isoformat(),
                f"jour-{n}-starts_at": "09:00",
                f"jour-{n}-ends_at": "12:00",
            }
        answer = client.post(address, typed, follow=True)
        assertContains(answer, "C’est réservé")
        assert len(Application.objects.get(pk=application.pk).slots) == 2


class TestPublicHolidays:
    def test_a_holiday_of_the_department_is_signalled_where_dates_are_agreed(self, client):
        application = ApplicationFactory()  # In Metz.
        client.force_login(member_of(application))
        with time_machine.travel(dt.datetime(2027, 3, 1, 9, tzinfo=dt.UTC), tick=False):
            typed = {
                "first_day": "2027-03-26",
                "last_day": "2027-03-26",
                "starts_at": "08:00",
                "ends_at": "16:00",
            }
            address = reverse("immersions:application_book", args=[application.pk])
            client.force_login(member_of(application))
            page = client.post(address, typed)
            assertContains(page, "férié dans certaines communes (Vendredi saint)")
            client.post(address, {**typed, "unusual_ok": "on"})
        application.refresh_from_db()
        assert application.status == "booked"
