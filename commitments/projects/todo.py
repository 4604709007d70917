"""What each side must do about its projects: everything that a message says stands here too.

One query for the immersions that a project follows or may follow; one more when there is one.
"""

import datetime as dt

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import CANDIDATE, COMPANY
from commitments.projects import freezing
from commitments.projects.halves import LegalMinimum
from commitments.projects.models import Commitment
from commitments.projects.rules import risen_minimum
from commitments.projects.steps import JOB
from commitments.projects.texts import Amendment, CommitmentSignature, CommitmentVersion
from commitments.projects.workflow import AMENDABLE, LIVE, AmendmentStatus, CommitmentStatus
from core import french
from core.todo import Todo
from immersions.applications.models import Application
from immersions.applications.workflow import ApplicationStatus
from immersions.stays.models import GoesOn, Report

SHOWN = 20
ASKED_FOR = dt.timedelta(days=60)
LEADS = "Une session financée par la Région, qui mène à ce métier."
ALLOWED = f"{LEADS} Un agent de la Région permet aussi une autre formation."
S = CommitmentStatus


def todos_of_candidate(user: User) -> list[Todo]:
    return _todos_of(Application.objects.of(user), CANDIDATE)


def todos_of_company(user: User) -> list[Todo]:
    return _todos_of(Application.objects.received_by(user), COMPANY)


def _todos_of(applications: QuerySet, side: str) -> list[Todo]:
    rows = list(_with_projects(applications, side))
    projects = Commitment.objects.filter(application__in=[row.pk for row in rows if row.has_project])
    todos = _todos(projects, side) if any(row.has_project for row in rows) else []
    return todos + [_propose(row, side) for row in rows if not row.has_project]


def _todos(commitments: QuerySet, side: str) -> list[Todo]:
    rows = _annotated(commitments, side).select_related("candidate__user", "company", "promise", "pledge")
    laws = {} if side == CANDIDATE else LegalMinimum.all_on(timezone.localdate())
    found = (_todo(row, side, laws) for row in rows.order_by("sign_by", "pk")[:SHOWN])
    return [todo for todo in found if todo]


def _annotated(commitments: QuerySet, side: str) -> QuerySet:
    """With the text that waits, and whether this side has signed it."""
    versions = CommitmentVersion.objects.filter(commitment=OuterRef("pk")).order_by("-number")
    waiting = Amendment.objects.filter(commitment=OuterRef("pk"), status=AmendmentStatus.OPEN)
    mine = CommitmentSignature.objects.filter(role=side, version=OuterRef("last_text"))
    return commitments.filter(Q(status=S.PROPOSED) | (Q(status__in=AMENDABLE) & Exists(waiting))).annotate(
        last_text=Subquery(versions.values("pk")[:1]),
        sign_by=Coalesce(Subquery(waiting.values("sign_by")[:1]), F("expires_on")),
        is_signed=Exists(mine),
    )


def _todo(commitment: Commitment, side: str, laws: dict[str, LegalMinimum]) -> Todo | None:
    whose = (
        f"avec {commitment.company.name}"
        if side == CANDIDATE
        else french.of(commitment.candidate.user.get_full_name())
    )
    if commitment.status != S.PROPOSED:
        return _to_sign(commitment, side, f"Signez la modification du projet {whose}")
    if not commitment.last_text or not freezing.is_whole(commitment):  # type: ignore[attr-defined]
        return _half_to_write(commitment, side, whose)
    if side != CANDIDATE and risen_minimum(commitment.promise, laws):
        return _by_date(
            commitment,
            what=f"Corrigez le salaire promis, projet {whose}",
            why="Le minimum légal a augmenté : sans cela, la promesse ne se signe pas.",
            url=reverse("commitments:promise_step", args=[commitment.pk, JOB.slug]),
            label="Corriger le salaire",
        )
    return _to_sign(commitment, side, f"Signez le projet emploi-formation {whose}")


def _to_sign(commitment: Commitment, side: str, what: str) -> Todo | None:
    """Nothing for who has signed, nor for a company whose legal employer signs."""
    is_mine = side == CANDIDATE or not commitment.promise.carrier
    return None if commitment.is_signed or not is_mine else _sign(commitment, what)  # type: ignore[attr-defined]


def _half_to_write(commitment: Commitment, side: str, whose: str) -> Todo | None:
    if side == CANDIDATE and commitment.pledge.written_at is None:
        return _by_date(
            commitment,
            what=f"Choisissez votre formation, projet {whose}",
            why=ALLOWED if commitment.pledge.allowed_training_id else LEADS,
            url=reverse("commitments:pledge", args=[commitment.pk]),
            label="Choisir",
        )
    if side != CANDIDATE and commitment.promise.written_at is None:
        return _by_date(
            commitment,
            what=f"Écrivez votre promesse d’embauche, projet {whose}",
            why="Quatre pages courtes, déjà remplies avec votre offre.",
            url=reverse("commitments:commitment", args=[commitment.pk]),
            label="Écrire",
        )
    return None


def _sign(commitment: Commitment, what: str) -> Todo:
    url = reverse("commitments:sign", args=[commitment.pk])
    is_change = commitment.status != S.PROPOSED
    why = "L’ancien texte reste valable jusque-là." if is_change else "Le texte est prêt."
    return _by_date(commitment, what=what, why=why, url=url, label="Lire et signer")


def _by_date(commitment: Commitment, *, what: str, why: str, url: str, label: str) -> Todo:
    day = commitment.sign_by  # type: ignore[attr-defined]
    return Todo(
        what=what,
        why=why,
        by=f"au plus tard le {french.day(day, weekday=True)}",
        url=url,
        label=label,
        due_on=day,
    )


def _with_projects(applications: QuerySet, side: str) -> QuerySet:
    """Completed immersions with an open project; or after which this side said « on continue », when
    nothing was proposed yet and the person is not bound elsewhere.
    """
    projects = Commitment.objects.filter(application=OuterRef("pk"))
    said_yes = Report.objects.filter(application=OuterRef("pk"), side=side, goes_on=GoesOn.YES)
    bound = Commitment.objects.filter(candidate=OuterRef("candidate"), status__in=LIVE)
    recent = Q(status_since__gte=timezone.now() - ASKED_FOR) & ~Q(offer__weight="visit")
    rows = applications.filter(status=ApplicationStatus.COMPLETED).annotate(
        has_project=Exists(projects.open())
    )
    may = (
        recent
        & Q(candidate__user__is_active=True)
        & Q(Exists(said_yes))
        & ~Q(Exists(projects))
        & ~Q(Exists(bound))
    )
    rows = rows.filter(Q(has_project=True) | may)
    return rows.select_related("offer__company", "candidate__user").order_by(F("status_since").desc())[:SHOWN]


def _propose(application: Application, side: str) -> Todo:
    return Todo(
        what=f"On continue avec {_who(application, side)} ? {application.offer.title}",
        why="Proposez un projet emploi-formation : une formation financée, puis un contrat promis par écrit.",
        url=reverse("commitments:propose", args=[application.pk]),
        label="Proposer un projet emploi-formation",
    )


def _who(application: Application, side: str) -> str:
    return application.offer.company.name if side == CANDIDATE else application.candidate.user.first_name
