"""Who leaves takes their words along: from the requests, their history, and the letters about them."""

import pytest

from accounts.actions import erase_account
from commitments.seats.actions import withdraw_seat
from commitments.seats.factories import a_seat_request, advisor_of
from commitments.seats.models import ProjectValidationEvent, SeatRequestEvent
from commitments.seats.validating import not_validate_project
from core.models import OutgoingMessage

pytestmark = pytest.mark.django_db


def test_words_about_somebody_who_leaves_stay_nowhere(commit):
    request = a_seat_request("admitted")
    person, name = request.candidate.user, request.candidate.user.last_name
    with commit():
        not_validate_project(
            request.validation, by=advisor_of(request), reason="other", words="Une affaire privée"
        )
        withdraw_seat(request, by=person, words="Je garde ma mère")
    about = OutgoingMessage.objects.filter(key__startswith=f"seat/{request.pk}/")
    assert about.filter(text__contains=name).exists()
    erase_account(person, by=person)
    for events in (SeatRequestEvent, ProjectValidationEvent):
        assert not events.objects.exclude(note="").exists()
    assert not about.filter(text__contains=name).exists()
    assert not any("ma mère" in str(message.context) for message in about)
