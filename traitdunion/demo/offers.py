"""The offers of the demo, written and decided by the site's own actions."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from accounts.models import User
from accounts.roles import COMPANY
from core import french
from immersions.days import mondays_from
from immersions.offers import actions, notice
from immersions.offers.models import DateMode, LicenceNeed, Offer, OfferDetail, OfferEvent, Slot, Weight
from immersions.offers.steps import TASKS
from immersions.offers.workflow import OfferStatus
from traitdunion.demo import accounts
from traitdunion.demo.past import Past
from traitdunion.demo.people import company_of, manager_of, workplace_of
from traitdunion.demo.tables import chance, rows, trades

WEEKS_AHEAD = 24
VISIT_HOURS = (dt.time(9), dt.time(12))
VISIT_PLAN = [
    {"time": "9 h", "what": "accueil et tour des lieux"},
    {"time": "10 h", "what": "les gestes du métier, montrés puis essayés"},
    {"time": "11 h 15", "what": "vos questions, autour d’un café"},
]
MEALS = "Repas pris avec l’équipe : réfrigérateur et micro-ondes sur place."
WOMEN = frozenset(
    "Agathe Alice Amélie Anna Anne Carole Christine Corinne Céline Élodie Fatima Gaëlle Hélène Ilona Inès "
    "Isabelle Jeanne Josette Katia Lucie Maria Maud Nathalie Nora Paula Pauline Sabine Samira Sandrine Solène Sylvie "
    "Teresa Valérie Virginie".split()
)
WEDNESDAY = dt.timedelta(days=2)
MARK = "demo"  # In the first event of an offer: which line of the table it comes from.
SENT_BACK = "Dites en une phrase ce que la personne fera vraiment, et écrivez le titre pour toutes et tous."


def seed_offers(past: Past) -> None:
    agent = User.objects.get(email=accounts.AGENT)
    known = offers_by_key()
    for row in rows("offers"):
        offer = known.get(row["key"])
        if offer is None:
            _write(row, agent, past)
        elif offer.status == OfferStatus.PUBLISHED:
            _add_dates(offer, row["dates"])


def offers_by_key() -> dict[str, Offer]:
    marked = OfferEvent.objects.filter(transition="start", data__has_key=MARK)
    with_offers = marked.select_related(
        "offer__commune__department__region", "offer__company"
    ).prefetch_related("offer__slots")
    return {event.data[MARK]: event.offer for event in with_offers}


def _write(row: dict[str, str], agent: User, past: Past) -> Offer:
    """What the writing pages save one answer at a time, here at once; then what the company and the agent do."""
    company = company_of(row["company"])
    manager = manager_of(company)
    workplace = workplace_of(company)
    offer = Offer.objects.create(
        company=company,
        workplace=workplace,
        commune=workplace.commune,
        x=workplace.x,
        y=workplace.y,
        occupation_id=row["trade"],
        **_facts(row),
    )
    is_whole = row["status"] != "draft"
    tasks = list(offer.occupation.tasks.values_list("text", flat=True)[:TASKS])
    OfferDetail.objects.create(
        offer=offer, tasks=tasks, **(_details(row, company, manager) if is_whole else {})
    )
    offer.record("start", role=COMPANY, by=manager, data={MARK: row["key"]})
    _first_dates(offer, row["dates"])
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
    return offer


def _decide(offer: Offer, wanted: str, agent: User) -> None:
    if wanted == "sent_back":
        actions.send_back_offer(offer, by=agent, reason=SENT_BACK)
    else:
        actions.accept_offer(offer, by=agent)


def _move(past: Past, offer: Offer, days_ago: int, step: str) -> None:
    moment = past.moment(days_ago, f"{offer.title} {step}")
    past.move(moment, Offer, "id", offer.pk)
    past.move(moment, OfferEvent, "offer_id", offer.pk)
    past.move_messages(moment)


def _facts(row: dict[str, str]) -> dict[str, Any]:
    marks = row["marks"].split()
    level = next((mark[1:].upper() for mark in marks if mark.startswith("F")), "")
    licences = {"L": LicenceNeed.REQUIRED, "l": LicenceNeed.LEARNED}
    licence = next((need for mark, need in licences.items() if mark in marks), LicenceNeed.NONE)
    return {
        "title": row["title"],
        "weight": row["weight"],
        "half_days": int(row["half_days"]),
        "contract": row["contract"],
        "contract_months": int(row["months"]) if row["months"] else None,
        "pay_gross_monthly": Decimal(row["pay"]) if row["pay"] else None,
        "posts": int(row["posts"]) if row["posts"] else None,
        "french_level": level,
        "licence": licence,
        "is_reachable_without_car": "T" in marks,
        "welcomes_beginners": "E" not in marks,
    }


def _details(row: dict[str, str], company: Any, manager: User) -> dict[str, Any]:
    trade, about = trades()[row["trade"]], _company_row(row["company"])
    plan = [dict(zip(("time", "what"), moment.split(" : ", 1), strict=True)) for moment in trade["day"]]
    is_visit = row["weight"] == Weight.VISIT
    return {
        "day_plan": VISIT_PLAN if is_visit else plan,
        "tutor_name": row["tutor"],
        "tutor_job": _of_one_person(trade["tutor_job"], row["tutor"]),
        "essentials": trade["essentials"],
        "learned": trade["learned"],
        "physical_demands": trade["physical"],
        "working_hours": "De {} à {}.".format(*map(french.hour, hours_of(row))),
        "clothes": trade["clothes"],
        "meals": "" if is_visit else MEALS,
        "access": about["access"],
        "about": company.description,
        "contact_name": manager.get_full_name(),
        "contact_email": manager.email,
        "contact_phone": about["phone"],
    }


def _of_one_person(job: str, name: str) -> str:
    """« chef ou cheffe de quai » is one or the other once somebody is named."""
    either = re.match(r"(?P<him>\S+) ou (?P<her>\S+)(?P<rest>.*)", job)
    if either is None:
        return job
    return either["her" if name.split()[0] in WOMEN else "him"] + either["rest"]


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


def _first_dates(offer: Offer, told: str) -> None:
    """« agree », « weeks:4 », « slots:3x2 » (three slots for two people), « slots:3x2! » (at once)."""
    kind, _, size = told.partition(":")
    if kind == "weeks":
        offer.weeks = free_mondays(offer)[: int(size)]
    if kind == "slots":
        offer.date_mode, offer.books_instantly = DateMode.SLOTS, size.endswith("!")
        count, places = _size(size)
        _open_slots(offer, _mondays_of_slots(offer)[:count], places)
    offer.save(update_fields=["weeks", "date_mode", "books_instantly"])


def _add_dates(offer: Offer, told: str) -> None:
    """Dates went by since the demo was made: as many new ones, after the others."""
    kind, _, size = told.partition(":")
    soonest = notice.first_day_of(offer)
    if kind == "slots" and offer.date_mode == DateMode.SLOTS:
        count, places = _size(size)
        slots = [slot for slot in offer.slots.all() if not slot.is_agreed]
        lacking = count - sum(slot.first_day >= soonest for slot in slots)
        last = max((slot.last_day for slot in slots), default=soonest)
        later = [monday for monday in _mondays_of_slots(offer) if monday > last]
        _open_slots(offer, later[: max(lacking, 0)], places)
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


def open_later_slot(offer: Offer, *, but: set[dt.date]) -> list[Slot]:
    """One more, in a week that is neither told yet nor one of those."""
    last = max(offer.slots.values_list("last_day", flat=True))
    free = [monday for monday in free_mondays(offer) if monday > last and monday not in but]
    return _open_slots(offer, free[:1], places=1)


def _open_slots(offer: Offer, mondays: list[dt.date], places: int) -> list[Slot]:
    begins, ends = hours_of({"weight": offer.weight, "trade": offer.occupation_id})
    days = dt.timedelta(days=(offer.half_days + 1) // 2 - 1)
    firsts = [monday + WEDNESDAY if offer.weight == Weight.VISIT else monday for monday in mondays]
    return Slot.objects.bulk_create(
        Slot(offer=offer, first_day=day, last_day=day + days, starts_at=begins, ends_at=ends, places=places)
        for day in firsts
    )


def _size(size: str) -> tuple[int, int]:
    count, places = size.rstrip("!").split("x")
    return int(count), int(places)
