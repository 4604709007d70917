"""The applications of the demo: each step of the table is done by the action of the site."""

import datetime as dt
import logging
from collections.abc import Callable
from contextlib import nullcontext

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from candidates.models import Candidate
from core.rules import RuleBroken
from immersions.applications import actions, watch
from immersions.applications.models import (
    Application,
    ApplicationEvent,
    Booking,
    EndReason,
    Question,
)
from immersions.applications.places import AgreedDates
from immersions.applications.words import day_words
from immersions.applications.workflow import ApplicationStatus
from immersions.offers import notice
from immersions.offers.models import DateMode, Offer, Slot
from traitdunion.demo import accounts, agreements, appointments, stays
from traitdunion.demo.offers import free_mondays, hours_of, offers_by_key, open_later_slot
from traitdunion.demo.past import Past
from traitdunion.demo.people import manager_of
from traitdunion.demo.story import Story, dates_around
from traitdunion.demo.tables import rows

logger = logging.getLogger(__name__)
WISHES = 2
# What each step writes beside the application: its history at least.
WRITES: dict[str, tuple[type[Model], ...]] = {
    "submit": (ApplicationEvent, Booking),
    "ask": (ApplicationEvent, Question),
    "answer": (ApplicationEvent, Question),
    "book": (ApplicationEvent, Booking),
    "series": (ApplicationEvent, Booking),
}
COUNTS_AGAIN = ("submit", "answer")  # The company's time to answer starts here.


def seed_applications(past: Past) -> None:
    """Those that are on their way, then the immersions that have begun."""
    offers = offers_by_key()
    people = {it.user.email: it for it in Candidate.objects.select_related("user")}
    for row in rows("applications") + rows("stays"):
        candidate = people[f"{row['candidate']}@{accounts.DOMAIN}"]
        offer = offers[row["offer"]]
        story = Story(row, offer, candidate, manager_of(offer.company))
        last = Application.objects.filter(candidate=candidate, offer=offer).order_by("pk").last()
        if last is None:
            tell(story, past)
        elif _is_totell_again(row, last, offer):
            _tell_again(story, past)


def _tell_again(story: Story, past: Past) -> None:
    """Life has gone on in the meantime: whoever has other plans by now is left alone."""
    try:
        with transaction.atomic():
            tell(story, past)
    except RuleBroken as refusal:
        logger.info("not told again", extra={"offer": story.row["offer"], "code": refusal.code})


def _is_totell_again(row: dict[str, str], last: Application, offer: Offer) -> bool:
    """Nobody answered or signed it in time, and someone should have it to do."""
    went_silent = last.status == ApplicationStatus.EXPIRED and "expire@" not in row["steps"]
    return (went_silent or last.end_reason == EndReason.NOT_SIGNED) and offer.status == "published"


def tell(story: Story, past: Past) -> None:
    is_past = bool(story.row.get("begins"))
    for step in story.row["steps"].split():
        verb, _, days = step.partition("@")
        key = f"{story.row['candidate']} {story.row['offer']} {step}"
        moment = past.moment(int(days), key) if days else stays.moment_of(verb, story.application)
        if moment > timezone.now():
            break  # A sheet to come will leave by itself.
        with past.at(moment) if is_past else nullcontext():
            STEPS[verb](story)
        _move(past, moment, story, verb)
    if is_past:
        stays.remind(past, story)


def _move(past: Past, moment: dt.datetime, story: Story, verb: str) -> None:
    """What the step has written, to its moment."""
    application = story.application
    past.move(moment, Application, "id", application.pk)
    for model in WRITES.get(verb, (ApplicationEvent,)):
        past.move(moment, model, "application_id", application.pk)
    if verb in ("book", "series") or verb in agreements.STEPS:
        agreements.move(past, moment, story)
    if verb in stays.STEPS:
        stays.move(past, moment, story)
    if verb in appointments.STEPS:
        appointments.move(past, moment, story)
    application.refresh_from_db(fields=["status", "status_since", "waiting_since", "submitted_at"])
    due = day_words(application.answer_due_on) if verb in COUNTS_AGAIN else ""
    past.move_messages(moment, answer_by=due)


def _submit(story: Story) -> None:
    row, offer = story.row, story.offer
    if row.get("begins"):
        return _submit_for(story, [monday_of(_agreed(story).first_day)], [])
    pick = int(row["pick"])
    taken = _weeks_taken(story.candidate)
    slots = [slot for slot in notice.open_slots(offer) if monday_of(slot.first_day) not in taken]
    if offer.date_mode == DateMode.SLOTS and not slots:
        slots = open_later_slot(offer, but=taken)
    weeks = [monday for monday in _weeks(offer) if monday not in taken]
    weeks = [] if slots else weeks[pick : pick + WISHES] or weeks[-1:]
    return _submit_for(story, weeks, slots[pick : pick + WISHES] or slots[-1:])


def _submit_for(story: Story, weeks: list[dt.date], slots: list[Slot]) -> None:
    row = story.row
    story.application = actions.submit_application(
        story.offer,
        candidate=story.candidate,
        by=story.person,
        slots=slots,
        weeks=weeks,
        why=row["why"],
        experience=row["experience"],
        needs=row["needs"],
    )


def _agreed(story: Story) -> AgreedDates:
    """Counted from the real today, wherever the story stands."""
    begins, days = int(story.row["begins"]), int(story.row["days"])
    return dates_around(story.offer, story.today, begins=begins, days=days)


def _weeks_taken(candidate: Candidate) -> set[dt.date]:
    """Whatever the day of the loading, nobody wishes for a week that they have booked elsewhere."""
    held = Booking.objects.filter(application__candidate=candidate)
    return {monday_of(day) for day in held.values_list("slot__first_day", flat=True)}


def monday_of(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def _weeks(offer: Offer) -> list[dt.date]:
    soonest = notice.first_day_of(offer)
    chosen = [monday for monday in offer.weeks if monday >= soonest]
    return chosen + [monday for monday in free_mondays(offer) if not chosen or monday > max(chosen)]


def _book(story: Story) -> None:
    application = story.application
    slot = application.wished_slots.order_by("first_day").first()
    dates = None if slot else _dates(story)
    actions.book_application(application, by=story.company, slot=slot, dates=dates)


def _dates(story: Story) -> AgreedDates:
    if story.row.get("begins"):
        return _agreed(story)
    offer, monday = story.offer, story.application.wished_weeks[0]
    begins, ends = hours_of({"weight": offer.weight, "trade": offer.occupation_id})
    last = monday + dt.timedelta(days=(offer.half_days + 1) // 2 - 1)
    return AgreedDates(monday, last, begins, ends)


def _ask(story: Story) -> None:
    actions.ask_question(story.application, by=story.company, text=story.row["question"])


def _answer(story: Story) -> None:
    actions.answer_question(story.application, by=story.person, text=story.row["answer"])


def _decline(story: Story) -> None:
    reason, words = story.row["reason"], story.row["words"]
    actions.decline_application(story.application, by=story.company, reason=reason, words=words)


def _withdraw(story: Story) -> None:
    reason, words = story.row["reason"], story.row["words"]
    actions.withdraw_application(story.application, by=story.person, reason=reason, words=words)


def _cancel(story: Story) -> None:
    reason, words = story.row["reason"], story.row["words"]
    actions.cancel_application(story.application, by=story.company, reason=reason, words=words)


def _remind(story: Story) -> None:
    """What the sweep does on its day."""
    application = story.application
    application.wait_step += 1
    application.save(update_fields=["wait_step"])
    watch.remind(application, number=application.wait_step)


def _expire(story: Story) -> None:
    actions.expire_application(story.application)


STEPS: dict[str, Callable[[Story], None]] = {
    **agreements.STEPS,
    **appointments.STEPS,
    **stays.STEPS,
    "submit": _submit,
    "ask": _ask,
    "answer": _answer,
    "book": _book,
    "decline": _decline,
    "withdraw": _withdraw,
    "cancel": _cancel,
    "remind": _remind,
    "expire": _expire,
}
