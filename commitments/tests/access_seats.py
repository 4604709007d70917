"""Who may open what about seats: the person, their advisor, the confirmed members of the organisation."""

from types import SimpleNamespace

from django.utils import timezone

from commitments.seats.factories import a_seat_request
from commitments.seats.models import Meeting
from commitments.tests.access_projects import of_sealed
from tests.access.answers import (
    ADVISOR,
    CANDIDATE,
    ELSEWHERE,
    LOGIN,
    NOT_A_LINK,
    OTHER_CANDIDATE,
    PAGE,
    TRAINER,
    VISITOR,
    Route,
    all_answer,
    only,
)

ONLY_READ = all_answer(NOT_A_LINK, **{VISITOR: LOGIN})


def a_request(world: SimpleNamespace):
    """Of the world's candidate, in the session of the world's organisation."""
    return a_seat_request(candidate=world.candidate, session=world.session)


def asked(world: SimpleNamespace) -> list:
    return [a_request(world).pk]


def with_meeting(world: SimpleNamespace) -> list:
    request = a_request(world)
    by = world.training_organisation.confirmed_members().first()
    meeting = Meeting.objects.create(seat_request=request, at=timezone.now(), place="Salle 2", invited_by=by)
    return [request.pk, meeting.pk]


def the_session(world: SimpleNamespace) -> list:
    return [world.session.pk]


# Who has no name yet, and who works somewhere, is told so on the page or sent to the profile.
ASKS = {**all_answer(PAGE), VISITOR: LOGIN}
ASKED = {**ASKS, CANDIDATE: ELSEWHERE, OTHER_CANDIDATE: ELSEWHERE, "newcomer": ELSEWHERE}

ROUTES = {
    "commitments:my_seats": Route(get=only(CANDIDATE, OTHER_CANDIDATE), post=ONLY_READ),
    "commitments:seat_ask": Route(get=ASKS, post=ASKED, args=the_session),
    "commitments:my_seat": Route(get=only(CANDIDATE), post=ONLY_READ, args=asked),
    "commitments:seat_withdraw": Route(
        get=only(CANDIDATE), post=only(CANDIDATE, answer=ELSEWHERE), args=asked
    ),
    "commitments:session_people": Route(get=only(TRAINER), post=ONLY_READ, args=the_session),
    "commitments:seat_request": Route(get=only(TRAINER), post=ONLY_READ, args=asked),
    "commitments:seat_admit": Route(get=ONLY_READ, post=only(TRAINER, answer=ELSEWHERE), args=asked),
    "commitments:seat_waitlist": Route(get=ONLY_READ, post=only(TRAINER, answer=ELSEWHERE), args=asked),
    # Without a reason, without a date: the page comes back with its error.
    "commitments:seat_refuse": Route(get=only(TRAINER), post=only(TRAINER), args=asked),
    "commitments:seat_invite": Route(get=only(TRAINER), post=only(TRAINER), args=asked),
    "commitments:seat_attendance": Route(
        get=ONLY_READ, post=only(TRAINER, answer=ELSEWHERE), args=with_meeting
    ),
    "commitments:project_validation": Route(get=only(ADVISOR), post=only(ADVISOR), args=asked),
    "commitments:no_seat": Route(get=only(CANDIDATE, ADVISOR), post=only(CANDIDATE, ADVISOR), args=of_sealed),
    "commitments:project_not_validate": Route(get=only(ADVISOR), post=only(ADVISOR), args=asked),
}
