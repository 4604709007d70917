"""The page of one offer: what, when, where, with whom, what it takes, and what then."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.text import capfirst

from core import french
from immersions.days import first_bookable_day
from immersions.offers.cards import card_of, distance_said, read_for_cards
from immersions.offers.models import DateMode, FrenchLevel, LicenceNeed, Offer, OfferDetail, Slot, Weight
from immersions.offers.search import Search
from immersions.offers.workflow import OfferStatus
from territories.geo import Place
from territories.places import PlaceAnswer
from trainings.models import Session

SLOTS, WEEKS, SESSIONS, TRAININGS, STARTS, ALTERNATIVES = 8, 8, 60, 3, 3, 3
LEVELS = {1: "niveau 1", 2: "niveau 2", 3: "CAP ou BEP", 4: "bac", 5: "bac + 2", 6: "bac + 3"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of « Vos dates »: what is sent, what is read, and a figure beside."""

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FundedTraining:
    """A training that leads there, as the page shows it."""

    title: str
    url: str
    facts: str
    starts: list[dict[str, str]]
    session: Session


class Sheet:
    """One offer, read for its public page, or as a preview of what that page will be."""

    def __init__(self, offer: Offer, *, place: Place | None = None, is_preview: bool = False) -> None:
        self.offer, self.place = offer, place
        self.detail = getattr(offer, "detail", None) or OfferDetail()
        self.is_open = is_preview or offer.status == OfferStatus.PUBLISHED
        self.is_visit = offer.weight == Weight.VISIT
        self.distance = distance_said(offer, place)
        self.choices = self.find_choices() if self.is_open else []
        self.trainings = self.find_trainings()

    # --- When --------------------------------------------------------------------------------
    @property
    def choice_name(self) -> str:
        return "semaine" if self.offer.date_mode == DateMode.TO_AGREE else "creneau"

    def find_choices(self) -> list[Choice]:
        if self.offer.date_mode == DateMode.TO_AGREE:
            first = first_bookable_day(self.offer)
            weeks = sorted(week for week in self.offer.weeks if week >= first)[:WEEKS]
            return [Choice(week.isoformat(), f"semaine du {french.day(week)}") for week in weeks]
        slots = Slot.objects.bookable().filter(
            offer=self.offer, first_day__gte=first_bookable_day(self.offer)
        )[:SLOTS]
        return [
            Choice(str(slot.pk), slot_said(slot), french.counted(slot.places_left, "place")) for slot in slots
        ]

    @property
    def bar_choices(self) -> list[tuple[str, str]]:
        """On a phone, without the days of the week: the end would not be read."""
        words = ((each.value, each.label.split(" ")) for each in self.choices)
        return [
            (value, " ".join(word for word in label if word not in french.DAYS)) for value, label in words
        ]

    @property
    def no_dates(self) -> str:
        """The sentence that stands where dates would."""
        if self.choices:
            return ""
        if self.offer.date_mode == DateMode.TO_AGREE:
            return "Dates à convenir avec l’entreprise : dites vos disponibilités dans votre demande."
        return "Toutes les dates sont prises pour l’instant. Faites votre demande : l’entreprise peut en ouvrir d’autres."

    # --- What then ---------------------------------------------------------------------------
    def find_trainings(self) -> list[FundedTraining]:
        """The funded trainings that lead there, the nearest first, each with its next starts."""
        offer = self.offer
        if not (offer.occupation and offer.commune) or offer.x is None or offer.y is None:
            return []
        sessions = (
            Session.objects.eligible()
            .leading_to(offer.occupation)
            .within(offer.commune.department.region.publication_radius_km, offer.x, offer.y)
            .with_distance(offer.x, offer.y)
            .for_offer_page()[:SESSIONS]
        )
        by_action: dict[int, list[Any]] = defaultdict(list)
        for session in sessions:
            by_action[session.action_id].append(session)
        return [funded(each) for each in list(by_action.values())[:TRAININGS]]

    @property
    def steps(self) -> list[dict[str, str]]:
        """The path: immersion — formation — contrat, as far as this offer goes."""
        what = "Visite" if self.is_visit else "Immersion"
        steps = [{"label": what, "note": self.offer.duration, "status": "now"}]
        if self.trainings:
            steps.append({"label": "Formation", "note": how_long(self.trainings[0].session)})
        if self.offer.promise:
            steps.append({"label": self.offer.promise, "note": "à la fin"})
        return steps if len(steps) > 1 else []

    @property
    def pay(self) -> str:
        return (
            f"{french.euros(self.offer.pay_gross_monthly)} brut par mois"
            if self.offer.pay_gross_monthly
            else ""
        )

    # --- What it takes -----------------------------------------------------------------------
    @property
    def essentials(self) -> list[str]:
        essentials = list(self.detail.essentials)
        if self.offer.licence == LicenceNeed.REQUIRED:
            essentials.append("Le permis B")
        if self.offer.level_required:
            essentials.append(f"Un diplôme de niveau {LEVELS.get(self.offer.level_required, 'bac + 3')}")
        if self.offer.french_level:
            essentials.append(f"Français : niveau {FrenchLevel(self.offer.french_level).label}")
        return essentials

    @property
    def learned(self) -> list[str]:
        learned = list(self.detail.learned)
        if self.offer.licence == LicenceNeed.LEARNED:
            learned.append("Le permis B")
        if not learned and self.offer.welcomes_beginners:
            learned.append("Tout le métier : les débutants sont bienvenus")
        return learned

    @property
    def day(self) -> list[tuple[str, str]]:
        plan = self.detail.day_plan if isinstance(self.detail.day_plan, list) else []
        return [
            (str(each.get("time", "")), capfirst(str(each.get("what", ""))))
            for each in plan
            if isinstance(each, dict)
        ]

    @property
    def practical(self) -> list[tuple[str, str]]:
        """What one asks before the first day, only what is known."""
        detail = self.detail
        known = [
            ("Horaires", detail.working_hours),
            ("Tenue", detail.clothes),
            ("Repas", detail.meals),
            ("Venir", detail.access),
            ("Logement", detail.housing),
            ("Efforts", detail.physical_demands),
        ]
        return [(name, text) for name, text in known if text]

    @property
    def tutor(self) -> str:
        """« Marc, chef d’équipe »: a first name is enough for now."""
        first_name = self.detail.tutor_name.split(" ")[0]
        return ", ".join(filter(None, [first_name, self.detail.tutor_job]))

    @property
    def about(self) -> str:
        return self.detail.about or self.offer.company.description

    # --- Around it ---------------------------------------------------------------------------
    @property
    def answer_days(self) -> int:
        return self.offer.answer_days

    @property
    def back(self) -> dict[str, str]:
        place = self.place or (Place.of_commune(self.offer.commune) if self.offer.commune else None)
        if place is None:
            return {"url": "/offres/", "label": "Toutes les immersions"}
        name = french.of(place.label.rsplit(" (", 1)[0])
        return {"url": f"/offres/?lieu={place.code}", "label": f"Les immersions autour {name}"}

    def alternatives(self) -> list[Any]:
        """Open offers of the same trade around, else of any trade: for an offer that is no more."""
        if self.offer.commune is None:
            return []
        here = self.place or Place.of_commune(self.offer.commune)
        search = Search(asked_place=PlaceAnswer(here.label, place=here))
        trade = self.offer.occupation
        for around in (search.about(trade), search):
            found = around.in_order()[:ALTERNATIVES]
            if cards := [card_of(each, place=here) for each in read_for_cards(found)]:
                return cards
        return []

    @property
    def why_closed(self) -> str:
        reasons: dict[str, str] = {
            OfferStatus.PAUSED: "Cette offre est en pause : l’entreprise ne prend pas de demande en ce moment.",
            OfferStatus.AWAITING_TRAINING: (
                "Cette offre attend une formation financée. Elle rouvrira dès qu’une session sera prévue."
            ),
        }
        return reasons.get(self.offer.status, "Cette offre est fermée : elle ne reçoit plus de demande.")

    def json_ld(self) -> dict[str, Any]:
        """An unpaid immersion is no job: schema.org's work-based programme says what it is."""
        offer = self.offer
        where = {"@type": "PostalAddress", "addressLocality": offer.commune.name, "addressCountry": "FR"}
        return {
            "@context": "https://schema.org",
            "@type": "WorkBasedProgram",
            "name": offer.title,
            "description": " ; ".join(self.detail.tasks) or offer.title,
            "occupationalCategory": offer.occupation_id,
            "timeToComplete": f"PT{offer.half_days * 4}H"
            if self.is_visit
            else f"P{(offer.half_days + 1) // 2}D",
            "provider": {"@type": "Organization", "name": offer.company.name, "address": where},
            "isAccessibleForFree": True,
        }


def slot_said(slot: Slot) -> str:
    said = french.period(slot.first_day, slot.last_day)
    if slot.first_day == slot.last_day:
        return f"{said}, {french.hour(slot.starts_at)} à {french.hour(slot.ends_at)}"
    return said


def how_long(session: Session) -> str:
    if is_dated(session):
        return french.length(session.starts_on, session.ends_on)
    return "entrée toute l’année" if session.action.has_permanent_entry else ""


def is_dated(session: Session) -> bool:
    return bool(session.starts_on and session.ends_on and not session.action.has_permanent_entry)


def funded(sessions: list[Any]) -> FundedTraining:
    first = sessions[0]
    action, training = first.action, first.action.training
    parts = [training.organisation.name]
    place = action.commune.name if action.commune else action.town
    if place:
        parts.append(f"{place}, à {french.kilometres(first.distance_km)}")
    if is_dated(first):
        parts.append(french.length(first.starts_on, first.ends_on))
    if training.level_out:
        parts.append(
            f"niveau {LEVELS.get(training.level_out, training.get_level_out_display())}".replace(
                "niveau niveau", "niveau"
            )
        )
    parts.append("payée par la Région")
    dated = sorted((each for each in sessions if each.starts_on), key=lambda each: each.starts_on)
    return FundedTraining(
        title=training.certification_title or training.title,
        url=training.get_absolute_url(),
        facts=" · ".join(parts),
        starts=[start_said(each) for each in dated[:STARTS]] or [{"text": "Entrée toute l’année"}],
        session=dated[0] if dated else first,
    )


def start_said(session: Session) -> dict[str, str]:
    today = timezone.localdate()
    if session.starts_on <= today:
        said = "Entrée toute l’année"
    elif session.is_start_in_month:
        said = french.month(session.starts_on)
    else:
        said = french.day(session.starts_on)
    if session.seats_left is not None:
        said += f" · {french.counted(session.seats_left, 'place')}"
    return {"text": said}
