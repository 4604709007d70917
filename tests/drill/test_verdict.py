"""The drill is worth what its verdict notices."""

import pytest

from core.models import OutgoingMessage, ReceivedMail
from immersions.applications import actions
from immersions.applications.models import Application, Booking
from immersions.offers.models import Slot
from tests.drill import people, verdict, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def after_the_storm(settings, commit):
    """Two bookings, all their messages sent, as a drill that went well leaves them."""
    settings.EMAIL_BACKEND = "core.mailbox.MailboxBackend"
    built = world.build(candidates=2, places=1)
    for application in Application.objects.all():
        with commit():
            slot = application.wished_slots.get()
            actions.book_application(application, slot=slot, by=member_of(application))
    return built


def member_of(application):
    return application.offer.company.confirmed_members().first()


def problems_of(built) -> list[str]:
    return verdict.answer(built)["problems"]


def test_a_run_without_loss_has_no_problem(after_the_storm):
    assert problems_of(after_the_storm) == []
    assert verdict.figures() == {"bookings": 2, "messages": 6, "mails": 6, "taken_over": 0}


def lose_a_message():
    OutgoingMessage.objects.first().delete()
    ReceivedMail.objects.first().delete()


def lose_a_mail():
    ReceivedMail.objects.first().delete()


def repeat_a_mail():
    mail = ReceivedMail.objects.first()
    mail.pk = None
    mail.save()


def send_a_stranger():
    ReceivedMail.objects.create(message_id="<of-nobody@testserver>", to="lea@example.org", subject="Bonjour")


def leave_a_message_behind():
    OutgoingMessage.objects.filter(pk=OutgoingMessage.objects.first().pk).update(
        status="sending", sent_at=None
    )
    ReceivedMail.objects.first().delete()


def forget_a_booking():
    Booking.objects.first().delete()


def miscount_a_slot():
    Slot.objects.filter(pk=Slot.objects.first().pk).update(places_taken=0)


def jump_to_another_status():
    Application.objects.filter(pk=Application.objects.first().pk).update(status="confirmed")


def book_twice_in_the_history():
    event = Application.objects.first().events.get()
    event.pk = None
    event.save()


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (lose_a_message, "2 message(s) au lieu de 3"),
        (lose_a_mail, "personne ne l’a reçu"),
        (repeat_a_mail, "reçu 2 fois pour 0 reprise"),
        (send_a_stranger, "ne viennent d’aucun message"),
        (leave_a_message_behind, "n’est pas parti : sending"),
        (forget_a_booking, "tient 0 place"),
        (miscount_a_slot, "compte 0 place"),
        (jump_to_another_status, "au lieu de « booked »"),
        (book_twice_in_the_history, "dit 2 fois « réservée »"),
    ],
    ids=lambda harm: getattr(harm, "__name__", ""),
)
def test_one_harm_is_noticed(after_the_storm, harm, words):
    harm()
    found = "\n".join(problems_of(after_the_storm))
    assert words in found


def test_a_repeated_hand_over_that_was_counted_is_no_problem(after_the_storm):
    repeat_a_mail()
    OutgoingMessage.objects.update(repeats=1)
    assert problems_of(after_the_storm) == []


def test_some_applications_are_open_in_two_windows_at_once():
    todo = people.what_to_do(list(range(20)))
    assert todo.qsize() == 22
