"""The outbox: one row per key, sent once the data is safe, never lost, never twice."""

import datetime as dt
from unittest.mock import Mock

import pytest
import time_machine
from anymail.exceptions import AnymailAPIError, AnymailRecipientsRefused
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from core import bell, delivery
from core.models import MessageStatus, OutgoingMessage
from core.outbox import Message, forget_letters, ics, post
from core.tasks import send_message, sweep_outbox

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def words(tmp_path, settings):
    """A kind of message of our own, so that these tests know no other room's words."""
    folder = tmp_path / "emails/core"
    folder.mkdir(parents=True)
    (folder / "hello.subject.txt").write_text("Bonjour\n {{ name }}\n")
    (folder / "hello.txt").write_text("Bonjour {{ name }}. {{ site_url }}")
    (folder / "hello.html").write_text("<p>Bonjour {{ name }}</p>")
    [templates] = settings.TEMPLATES
    settings.TEMPLATES = [{**templates, "DIRS": [*templates["DIRS"], tmp_path]}]


def hello(**changes) -> Message:
    fields = {
        "kind": "core/hello",
        "to": "lea@example.org",
        "key": "hello:1",
        "context": {"name": "L’Atelier & Fils"},
    }
    return Message(**(fields | changes))


def test_leaves_after_the_commit(commit, mailoutbox):
    with commit():
        row = post(hello())
        assert mailoutbox == []
    row.refresh_from_db()
    assert row.status == MessageStatus.SENT
    [sent] = mailoutbox
    assert sent.subject == "Bonjour L’Atelier & Fils"
    assert sent.body == "Bonjour L’Atelier & Fils. http://testserver\n"
    assert sent.alternatives[0].content == "<p>Bonjour L’Atelier &amp; Fils</p>"
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
    assert (row.subject, row.text) == (sent.subject, sent.body)


def test_one_row_for_one_key(commit, mailoutbox):
    with commit():
        post(hello())
        post(hello(context={"name": "Autre"}))
    assert OutgoingMessage.objects.count() == len(mailoutbox) == 1


def test_never_existed_if_the_transaction_fails(commit, mailoutbox):
    def post_then_fail():
        with transaction.atomic():
            post(hello())
            raise RuntimeError

    with commit(), pytest.raises(RuntimeError):
        post_then_fail()
    assert mailoutbox == []
    assert not OutgoingMessage.objects.exists()


def test_two_rings_send_once(mailoutbox):
    row = post(hello())
    send_message(row.pk)
    send_message(row.pk)
    assert len(mailoutbox) == 1


@pytest.mark.django_db(transaction=True)
def test_a_dead_broker_only_delays(monkeypatch, mailoutbox):
    with monkeypatch.context() as patch:
        patch.setattr(bell, "REST", 0)
        patch.setattr(send_message, "apply_async", Mock(side_effect=OperationalError("redis")))
        row = post(hello())  # The page that posts does not fail…
    assert mailoutbox == []
    sweep_outbox()  # …and half a minute later the row is found.
    row.refresh_from_db()
    assert row.status == MessageStatus.SENT


def test_bells_of_a_sweep_do_not_outlive_it(monkeypatch, settings):
    row, ring = post(hello()), Mock()
    monkeypatch.setattr(send_message, "apply_async", ring)
    sweep_outbox()
    ring.assert_called_once_with((row.pk,), expires=settings.OUTBOX_SWEEP_EVERY)


def test_a_killed_worker_only_delays(mailoutbox):
    row = post(hello())
    assert delivery.claim(row.pk)
    sweep_outbox()
    assert mailoutbox == []
    later = timezone.now() + OutgoingMessage.LOST_AFTER + dt.timedelta(seconds=1)
    with time_machine.travel(later, tick=False):
        sweep_outbox()
    assert len(mailoutbox) == 1
    row.refresh_from_db()
    assert row.repeats == 1


def test_a_repeated_hand_over_keeps_its_message_id(mailoutbox):
    row = post(hello())
    delivery.hand_over(row)
    delivery.hand_over(row)
    first, second = (mail.extra_headers["Message-ID"] for mail in mailoutbox)
    assert first == second == f"<{row.uuid}@testserver>"


def test_a_busy_provider_is_asked_again_then_a_human_is(monkeypatch, caplog):
    monkeypatch.setattr(delivery, "hand_over", Mock(side_effect=AnymailAPIError("occupé")))
    row = post(hello())
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for attempt in range(1, OutgoingMessage.MAX_ATTEMPTS):
            send_message(row.pk)
            row.refresh_from_db()
            assert (row.status, row.attempts) == (MessageStatus.QUEUED, attempt)
            clock.move_to(row.next_attempt_at)
        send_message(row.pk)
    row.refresh_from_db()
    assert row.status == MessageStatus.FAILED
    assert caplog.records[-1].levelname == "ERROR"
    assert row.to not in caplog.text


def test_what_cannot_be_written_is_not_tried_for_ever():
    row = post(hello(kind="core/unknown"))
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(OutgoingMessage.MAX_ATTEMPTS):
            send_message(row.pk)
            row.refresh_from_db()
            clock.move_to(row.next_attempt_at)
    assert row.status == MessageStatus.FAILED


def test_a_refused_address_is_given_up_at_once(monkeypatch):
    monkeypatch.setattr(delivery, "hand_over", Mock(side_effect=AnymailRecipientsRefused("non")))
    row = post(hello())
    send_message(row.pk)
    row.refresh_from_db()
    assert (row.status, row.attempts) == (MessageStatus.FAILED, 1)


def test_a_secret_is_forgotten_once_sent(commit, mailoutbox):
    with commit():
        row = post(hello(is_secret=True, context={"name": "1234"}))
    row.refresh_from_db()
    assert "1234" in mailoutbox[0].body
    assert "1234" not in f"{row.context} {row.text} {row.html}"


def test_a_code_that_could_not_leave_in_time_never_does(mailoutbox):
    row = post(hello(is_secret=True, useless_after=timezone.now() + dt.timedelta(minutes=15)))
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=16), tick=False):
        send_message(row.pk)
    row.refresh_from_db()
    assert mailoutbox == []
    assert (row.status, row.context) == (MessageStatus.USELESS, {})


def test_a_letter_erased_while_it_leaves_does_not_come_back(monkeypatch):
    monkeypatch.setattr(delivery, "hand_over", lambda row: OutgoingMessage.objects.all().delete() and "")
    send_message(post(hello()).pk)
    assert not OutgoingMessage.objects.exists()


def test_letters_about_someone_who_left_are_sent_then_forgotten(mailoutbox):
    row = post(hello(attachments=[ics("rdv.ics", "Léa", method="REQUEST")]))
    forget_letters(OutgoingMessage.objects.all(), words="(effacé)")
    send_message(row.pk)
    row.refresh_from_db()
    assert "L’Atelier" in mailoutbox[0].body
    assert "Atelier" not in f"{row.context} {row.subject} {row.text} {row.html}"
    assert row.attachments == []


def test_a_letter_in_the_hands_of_a_worker_is_forgotten_too(monkeypatch):
    def leave(row):
        forget_letters(OutgoingMessage.objects.all(), words="(effacé)")
        return ""

    monkeypatch.setattr(delivery, "hand_over", leave)
    row = post(hello())
    send_message(row.pk)
    row.refresh_from_db()
    assert (row.status, row.context) == (MessageStatus.SENT, {})


def test_an_invitation_is_attached_as_calendars_want_it(commit, mailoutbox):
    with commit():
        post(hello(attachments=[ics("immersion.ics", "BEGIN:VCALENDAR", method="REQUEST")]))
    [part] = mailoutbox[0].attachments
    assert part[0] == "immersion.ics"
    assert part[2] == "text/calendar; method=REQUEST"
