"""Walking through time: what is recorded gets older, whatever protects it."""

import datetime as dt
import zoneinfo

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from core.aging import make_older
from core.models import OutgoingMessage, ReceivedMail
from immersions.factories import OfferFactory, SlotFactory
from immersions.offers.models import Offer, Slot
from immersions.stays.factories import a_report, a_stay
from immersions.stays.models import Notice

pytestmark = pytest.mark.django_db
PARIS = zoneinfo.ZoneInfo("Europe/Paris")


def test_days_weeks_and_moments_go_back_together():
    day = dt.date(2026, 9, 7)
    offer = OfferFactory(weeks=[day])
    slot = SlotFactory(offer=offer, first_day=day, last_day=day)
    created = offer.created_at
    make_older(10)
    offer, slot = Offer.objects.get(pk=offer.pk), Slot.objects.get(pk=slot.pk)
    assert (slot.first_day, offer.weeks) == (dt.date(2026, 8, 28), [dt.date(2026, 8, 28)])
    assert abs((created - offer.created_at) - dt.timedelta(days=10)) <= dt.timedelta(hours=1)


def test_nine_in_the_morning_stays_nine_over_the_summer_time():
    at = dt.datetime(2026, 4, 1, 9, 0, tzinfo=PARIS)
    message = OutgoingMessage.objects.create(key="k", kind="x", to="a@exemple.fr", created_at=at)
    make_older(7)
    message.refresh_from_db()
    assert timezone.localtime(message.created_at) == dt.datetime(2026, 3, 25, 9, 0, tzinfo=PARIS)


def test_rows_whose_date_is_unique_do_not_meet_on_the_way():
    application = a_stay()
    days = [dt.date(2026, 9, day) for day in (3, 2, 1)]
    Notice.objects.bulk_create(Notice(application=application, kind="sheet", first_day=day) for day in days)
    make_older(1)
    moved = Notice.objects.filter(application=application).values_list("first_day", flat=True)
    assert sorted(moved) == [dt.date(2026, 8, 31), dt.date(2026, 9, 1), dt.date(2026, 9, 2)]


def test_dates_in_answers_move_and_letters_keep_their_words():
    event = a_report().events.create(
        transition="x",
        to_status="asked",
        role="system",
        data={"days": {"2026-09-07": "08:00"}, "n": "2026-13-99"},
    )
    letter = OutgoingMessage.objects.create(
        key="k", kind="x", to="a@exemple.fr", context={"day": "2026-09-07"}
    )
    mail = ReceivedMail.objects.create(to="a@exemple.fr", subject="s", text="t")
    before = mail.at
    make_older(1)
    for row in (event, letter, mail):
        row.refresh_from_db()
    assert event.data == {"days": {"2026-09-06": "08:00"}, "n": "2026-13-99"}
    assert (letter.context, mail.at) == ({"day": "2026-09-07"}, before)


def test_it_is_for_demonstrations_only(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="démonstration"):
        call_command("advance", "--days", "1")


@pytest.mark.parametrize("days", ["0", "801"])
def test_it_takes_a_sensible_number_of_days(days):
    with pytest.raises(CommandError, match="De 1 à 800"):
        call_command("advance", "--days", days)


def test_the_sweeps_of_each_day_run(monkeypatch):
    ran = []
    monkeypatch.setattr("core.aging.run_sweeps", lambda: ran.append(1))
    call_command("advance", "--days", "3", verbosity=0)
    assert len(ran) == 3
