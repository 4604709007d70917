"""The applications of the demo: each step of the table is done by the action of the site."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Model

from accounts.models import User
from candidates.models import Candidate
from immersions.applications import actions, watch
from immersions.applications.models import Application, ApplicationEvent, Booking, Question
from immersions.applications.places import AgreedDates
from immersions.applications.words import day_words
from immersions.applications.workflow import ApplicationStatus
from immersions.offers import notice
from immersions.offers.models import DateMode, Offer
from traitdunion.demo import accounts
from traitdunion.demo.offers import free_mondays, hours_of, offers_by_key, open_later_slot
from traitdunion.demo.past import Past
from traitdunion.demo.people import manager_of
from traitdunion.demo.tables import rows

WISHES = 2
# What each step writes beside the application: its history at least.
WRITES: dict[str, tuple[type[Model], ...]] = {
    "submit": (ApplicationEvent, Booking),
    "ask": (ApplicationEvent, Question),
    "answer": (ApplicationEvent, Question),
    "book": (ApplicationEvent, Booking),
}
COUNTS_AGAIN = ("submit", "answer")  # The company's time to answer starts here.


@dataclass(slots=True)
class Story:
    """One line of the table, on its way."""

    row: dict[str, str]
    offer: Offer
    candidate: Candidate
    company: User
    application: Application | None = None

    @property
    def person(self) -> User:
        return self.candidate.user


def seed_applications(past: Past) -> None:
    offers = offers_by_key()
    people = {it.user.email: it for it in Candidate.objects.select_related("user")}
    for row in rows("applications"):
        candidate = people[f"{row['candidate']}@{accounts.DOMAIN}"]
        offer = offers[row["offer"]]
        if _is_to_tell(row, candidate, offer):
            _tell(Story(row, offer, candidate, manager_of(offer.company)), past)


def _is_to_tell(row: dict[str, str], candidate: Candidate, offer: Offer) -> bool:
    """Once; and again when nobody answered it in time and someone should have it to answer."""
    last = Application.objects.filter(candidate=candidate, offer=offer).order_by("pk").last()
    if last is None:
        return True
    went_silent = last.status == ApplicationStatus.EXPIRED and "expire@" not in row["steps"]
    return went_silent and offer.status == "published"


def _tell(story: Story, past: Past) -> None:
    for step in story.row["steps"].split():
        verb, _, days = step.partition("@")
        STEPS[verb](story)
        application = story.application
        moment = past.moment(int(days), f"{story.row['candidate']} {story.row['offer']} {step}")
        past.move(moment, Application, "id", application.pk)
        for model in WRITES.get(verb, (ApplicationEvent,)):
            past.move(moment, model, "application_id", application.pk)
        application.refresh_from_db(fields=["status", "status_since", "waiting_since", "submitted_at"])
        due = day_words(application.answer_due_on) if verb in COUNTS_AGAIN else ""
        past.move_messages(moment, answer_by=due)


def _submit(story: Story) -> None:
    row, offer, pick = story.row, story.offer, int(story.row["pick"])
    taken = _weeks_taken(story.candidate)
    slots = [slot for slot in notice.open_slots(offer) if monday_of(slot.first_day) not in taken]
    if offer.date_mode == DateMode.SLOTS and not slots:
        slots = open_later_slot(offer, but=taken)
    weeks = [monday for monday in _weeks(offer) if monday not in taken]
    story.application = actions.submit_application(
        offer,
        candidate=story.candidate,
        by=story.person,
        slots=slots[pick : pick + WISHES] or slots[-1:],
        weeks=[] if slots else weeks[pick : pick + WISHES] or weeks[-1:],
        why=row["why"],
        experience=row["experience"],
        needs=row["needs"],
    )


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
    application, offer = story.application, story.offer
    slot = application.wished_slots.order_by("first_day").first()
    dates = None if slot else _dates(offer, application.wished_weeks[0])
    actions.book_application(application, by=story.company, slot=slot, dates=dates)


def _dates(offer: Offer, monday: dt.date) -> AgreedDates:
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
