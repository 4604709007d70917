"""What must be true when the storm is over. Each function gives sentences, none when all is well."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import Count, F, Q

from core.models import MessageStatus, OutgoingMessage, ReceivedMail
from immersions.agreements.models import Agreement, Party, Signature
from immersions.agreements.workflow import AgreementStatus
from immersions.applications.models import Application, Booking
from immersions.applications.workflow import ApplicationStatus
from immersions.offers.models import Slot
from tests.drill.world import World


def answer(world: World) -> dict[str, Any]:
    signed = {int(pk) for pk in world["to_sign"]}
    return {"problems": problems(world["applications"], world["members"], signed), "figures": figures()}


def problems(applications: list[int], members: list[str], signed: set[int]) -> list[str]:
    """Everything that is wrong, in sentences."""
    return [
        *bookings_wrong(applications),
        *places_wrong(),
        *statuses_wrong(applications, signed),
        *signatures_wrong(applications, signed),
        *messages_missing(applications, readers=1 + len(members)),
        *messages_unsent(),
        *mails_wrong(),
    ]


def bookings_wrong(applications: list[int]) -> Iterator[str]:
    """Each application holds one place, given once, under one agreement."""
    held = Counter(Booking.objects.values_list("application", flat=True))
    for pk in applications:
        if held[pk] != 1:
            yield f"La candidature {pk} tient {held[pk]} place(s) au lieu d’une."
    if strangers := set(held) - set(applications):
        yield f"Des places sont tenues par des candidatures inconnues : {sorted(strangers)}."
    rows = Application.objects.filter(pk__in=applications).annotate(
        given=Count("events", filter=Q(events__transition="book"), distinct=True),
        under=Count("agreements", distinct=True),
    )
    for row in rows:
        if row.given != 1:
            yield f"L’histoire de la candidature {row.pk} dit {row.given} fois « réservée »."
        if row.under != 1:
            yield f"La candidature {row.pk} a {row.under} convention(s) au lieu d’une."


def places_wrong() -> Iterator[str]:
    """The count on the slot is the number of bookings, and never above the places."""
    rows = Slot.objects.annotate(held=Count("bookings"))
    for slot in rows.exclude(places_taken=F("held")):
        yield f"Le créneau {slot.pk} compte {slot.places_taken} place(s) prises pour {slot.held} réservation(s)."
    for slot in rows.filter(held__gt=F("places")):
        yield f"Le créneau {slot.pk} reçoit {slot.held} personnes pour {slot.places} places."


def statuses_wrong(applications: list[int], signed: set[int]) -> Iterator[str]:
    """Confirmed exactly where all have signed, booked elsewhere; and the history ends where the row stands."""
    for row in Application.objects.filter(pk__in=applications).prefetch_related("events"):
        wanted = ApplicationStatus.CONFIRMED if row.pk in signed else ApplicationStatus.BOOKED
        if row.status != wanted:
            yield f"La candidature {row.pk} est « {row.status} » au lieu de « {wanted} »."
        events = list(row.events.all())
        if events and events[-1].to_status != row.status:
            yield f"La candidature {row.pk} est « {row.status} », son histoire finit en « {events[-1].to_status} »."


def signatures_wrong(applications: list[int], signed: set[int]) -> Iterator[str]:
    """One text, one signature for each of its three parties, and what each of them is owed; nothing elsewhere."""
    rows = Agreement.objects.filter(application__in=applications).prefetch_related("versions__signatures")
    keys = list(OutgoingMessage.objects.filter(key__startswith="agreement/").values_list("key", flat=True))
    owed = Counter(tuple(key.split("/")[1:-1]) for key in keys)
    for row in rows:
        is_signed = row.application_id in signed
        roles = sorted(it.role for version in row.versions.all() for it in version.signatures.all())
        if roles != (sorted(Party.values) if is_signed else []):
            wanted = len(Party.values) if is_signed else 0
            yield f"La convention {row.pk} porte {len(roles)} signature(s) au lieu de {wanted} : {roles}."
        if (row.status == AgreementStatus.VALIDATED) != is_signed:
            yield f"La convention {row.pk} est « {row.status} »."
        for what, count in (("v1/to_sign", 3), ("signature", 3), ("validated", 4)):
            told = owed[(str(row.pk), *what.split("/"))]
            if is_signed and told != count:
                yield f"La convention {row.pk} a {told} message(s) « {what} » au lieu de {count}."


def messages_missing(applications: list[int], *, readers: int) -> Iterator[str]:
    """The candidate and each reader of the company are owed their booking, once."""
    doubled = OutgoingMessage.objects.values("key").annotate(rows=Count("pk")).filter(rows__gt=1)
    for line in doubled:
        yield f"Le message {line['key']} est dû {line['rows']} fois."
    keys = OutgoingMessage.objects.filter(key__contains="/booking/").values_list("key", flat=True)
    owed = Counter(int(key.split("/")[1]) for key in set(keys))
    for pk in applications:
        if owed[pk] != readers:
            yield f"La réservation {pk} a {owed[pk]} message(s) au lieu de {readers}."


def messages_unsent() -> Iterator[str]:
    for row in OutgoingMessage.objects.exclude(status=MessageStatus.SENT):
        yield f"Le message {row.key} n’est pas parti : {row.status}, {row.attempts} essai(s)."


def mails_wrong() -> Iterator[str]:
    """One mail for one message; a hand-over that was repeated bears the same Message-ID, and is counted."""
    mails = Counter(ReceivedMail.objects.values_list("message_id", flat=True))
    host = settings.SITE_URL.split("//")[-1].split(":")[0]
    for row in OutgoingMessage.objects.filter(status=MessageStatus.SENT):
        received = mails.pop(f"<{row.uuid}@{host}>", 0)
        if not received:
            yield f"Le message {row.key} est dit envoyé, et personne ne l’a reçu."
        elif received > 1 + row.repeats:
            yield f"Le message {row.key} a été reçu {received} fois pour {row.repeats} reprise(s) comptée(s)."
    if mails:
        yield f"{sum(mails.values())} courriel(s) ne viennent d’aucun message envoyé."


def figures() -> dict[str, int]:
    """What the run was made of, for who reads its report."""
    return {
        "bookings": Booking.objects.count(),
        "signatures": Signature.objects.count(),
        "messages": OutgoingMessage.objects.count(),
        "mails": ReceivedMail.objects.count(),
        "taken_over": OutgoingMessage.objects.filter(repeats__gt=0).count(),
    }
