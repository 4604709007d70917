"""The offers of the demo, written and decided by the site's own actions."""

import datetime as dt
from decimal import Decimal
from typing import Any

from accounts.models import User
from immersions.days import mondays_from
from immersions.offers import actions, notice, writing
from immersions.offers.models import DateMode, LicenceNeed, Offer, OfferEvent, Slot, Weight
from immersions.offers.workflow import OfferStatus
from immersions.offers.writing import Period
from territories.models import Occupation
from traitdunion.demo import accounts
from traitdunion.demo.past import Past
from traitdunion.demo.people import company_of, manager_of, workplace_of
from traitdunion.demo.tables import chance, rows, trades

WEEKS_AHEAD = 24
VISIT_HOURS = (dt.time(9), dt.time(12))
WEDNESDAY = dt.timedelta(days=2)
MARK = "demo"  # In the first event of an offer: which line of the table it comes from.
SENT_BACK = "Dites en une phrase ce que la personne fera vraiment, et écrivez le titre pour toutes et tous."


def seed_offers(past: Past) -> None:
    agent = User.objects.get(email=accounts.AGENT)
    known = offers_by_key()
    for row in rows("offers"):
        offer = known.get(row["key"]) or _write(row, agent, past)
        if offer.status == OfferStatus.PUBLISHED:
            _add_dates(offer, row["dates"])


def offers_by_key() -> dict[str, Offer]:
    marked = OfferEvent.objects.filter(transition="start", data__has_key=MARK)
    with_offers = marked.select_related("offer__commune__department__region")
    return {event.data[MARK]: event.offer for event in with_offers}


def _write(row: dict[str, str], agent: User, past: Past) -> Offer:
    company = company_of(row["company"])
    manager = manager_of(company)
    offer = writing.start_offer(workplace_of(company), by=manager)
    offer.events.update(data={MARK: row["key"]})
    writing.answer_occupation(offer, Occupation.objects.get(pk=row["trade"]), by=manager)
    is_whole = row["status"] != "draft"
    on_detail = _details(row, company, manager) if is_whole else {}
    writing.answer(offer, by=manager, on_offer=_facts(row), on_detail=on_detail)
    _answer_dates(offer, row["dates"], by=manager)
    age = int(row["age"])
    if is_whole:
        actions.submit_offer(offer, by=manager)
    _move(past, offer, age, "written")
    if offer.status == OfferStatus.IN_MODERATION and row["status"] != "in_moderation":
        _decide(offer, row["status"], agent)
        _move(past, offer, age - 1, "decided")
    if row["status"] in ("paused", "closed"):
        stop = actions.pause_offer if row["status"] == "paused" else actions.close_offer
        stop(offer, by=manager)
        _move(past, offer, age // 4, "stopped")
    offer.refresh_from_db()
    return offer


def _decide(offer: Offer, wanted: str, agent: User) -> None:
    if wanted == "sent_back":
        actions.send_back_offer(offer, by=agent, reason=SENT_BACK)
    else:
        actions.accept_offer(offer, by=agent)


def _move(past: Past, offer: Offer, days_ago: int, step: str) -> None:
    moment = past.moment(days_ago, f"{offer.title} {step}")
    past.move(moment, Offer.objects.filter(pk=offer.pk), OfferEvent.objects.filter(offer=offer))
    past.move_messages(moment)


def _facts(row: dict[str, str]) -> dict[str, Any]:
    marks = row["marks"].split()
    french = next((mark[1:].upper() for mark in marks if mark.startswith("F")), "")
    licence = LicenceNeed.REQUIRED if "L" in marks else LicenceNeed.LEARNED if "l" in marks else LicenceNeed.NONE
    return {
        "title": row["title"],
        "weight": row["weight"],
        "half_days": int(row["half_days"]),
        "contract": row["contract"],
        "contract_months": int(row["months"]) if row["months"] else None,
        "pay_gross_monthly": Decimal(row["pay"]) if row["pay"] else None,
        "posts": int(row["posts"]) if row["posts"] else None,
        "french_level": french,
        "licence": licence,
        "is_reachable_without_car": "T" in marks,
        "welcomes_beginners": "E" not in marks,
    }


def _details(row: dict[str, str], company: Any, manager: User) -> dict[str, Any]:
    trade, about = trades()[row["trade"]], _company_row(row["company"])
    plan = [dict(zip(("time", "what"), moment.split(" : ", 1), strict=True)) for moment in trade["day"]]
    if row["weight"] == Weight.VISIT:
        plan = [
            {"time": "9 h", "what": "accueil et tour des lieux"},
            {"time": "10 h", "what": "les gestes du métier, montrés puis essayés"},
            {"time": "11 h 15", "what": "vos questions, autour d’un café"},
        ]
    begins, ends = hours_of(row)
    return {
        "day_plan": plan,
        "tutor_name": row["tutor"],
        "tutor_job": trade["tutor_job"],
        "essentials": trade["essentials"],
        "learned": trade["learned"],
        "physical_demands": trade["physical"],
        "working_hours": f"De {begins:%-H h %M} à {ends:%-H h %M}, du lundi au vendredi.".replace(" h 00", " h"),
        "clothes": trade["clothes"],
        "meals": "" if row["weight"] == Weight.VISIT else "Repas pris avec l’équipe : réfrigérateur et micro-ondes sur place.",
        "access": about["access"],
        "about": company.description,
        "contact_name": manager.get_full_name(),
        "contact_email": manager.email,
        "contact_phone": about["phone"],
    }


def _company_row(key: str) -> dict[str, str]:
    return next(row for row in rows("companies") if row["key"] == key)


def hours_of(row: dict[str, str]) -> tuple[dt.time, dt.time]:
    """From the first moment of the day told to half an hour after its last one."""
    if row["weight"] == Weight.VISIT:
        return VISIT_HOURS
    day = trades()[row["trade"]]["day"]
    first, last = (_hour(moment.split(" : ")[0]) for moment in (day[0], day[-1]))
    return first, (dt.datetime.combine(dt.date.min, last) + dt.timedelta(minutes=30)).time()


def _hour(told: str) -> dt.time:
    hour, _, minutes = told.partition(" h")
    return dt.time(int(hour), int(minutes or 0))


# --- Dates ----------------------------------------------------------------------------------------


def _answer_dates(offer: Offer, told: str, *, by: User) -> None:
    """« agree », « weeks:4 », « slots:3x2 » (three slots for two people), « slots:3x2! » (at once)."""
    kind, _, size = told.partition(":")
    if kind != "slots":
        weeks = free_mondays(offer)[: int(size or 0)]
        writing.answer_dates(offer, by=by, date_mode=DateMode.TO_AGREE, weeks=weeks, periods=[])
        return
    count, places = _size(size)
    periods = [_period(offer, monday, places) for monday in _mondays_of_slots(offer)[:count]]
    writing.answer_dates(
        offer, by=by, date_mode=DateMode.SLOTS, weeks=[], periods=periods, books_instantly=size.endswith("!")
    )


def _add_dates(offer: Offer, told: str) -> None:
    """Dates went by since the demo was made: as many new ones, after the others."""
    kind, _, size = told.partition(":")
    soonest = notice.first_day_of(offer)
    if kind == "slots" and offer.date_mode == DateMode.SLOTS:
        count, places = _size(size)
        slots = Slot.objects.filter(offer=offer, is_agreed=False)
        lacking = count - slots.filter(first_day__gte=soonest).count()
        last = max(slots.values_list("last_day", flat=True), default=soonest)
        later = [monday for monday in _mondays_of_slots(offer) if monday > last]
        for monday in later[: max(lacking, 0)]:
            period = _period(offer, monday, places)
            Slot.objects.create(offer=offer, **{n: getattr(period, n) for n in Period.__slots__ if n != "pk"})
    elif kind == "weeks" and offer.weeks:
        left = [monday for monday in offer.weeks if monday >= soonest]
        last = max(left, default=soonest)
        later = [monday for monday in free_mondays(offer) if monday > last]
        if len(left) < int(size):
            offer.weeks = left + later[: int(size) - len(left)]
            offer.save(update_fields=["weeks"])


def free_mondays(offer: Offer) -> list[dt.date]:
    """The weeks to come that may still be asked for, and have no public holiday."""
    mondays = mondays_from(notice.first_day_of(offer), WEEKS_AHEAD)
    return [monday for monday in mondays if _is_whole_week(monday, offer.commune.department_id)]


def _is_whole_week(monday: dt.date, department: str) -> bool:
    return all(notice.is_working_day(monday + dt.timedelta(days=n), department) for n in range(5))


def _mondays_of_slots(offer: Offer) -> list[dt.date]:
    """Every second week; not the same ones in every company."""
    return free_mondays(offer)[chance(offer.title, 2) :: 2]


def _period(offer: Offer, monday: dt.date, places: int) -> Period:
    first = monday + WEDNESDAY if offer.weight == Weight.VISIT else monday
    begins, ends = hours_of({"weight": offer.weight, "trade": offer.occupation_id})
    last = first + dt.timedelta(days=(offer.half_days + 1) // 2 - 1)
    return Period(pk=None, first_day=first, last_day=last, starts_at=begins, ends_at=ends, places=places)


def _size(size: str) -> tuple[int, int]:
    count, places = size.rstrip("!").split("x")
    return int(count), int(places)
