"""« Oui, nous vous attendons »: places, dates, and who hears of it."""

import datetime as dt

import pytest
import time_machine
from celery.exceptions import OperationalError
from django.utils import timezone

from candidates.factories import CandidateFactory
from core import bell
from core.models import OutgoingMessage
from core.rules import RuleBroken
from core.tasks import send_message, sweep_outbox
from immersions.applications import actions
from immersions.applications.models import Application, Booking, EndReason
from immersions.applications.places import AgreedDates
from immersions.factories import ApplicationFactory, OfferFactory, SlotFactory, monday_in
from immersions.offers.models import DateMode, Slot
from tests.days import from_today

pytestmark = pytest.mark.django_db

IN_A_DAY = dt.timedelta(days=1)


def member_of(application):
    return application.offer.company.confirmed_members().first()


def book(application, **how):
    actions.book_application(application, by=member_of(application), **how)


def a_wish(**slot):
    wished = SlotFactory(**slot)
    return ApplicationFactory(offer=wished.offer), wished


def three_days(**change) -> AgreedDates:
    first = change.pop("first_day", monday_in(weeks=4))
    usual = {"last_day": first + dt.timedelta(days=2), "starts_at": dt.time(8), "ends_at": dt.time(16)}
    return AgreedDates(first_day=first, **(usual | change))


class TestASlot:
    def test_takes_one_place_and_tells_both(self, commit, mailoutbox):
        application, slot = a_wish(offer__title="Maçon")
        with commit():
            book(application, slot=slot)
            assert mailoutbox == []
        slot.refresh_from_db()
        assert (slot.places_taken, application.slots) == (1, [slot])
        subjects = {mail.to[0]: mail.subject for mail in mailoutbox}
        told = subjects[application.candidate.user.email]
        assert told.startswith("C’est réservé chez L’Atelier & Fils, ")
        assert member_of(application).email in subjects
        assert "jeanne.muller@pierre-et-chaux.example.org" in subjects

    def test_from_then_on_the_company_reads_contact_details(self, commit, mailoutbox):
        application, slot = a_wish()
        with commit():
            book(application, slot=slot)
        [mail] = [mail for mail in mailoutbox if mail.to == [member_of(application).email]]
        user = application.candidate.user
        for detail in (user.get_full_name(), user.phone, user.email):
            assert detail in mail.body
            assert detail in mail.alternatives[0].content.replace("\xa0", " ")

    def test_the_last_place_goes_to_one(self):
        application, slot = a_wish(places=1)
        other = ApplicationFactory(offer=slot.offer)
        book(application, slot=slot)
        with pytest.raises(RuleBroken, match="complet : la dernière place"):
            book(other, slot=slot)
        other.refresh_from_db()
        assert (other.status, other.events.count()) == ("submitted", 0)

    @pytest.mark.parametrize(
        ("dates", "sentence"),
        [
            ({"is_open": False}, "fermé"),
            ({"first_day": dt.date(2020, 1, 6)}, "passé"),
            ({"first_day": IN_A_DAY}, "le temps de signer"),
        ],
    )
    def test_a_slot_that_takes_nobody_is_refused(self, dates, sentence):
        application, slot = a_wish(**from_today(dates))
        with pytest.raises(RuleBroken, match=sentence):
            book(application, slot=slot)
        assert not Booking.objects.exists()

    def test_a_visit_may_be_for_tomorrow(self):
        tomorrow = timezone.localdate() + dt.timedelta(days=1)
        offer = OfferFactory(visit=True, date_mode=DateMode.SLOTS)
        slot = SlotFactory(offer=offer, first_day=tomorrow, last_day=tomorrow)
        application = ApplicationFactory(offer=offer)
        book(application, slot=slot)
        assert application.status == "confirmed"

    def test_the_slot_of_another_offer_is_refused(self):
        application, _ = a_wish()
        with pytest.raises(RuleBroken, match="pas de cette offre"):
            book(application, slot=SlotFactory())

    def test_nobody_is_in_two_companies_at_the_same_hour(self):
        booked = ApplicationFactory(booked=True)
        [held] = booked.slots
        elsewhere = SlotFactory(first_day=held.last_day, last_day=held.last_day + dt.timedelta(days=1))
        application = ApplicationFactory(offer=elsewhere.offer, candidate=booked.candidate)
        with pytest.raises(RuleBroken, match="plus libre à ces dates"):
            book(application, slot=elsewhere)

    def test_a_choice_is_needed(self):
        with pytest.raises(RuleBroken, match="Choisissez"):
            book(ApplicationFactory())


class TestDatesToAgree:
    def test_the_booking_writes_the_one_slot_agreed(self):
        application = ApplicationFactory()
        book(application, dates=three_days())
        [slot] = application.slots
        assert (slot.is_agreed, slot.is_open, slot.places, slot.places_taken) == (True, False, 1, 1)
        assert not Slot.objects.bookable().exists()

    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            ({"last_day": monday_in(weeks=3)}, "dernier jour vient après"),
            ({"ends_at": dt.time(7)}, "finit après"),
            ({"ends_at": dt.time(19)}, "10 heures"),
            ({"last_day": monday_in(weeks=4) + dt.timedelta(days=3)}, "3 jours au plus"),
            ({"first_day": 0 * IN_A_DAY}, "premier jour possible"),
        ],
    )
    def test_dates_that_do_not_fit_are_refused(self, change, sentence):
        application = ApplicationFactory()
        with pytest.raises(RuleBroken, match=sentence):
            book(application, dates=three_days(**from_today(change)))
        assert not Slot.objects.exists()

    def test_a_freed_slot_is_not_offered_to_others(self):
        application = ApplicationFactory()
        book(application, dates=three_days())
        actions.withdraw_application(application, by=application.candidate.user, reason=EndReason.FOUND_WORK)
        assert not Slot.objects.exists()
        assert application.events.last().data["slots"][0]["starts_at"] == "08:00"


class TestGivingBack:
    @pytest.mark.parametrize("side", ["candidate", "company"])
    def test_a_place_is_freed_and_the_other_side_told(self, side, commit, mailoutbox):
        application = ApplicationFactory(booked=True, slot__places=1)
        [slot] = application.slots
        with commit():
            if side == "candidate":
                by, reason = application.candidate.user, EndReason.TRAVEL
                actions.withdraw_application(application, by=by, reason=reason)
            else:
                by, reason = member_of(application), EndReason.NO_TIME
                actions.cancel_application(application, by=by, reason=reason)
        slot.refresh_from_db()
        assert slot.places_taken == 0
        assert not Booking.objects.exists()
        assert {mail.to[0] for mail in mailoutbox} >= {
            application.candidate.user.email,
            member_of(application).email,
        }
        again = ApplicationFactory(offer=application.offer)
        book(again, slot=slot)

    def test_once_it_has_begun_nothing_is_withdrawn(self):
        application = ApplicationFactory(confirmed=True)
        first_day = application.slots[0].first_day
        with (
            time_machine.travel(dt.datetime.combine(first_day, dt.time(7), dt.UTC), tick=False),
            pytest.raises(RuleBroken, match="a commencé"),
        ):
            actions.withdraw_application(application, by=application.candidate.user, reason=EndReason.TRAVEL)
        assert Booking.objects.exists()


class TestBadNews:
    def test_a_refusal_says_why_and_where_else(self, commit, mailoutbox):
        application = ApplicationFactory(offer__in_nancy=False)
        occupation = application.offer.occupation
        near = OfferFactory(occupation=occupation, title="Aide-maçon")
        OfferFactory(occupation=occupation, in_nancy=True)
        OfferFactory(occupation=occupation, closed=True)
        full = OfferFactory(occupation=occupation, date_mode=DateMode.SLOTS)
        SlotFactory(offer=full, full=True)
        too_soon = OfferFactory(occupation=occupation, date_mode=DateMode.SLOTS)
        tomorrow = timezone.localdate() + dt.timedelta(days=1)  # No agreement is signed in a day.
        SlotFactory(offer=too_soon, first_day=tomorrow, last_day=tomorrow)
        OfferFactory(occupation=occupation, workplace=application.offer.workplace)  # It has just said no.
        with commit():
            actions.decline_application(
                application, by=member_of(application), reason=EndReason.NO_TIME, words="Chantier arrêté"
            )
        [mail] = mailoutbox
        for said in ("Nous ne pouvons pas accueillir en ce moment", "Chantier arrêté", "Aide-maçon"):
            assert said in mail.body
            assert said in mail.alternatives[0].content
        row = OutgoingMessage.objects.get()
        assert [way["url"].endswith(near.get_absolute_url()) for way in row.context["alternatives"]] == [True]

    def test_three_alternatives_at_most_the_nearest_first(self):
        application = ApplicationFactory()
        for _ in range(4):
            OfferFactory(occupation=application.offer.occupation)
        actions.decline_application(
            application, by=member_of(application), reason=EndReason.NO_TIME, words=""
        )
        assert len(OutgoingMessage.objects.get().context["alternatives"]) == 3

    def test_one_is_not_sent_where_one_already_asked(self):
        application = ApplicationFactory()
        asked = OfferFactory(occupation=application.offer.occupation)
        ApplicationFactory(offer=asked, candidate=application.candidate)
        actions.decline_application(
            application, by=member_of(application), reason=EndReason.NO_TIME, words=""
        )
        assert OutgoingMessage.objects.get().context["alternatives"] == []


class TestMessages:
    def test_with_the_broker_down_the_booking_stands_and_the_message_leaves_later(
        self, commit, mailoutbox, monkeypatch
    ):
        application, slot = a_wish()

        def broken(*args, **how):
            raise OperationalError

        with monkeypatch.context() as patched, commit():
            patched.setattr(bell, "REST", 0)
            patched.setattr(send_message, "apply_async", broken)
            book(application, slot=slot)
        application.refresh_from_db()
        assert (application.status, mailoutbox) == ("booked", [])
        sweep_outbox()
        assert application.candidate.user.email in {mail.to[0] for mail in mailoutbox}
        sent = len(mailoutbox)
        sweep_outbox()
        assert len(mailoutbox) == sent, "nothing twice"

    def test_a_whole_life_sends_nothing_twice(self, commit, mailoutbox):
        application, slot = a_wish()
        company, candidate = member_of(application), application.candidate.user
        with commit():
            actions.ask_question(application, by=company, text="À 8 h ?")
            actions.answer_question(application, by=candidate, text="Oui")
            book(application, slot=slot)
            for _ in range(2):
                with pytest.raises(RuleBroken):
                    book(application, slot=slot)
            actions.cancel_application(application, by=company, reason=EndReason.NO_TIME)
        told = [(mail.to[0], mail.subject) for mail in mailoutbox]
        assert len(told) == len(set(told)) == 9
        keys = OutgoingMessage.objects.values_list("key", flat=True)
        assert len(keys) == len(set(keys))

    def test_an_application_declined_twice_tells_once(self):
        application = ApplicationFactory()
        by = member_of(application)
        actions.decline_application(application, by=by, reason=EndReason.NO_TIME)
        with pytest.raises(RuleBroken, match="n’est plus possible"):
            actions.decline_application(application, by=by, reason=EndReason.NO_TIME)
        assert OutgoingMessage.objects.count() == 1
        assert Application.objects.get().events.count() == 1


def test_a_new_candidate_of_the_same_offer_is_another_story():
    application, slot = a_wish()
    book(application, slot=slot)
    other = ApplicationFactory(offer=slot.offer, candidate=CandidateFactory())
    book(other, slot=slot)
    slot.refresh_from_db()
    assert slot.places_taken == 2
