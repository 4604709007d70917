"""What comes next of a training, a project, a contract, in « À faire »: who must act, and before when."""

from django.db.models import Exists, OuterRef
from django.urls import reverse

from accounts.roles import CANDIDATE
from candidates.models import CandidateQuerySet
from commitments.parcours.from_projects import commitments_of
from commitments.parcours.from_trainings import seats_of
from commitments.parcours.lines import Kind, Line, Path, lines_of
from commitments.parcours.sight import SEEN_BY
from commitments.projects.models import Commitment
from commitments.projects.workflow import OPEN
from commitments.seats.models import SeatRequest
from commitments.seats.workflow import LIVE as ASKED
from commitments.seats.workflow import SeatStatus
from immersions.applications.models import Application

SHOWN = 3
# Immersions have their own lines there already.
ELSEWHERE = {Kind.APPLICATION, Kind.IMMERSION, Kind.AGREEMENT, Kind.REPORT}
AHEAD = {kind for kind, readers in SEEN_BY.items() if CANDIDATE in readers} - ELSEWHERE


def with_path(candidates: CandidateQuerySet) -> CandidateQuerySet:
    """Each with `has_path`: has a project or a training begun, that is not over? `has_applied`: even long ago?"""
    projects = Commitment.objects.filter(status__in=OPEN)
    seats = SeatRequest.objects.filter(status__in=ASKED)
    return candidates.annotate(
        has_path=Exists(projects.filter(candidate=OuterRef("pk")))
        | Exists(seats.filter(candidate=OuterRef("pk"))),
        has_applied=Exists(Application.objects.filter(candidate=OuterRef("pk"))),
    )


def ahead_of(path: Path) -> list[Line]:
    """For the person's own eyes."""
    lines = (line.to_the_person() for line in lines_of(path) if line.is_open and line.kind in AHEAD)
    return list(lines)[:SHOWN]


def pages_of(path: Path) -> list[tuple[str, str]]:
    """Each project that goes on, each training admitted or begun: its words, its address."""
    projects = (it for it in commitments_of(path) if it.status in OPEN)
    courses = (it for it in seats_of(path) if it.status in (SeatStatus.ADMITTED, SeatStatus.ENTERED))
    return [
        (f"Mon projet avec {it.company.name}", reverse("commitments:commitment", args=[it.pk]))
        for it in projects
    ] + [
        (f"Ma formation : {it.session.action.training.title}", reverse("commitments:my_course", args=[it.pk]))
        for it in courses
    ]
