"""The six answers that make an offer, in the order in which they are asked."""

from collections.abc import Callable
from dataclasses import dataclass

from immersions.offers.models import DateMode, Offer, Weight
from immersions.offers.queries import SlotQuerySet

TASKS = 3


@dataclass(frozen=True, slots=True)
class Step:
    slug: str
    label: str
    missing: Callable[[Offer], str]
    """What is still to be said, in one sentence, or nothing."""

    @property
    def number(self) -> int:
        return [step.slug for step in STEPS].index(self.slug) + 1


def _place(offer: Offer) -> str:
    return "" if offer.workplace_id else "Dites où l’immersion se passe."


def _occupation(offer: Offer) -> str:
    return "" if offer.occupation_id else "Choisissez le métier."


def _tasks(offer: Offer) -> str:
    if not offer.title:
        return "Donnez un titre à l’offre."
    if len(offer.detail.tasks) < TASKS:
        return "Donnez trois tâches que la personne essaiera."
    return ""


def _duration(offer: Offer) -> str:
    if not offer.half_days:
        return "Dites combien de temps dure l’immersion."
    hires = offer.weight == Weight.HIRING
    if hires and not (offer.contract and offer.pay_gross_monthly and offer.posts):
        return "Dites le contrat, le salaire et le nombre de postes."
    return ""


def _dates(offer: Offer) -> str:
    slots: SlotQuerySet = offer.slots.all()
    if offer.date_mode == DateMode.SLOTS and not slots.bookable().exists():
        return "Donnez au moins un créneau à venir, ou choisissez « Dates à convenir »."
    return ""


def _contact(offer: Offer) -> str:
    detail = offer.detail
    return "" if detail.contact_name and detail.contact_email else "Dites qui nous pouvons appeler."


STEPS = (
    Step("lieu", "Le lieu", _place),
    Step("metier", "Le métier", _occupation),
    Step("taches", "Le titre et les tâches", _tasks),
    Step("duree", "Le type et la durée", _duration),
    Step("dates", "Les dates", _dates),
    Step("contact", "Le contact", _contact),
)
BY_SLUG = {step.slug: step for step in STEPS}


def unanswered(offer: Offer) -> list[tuple[Step, str]]:
    """The steps that still lack something, with the sentence that says what."""
    return [(step, sentence) for step in STEPS if (sentence := step.missing(offer))]


def step_after(step: Step) -> Step | None:
    rest = STEPS[step.number :]
    return rest[0] if rest else None


def step_before(step: Step) -> Step | None:
    return STEPS[step.number - 2] if step.number > 1 else None
