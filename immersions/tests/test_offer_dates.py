"""The page « Les dates » : dates to agree, slots, and what it refuses in a sentence."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains

from companies.factories import WorkplaceFactory
from immersions.factories import OfferFactory, SlotFactory, monday_in
from immersions.offers.models import DateMode, Offer, Slot

pytestmark = pytest.mark.django_db

NO_SLOT = {"creneau-TOTAL_FORMS": "0", "creneau-INITIAL_FORMS": "0"}


def page(offer: Offer, step: str) -> str:
    return reverse("immersions:offer_step", args=[offer.pk, step])


@pytest.fixture
def workplace():
    return WorkplaceFactory()


@pytest.fixture
def logged_in(client, workplace):
    client.force_login(workplace.company.confirmed_members().get())
    return client


def slots(*lines: dict, known: int = 0) -> dict:
    data = {"date_mode": "slots", "creneau-TOTAL_FORMS": len(lines), "creneau-INITIAL_FORMS": known}
    usual = {"starts_at": "08:00", "ends_at": "16:00", "places": "2"}
    for n, line in enumerate(lines):
        data |= {f"creneau-{n}-{name}": value for name, value in (usual | line).items()}
    return data


class TestDates:
    @pytest.fixture
    def offer(self, workplace):
        return OfferFactory(draft=True, workplace=workplace)

    def test_slots_are_kept_and_end_as_long_as_the_offer_lasts(self, logged_in, offer):
        monday = monday_in(weeks=4)
        logged_in.post(page(offer, "dates"), slots({"first_day": monday}))
        slot = offer.slots.get()
        assert (slot.first_day, slot.last_day, slot.places) == (monday, monday + dt.timedelta(days=2), 2)

    @pytest.mark.parametrize(
        ("in_days", "sentence"),
        [(-3, "Le premier jour possible est le"), (1, "il faut le temps de signer la convention")],
    )
    def test_too_near_is_said(self, logged_in, offer, in_days, sentence):
        first = timezone.localdate() + dt.timedelta(days=in_days)
        response = logged_in.post(page(offer, "dates"), slots({"first_day": first}))
        assertContains(response, sentence)
        assert not offer.slots.exists()

    def test_a_sunday_is_asked_about_and_kept_if_it_is_meant(self, logged_in, offer):
        sunday = monday_in(weeks=4) + dt.timedelta(days=6)
        typed = slots({"first_day": sunday, "last_day": sunday})
        assertContains(logged_in.post(page(offer, "dates"), typed), "est un dimanche")
        assert not offer.slots.exists()
        logged_in.post(page(offer, "dates"), typed | {"unusual_ok": "on"})
        assert offer.slots.get().first_day == sunday

    def test_a_slot_longer_than_the_offer_is_refused(self, logged_in, offer):
        monday = monday_in(weeks=4)
        typed = slots({"first_day": monday, "last_day": monday + dt.timedelta(days=4)})
        assertContains(logged_in.post(page(offer, "dates"), typed), "Votre offre dure 3 jours")

    def test_slots_without_any_slot_are_refused(self, logged_in, offer):
        response = logged_in.post(page(offer, "dates"), slots())
        assertContains(response, "Donnez au moins un créneau")

    def test_the_weeks_that_suit_are_kept(self, logged_in, offer):
        week = monday_in(weeks=4)
        logged_in.post(page(offer, "dates"), {"date_mode": "to_agree", "weeks": [week], **NO_SLOT})
        offer.refresh_from_db()
        assert offer.weeks == [week]

    def test_a_slot_with_people_in_it_neither_goes_nor_moves(self, logged_in, workplace):
        slot = SlotFactory(offer__workplace=workplace, places_taken=1)
        line = {"pk": slot.pk, "first_day": slot.first_day, "last_day": slot.last_day, "is_open": "on"}
        url = page(slot.offer, "dates")
        other = {"first_day": monday_in(weeks=8)}
        removed = logged_in.post(url, slots(line | {"remove": "on"}, other, known=1))
        assertContains(removed, "ce créneau ne se supprime pas")
        moved = logged_in.post(url, slots(line | {"first_day": monday_in(weeks=6), "last_day": ""}, known=1))
        assertContains(moved, "déplacez-le depuis")
        fewer = logged_in.post(url, slots(line | {"places": "1"}, known=1), follow=True)
        assertContains(fewer, "enregistré")
        slot.refresh_from_db()
        assert (slot.places, slot.places_taken) == (1, 1)
        assert Slot.objects.count() == 1

    def test_a_free_slot_moves_closes_and_goes(self, logged_in, workplace):
        slot = SlotFactory(offer__workplace=workplace)
        keeper = SlotFactory(offer=slot.offer, first_day=monday_in(weeks=5))
        offer = slot.offer
        offer.date_mode = DateMode.SLOTS
        offer.save()
        kept = {"pk": keeper.pk, "first_day": monday_in(weeks=6), "last_day": ""}
        gone = {"pk": slot.pk, "first_day": slot.first_day, "remove": "on"}
        logged_in.post(page(offer, "dates"), slots(gone, kept, known=2))
        left = offer.slots.get()
        assert (left.pk, left.first_day, left.is_open) == (keeper.pk, monday_in(weeks=6), False)

    def test_a_slot_that_a_colleague_added_meanwhile_stays(self, logged_in, workplace):
        seen = SlotFactory(offer__workplace=workplace, offer__date_mode=DateMode.SLOTS)
        added = SlotFactory(offer=seen.offer, first_day=monday_in(weeks=7))
        line = {"pk": seen.pk, "first_day": seen.first_day, "last_day": seen.last_day, "is_open": "on"}
        logged_in.post(page(seen.offer, "dates"), slots(line, known=1))
        assert Slot.objects.filter(pk=added.pk).exists()

    def test_the_slot_of_another_offer_is_out_of_reach(self, logged_in, offer):
        foreign = SlotFactory()
        line = {"pk": foreign.pk, "first_day": monday_in(weeks=5)}
        assertContains(logged_in.post(page(offer, "dates"), slots(line)), "n’existe plus")
        foreign.refresh_from_db()
        assert foreign.offer != offer

    @pytest.mark.parametrize(
        "line",
        [
            {"first_day": "9999-12-31"},
            {"first_day": "0001-01-01"},
            {"first_day": "demain"},
            {"first_day": monday_in(weeks=4), "last_day": "9999-12-31"},
            {"first_day": monday_in(weeks=4), "places": "1" * 30},
            {"first_day": monday_in(weeks=4), "starts_at": "16:00", "ends_at": "08:00"},
            {"first_day": monday_in(weeks=4), "starts_at": "🙂"},
            {"first_day": "<b>"},
        ],
    )
    def test_odd_dates_get_a_sentence(self, logged_in, offer, line):
        response = logged_in.post(page(offer, "dates"), slots(line))
        assertContains(response, "Un créneau est à revoir")
        assert not offer.slots.exists()

    @pytest.mark.parametrize(
        "odd", [{"creneau-TOTAL_FORMS": "abc"}, {"creneau-TOTAL_FORMS": "99999"}, {"weeks": "hier"}]
    )
    def test_a_page_tampered_with_gets_an_answer(self, logged_in, offer, odd):
        typed = slots({"first_day": monday_in(weeks=4)}) | odd
        assert logged_in.post(page(offer, "dates"), typed).status_code == 200
        assert not offer.slots.exists()
