"""Who may open what about a training under way: the person, the promising company, the organisation, the advisor."""

import datetime as dt
from types import SimpleNamespace

from django.core.files.base import ContentFile
from django.utils import timezone

from commitments.courses.internship_models import Internship, InternshipDocument
from commitments.courses.models import CheckIn, CourseResult, TrainingAbsence
from commitments.seats.factories import a_seat_request
from commitments.seats.models import SeatRequest
from commitments.tests.access_projects import of_sealed
from tests.access.answers import (
    ADVISOR,
    CANDIDATE,
    ELSEWHERE,
    LOGIN,
    MEMBER,
    NOT_A_LINK,
    OTHER_MEMBER,
    PAGE,
    TRAINER,
    UNCONFIRMED,
    VISITOR,
    Route,
    all_answer,
    only,
    public,
)

ONLY_READ = all_answer(NOT_A_LINK, **{VISITOR: LOGIN})
PDF = b"%PDF-1.4 convention"


def a_course(world: SimpleNamespace) -> SeatRequest:
    """Of the world's candidate, in the session of the world's organisation, begun or not."""
    today = timezone.localdate()
    return a_seat_request("entered", candidate=world.candidate, session=world.session, entered_on=today)


def of_course(world: SimpleNamespace) -> list:
    return [a_course(world).pk]


def of_admitted(world: SimpleNamespace) -> list:
    return [a_seat_request("admitted", candidate=world.candidate, session=world.session).pk]


def of_finished(world: SimpleNamespace) -> list:
    return [a_seat_request("finished", candidate=world.candidate, session=world.session).pk]


def of_left(world: SimpleNamespace) -> list:
    return [a_seat_request("left", candidate=world.candidate, session=world.session).pk]


def of_session(world: SimpleNamespace) -> list:
    return [world.session.pk]


def by_trainer(world: SimpleNamespace):
    return world.training_organisation.confirmed_members().first()


def of_absence(world: SimpleNamespace) -> list:
    it, today = a_course(world), timezone.localdate()
    absence = TrainingAbsence.objects.create(
        seat_request=it, first_day=today, last_day=today, reason="justified", said_by=by_trainer(world)
    )
    return [it.pk, absence.pk]


def an_internship(world: SimpleNamespace) -> Internship:
    it, first = a_course(world), world.session.starts_on
    return Internship.objects.create(
        seat_request=it,
        candidate=world.candidate,
        company=world.company,
        starts_on=first,
        ends_on=first + dt.timedelta(days=4),
    )


def of_internship(world: SimpleNamespace) -> list:
    return [an_internship(world).pk]


def of_paper(world: SimpleNamespace) -> list:
    row = an_internship(world)
    paper = InternshipDocument(internship=row, role="organisation", given_by=by_trainer(world))
    paper.scan.save("scan.pdf", ContentFile(PDF))
    return [row.pk, paper.pk]


def with_attestation(world: SimpleNamespace) -> list:
    it = a_course(world)
    result = CourseResult(seat_request=it, said_by=by_trainer(world))
    result.attestation.save("scan.pdf", ContentFile(PDF))
    return [it.pk]


def of_check_in(world: SimpleNamespace) -> list:
    it = a_course(world)
    today = timezone.localdate()
    row = CheckIn.objects.create(seat_request=it, side="candidate", number=1, due_on=today, status="asked")
    return [row.token]


def theirs(args=of_course) -> Route:
    """A form of the organisation: without an answer, the page comes back with its error."""
    return Route(get=only(TRAINER), post=only(TRAINER), args=args)


def clicked(args) -> Route:
    return Route(get=ONLY_READ, post=only(TRAINER, answer=ELSEWHERE), args=args)


ROUTES = {
    "commitments:company_projects": Route(get=only(MEMBER, UNCONFIRMED, OTHER_MEMBER), post=ONLY_READ),
    "commitments:session_entries": theirs(of_session),
    "commitments:course": Route(get=only(TRAINER), post=ONLY_READ, args=of_course),
    "commitments:course_not_come": theirs(of_admitted),
    "commitments:course_finish": theirs(),
    "commitments:course_entry_correct": theirs(),
    "commitments:course_result_correct": theirs(of_finished),
    "commitments:course_leave": theirs(),
    "commitments:course_leave_correct": theirs(of_left),
    "commitments:course_word": theirs(),
    "commitments:course_absence": theirs(),
    "commitments:course_absence_correct": theirs(of_absence),
    "commitments:course_absence_cancel": clicked(of_absence),
    "commitments:internship_plan": theirs(),
    "commitments:internship_change": theirs(of_internship),
    "commitments:internship_cancel": clicked(of_internship),
    # The company brings it too, for an internship that it welcomes.
    "commitments:internship_document": Route(
        get=only(TRAINER, MEMBER), post=only(TRAINER, MEMBER), args=of_internship
    ),
    "commitments:internship_read": Route(
        get=only(TRAINER, MEMBER, CANDIDATE, ADVISOR), post=ONLY_READ, args=of_paper
    ),
    "commitments:my_course": Route(get=only(CANDIDATE), post=ONLY_READ, args=of_course),
    "commitments:future_employee": Route(get=only(MEMBER), post=ONLY_READ, args=of_sealed),
    "commitments:followed_course": Route(
        get=only(ADVISOR), post=only(ADVISOR, answer=ELSEWHERE), args=of_course
    ),
    # What one is certified for is the person's: the company reads the result, not the paper.
    "commitments:course_attestation": Route(
        get=only(TRAINER, CANDIDATE, ADVISOR), post=ONLY_READ, args=with_attestation
    ),
    # Whoever has the link has received it.
    "commitments:check_in": public(post=all_answer(PAGE), args=of_check_in),
}
