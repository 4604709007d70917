"""Who reads a path: by right, with the reason; by the person's choice; and whom one may still choose."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, Func, OuterRef, Q, Subquery
from django.db.models.functions import Lower

from accounts.models import Membership, Organisation
from candidates.models import Candidate
from candidates.structures.models import Following
from commitments.parcours.models import PathShare
from commitments.parcours.sight import HELD, IN_TRAINING, organisations_in
from commitments.projects.models import Commitment
from commitments.seats.models import SeatRequest
from immersions.applications.models import Application
from territories.text import plain

FOUND = 10


@dataclass(frozen=True, slots=True)
class Reader:
    name: str
    why: str


def by_right(candidate: Candidate) -> list[Reader]:
    """What each needs to do its part of the public-interest mission: not a consent."""
    advised = Following.objects.filter(candidate=candidate).followed().select_related("structure")
    hosts = Application.objects.filter(candidate=candidate, status__in=HELD).values_list(
        "offer__company__name"
    )
    signed = Commitment.objects.filter(candidate=candidate).values_list("company__name")
    seats = SeatRequest.objects.filter(candidate=candidate, status__in=IN_TRAINING)
    trainers = seats.values_list("session__action__training__organisation__name").distinct()
    companies = sorted({name for (name,) in hosts.union(signed)})
    return [
        *(
            Reader(it.structure.name, "Vous accompagne : lit tout le parcours, sauf ce qui est privé.")
            for it in advised
        ),
        *(
            Reader(name, "Vous a reçu·e ou vous promet un contrat : lit sa partie, et elle seule.")
            for name in companies
        ),
        *(
            Reader(
                name,
                "Vous forme, ou lit votre demande de place : lit la formation et la promesse d’embauche.",
            )
            for (name,) in trainers.order_by("session__action__training__organisation__name")
        ),
        Reader("Les agents de votre territoire", "Veillent à ce que chaque étape ait sa réponse."),
    ]


def partners_of(candidate: Candidate, words: str) -> Any:
    """Those with whom it is shared, those that the path knows, and those found by their name.

    Who already reads its own part is offered only by name: sharing shows it the steps of the others too.
    """
    shared = PathShare.objects.standing().filter(candidate=candidate, organisation=OuterRef("pk"))
    has_members = Membership.objects.confirmed().filter(organisation=OuterRef("pk"))
    known = organisations_in(candidate) & Q(reads_its_part=False)
    if words:
        known = Q(plain_name__contains=plain(words))
    rows = Organisation.objects.alias(plain_name=_plain_name(), is_read=Exists(has_members))
    rows = rows.annotate(
        is_shared=Exists(shared), given_at=_given_at(candidate), reads_its_part=_reads_its_part(candidate)
    )
    return rows.filter(Q(is_shared=True) | (known & Q(is_read=True))).order_by(
        F("is_shared").desc(), "name", "pk"
    )[: FOUND * 3]


def _reads_its_part(candidate: Candidate) -> Any:
    """The entity of a company that held or promised, of an organisation that trains: `by_right`’s own rules."""
    held = Application.objects.filter(
        candidate=candidate, status__in=HELD, offer__company__organisation=OuterRef("pk")
    )
    signed = Commitment.objects.filter(candidate=candidate, company__organisation=OuterRef("pk"))
    seats = SeatRequest.objects.filter(
        candidate=candidate,
        status__in=IN_TRAINING,
        session__action__training__organisation__organisation=OuterRef("pk"),
    )
    return Q(Exists(held)) | Q(Exists(signed)) | Q(Exists(seats))


def _given_at(candidate: Candidate) -> Any:
    standing = PathShare.objects.standing().filter(candidate=candidate, organisation=OuterRef("pk"))
    return Subquery(standing.values("given_at")[:1])


def _plain_name() -> Any:
    return Lower(Func("name", function="public.immutable_unaccent"))
