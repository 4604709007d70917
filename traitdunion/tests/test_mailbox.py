"""The demo's mailbox: what each person received, in the demo only."""

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.urls import reverse

from core.mailbox import MailboxBackend
from core.models import ReceivedMail

pytestmark = pytest.mark.django_db


@pytest.fixture
def mail() -> ReceivedMail:
    message = EmailMultiAlternatives("Une place pour vous", "Bonjour", to=["lea@example.org"])
    message.attach_alternative("<p>Bonjour</p><script>alert(1)</script>", "text/html")
    message.attach("immersion.ics", "BEGIN:VCALENDAR", "text/calendar; method=REQUEST")
    MailboxBackend().send_messages([message])
    return ReceivedMail.objects.get()


def test_shows_what_was_received(client, mail):
    assert "Une place pour vous" in client.get("/demo/courriels/").content.decode()
    page = client.get(reverse("demo_mail", args=[mail.pk])).content.decode()
    assert "immersion.ics" in page
    assert "alert(1)" not in page


def test_keeps_one_address(client, mail):
    assert "Une place" in client.get("/demo/courriels/?a=LEA@example.org").content.decode()
    assert "Une place" not in client.get("/demo/courriels/?a=paul@example.org").content.decode()


def test_gives_the_same_to_programs(client, mail):
    [row] = client.get("/demo/courriels.json?a=lea@example.org").json()["results"]
    assert row["subject"] == "Une place pour vous"


def test_its_html_can_do_nothing(mail):
    policy = Client().get(reverse("demo_mail_html", args=[mail.pk]))["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy


def test_gives_the_attachment_as_it_was(client, mail):
    part = client.get(reverse("demo_attachment", args=[mail.pk, 0]))
    assert part.content == b"BEGIN:VCALENDAR"
    assert part["Content-Type"].startswith("text/calendar")
    assert client.get(reverse("demo_attachment", args=[mail.pk, 9])).status_code == 404


def test_does_not_exist_outside_the_demo(client, mail, settings):
    settings.DEMO = False
    assert client.get("/demo/courriels/").status_code == 404
    assert client.get("/demo/courriels.json").status_code == 404
