"""The drill is worth what its verdict notices."""

from types import SimpleNamespace

import pytest
from django.test import Client

from core.models import OutgoingMessage, ReceivedMail
from core.signing.evidence import Evidence
from immersions.agreements.factories import fill, reread
from immersions.agreements.models import Signature
from immersions.agreements.sign_actions import sign_agreement
from immersions.applications import actions
from immersions.applications.models import Application, Booking
from immersions.offers.models import Slot
from tests.drill import people, signing, verdict, world

pytestmark = [pytest.mark.django_db, pytest.mark.deep]


@pytest.fixture
def after_the_storm(settings, commit):
    """Two bookings, the first one signed by all, every message sent: as a drill that went well leaves them."""
    settings.EMAIL_BACKEND = "core.mailbox.MailboxBackend"
    built = world.build(candidates=2, places=1)
    for application in Application.objects.all():
        with commit():
            slot = application.wished_slots.get()
            actions.book_application(application, slot=slot, by=member_of(application))
    with commit():
        sign_all(int(*built["to_sign"]))
    return built


def sign_all(pk):
    signed = an_agreement_of(Application.objects.get(pk=pk))
    fill(signed)
    for by in (signed.candidate, signed.member, signed.advisor):
        is_entitled = by == signed.member
        sign_agreement(reread(signed.agreement), by=by, seen=1, evidence=Evidence(), is_entitled=is_entitled)


def an_agreement_of(application):
    following = application.candidate.followings.get()
    return SimpleNamespace(
        agreement=application.agreements.get(),
        candidate=application.candidate.user,
        member=member_of(application),
        advisor=following.advisor,
    )


def member_of(application):
    return application.offer.company.confirmed_members().first()


def problems_of(built) -> list[str]:
    return verdict.answer(built)["problems"]


def test_a_run_without_loss_has_no_problem(after_the_storm):
    assert problems_of(after_the_storm) == []
    assert verdict.figures() == {
        "bookings": 2, "signatures": 3, "messages": 17, "mails": 17, "taken_over": 0,
    }  # fmt: skip


def lose_a_message():
    gone = OutgoingMessage.objects.filter(key__contains="/booking/").first()
    ReceivedMail.objects.filter(message_id__contains=str(gone.uuid)).delete()
    gone.delete()


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
    Application.objects.filter(status="booked").update(status="confirmed")


def forget_to_confirm():
    Application.objects.filter(status="confirmed").update(status="booked")


def lose_a_signature():
    Signature.objects.filter(role="company").delete()


def lose_word_of_a_signature():
    gone = OutgoingMessage.objects.filter(key__contains="/signature/").first()
    ReceivedMail.objects.filter(message_id__contains=str(gone.uuid)).delete()
    gone.delete()


def sign_for_a_stranger():
    other = Application.objects.get(status="booked").agreements.get()
    text = other.versions.create(number=1, text="{}", sha256="0" * 64)
    person = other.signatories.create(role="candidate", name="Léa", email="lea@example.org")
    Signature.objects.create(version=text, signatory=person, role="candidate", name="Léa", method="account")


def book_twice_in_the_history():
    event = Application.objects.first().events.get(transition="book")
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
        (forget_to_confirm, "au lieu de « confirmed »"),
        (lose_a_signature, "2 signature(s) au lieu de 3"),
        (sign_for_a_stranger, "1 signature(s) au lieu de 0"),
        (lose_word_of_a_signature, "2 message(s) « signature » au lieu de 3"),
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


def test_the_people_read_the_page_that_gives_a_place(client):
    built = world.build(candidates=1, places=1)
    application = Application.objects.get(pk=built["applications"][0])
    client.force_login(member_of(application))
    page = client.get(f"{people.RECEIVED}{application.pk}/place/").content.decode()
    [value] = people.choices(page)
    assert client.post(f"{people.RECEIVED}{application.pk}/place/", {"slot": value}).status_code == 302


class Window:
    """A member's window, on the test's own site."""

    def __init__(self, user):
        self.client = Client()
        self.client.force_login(user)

    def ask(self, path, **typed):
        answer = self.client.post(path, typed) if typed else self.client.get(path)
        answer.text = answer.content.decode()
        return answer


def test_the_three_parties_read_the_pages_that_they_fill_and_sign():
    built = world.build(candidates=1, places=1)
    application = Application.objects.get(pk=built["applications"][0])
    actions.book_application(application, slot=application.wished_slots.get(), by=member_of(application))
    people_of = an_agreement_of(application)
    candidate, company, advisor = (
        Window(it) for it in (people_of.candidate, people_of.member, people_of.advisor)
    )
    them = signing.Signing(application.pk, candidate=candidate, company=company, advisor=advisor, lived=None)
    them.pk = them.find()
    for who, pages in ((candidate, signing.PERSON), (company, signing.COMPANY)):
        for slug, answers in pages.items():
            them.fill(who, slug, answers)
    for who, answers in ((candidate, {}), (company, {"is_entitled": "on"}), (advisor, {})):
        them.sign(who, answers)
    application.refresh_from_db()
    assert application.status == "confirmed"
