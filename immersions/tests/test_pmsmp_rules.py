"""The rules of a PMSMP, as a table: what is changed, what is found, where it is repaired."""

import datetime as dt
from dataclasses import replace

import pytest

from immersions.agreements.facts import Earlier, Facts, Presence, Purpose, age_on, one_month_after
from immersions.agreements.rules import find, refusals

MONDAY = dt.date(2027, 2, 1)
ADULT, MINOR = dt.date(1990, 5, 4), dt.date(2009, 6, 1)


def day(offset: int, *hours: tuple[str, str]) -> tuple[Presence, ...]:
    """Presences of one day: `day(0, ("08:00", "12:00"))`; an end before its start is after midnight."""
    date = MONDAY + dt.timedelta(days=offset)
    presences = []
    for start, end in hours or (("08:00", "12:00"), ("13:00", "16:00")):
        first = dt.datetime.combine(date, dt.time.fromisoformat(start))
        last = dt.datetime.combine(date, dt.time.fromisoformat(end))
        presences.append(Presence(first, last if last > first else last + dt.timedelta(days=1)))
    return tuple(presences)


def days(*offsets: int, hours: tuple[tuple[str, str], ...] = ()) -> tuple[Presence, ...]:
    return tuple(presence for offset in offsets for presence in day(offset, *hours))


SOUND = Facts(
    today=dt.date(2027, 1, 15),
    first_day=MONDAY,
    last_day=MONDAY + dt.timedelta(days=2),
    presences=days(0, 1, 2),
    birth_date=ADULT,
    purpose=Purpose.RECRUIT,
    objectives="Tenir une journée de chantier",
    candidate_email="lea@example.org",
    tutor_email="tuteur@example.org",
    company_email="patron@example.org",
    company_declares_no_replacement=True,
)
YOUNG = replace(SOUND, birth_date=MINOR, has_representative=True)


def lasting(facts: Facts, last: int, presences: tuple[Presence, ...]) -> Facts:
    return replace(facts, last_day=MONDAY + dt.timedelta(days=last), presences=presences)


def earlier(first: int, last: int, **changes) -> Earlier:
    fields = {"purpose": Purpose.DISCOVER, "objectives": "Découvrir", "same_host": True}
    return Earlier(
        first_day=MONDAY + dt.timedelta(days=first),
        last_day=MONDAY + dt.timedelta(days=last),
        **(fields | changes),
    )


@pytest.mark.parametrize("facts", [SOUND, YOUNG], ids=["adult", "minor"])
def test_an_ordinary_immersion_has_nothing_to_repair(facts):
    assert find(facts) == ()


REFUSED = {
    "yesterday": (replace(SOUND, today=MONDAY + dt.timedelta(days=1)), "past", "first_day"),
    "backwards": (replace(SOUND, last_day=MONDAY - dt.timedelta(days=1)), "order", "last_day"),
    "32 days": (replace(SOUND, last_day=dt.date(2027, 3, 4)), "month", "last_day"),
    "31 days apart": (
        replace(SOUND, first_day=dt.date(2027, 3, 1), last_day=dt.date(2027, 4, 1), presences=()),
        "month",
        "last_day",
    ),
    "hours outside": (lasting(SOUND, 1, days(0, 1, 2)), "outside", "schedule"),
    "no hours": (replace(SOUND, presences=()), "empty", "schedule"),
    "15 years old": (replace(YOUNG, birth_date=dt.date(2011, 2, 2)), "age", "birth_date"),
    "nobody for a minor": (replace(YOUNG, has_representative=False), "representative", "representative"),
    "18 tomorrow": (
        replace(YOUNG, birth_date=dt.date(2009, 2, 2), has_representative=False),
        "representative",
        "representative",
    ),
    "tutor is the candidate": (replace(SOUND, tutor_email=" LEA@example.org"), "tutor", "tutor_email"),
    "company is the candidate": (
        replace(SOUND, company_email="lea@example.org"),
        "company_email",
        "company_email",
    ),
    "a replacement": (
        replace(SOUND, company_declares_no_replacement=False),
        "no_replacement",
        "no_replacement",
    ),
    "forbidden work": (replace(YOUNG, forbidden_to_minors=("amiante",)), "forbidden", "hazards"),
    "adult over 10 h": (lasting(SOUND, 0, day(0, ("07:00", "17:01"))), "day_hours", "schedule"),
    "adult over 48 h": (
        lasting(SOUND, 4, days(0, 1, 2, 3, 4, hours=(("07:00", "16:40"),))),
        "week_hours",
        "schedule",
    ),
    "adult 7 days": (
        lasting(SOUND, 6, days(*range(7), hours=(("09:00", "12:00"),))),
        "week_days",
        "schedule",
    ),
    "adult rest under 11 h": (
        lasting(SOUND, 1, day(0, ("14:00", "21:01")) + day(1, ("08:00", "12:00"))),
        "rest",
        "schedule",
    ),
    "minor over 8 h": (
        lasting(YOUNG, 0, day(0, ("08:00", "12:00"), ("13:00", "17:01"))),
        "day_hours",
        "schedule",
    ),
    "minor over 35 h": (
        lasting(YOUNG, 4, days(*range(5), hours=(("08:00", "12:00"), ("13:00", "16:01")))),
        "week_hours",
        "schedule",
    ),
    "minor without break": (lasting(YOUNG, 0, day(0, ("08:00", "12:31"))), "break", "schedule"),
    "minor with a short break": (
        lasting(YOUNG, 0, day(0, ("08:00", "12:00"), ("12:29", "14:00"))),
        "break",
        "schedule",
    ),
    "minor rest under 12 h": (
        lasting(YOUNG, 1, day(0, ("16:00", "20:01")) + day(1, ("08:00", "12:00"))),
        "rest",
        "schedule",
    ),
    "minor without two days of rest": (
        lasting(YOUNG, 7, days(0, 2, 3, 5, 7, hours=(("09:00", "12:00"),))),
        "two_days",
        "schedule",
    ),
    "minor at 5 h": (lasting(YOUNG, 0, day(0, ("05:00", "09:00"))), "night", "schedule"),
    "minor after 22 h": (lasting(YOUNG, 0, day(0, ("19:00", "22:01"))), "night", "schedule"),
    "minor on a holiday": (replace(YOUNG, holidays=frozenset({MONDAY})), "holiday", "schedule"),
    "hours that clash": (
        lasting(SOUND, 0, day(0, ("08:00", "12:00"), ("11:00", "15:00"))),
        "clash",
        "schedule",
    ),
    "elsewhere at the same time": (
        replace(SOUND, earlier=(earlier(2, 4, same_host=False),)),
        "overlap",
        "first_day",
    ),
    "a third time there": (
        replace(SOUND, earlier=(earlier(-60, -58), earlier(-30, -28, objectives="Autre"))),
        "twice",
        "first_day",
    ),
    "the same thing again": (
        replace(
            SOUND,
            earlier=(
                earlier(-30, -28, purpose=Purpose.RECRUIT, objectives="tenir une JOURNÉE  de chantier"),
            ),
        ),
        "same_object",
        "objectives",
    ),
    "61 days there": (replace(SOUND, earlier=(earlier(-90, -61, days=58),)), "sixty_days", "last_day"),
    "renewed twice": (
        replace(
            SOUND, purpose=Purpose.DISCOVER, objectives="Découvrir", renews=earlier(-7, -5), renewal_number=2
        ),
        "renewed",
        "first_day",
    ),
    "renewed though reached": (
        replace(
            SOUND,
            purpose=Purpose.DISCOVER,
            objectives="Découvrir",
            renews=earlier(-7, -5),
            renewal_number=1,
            objectives_were_reached=True,
        ),
        "reached",
        "objectives",
    ),
    "renewed for another object": (
        replace(SOUND, renews=earlier(-7, -5), renewal_number=1),
        "other_object",
        "objectives",
    ),
}


@pytest.mark.parametrize(("facts", "code", "where"), REFUSED.values(), ids=REFUSED)
def test_a_rule_refuses_at_the_field_where_it_can_be_repaired(facts, code, where):
    assert (code, where) in {(finding.code, finding.where) for finding in refusals(facts)}


ACCEPTED = {
    "a month date to date": replace(SOUND, first_day=MONDAY, last_day=dt.date(2027, 3, 1)),
    "exactly 10 h": lasting(SOUND, 0, day(0, ("07:00", "17:00"))),
    "exactly 11 h of rest": lasting(SOUND, 1, day(0, ("14:00", "21:00")) + day(1, ("08:00", "12:00"))),
    "a night over midnight": lasting(SOUND, 0, day(0, ("21:00", "03:00"))),
    "exactly 16": replace(YOUNG, birth_date=dt.date(2011, 2, 1)),
    "18 on the first day": replace(YOUNG, birth_date=dt.date(2009, 2, 1), has_representative=False),
    "minor exactly 4 h 30": lasting(YOUNG, 0, day(0, ("08:00", "12:30"), ("13:00", "16:00"))),
    "minor until 22 h": lasting(YOUNG, 0, day(0, ("19:00", "22:00"))),
    "minor Monday to Friday": lasting(YOUNG, 4, days(*range(5))),
    "forbidden to minors only": replace(SOUND, forbidden_to_minors=("amiante",)),
    "a second time for another object": replace(SOUND, earlier=(earlier(-30, -28),)),
    "two times more than a year ago": replace(SOUND, earlier=(earlier(-400, -398), earlier(-380, -378))),
    "two times in another company": replace(
        SOUND, earlier=(earlier(-60, -58, same_host=False), earlier(-30, -28, same_host=False))
    ),
    "renewed once": replace(
        SOUND, purpose=Purpose.DISCOVER, objectives="Découvrir", renews=earlier(-7, -5), renewal_number=1
    ),
}


@pytest.mark.parametrize("facts", ACCEPTED.values(), ids=ACCEPTED)
def test_what_stands_exactly_at_the_limit_is_accepted(facts):
    assert refusals(facts) == ()


SIGNALLED = {
    "over 35 h": (
        lasting(SOUND, 4, days(*range(5), hours=(("08:00", "12:00"), ("13:00", "16:10")))),
        "long_week",
    ),
    "a Sunday": (replace(SOUND, last_day=MONDAY + dt.timedelta(days=6), presences=days(0, 6)), "sunday"),
    "a holiday": (replace(SOUND, holidays=frozenset({MONDAY})), "holiday"),
    "Good Friday in Moselle": (
        replace(SOUND, holidays_in_some_communes=frozenset({MONDAY})),
        "local_holiday",
    ),
}


@pytest.mark.parametrize(("facts", "code"), SIGNALLED.values(), ids=SIGNALLED)
def test_what_is_unusual_is_signalled_and_not_refused(facts, code):
    assert [finding.code for finding in find(facts)] == [code]
    assert refusals(facts) == ()


@pytest.mark.parametrize(
    ("night", "length"),
    [(dt.date(2027, 3, 27), 5), (dt.date(2027, 10, 30), 7), (dt.date(2027, 2, 1), 6)],
    ids=["summer time begins", "summer time ends", "an ordinary night"],
)
def test_a_change_of_hour_is_counted(night, length):
    start = dt.datetime.combine(night, dt.time(22))
    end = dt.datetime.combine(night + dt.timedelta(days=1), dt.time(4))
    assert Presence(start, end).length == dt.timedelta(hours=length)


@pytest.mark.parametrize(
    ("day", "after"),
    [("2027-01-31", "2027-02-28"), ("2028-01-31", "2028-02-29"), ("2027-12-15", "2028-01-15")],
)
def test_a_month_runs_date_to_date(day, after):
    assert one_month_after(dt.date.fromisoformat(day)) == dt.date.fromisoformat(after)


@pytest.mark.parametrize(
    ("born", "on", "age"), [("2008-02-29", "2026-02-28", 17), ("2008-02-29", "2026-03-01", 18)]
)
def test_born_on_a_leap_day(born, on, age):
    assert age_on(dt.date.fromisoformat(born), dt.date.fromisoformat(on)) == age


def test_every_finding_names_its_source():
    findings = [finding for facts, *_ in REFUSED.values() for finding in find(facts)]
    assert all(finding.source and finding.sentence.endswith(".") for finding in findings)
