"""Months are counted by the calendar, date to date: 6 months less a day are not 6 months."""

import datetime as dt
from decimal import Decimal

import pytest

from commitments.contracts.kept import shortfalls_of
from commitments.contracts.models import Contract
from commitments.contracts.months import last_day_of, lasts, length_of, most_within, same_day
from commitments.projects.halves import HiringPromise


def day(said):
    return dt.date.fromisoformat(said)


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        ("2027-01-04", 6, "2027-07-03"),
        ("2026-09-01", 6, "2027-02-28"),
        ("2027-09-01", 6, "2028-02-29"),  # A leap year.
        ("2026-08-31", 6, "2027-02-28"),  # There is no 31 February.
        ("2026-08-30", 6, "2027-02-28"),
        ("2026-08-29", 6, "2027-02-28"),
        ("2026-08-28", 6, "2027-02-27"),
        ("2027-08-31", 6, "2028-02-29"),
        ("2027-08-29", 6, "2028-02-28"),
        ("2028-02-29", 6, "2028-08-28"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2026-10-31", 6, "2027-04-30"),
        ("2026-07-01", 6, "2026-12-31"),
        ("2026-12-31", 1, "2027-01-30"),
    ],
)
def test_six_months_end_that_day_and_not_the_eve(first, months, last):
    assert last_day_of(day(first), months) == day(last)
    assert lasts(day(first), day(last), months)
    assert not lasts(day(first), day(last) - dt.timedelta(days=1), months)


@pytest.mark.parametrize(
    ("said", "months", "due"),
    [
        ("2026-08-31", 6, "2027-02-28"),
        ("2027-08-31", 6, "2028-02-29"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2027-01-31", 1, "2027-02-28"),
        ("2027-05-15", 12, "2028-05-15"),
        ("2027-05-15", 0, "2027-05-15"),
    ],
)
def test_a_date_some_months_later(said, months, due):
    assert same_day(day(said), months) == day(due)


def test_what_is_left_after_whole_months():
    assert length_of(day("2027-01-04"), day("2027-03-10")) == (2, 7)
    assert length_of(day("2027-01-04"), day("2027-01-04")) == (0, 1)


MISSIONS = {
    "one of six months": ([("2027-01-04", "2027-07-03")], 6),
    "two that follow each other are one": ([("2027-01-04", "2027-03-31"), ("2027-04-01", "2027-07-03")], 6),
    "six months less a day": ([("2027-01-04", "2027-07-02")], 5),
    "six within nine, with gaps": ([("2027-01-01", "2027-03-31"), ("2027-06-01", "2027-08-31")], 6),
    "a day counted twice is one day": ([("2027-01-01", "2027-03-31"), ("2027-03-01", "2027-04-30")], 4),
    "the tenth month does not count": ([("2027-01-01", "2027-03-31"), ("2027-08-01", "2027-10-31")], 5),
    "the best nine months do": (
        [("2027-01-01", "2027-01-31"), ("2027-08-01", "2027-10-31"), ("2027-12-01", "2028-02-29")],
        6,
    ),
    "days left over make a month by thirty": (
        [("2027-01-01", "2027-01-20"), ("2027-03-01", "2027-03-15")],
        1,
    ),
    "none": ([], 0),
}


@pytest.mark.parametrize("name", MISSIONS)
def test_temp_missions_are_added_up_within_nine_months(name):
    periods, months = MISSIONS[name]
    assert most_within([(day(first), day(last)) for first, last in periods], 9) == months


PROMISES = {
    "cdi": {"contract": "cdi"},
    "cdd": {"contract": "cdd", "months": 6},
    "cdd of a year": {"contract": "cdd", "months": 12},
    "interim": {"contract": "interim", "months": 6, "within_months": 9},
    "alternance": {"contract": "alternance", "months": 12},
}
YEAR = ("2027-01-04", "2028-01-03")
HALF = ("2027-01-04", "2027-07-03")
LESS_A_DAY = ("2027-01-04", "2027-07-02")
KEPT = [
    ("cdi", "cdi", None, {}, []),
    ("cdi", "cdd", HALF, {}, ["kind"]),
    ("cdd", "cdi", None, {}, []),
    ("cdd", "cdd", HALF, {}, []),
    ("cdd", "cdd", LESS_A_DAY, {}, ["too_short"]),
    ("cdd of a year", "cdd", HALF, {}, ["shorter"]),
    ("cdd of a year", "cdd", YEAR, {}, []),
    ("cdd", "interim", HALF, {}, ["kind"]),
    ("interim", "interim", HALF, {}, []),
    ("interim", "interim", LESS_A_DAY, {}, ["too_short"]),
    ("interim", "cdd", HALF, {}, []),
    ("alternance", "alternance", YEAR, {}, []),
    ("alternance", "cdi", None, {}, []),
    ("cdd", "alternance", YEAR, {}, ["kind"]),
    ("cdi", "cdi", None, {"pay_gross_monthly": Decimal("1949.99")}, ["pay"]),
    ("cdi", "cdi", None, {"hours_weekly": Decimal("34.5")}, ["hours"]),
    ("cdi", "cdi", None, {"pay_gross_monthly": Decimal(3000), "hours_weekly": Decimal(39)}, []),
    (
        "cdi",
        "cdd",
        LESS_A_DAY,
        {"pay_gross_monthly": Decimal(900), "hours_weekly": Decimal(20)},
        ["too_short", "kind", "pay", "hours"],
    ),
    ("cdi", "cdi", None, {"carrier": "geiq", "carrier_name": "GEIQ BTP"}, []),  # Carried: the same rule.
]


@pytest.mark.parametrize(("promised", "kind", "dates", "said", "missing"), KEPT)
def test_kept_is_a_cdi_or_six_months_and_not_below_the_promise(promised, kind, dates, said, missing):
    terms = {"hours_weekly": Decimal(35), "pay_gross_monthly": Decimal(1950)}
    promise = HiringPromise(**PROMISES[promised], **terms)
    first, last = (day(dates[0]), day(dates[1])) if dates else (day("2027-01-04"), None)
    contract = Contract(kind=kind, starts_on=first, ends_on=last, **{**terms, **said})
    missions = [(first, last)] if kind == "interim" else []
    assert shortfalls_of(contract, promise, missions, latest=first) == missing
    the_day_before = first - dt.timedelta(days=1)
    assert shortfalls_of(contract, promise, missions, latest=the_day_before) == [*missing, "late"]
