"""« Projets » of the company: everybody to whom it has promised, or may promise, a job."""

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.roles import COMPANY
from commitments.contracts import todo as contracts
from commitments.courses.internship_models import Internship
from commitments.courses.pages import FOLDER
from commitments.projects import todo as projects
from commitments.projects.models import Commitment
from commitments.projects.queries import CommitmentQuerySet
from commitments.projects.showing import kind_of
from commitments.projects.workflow import LIVE, CommitmentStatus
from commitments.seats.models import SeatRequest
from core.todo import Todo
from immersions.applications import todo


@require_safe
def company_projects(request: HttpRequest) -> HttpResponse:
    """What is being written, who is in training or about to be hired, what is over."""
    companies = todo.companies_of(request.user)
    if not companies:
        raise Http404
    owed = projects.todos_of_company(request.user) + contracts.todos_of_company(request.user)
    rows = _with_internships(Commitment.objects.of_companies(request.user))
    lines = sorted((Line(it, owed) for it in rows), key=lambda line: line.todo is None)
    proposed = CommitmentStatus.PROPOSED
    context = {
        **todo.hidden_from(request.user, companies),
        "written": [line for line in lines if line.project.status == proposed],
        "live": [line for line in lines if line.project.status in LIVE],
        "past": [line for line in lines if line.project.status not in (proposed, *LIVE)],
    }
    return render(request, f"{FOLDER}/company_projects.html", context)


class Line:
    """One project: where it stands, what its company owes it, the next internship there."""

    def __init__(self, project: Commitment, owed: list[Todo]) -> None:
        self.project, self.kind, self.status = project, kind_of(project), project.status_for(COMPANY)
        page = reverse("commitments:commitment", args=[project.pk])  # All that one owes it stands below.
        self.todo = next((it for it in owed if it.url.startswith(page)), None)
        requests = project.seat_requests.all()  # type: ignore[attr-defined]
        here = [row for request in requests for row in request.internships_here]
        self.internship = min(here, key=lambda row: row.starts_on, default=None)


def _with_internships(rows: CommitmentQuerySet) -> CommitmentQuerySet:
    here = Internship.objects.standing().filter(ends_on__gte=timezone.localdate(), company__isnull=False)
    requests = SeatRequest.objects.prefetch_related(
        Prefetch("internships", queryset=here, to_attr="internships_here")
    )
    rows = rows.for_list().prefetch_related(Prefetch("seat_requests", queryset=requests))
    return rows.order_by("expires_on", "pk")
