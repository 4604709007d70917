"""An offer in words, for its company: where it stands, what it says, what happens next."""

from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User
from core import french
from immersions.applications.models import Application
from immersions.applications.words import slot_words
from immersions.applications.workflow import HOLDS_PLACES, ApplicationStatus
from immersions.needs.models import TrainingNeed
from immersions.offers.models import DateMode, Offer, Weight
from immersions.offers.needs import answer_by
from immersions.offers.publication import what_is_missing
from immersions.offers.workflow import SEND_BACK, OfferStatus

KINDS = {
    OfferStatus.DRAFT: "",
    OfferStatus.IN_MODERATION: "due",
    OfferStatus.PUBLISHED: "good",
    OfferStatus.AWAITING_TRAINING: "due",
    OfferStatus.PAUSED: "off",
    OfferStatus.CLOSED: "off",
}
SLOTS_SAID = 4


@dataclass(frozen=True, slots=True)
class Line:
    """One offer of the list. Reads what `for_company_list()` brings."""

    offer: Offer

    @property
    def word(self) -> str:
        return self.offer.get_status_display()

    @property
    def kind(self) -> str:
        return KINDS[OfferStatus(self.offer.status)]

    @property
    def title(self) -> str:
        return self.offer.title or "Offre sans titre"

    @property
    def where(self) -> str:
        place = self.offer.commune.name if self.offer.commune else ""
        return ", ".join(filter(None, [self.offer.company.name, place]))

    @property
    def is_closed(self) -> bool:
        return self.offer.status == OfferStatus.CLOSED

    @property
    def since(self) -> str:
        return french.day(self.offer.status_since.date())

    @property
    def next_step(self) -> str:
        """What the company can do about it, or whom it waits for."""
        return {
            OfferStatus.DRAFT: "À finir et à envoyer",
            OfferStatus.IN_MODERATION: f"Nous la relisons sous {self.offer.reading_words}",
            OfferStatus.PUBLISHED: self._published(),
            OfferStatus.AWAITING_TRAINING: "Un agent de la Région cherche une formation",
            OfferStatus.PAUSED: "Personne ne peut la demander",
            OfferStatus.CLOSED: f"Fermée le {self.since}",
        }[OfferStatus(self.offer.status)]

    def _published(self) -> str:
        waiting = getattr(self.offer, "waiting", 0)
        if waiting:
            return f"{french.counted(waiting, 'candidature')} à lire"
        return "En ligne, rien à faire"


def answers(offer: Offer) -> list[dict[str, str]]:
    """« Vérifiez vos réponses »: what was said, with the way to change it."""
    detail = offer.detail
    contact = [detail.contact_name, detail.contact_email, detail.contact_phone]
    said = [
        ("Lieu", str(offer.workplace or ""), "lieu"),
        ("Métier", str(offer.occupation or ""), "metier"),
        ("Titre", offer.title, "taches"),
        ("Tâches", "\n".join(detail.tasks), "taches"),
        ("Type et durée", _duration(offer), "duree"),
        *([("Contrat possible", _promise(offer), "duree")] if offer.weight == Weight.HIRING else []),
        ("Dates", _dates(offer), "dates"),
        ("Contact, jamais public", "\n".join(filter(None, contact)), "contact"),
    ]
    is_open = offer.status != OfferStatus.CLOSED
    return [
        {"label": label, "value": value, "url": _change(offer, step) if is_open else ""}
        for label, value, step in said
    ]


def _change(offer: Offer, step: str) -> str:
    return reverse("immersions:offer_step", args=[offer.pk, step]) + "?retour=offre"


def _duration(offer: Offer) -> str:
    if not offer.half_days:
        return ""
    if offer.weight == Weight.VISIT:
        return offer.get_weight_display()
    return f"{offer.get_weight_display()}, {offer.duration}"


def _promise(offer: Offer) -> str:
    if not (offer.promise and offer.pay_gross_monthly and offer.posts):
        return ""
    pay = f"{french.euros(offer.pay_gross_monthly)} brut par mois"
    return f"{offer.promise}, {pay}, {french.counted(offer.posts, 'poste')}"


def _dates(offer: Offer) -> str:
    if offer.date_mode == DateMode.TO_AGREE:
        weeks = ", ".join(french.day(monday) for monday in offer.weeks)
        return f"À convenir, semaines du {weeks}" if weeks else "À convenir"
    slots = [slot for slot in offer.slots.to_come() if not slot.is_agreed]
    lines = [
        f"{slot_words(slot)}, {french.counted(slot.places, 'place')}{'' if slot.is_open else ' (fermé)'}"
        for slot in slots
    ]
    rest = len(lines) - SLOTS_SAID
    return "\n".join([*lines[:SLOTS_SAID], *([f"et {rest} de plus"] if rest > 0 else [])])


def last_reason(offer: Offer) -> str:
    """Why an agent sent this draft back, if one did."""
    if offer.status != OfferStatus.DRAFT:
        return ""
    event = offer.events.filter(transition=SEND_BACK.name).last()
    return event.note if event else ""


def what_next(offer: Offer) -> tuple[str, list[str]]:
    """The confirmation: a title, and what happens now."""
    if offer.status == OfferStatus.PUBLISHED:
        return "Votre offre est publiée", [
            "Les personnes intéressées vous envoient une demande avec quelques réponses courtes.",
            "Vous recevez un message à chaque demande, et tout est aussi dans « À faire ».",
            f"Vous répondez sous {offer.answer_days} jours : une place, une question, ou un refus expliqué.",
        ]
    if offer.status == OfferStatus.AWAITING_TRAINING:
        need = TrainingNeed.objects.of_offer(offer).first()
        return "Votre offre attend une formation", [
            what_is_missing(offer) or "Une formation vient d’ouvrir : l’offre paraît sous une heure.",
            f"Un agent de la Région vous répond au plus tard le {french.day(need.due_on if need else answer_by(offer))}.",
            "Dès qu’une session ouvre, l’offre paraît d’elle-même et vous recevez un message.",
        ]
    if offer.status == OfferStatus.IN_MODERATION:
        return "Votre offre est envoyée", [
            f"Un agent de la Région la relit sous {offer.reading_words}.",
            "Vous recevez un message : elle est publiée, ou il dit ce qui est à revoir.",
            "En attendant, complétez-la\N{NO-BREAK SPACE}: journée type, tuteur ou tutrice, tenue, repas.",
        ]
    return offer.get_status_display(), []


def waiting_for(user: User, offer: Offer) -> int:
    """Applications that this member may read and that nobody has answered."""
    received = Application.objects.received_by(user)
    return received.filter(offer=offer, status=ApplicationStatus.SUBMITTED).count()


def people_of(offer: Offer) -> dict[str, int]:
    """Whom closing it concerns."""
    of_offer = Application.objects.filter(offer=offer)
    return {
        "waiting": of_offer.filter(status=ApplicationStatus.SUBMITTED).count(),
        "booked": of_offer.filter(status__in=HOLDS_PLACES).count(),
    }
