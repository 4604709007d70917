"""Other sessions for somebody whose seat is lost: the same training, or one that leads to the same trade."""

from django.db.models import QuerySet

from commitments.projects import choice
from commitments.projects.models import Commitment
from commitments.projects.workflow import CommitmentStatus
from commitments.seats.models import SeatRequest
from core import french
from trainings import eligibility
from trainings.models import Session, TrainingOccupation

SHOWN, IN_A_MESSAGE = 10, 3


def sessions_instead_of(request: SeatRequest) -> QuerySet[Session]:
    """Funded, to come, with a seat; the nearest home first, then the next to start.

    With a promise, those that end before the hiring: another session is then a change of the project.
    """
    if may_amend(request):
        commitment = Commitment.objects.for_page().get(pk=request.commitment_id)
        commitment.starts_by = None  # A later start may be asked for on the same page.
        found = choice.sessions_for(commitment)
    else:
        found = _same_trade(request)
    asked = SeatRequest.objects.live().filter(candidate=request.candidate_id).values("session")
    return found.exclude(pk=request.session_id).exclude(pk__in=asked)


def may_amend(request: SeatRequest) -> bool:
    """Is there a signed project, whose session both may change?"""
    return request.commitment is not None and request.commitment.status == CommitmentStatus.SEALED


def _same_trade(request: SeatRequest) -> QuerySet[Session]:
    training = request.session.action.training_id
    links = TrainingOccupation.objects.annotate(
        trade=eligibility.trade_of("occupation_id", "occupation__parent_code")
    )
    trades = list(links.filter(training=training).values_list("trade", flat=True).distinct())
    trainings = [training, *links.filter(trade__in=trades).values_list("training_id", flat=True)]
    found = Session.objects.bookable_for_pledge().filter(action__training__in=trainings)
    found = found.for_offer_page().select_related("seats")
    home = request.candidate.commune or request.session.action.commune
    return found.with_distance(home.x, home.y) if home else found.soonest_first()


def in_words(request: SeatRequest) -> list[dict[str, str]]:
    """The first ones, as a message says them."""
    return [
        {
            "title": session.action.training.title,
            "where": session.action.town,
            "dates": session.dates,
            "distance": _distance(session),
        }
        for session in sessions_instead_of(request)[:IN_A_MESSAGE]
    ]


def _distance(session: Session) -> str:
    km = getattr(session, "distance_km", None)
    return "" if km is None else french.kilometres(km)
