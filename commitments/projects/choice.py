"""Which sessions a candidate may pledge to follow for a given promise, and why another may not be."""

import datetime as dt
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils import timezone

from commitments.projects.models import Commitment
from core import french
from core.rules import RuleBroken
from territories.geo import distance_km
from territories.models import Commune
from trainings.models import Session

SHOWN = 30
STARTED = "Cette session a déjà commencé : choisissez-en une autre."
FULL = "Cette session est complète : choisissez-en une autre."
CLOSED = "Cette session n’est plus ouverte : choisissez-en une autre."
UNDATED = "Cette session ne dit pas encore quand elle finit : choisissez-en une autre."
ELSEWHERE = (
    "Cette formation ne mène pas à ce métier. Si elle convient quand même, un agent de la Région peut la "
    "permettre : demandez-le à la personne qui vous accompagne."
)
LEADS_ALREADY = "Cette formation mène déjà à ce métier : la personne peut la choisir sans permission."
ALLOWED_IS_CHOSEN = (
    "La personne a choisi la formation déjà permise. Pour en permettre une autre, elle choisit d’abord une session "
    "qui mène au métier."
)
ALLOWED_ALREADY = "Cette formation est déjà permise pour ce projet."


def sessions_for(commitment: Commitment) -> QuerySet:
    """Funded, to come, with a seat, leading to the trade; the nearest home first, then the next to start."""
    x, y = home_of(commitment)
    wanted = Session.objects.leading_to(commitment.offer.occupation)
    if allowed := _allowed_of(commitment):
        wanted = Session.objects.filter(Q(pk__in=wanted.values("pk")) | Q(action__training=allowed))
    open_ones = wanted.bookable_for_pledge().values("pk")
    rows = Session.objects.filter(
        Q(pk__in=open_ones) | (Q(pk__in=_held_by(commitment)) & Q(pk__in=wanted.values("pk")))
    )
    rows = rows.filter(ends_on__isnull=False)
    if commitment.starts_by:
        rows = rows.filter(ends_on__lt=commitment.starts_by)
    return rows.for_offer_page().select_related("seats").with_distance(x, y)


def _held_by(commitment: Commitment) -> QuerySet:
    """Where the person has a seat already, asked for without a promise: a full session is not full for them."""
    today = timezone.localdate()
    seats = commitment.candidate.seat_requests.filter(holds_seat=True, session__starts_on__gt=today)
    return seats.values("session")


def _allowed_of(commitment: Commitment) -> int | None:
    """The training that an agent permitted, though it leads elsewhere: whichever of its sessions."""
    return commitment.pledge.allowed_training_id


def check_session(commitment: Commitment, session: Session, *, starts_by: dt.date | None = None) -> None:
    """RuleBroken, with its sentence, unless this session may be promised today."""
    check_open(commitment, session)
    check_leads(commitment, session)
    check_ends_in_time(commitment, session, starts_by=starts_by)


def check_to_allow(commitment: Commitment, session: Session) -> None:
    """RuleBroken unless an agent's permission of this session opens something to the person."""
    if leads(commitment, session):
        raise RuleBroken(LEADS_ALREADY, code="leads_already")
    if _allowed_of(commitment) == session.action.training_id:
        raise RuleBroken(ALLOWED_ALREADY, code="allowed_already")
    chosen = commitment.pledge.session
    if chosen is not None and not leads(commitment, chosen):
        raise RuleBroken(ALLOWED_IS_CHOSEN, code="allowed_is_chosen")
    check_open(commitment, session)
    check_ends_in_time(commitment, session)


def check_open(commitment: Commitment, session: Session) -> None:
    one = Session.objects.filter(pk=session.pk)
    today = timezone.localdate()
    session = one.select_related("action").get()
    if session.starts_on and session.starts_on <= today:
        raise RuleBroken(STARTED, code="started")
    if session.ends_on is None:
        raise RuleBroken(UNDATED, code="undated")
    is_held = _held_by(commitment).filter(session=session).exists()
    if not is_held and (session.is_full or _is_taken(session)):
        raise RuleBroken(FULL, code="full")
    if not (one.current() if is_held else one.bookable_for_pledge()).exists():
        raise RuleBroken(CLOSED, code="closed")


def check_ends_in_time(commitment: Commitment, session: Session, *, starts_by: dt.date | None = None) -> None:
    latest = starts_by or commitment.starts_by
    if latest and session.ends_on >= latest:
        raise RuleBroken(
            f"Cette session finit le {french.day(session.ends_on, year=True)}, et l’entreprise embauche au plus "
            f"tard le {french.day(latest, year=True)}.",
            code="commitment_starts_after_the_training",
        )


def check_leads(commitment: Commitment, session: Session) -> None:
    is_allowed = _allowed_of(commitment) == session.action.training_id
    if not is_allowed and not leads(commitment, session):
        raise RuleBroken(ELSEWHERE, code="trainingpledge_leads_to_the_occupation")


def leads(commitment: Commitment, session: Session) -> bool:
    return Session.objects.filter(pk=session.pk).leading_to(commitment.offer.occupation).exists()


def _is_taken(session: Session) -> bool:
    seats = getattr(session, "seats", None)
    return seats is not None and seats.left is not None and seats.left <= 0


def home_of(commitment: Commitment) -> tuple[float, float]:
    commune = commune_of(commitment)
    return commune.x, commune.y


def commune_of(commitment: Commitment) -> Commune:
    """Where the person leaves from: their commune, else that of the place of work."""
    return commitment.candidate.commune or commitment.offer.commune


def distance_to(commitment: Commitment, session: Session) -> Decimal | None:
    """As the crow flies, to a tenth of a kilometre."""
    action = session.action
    if action.x is None or action.y is None:
        return None
    return Decimal(str(round(distance_km(home_of(commitment), (action.x, action.y)), 1)))


def seats_words(session: Session) -> str:
    """« 3 places restantes », or that nobody said."""
    seats = getattr(session, "seats", None)
    left = seats.left if seats is not None else session.seats_left
    return (
        "places à confirmer" if left is None else french.counted(left, "place restante", "places restantes")
    )
