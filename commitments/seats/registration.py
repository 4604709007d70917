"""What this alcove tells the others, once, when the site starts."""

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from candidates.structures import activity
from commitments.projects import followers
from commitments.seats import follows, moves
from commitments.seats.for_advisors import lines_of
from commitments.seats.models import SeatRequest
from commitments.seats.personal_data import erase_seats, export_seats, obstacle_of
from core import waits
from core.personal_data import Keeper, keep
from trainings.moves import follow_moves
from trainings.organisations import figures
from trainings.organisations.followers import follow_seats


def register() -> None:
    followers.follow("seats", sealed=follows.sealed, amended=follows.amended, ended=follows.ended)
    activity.show("seats", lines_of)
    waits.watch(moves.SEATS)
    waits.watch(moves.VALIDATIONS)
    follow_seats("commitments", moves.follow_figures)
    follow_moves("commitments", moves.follow_sessions)
    figures.count_seats(
        figures.Count(
            asking=lambda: _how_many(SeatRequest.objects.to_answer()),
            held=lambda: _how_many(SeatRequest.objects.held()),
            admitted=lambda: _how_many(SeatRequest.objects.admitted()),
            people="commitments:session_people",
        )
    )
    keep(
        "seats",
        Keeper(title="Demandes de place", export=export_seats, erase=erase_seats, obstacle=obstacle_of),
    )


def _how_many(requests: QuerySet[SeatRequest]) -> Coalesce:
    """How many of these, for a session of the outer query."""
    mine = requests.filter(session=OuterRef("pk")).order_by().values("session")
    counted = mine.annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
