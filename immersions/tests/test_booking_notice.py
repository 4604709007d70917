"""A slot that needs an agreement closes some working days before it; a visit does not."""

import datetime as dt

import pytest
import time_machine

from immersions.factories import OfferFactory, SlotFactory
from immersions.offers import notice
from immersions.offers.models import DateMode
from territories.models import Region

MONDAY = dt.date(2026, 12, 7)


@pytest.mark.parametrize(
    ("first_day", "days", "department", "last"),
    [
        (dt.date(2026, 12, 14), 5, "57", MONDAY),
        (dt.date(2026, 12, 14), 0, "57", dt.date(2026, 12, 13)),
        (dt.date(2026, 12, 9), 1, "57", dt.date(2026, 12, 8)),
        # Friday 1 May is a holiday everywhere, Good Friday 2026 (3 April) in Moselle and Alsace.
        (dt.date(2026, 5, 4), 1, "54", dt.date(2026, 4, 30)),
        (dt.date(2026, 4, 7), 2, "57", dt.date(2026, 4, 1)),
        (dt.date(2026, 4, 7), 2, "67", dt.date(2026, 4, 1)),
        (dt.date(2026, 4, 7), 2, "54", dt.date(2026, 4, 2)),
        # 26 December 2028 is a Tuesday, and a holiday in Alsace and Moselle only.
        (dt.date(2028, 12, 27), 1, "68", dt.date(2028, 12, 22)),
        (dt.date(2028, 12, 27), 1, "88", dt.date(2028, 12, 26)),
    ],
)
def test_a_slot_closes_so_many_working_days_before(first_day, days, department, last):
    assert notice.closes_on(first_day, working_days=days, department=department) == last


@pytest.mark.parametrize("department", ["54", "57", "67"])
@pytest.mark.parametrize("days", [0, 1, 5, 10])
def test_the_nearest_first_day_is_the_same_rule_read_backwards(days, department):
    for n in range(400):
        today = dt.date(2026, 1, 1) + dt.timedelta(days=n)
        how = {"working_days": days, "department": department}
        soonest = notice.first_day_open(today, **how)
        assert notice.closes_on(soonest, **how) >= today
        day_before = soonest - notice.ONE_DAY
        assert day_before <= today or notice.closes_on(day_before, **how) < today


@pytest.mark.django_db
class TestSlotsOfAnOffer:
    @pytest.fixture(autouse=True)
    def _on_a_monday(self):
        with time_machine.travel(dt.datetime(2026, 12, 7, 12, tzinfo=dt.UTC), tick=False):
            yield

    def slot(self, first_day, **offer):
        offer = OfferFactory(date_mode=DateMode.SLOTS, **offer)
        return SlotFactory(offer=offer, first_day=first_day, last_day=first_day)

    def test_an_immersion_waits_for_its_agreement(self):
        late, soon = dt.date(2026, 12, 14), dt.date(2026, 12, 11)
        assert notice.open_slots(self.slot(late).offer).exists()
        assert not notice.open_slots(self.slot(soon).offer).exists()

    def test_a_visit_may_be_for_tomorrow_and_not_for_today(self):
        assert notice.open_slots(self.slot(dt.date(2026, 12, 8), visit=True).offer).exists()
        assert not notice.open_slots(self.slot(MONDAY, visit=True).offer).exists()

    def test_the_delay_is_data_of_the_region(self):
        slot = self.slot(dt.date(2026, 12, 11))
        Region.objects.update(booking_notice_working_days=4)
        slot.offer.refresh_from_db()
        assert notice.open_slots(slot.offer).exists()

    def test_a_full_or_a_closed_slot_takes_nobody(self):
        slot = self.slot(dt.date(2026, 12, 21))
        for change in ({"is_open": False}, {"is_open": True, "places_taken": 2}):
            for name, value in change.items():
                setattr(slot, name, value)
            slot.save()
            assert not notice.open_slots(slot.offer).exists()
