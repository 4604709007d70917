"""What a card says in five seconds: what, how far, with whom, hiring, when, and what it leads to."""

import datetime as dt
from typing import Any, TypedDict

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject
from django.utils import timezone

from core import french
from immersions.days import first_bookable_day
from immersions.offers.leads_to import NextTraining, next_trainings
from immersions.offers.models import DateMode, LicenceNeed, Offer, Slot, Weight
from immersions.offers.queries import OfferQuerySet
from territories.geo import Place, distance_km

READ = (
    *("title", "weight", "status", "half_days", "date_mode", "weeks", "contract", "contract_months"),
    *("licence", "is_reachable_without_car", "welcomes_beginners", "x", "y", "published_at"),
    *("company__name", "occupation__title", "occupation__parent_code"),
    *("workplace__latitude", "workplace__longitude", "workplace__is_approximate"),
    *("commune__name", "commune__department__region__publication_radius_km"),
    "commune__department__region__booking_notice_working_days",
)
SLOTS_READ = 8  # Enough to find one that can still be booked.


class Fact(TypedDict):
    text: str
    kind: str


class Card(TypedDict):
    """`templates/components/offer_cards.html` shows it: dictionaries with nothing missing, which
    a template reads fastest.
    """

    url: str
    title: str
    company: str
    city: str
    note: str
    facts: list[Fact]
    distance: str
    training: str
    training_more: str
    leads_to: str


def read_for_cards(offers: OfferQuerySet) -> list[Any]:
    """These offers with all that a card says: two queries whatever their number."""
    slots = Slot.objects.bookable().filter(offer=OuterRef("pk")).order_by("first_day", "pk")
    rows = list(
        offers.select_related("company", "occupation", "workplace", "commune__department__region")
        .only(*READ)
        .annotate(
            next_slots=ArraySubquery(
                slots.values(json=JSONObject(first=F("first_day"), left=F("places") - F("places_taken")))[
                    :SLOTS_READ
                ]
            )
        )
    )
    for offer, training in zip(rows, next_trainings(rows), strict=True):
        offer.next_training = training
    return rows


def card_of(offer: Any, *, place: Place | None = None) -> Card:
    training = offer.next_training
    return Card(
        url=address_from(offer, place),
        title=offer.title,
        company=offer.company.name,
        city=offer.commune.name,
        note="",
        distance=distance_said(offer, place),
        facts=facts_of(offer),
        training=training.title if training else "",
        training_more=training_said(training),
        leads_to="",
    )


def address_from(offer: Offer, place: Place | None) -> str:
    """Its page, which remembers where the visitor lives."""
    return f"{offer.get_absolute_url()}?lieu={place.code}" if place else offer.get_absolute_url()


def distance_said(offer: Offer, place: Place | None) -> str:
    """« 4 km », « environ 12 km »: as the crow flies."""
    if place is None or offer.x is None or offer.y is None:
        return ""
    km = distance_km(place.xy, (offer.x, offer.y))
    is_rough = place.approximate or (offer.workplace is not None and offer.workplace.is_approximate)
    about = "environ " if is_rough and km >= 1 else ""
    return about + french.kilometres(km)


def facts_of(offer: Any) -> list[Fact]:
    facts = []
    if promise := offer.promise:
        facts.append(fact(f"Embauche possible : {promise}", "good"))
    is_visit = offer.weight == Weight.VISIT
    facts.append(fact("Visite, ½ journée" if is_visit else offer.duration))
    if offer.welcomes_beginners and not is_visit:
        facts.append(fact("Débutants bienvenus"))
    if offer.licence == LicenceNeed.LEARNED:
        facts.append(fact("Permis B : s’apprend en route"))
    if offer.is_reachable_without_car:
        facts.append(fact("Sans voiture"))
    return [*facts, when_fact(offer)]


def fact(text: str, kind: str = "") -> Fact:
    return {"text": text, "kind": kind}


def when_fact(offer: Any) -> Fact:
    """« 2 places le 7 décembre », « Dates à convenir », « Complet pour l’instant »."""
    if offer.date_mode == DateMode.TO_AGREE:
        today = timezone.localdate()
        weeks = [week for week in offer.weeks if week > today]
        return (
            fact(f"Dès la semaine du {french.day(min(weeks))}", "due") if weeks else fact("Dates à convenir")
        )
    if offer.next_slots:
        first = first_bookable_day(offer)
        for slot in offer.next_slots:
            starts = dt.date.fromisoformat(slot["first"])
            if starts >= first:
                places = french.counted(slot["left"], "place")
                return fact(f"{places} le {french.day(starts)}", "due")
    return fact("Complet pour l’instant")


def training_said(training: NextTraining | None) -> str:
    """« 8 mois, Metz, dès le 1ᵉʳ février, payée par la Région »."""
    if training is None:
        return ""
    starts, ends = training.starts_on, training.ends_on
    parts = [french.length(starts, ends)] if starts and ends and not training.is_permanent else []
    if training.town:
        parts.append(training.town)
    if starts and starts > timezone.localdate():
        parts.append(f"dès le {french.day(starts)}")
    elif training.is_permanent:
        parts.append("entrée toute l’année")
    return ", ".join([*parts, "payée par la Région"])
