"""The rules of a PMSMP (période de mise en situation en milieu professionnel), as pure functions.

What is checked: French labour code L.5135-1 to L.5135-8 and D.5135-1 to D.5135-8 for the immersion
itself; L.3121-18 to L.3132-2 for an adult's working time, L.3161-1 to L.3164-8 for a minor's. An
immersion is not work, but nobody is kept longer, later or with less rest than a worker may be.

`find(facts)` returns every finding, each with the field where it can be repaired. A finding is
`REFUSED` (it cannot be signed so) or `SIGNALLED` (the company says why, the prescriber decides).
Nothing here reads the database or the clock: `facts` holds all that is needed.
"""

import datetime as dt
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from core import french
from immersions.agreements.facts import (
    Facts,
    Finding,
    Presence,
    Severity,
    age_on,
    one_month_after,
)

YOUNGEST = 16  # Our policy.
MOST_DAYS_APART = 30
MOST_PERIODS_PER_HOST = 2
MOST_DAYS_PER_HOST = 60
HOST_WINDOW_MONTHS = 12
HOUR = dt.timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Limits:
    """Working time that is not exceeded. Hours as durations."""

    day: dt.timedelta
    week: dt.timedelta
    days_a_week: int
    night_rest: dt.timedelta
    source: str


ADULT = Limits(10 * HOUR, 48 * HOUR, 6, 11 * HOUR, "L.3121-18, L.3121-20, L.3131-1, L.3132-1")
MINOR = Limits(8 * HOUR, 35 * HOUR, 5, 12 * HOUR, "L.3162-1, L.3164-1, L.3164-2")
USUAL_WEEK = 35 * HOUR
MINOR_WITHOUT_BREAK = 4.5 * HOUR
MINOR_BREAK = dt.timedelta(minutes=30)
NIGHT_STARTS, NIGHT_ENDS = dt.time(22), dt.time(6)


def find(facts: Facts) -> tuple[Finding, ...]:
    """Every finding, in the order of the form."""
    return tuple(finding for rule in RULES for finding in rule(facts))


def refusals(facts: Facts) -> tuple[Finding, ...]:
    return tuple(f for f in find(facts) if f.severity is Severity.REFUSED)


def _no(code: str, where: str, sentence: str, source: str, day: dt.date | None = None) -> Finding:
    return Finding(code, Severity.REFUSED, where, sentence, source, day)


def _signal(code: str, where: str, sentence: str, source: str, day: dt.date | None = None) -> Finding:
    return Finding(code, Severity.SIGNALLED, where, sentence, source, day)


def dates(facts: Facts) -> Iterator[Finding]:
    """The period itself: in the future, in order, one month at most."""
    first, last = facts.first_day, facts.last_day
    if first < facts.today:
        yield _no("past", "first_day", "Le premier jour est passé.", "L.5135-4")
    if last < first:
        yield _no("order", "last_day", "Le dernier jour vient après le premier.", "D.5135-3")
    elif last > one_month_after(first) or (last - first).days > MOST_DAYS_APART:
        yield _no("month", "last_day", "Une immersion dure un mois au plus, de date à date.", "D.5135-3")
    outside = [p for p in facts.presences if not first <= p.start.date() <= last]
    if outside:
        yield _no("outside", "schedule", "Des horaires sont en dehors des dates.", "D.5135-2, 5°")
    if not facts.presences:
        yield _no("empty", "schedule", "Dites les horaires, jour par jour.", "D.5135-2, 6°")


def people(facts: Facts) -> Iterator[Finding]:
    """Who may come, who signs for them, who follows them."""
    if age_on(facts.birth_date, facts.first_day) < YOUNGEST:
        yield _no("age", "birth_date", "Il faut avoir 16 ans le premier jour.", "règle du service")
    if facts.is_minor and not facts.has_representative:
        yield _no(
            "representative",
            "representative",
            "Avant 18 ans, un représentant légal signe aussi : donnez son nom et son adresse e-mail.",
            "code civil, art. 388-1-1",
        )
    tutor, candidate = facts.tutor_email.strip().lower(), facts.candidate_email.strip().lower()
    if tutor and tutor == candidate:
        yield _no(
            "tutor",
            "tutor_email",
            "L’adresse du tuteur est celle du candidat : donnez celle de la personne qui accueille.",
            "D.5135-2, 3°",
        )
    if facts.company_email and facts.company_email.strip().lower() == candidate:
        yield _no(
            "company_email",
            "company_email",
            "L’entreprise et le candidat ne peuvent pas signer avec la même adresse.",
            "L.5135-4",
        )


def post(facts: Facts) -> Iterator[Finding]:
    """Never a permanent post, a peak of activity, a seasonal job, a replacement."""
    if not facts.company_declares_no_replacement:
        yield _no(
            "no_replacement",
            "no_replacement",
            "L’entreprise déclare que l’immersion ne remplace personne et ne sert ni à un poste "
            "permanent, ni à un surcroît d’activité, ni à un emploi saisonnier.",
            "L.5135-7",
        )
    if facts.is_minor and facts.forbidden_to_minors:
        yield _no(
            "forbidden",
            "hazards",
            "Interdit avant 18 ans : " + ", ".join(facts.forbidden_to_minors) + ".",
            "L.4153-8, D.4153-15 et suivants",
        )


def renewal(facts: Facts) -> Iterator[Finding]:
    """One renewal, of a month at most, same object and objectives, when they were not reached."""
    before = facts.renews
    if before is None:
        return
    if facts.renewal_number > 1:
        yield _no("renewed", "first_day", "Une immersion se renouvelle une seule fois.", "D.5135-3")
    if facts.objectives_were_reached:
        yield _no(
            "reached",
            "objectives",
            "On renouvelle quand les objectifs n’ont pas été atteints.",
            "D.5135-3",
        )
    if (facts.purpose, _same(facts.objectives)) != (before.purpose, _same(before.objectives)):
        yield _no(
            "other_object",
            "objectives",
            "Un renouvellement garde le même objet et les mêmes objectifs.",
            "D.5135-3",
        )


def same_host(facts: Facts) -> Iterator[Finding]:
    """Two agreements per person and host in 12 rolling months, different, 60 days in all."""
    start = _months_before(facts.last_day, HOST_WINDOW_MONTHS)
    there = [e for e in facts.earlier if e.same_host and e.last_day > start and e is not facts.renews]
    if len(there) >= MOST_PERIODS_PER_HOST:
        yield _no(
            "twice",
            "first_day",
            "Déjà deux immersions dans cette entreprise en douze mois.",
            "D.5135-4",
        )
    alike = [e for e in there if (e.purpose, _same(e.objectives)) == (facts.purpose, _same(facts.objectives))]
    if alike:
        yield _no(
            "same_object",
            "objectives",
            "Une deuxième immersion dans la même entreprise a un autre objet ou d’autres objectifs.",
            "D.5135-4",
        )
    renewed = [facts.renews] if facts.renews else []
    spent = sum(e.days or (e.last_day - e.first_day).days + 1 for e in [*there, *renewed])
    days = len({p.start.date() for p in facts.presences})
    if spent + days > MOST_DAYS_PER_HOST:
        yield _no(
            "sixty_days",
            "last_day",
            f"{spent + days} jours dans cette entreprise en douze mois : 60 au plus.",
            "D.5135-4",
        )


def overlap(facts: Facts) -> Iterator[Finding]:
    """Nobody is in two immersions at once."""
    if any(e.first_day <= facts.last_day and facts.first_day <= e.last_day for e in facts.earlier):
        yield _no("overlap", "first_day", "Une autre immersion a lieu à ces dates.", "L.5135-1")


def hours(facts: Facts) -> Iterator[Finding]:
    """Hours a day and a week, days a week, rest at night."""
    limits = MINOR if facts.is_minor else ADULT
    for day, length in _by_day(facts).items():
        if length > limits.day:
            sentence = f"{_said(day)} : {_hours(length)} de travail, {_hours(limits.day)} au plus."
            yield _no("day_hours", "schedule", sentence, limits.source, day)
    for monday, (length, days) in _by_week(facts).items():
        week = _week_of(monday)
        if length > limits.week:
            sentence = f"{week} : {_hours(length)}, {_hours(limits.week)} au plus."
            yield _no("week_hours", "schedule", sentence, limits.source, monday)
        elif length > USUAL_WEEK:
            sentence = f"{week} : {_hours(length)}, au-delà de 35 h. Dites pourquoi."
            yield _signal("long_week", "schedule", sentence, "L.3121-27", monday)
        if len(days) > limits.days_a_week:
            sentence = f"{week} : {len(days)} jours, {limits.days_a_week} au plus."
            yield _no("week_days", "schedule", sentence, limits.source, monday)
    yield from _clashes(facts)
    yield from _rests(facts, limits)


def _clashes(facts: Facts) -> Iterator[Finding]:
    ordered = sorted(facts.presences, key=lambda p: p.start)
    for one, after in itertools.pairwise(ordered):
        if after.start < one.end:
            sentence = f"{_said(after.start.date())} : des horaires se chevauchent."
            yield _no("clash", "schedule", sentence, "D.5135-2, 6°", after.start.date())
    for presence in ordered:
        if presence.length <= dt.timedelta():
            sentence = f"{_said(presence.start.date())} : la fin vient après le début."
            yield _no("backwards", "schedule", sentence, "D.5135-2, 6°", presence.start.date())


def _rests(facts: Facts, limits: Limits) -> Iterator[Finding]:
    """Between the last presence of a day and the first of the next one."""
    ordered = sorted(facts.presences, key=lambda p: p.start)
    for one, after in itertools.pairwise(ordered):
        is_another_day = one.start.date() != after.start.date()
        if is_another_day and dt.timedelta() <= after.start - one.end < limits.night_rest:
            sentence = (
                f"{_said(after.start.date())} : {_hours(after.start - one.end)} de repos depuis la "
                f"veille, {_hours(limits.night_rest)} au moins."
            )
            yield _no("rest", "schedule", sentence, limits.source, after.start.date())


def special_days(facts: Facts) -> Iterator[Finding]:
    """Sundays and public holidays: signalled for an adult, holidays refused under 18."""
    for day in _by_day(facts):
        if day in facts.holidays and facts.is_minor:
            sentence = f"{_said(day)} est férié : interdit avant 18 ans."
            yield _no("holiday", "schedule", sentence, "L.3164-6", day)
        elif day in facts.holidays:
            sentence = f"{_said(day)} est férié. Dites pourquoi."
            yield _signal("holiday", "schedule", sentence, "L.3133-1", day)
        elif day in facts.holidays_in_some_communes:
            sentence = f"{_said(day)} est férié dans certaines communes : vérifiez dans la vôtre."
            yield _signal("local_holiday", "schedule", sentence, "L.3134-13", day)
        if day.weekday() == 6:
            yield _signal(
                "sunday", "schedule", f"{_said(day)} : un dimanche. Dites pourquoi.", "L.3132-3", day
            )


def minors(facts: Facts) -> Iterator[Finding]:
    """Under 18: breaks, no night, two days of rest in a row."""
    if not facts.is_minor:
        return
    for presence in sorted(facts.presences, key=lambda p: p.start):
        if _touches_night(presence):
            sentence = f"{_said(presence.start.date())} : pas d’horaires entre 22 h et 6 h avant 18 ans."
            yield _no("night", "schedule", sentence, "L.3163-1, L.3163-2", presence.start.date())
    for day, length in _longest_without_break(facts).items():
        if length > MINOR_WITHOUT_BREAK:
            sentence = f"{_said(day)} : une pause de 30 minutes après 4 h 30 au plus, avant 18 ans."
            yield _no("break", "schedule", sentence, "L.3162-3", day)
    for monday, (_, days) in _by_week(facts).items():
        worked = {day.weekday() for day in days}
        # The Sunday is followed by the next Monday: rest may run over the end of the week.
        monday_after_is_free = not any(d == monday + dt.timedelta(days=7) for d in _by_day(facts))
        free = [number not in worked for number in range(7)] + [monday_after_is_free]
        if not any(one and after for one, after in itertools.pairwise(free)):
            sentence = f"{_week_of(monday)} : deux jours de repos de suite avant 18 ans."
            yield _no("two_days", "schedule", sentence, "L.3164-2", monday)


def _touches_night(presence: Presence) -> bool:
    starts, ends = presence.start, presence.end
    return (
        starts.time() < NIGHT_ENDS
        or starts.time() >= NIGHT_STARTS
        or ends > dt.datetime.combine(starts.date(), NIGHT_STARTS)
    )


def _longest_without_break(facts: Facts) -> dict[dt.date, dt.timedelta]:
    """Per day, the longest stretch in which no pause of 30 minutes is taken."""
    longest: dict[dt.date, dt.timedelta] = {}
    stretch: Presence | None = None
    for presence in sorted(facts.presences, key=lambda p: p.start):
        goes_on = stretch is not None and presence.start - stretch.end < MINOR_BREAK
        start = stretch.start if goes_on and stretch else presence.start
        stretch = Presence(start, presence.end)
        day = start.date()
        longest[day] = max(longest.get(day, dt.timedelta()), stretch.length)
    return longest


def _by_day(facts: Facts) -> dict[dt.date, dt.timedelta]:
    days: dict[dt.date, dt.timedelta] = {}
    for presence in sorted(facts.presences, key=lambda p: p.start):
        day = presence.start.date()
        days[day] = days.get(day, dt.timedelta()) + presence.length
    return days


def _by_week(facts: Facts) -> dict[dt.date, tuple[dt.timedelta, list[dt.date]]]:
    """Per Monday: hours, and days of presence (civil weeks, L.3121-35)."""
    weeks: dict[dt.date, tuple[dt.timedelta, list[dt.date]]] = {}
    for day, length in _by_day(facts).items():
        monday = day - dt.timedelta(days=day.weekday())
        total, days = weeks.get(monday, (dt.timedelta(), []))
        weeks[monday] = (total + length, [*days, day])
    return weeks


def _months_before(day: dt.date, months: int) -> dt.date:
    try:
        return day.replace(year=day.year - months // 12)
    except ValueError:  # 29 February.
        return day.replace(year=day.year - months // 12, day=28)


def _same(text: str) -> str:
    return " ".join(text.split()).casefold()


def _said(day: dt.date) -> str:
    return french.day(day, weekday=True, year=True).capitalize()


def _week_of(monday: dt.date) -> str:
    return f"Semaine du {french.day(monday, year=True)}"


def _hours(length: dt.timedelta) -> str:
    minutes = round(length.total_seconds() / 60)
    return f"{minutes // 60} h {minutes % 60:02d}" if minutes % 60 else f"{minutes // 60} h"


RULES: tuple[Callable[[Facts], Iterator[Finding]], ...] = (
    dates,
    people,
    post,
    renewal,
    same_host,
    overlap,
    hours,
    special_days,
    minors,
)
