"""What a company writes in its offer: six answers, details, slots. Saved one page at a time."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Model

from accounts.models import User
from accounts.roles import COMPANY
from companies import actions as companies
from companies.models import Company, Workplace
from core.rules import RuleBroken, constraints_speak
from core.workflow import apply
from immersions.applications.models import Application
from immersions.applications.workflow import LIVE as LIVE_APPLICATION
from immersions.needs.joining import leave_need
from immersions.offers import needs
from immersions.offers.actions import follow_catalogue
from immersions.offers.models import DateMode, Offer, OfferDetail, Slot
from immersions.offers.wording import flags
from immersions.offers.workflow import LIVE, REVISE, OfferStatus
from territories.models import Commune, Occupation
from territories.places import locate

# What candidates asked for: it does not change under them.
ASKED_FOR = frozenset({"workplace", "commune", "occupation", "weight"})
# What an agent read before accepting: an untrusted company's change is read again.
FLAGGED = "flagged_words"
READ_BY_AGENT = ASKED_FOR | {FLAGGED, "title", "tasks", "contract", "pay_gross_monthly", "posts"}
COPIED = (
    "company", "workplace", "commune", "x", "y", "occupation", "title", "weight", "half_days",
    "date_mode", "books_instantly", "contract", "contract_months", "pay_gross_monthly", "posts",
    "level_required", "french_level", "licence", "is_reachable_without_car", "welcomes_beginners",
)  # fmt: skip
COPIED_DETAIL = tuple(
    field.name for field in OfferDetail._meta.concrete_fields if field.name not in {"id", "offer"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """One line of the page « Les dates ». `pk` is None for a new slot."""

    pk: int | None
    first_day: dt.date
    last_day: dt.date
    starts_at: dt.time
    ends_at: dt.time
    places: int
    is_open: bool = True


@transaction.atomic
def start_offer(workplace: Workplace, *, by: User) -> Offer:
    """The first answer makes the draft: from here on nothing typed is lost."""
    offer = Offer.objects.create(company=workplace.company, **_at(workplace))
    OfferDetail.objects.create(offer=offer)
    offer.record("start", role=COMPANY, by=by)
    return offer


def add_workplace(company: Company, commune: Commune, *, by: User, address: str = "") -> Workplace:
    """Another place where this company works, or the same one typed again.

    Asks the geocoder: never call it in a transaction.
    """
    address = " ".join(address.split())
    same = company.workplaces.filter(commune=commune, address__iexact=address).first()
    if same:
        return same
    postcode = commune.postcodes.order_by("postcode").values_list("postcode", flat=True).first() or ""
    return companies.add_workplace(
        company,
        by=by,
        address=address,
        postcode=postcode,
        commune=commune,
        place=locate(" ".join(filter(None, [address, postcode, commune.name])), commune),
    )


def answer_place(offer: Offer, workplace: Workplace, *, by: User) -> None:
    if workplace.company_id != offer.company_id:
        raise RuleBroken("Ce lieu n’est pas celui de l’entreprise.", code="workplace")
    answer(offer, by=by, on_offer=_at(workplace))


def follow_workplace(workplace: Workplace, *, by: User, **_: object) -> None:
    """The place of work moved: its offers go along, in the searches and for rule 1."""
    there = Offer.objects.filter(workplace=workplace).exclude(status=OfferStatus.CLOSED)
    for offer in there.select_related("company", "detail").order_by("pk"):
        try:
            answer(offer, by=by, on_offer=_at(workplace))
        except RuleBroken as refusal:
            if refusal.code != "asked_for":
                raise
            raise RuleBroken(
                "Des personnes ont déjà demandé une immersion à cet endroit : sa commune ne change "
                "plus. Ajoutez un autre lieu de travail.",
                code="asked_for",
            ) from refusal


def answer_occupation(offer: Offer, occupation: Occupation, *, by: User) -> None:
    """The title and the tasks of another occupation make no sense here: proposed again."""
    if offer.occupation_id == occupation.pk:
        return
    tasks = list(occupation.tasks.values_list("text", flat=True)[:3])
    answer(
        offer,
        by=by,
        on_offer={"occupation": occupation, "title": occupation.title[:120]},
        on_detail={"tasks": tasks},
    )


def answer_contact(offer: Offer, contact: dict[str, str], *, by: User) -> None:
    """Whom we may call. Who gave it is kept: what concerns people goes to the address of a confirmed
    member only, or to one that such a member gave.
    """
    answer(offer, by=by, on_detail={**contact, "contact_by": by})


@transaction.atomic
def answer(
    offer: Offer,
    *,
    by: User,
    on_offer: dict[str, Any] | None = None,
    on_detail: dict[str, Any] | None = None,
) -> None:
    """Save what one page asks, and follow what it changes for an offer that is already out."""
    _lock_unclosed(offer)
    read_before = flags(offer)
    changed = _put(offer, on_offer or {}) | _put(offer.detail, on_detail or {})
    if not changed:
        return
    if changed & ASKED_FOR and _has_live_applications(offer):
        raise RuleBroken(
            "Des personnes ont déjà demandé cette immersion : le lieu, le métier et le type ne "
            "changent plus. Vous pouvez dupliquer l’offre.",
            code="asked_for",
        )
    with constraints_speak(Offer, OfferDetail):
        offer.save()
        offer.detail.save()
    if set(flags(offer)) - set(read_before):
        changed |= {FLAGGED}
    _after_change(offer, changed, by=by)


@transaction.atomic
def answer_dates(
    offer: Offer,
    *,
    by: User,
    date_mode: str,
    weeks: list[dt.date],
    periods: Iterable[Period] = (),
    removed: Collection[int] = (),
    books_instantly: bool = False,
) -> None:
    """Dates to agree, or slots: added, moved, closed, removed unless someone is in them.

    A slot that the page did not speak of stays: a colleague may have just added it.
    """
    _lock_unclosed(offer)
    changed = _put(
        offer,
        {"date_mode": date_mode, "weeks": sorted(weeks), "books_instantly": books_instantly},
    )
    offer.save()
    if date_mode == DateMode.SLOTS and _put_slots(offer, list(periods), removed):
        changed |= {"slots"}
    if changed:
        _after_change(offer, changed, by=by)


@transaction.atomic
def duplicate_offer(offer: Offer, *, by: User) -> Offer:
    """A new draft that says the same, without the dates."""
    copy = Offer(**{name: getattr(offer, name) for name in COPIED})
    copy.half_days = min(copy.half_days, Offer.HALF_DAYS_AT_MOST) if copy.half_days else None
    copy.date_mode = DateMode.TO_AGREE
    copy.save()
    words = {name: getattr(offer.detail, name) for name in COPIED_DETAIL}
    OfferDetail.objects.create(offer=copy, **words)
    copy.record("start", role=COMPANY, by=by, data={"copied_from": offer.pk})
    return copy


def needs_reading_again(offer: Offer, changed: set[str]) -> bool:
    """May this change of a published offer wait for an agent? (docs/decisions)"""
    if offer.status not in LIVE or offer.company.is_trusted:
        return False
    return bool(changed & READ_BY_AGENT)


def _at(workplace: Workplace) -> dict[str, Any]:
    """Where the offer is: copied, so that one index serves the searches."""
    return {
        "workplace": workplace,
        "commune": workplace.commune,
        "x": workplace.x,
        "y": workplace.y,
    }


def _lock_unclosed(offer: Offer) -> None:
    offer.lock()
    if offer.status == OfferStatus.CLOSED:
        raise RuleBroken("Cette offre est fermée : dupliquez-la pour la reprendre.", code="closed")


def _has_live_applications(offer: Offer) -> bool:
    return Application.objects.filter(offer=offer, status__in=LIVE_APPLICATION).exists()


def _put(row: Model, values: dict[str, Any]) -> set[str]:
    """Set `values` on `row`; the names of those that really changed."""
    changed = {name for name, value in values.items() if getattr(row, name) != value}
    for name in changed:
        setattr(row, name, values[name])
    return changed


def _after_change(offer: Offer, changed: set[str], *, by: User) -> None:
    if offer.status == OfferStatus.DRAFT:
        return
    data, before = {"fields": sorted(changed)}, offer.status
    if needs_reading_again(offer, changed):
        apply(REVISE, offer, role=COMPANY, by=by, data=data)
        needs.close_tasks_of(offer, left=before, by=by)
        leave_need(offer, by=by)
        return
    offer.record("edit", before=offer.status, role=COMPANY, by=by, data=data)
    follow_catalogue(offer)


def _put_slots(offer: Offer, periods: list[Period], removed: Collection[int]) -> bool:
    """Write `periods`, take `removed` away. Did anything change?"""
    slots = {
        slot.pk: slot
        for slot in Slot.objects.select_for_update(no_key=True).filter(offer=offer, is_agreed=False).to_come()
    }
    changed = False
    for pk in slots.keys() & set(removed):
        _remove(slots[pk])
        changed = True
    for period in periods:
        slot = slots.get(period.pk) if period.pk else Slot(offer=offer)
        if slot is None:  # Removed or past since the page was opened.
            raise RuleBroken("Un de ces créneaux n’existe plus : relisez la page.", code="slot_gone")
        changed |= _write(slot, period)
    return changed


def _write(slot: Slot, period: Period) -> bool:
    values = {name: getattr(period, name) for name in Period.__slots__ if name != "pk"}
    changed = _put(slot, values)
    if slot.places_taken and changed & {"first_day", "last_day", "starts_at", "ends_at"}:
        raise RuleBroken(
            f"{_taken(slot)} : déplacez-le depuis « Les créneaux », pour que chacun soit prévenu.",
            code="slot_taken",
        )
    if slot.places < slot.places_taken:
        raise RuleBroken(f"{_taken(slot)} : gardez au moins {slot.places_taken} places.", code="slot_taken")
    if changed or slot.pk is None:
        with constraints_speak(Slot):
            slot.save()
    return bool(changed)


def _remove(slot: Slot) -> None:
    if slot.places_taken:
        raise RuleBroken(
            f"{_taken(slot)} : ce créneau ne se supprime pas. Fermez-le depuis « Les créneaux ».",
            code="slot_taken",
        )
    slot.delete()


def _taken(slot: Slot) -> str:
    count = slot.places_taken
    people = "1 personne a sa place" if count == 1 else f"{count} personnes ont leur place"
    return f"{people} le {slot.first_day:%d/%m/%Y}"
