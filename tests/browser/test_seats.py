"""The pages of seats, read by everybody: axe, and nothing sticks out at 320 px."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from commitments.factories import a_sealed_project
from commitments.seats.actions import invite_to_meeting, refuse_seat
from commitments.seats.factories import a_seat_request, a_session, advisor_of, open_space_of
from commitments.seats.models import Meeting, SeatRequest
from tests.browser.axe import faults
from trainings.factories import SessionFactory
from trainings.models import InCompanyPeriod

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def pages_of_organisation():
    """A promised trainee who is invited, others at each stage."""
    request = promised()
    trainer, session = open_space_of(request.organisation), request.session
    for status in ("requested", "admitted", "waitlisted", "refused"):
        a_seat_request(status, session=session)
    invite_to_meeting(request, by=trainer, at=timezone.now() + dt.timedelta(days=3), place="2 rue des Clercs")
    Meeting.objects.update(at=timezone.now())
    SeatRequest.objects.update(waiting_since=timezone.now())
    names = ("seat_request", "seat_refuse", "seat_invite")
    urls = [reverse(f"commitments:{name}", args=[request.pk]) for name in names]
    people = reverse("commitments:session_people", args=[session.pk])
    return [(url, trainer) for url in ["/organisme/", people, *urls]]


def pages_of_advisor():
    request = promised()
    names = ("project_validation", "project_not_validate")
    urls = [reverse(f"commitments:{name}", args=[request.pk]) for name in names]
    return [(url, advisor_of(request)) for url in ["/conseiller/", *urls]]


def pages_of_candidate():
    """One who waits, one who was refused with a promise, one who asks."""
    request = promised()
    other = SessionFactory(action__training=request.session.action.training)
    refuse_seat(request, by=open_space_of(request.organisation), reason="other", words="Le groupe est fait.")
    waiting = a_seat_request("waitlisted", candidate=request.candidate, session=a_session(seats_left=0))
    again = a_seat_request("refused", candidate=request.candidate)
    SessionFactory(action__training=again.session.action.training)
    urls = [
        "/candidat/",
        reverse("commitments:my_seats"),
        *[reverse("commitments:my_seat", args=[it.pk]) for it in (request, waiting, again)],
        reverse("commitments:seat_ask", args=[other.pk]),
        reverse("commitments:seat_withdraw", args=[waiting.pk]),
        reverse("commitments:no_seat", args=[request.commitment_id]),
        other.action.training.get_absolute_url(),
    ]
    return [(url, request.candidate.user) for url in urls]


def promised():
    a_sealed_project()
    request = SeatRequest.objects.select_related("commitment").get()
    session, week = request.session, dt.timedelta(days=7)
    InCompanyPeriod.objects.create(
        session=session, starts_on=session.starts_on + week, ends_on=session.starts_on + 2 * week
    )
    return request


@pytest.mark.deep_too
@pytest.mark.parametrize("pages", [pages_of_organisation, pages_of_advisor, pages_of_candidate])
def test_each_page_is_read_by_everybody(visit, pages):
    for url, user in pages():
        assert faults(visit(url, user=user)) == [], url
