"""Words that an agent looks at, both genders, working days, and the legal minimum wage."""

import datetime as dt
from decimal import Decimal

import pytest

from immersions.days import last_day_of, mondays_from
from immersions.factories import OfferFactory
from immersions.offers.pay import minimum_wage, why_too_low
from immersions.offers.wording import PEAK, REPLACEMENT, SEASONAL, UNPAID, flags, single_gender_advice
from territories.factories import OccupationFactory
from territories.working_days import last_day_before, why_unusual, working_days_after


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("Remplacer un salarié en congés", REPLACEMENT),
        ("Pendant un congé maternité", REPLACEMENT),
        ("Nous avons besoin de renfort", PEAK),
        ("Pic d’activité de décembre", PEAK),
        ("Pour la saison d’été", SEASONAL),
        ("Aider aux vendanges", SEASONAL),
        ("Une journée d’essai non payée", UNPAID),
        ("Tenir la cadence de la ligne", UNPAID),
    ],
)
def test_words_of_rule_3_are_shown_to_the_agent(words, why):
    offer = OfferFactory(detail__about=words)
    assert why in {flag.why for flag in flags(offer)}


@pytest.mark.django_db
def test_an_ordinary_offer_raises_nothing():
    assert flags(OfferFactory(detail__about="Une équipe de six, un chantier à taille humaine.")) == []


@pytest.mark.django_db
def test_words_are_found_at_the_end_of_a_long_text():
    assert flags(OfferFactory(detail__about="Un chantier tranquille. " * 40 + "Remplacement."))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("title", "is_questioned"),
    [
        ("Maçon", True),
        ("Maçonne confirmée", True),
        ("Maçon / Maçonne", False),
        ("Maçonne, maçon du bâti ancien", False),
        ("Maçon·ne", False),
        ("Maçon (H/F)", False),
        ("Découverte d’un chantier", False),
    ],
)
def test_a_title_for_one_gender_is_questioned(title, is_questioned):
    assert bool(single_gender_advice(title, OccupationFactory())) is is_questioned


def test_working_days_skip_week_ends_and_the_holidays_of_the_department():
    assert working_days_after(dt.date(2026, 11, 20), 1) == dt.date(2026, 11, 23)
    assert working_days_after(dt.date(2026, 12, 24), 1, "54") == dt.date(2026, 12, 28)
    assert last_day_of(dt.date(2026, 11, 26), 6) == dt.date(2026, 11, 30)
    assert last_day_before(dt.date(2026, 11, 30)) == dt.date(2026, 11, 27), "what begins on Monday"
    assert last_day_before(dt.date(2026, 12, 28), "57") == dt.date(2026, 12, 24), "nor Christmas"


def test_unusual_days_are_named():
    assert why_unusual(dt.date(2026, 11, 29)) == "un dimanche"
    assert why_unusual(dt.date(2026, 12, 25)) == "férié (Noël)"
    assert why_unusual(dt.date(2026, 11, 30)) == ""


def test_26_december_is_a_holiday_in_moselle_and_alsace_only():
    assert why_unusual(dt.date(2028, 12, 26), "57").startswith("férié")
    assert why_unusual(dt.date(2028, 12, 26), "54") == ""


def test_weeks_start_on_a_monday_that_is_not_too_near():
    assert mondays_from(dt.date(2026, 11, 25), 2) == [dt.date(2026, 11, 30), dt.date(2026, 12, 7)]
    assert mondays_from(dt.date(2026, 11, 30), 1) == [dt.date(2026, 11, 30)]


def test_the_minimum_wage_is_the_one_of_the_day():
    assert minimum_wage(dt.date(2025, 12, 31)).gross_monthly == Decimal("1801.80")
    assert minimum_wage(dt.date(2026, 1, 1)).gross_monthly == Decimal("1823.03")
    assert "1\N{NO-BREAK SPACE}823,03 €" in why_too_low(Decimal(1800), "cdi")
    assert why_too_low(Decimal(1950), "cdi") == ""
