"""What is kept about a candidate's applications: given on request, gone on request."""

import json

import pytest

from accounts.actions import erase_account
from core.models import OutgoingMessage
from core.outbox import post
from core.personal_data import export_all
from core.rules import RuleBroken
from immersions.applications import emails
from immersions.applications.actions import ask_question, submit_application
from immersions.applications.workflow import ApplicationStatus
from immersions.factories import ApplicationFactory, OfferFactory
from immersions.offers.models import OfferDetail

pytestmark = pytest.mark.django_db


def test_the_export_holds_what_the_candidate_wrote():
    application = ApplicationFactory(why="Pour bâtir")
    exported = export_all(application.candidate.user)
    assert "Pour bâtir" in json.dumps(exported, ensure_ascii=False)


def test_erasing_withdraws_what_waits_and_keeps_the_facts_without_the_person(commit, mailoutbox):
    waiting = ApplicationFactory(why="Pour bâtir")
    user = waiting.candidate.user
    ask_question(waiting, by=waiting.offer.company.confirmed_members().get(), text="Quand ?")
    past = ApplicationFactory(candidate=waiting.candidate, completed=True, why="Pour voir")
    with commit():
        erase_account(user, by=user)
    for application in (waiting, past):
        application.refresh_from_db()
        assert application.why == ""
    assert waiting.status == ApplicationStatus.WITHDRAWN
    assert past.status == ApplicationStatus.COMPLETED
    company = waiting.offer.company.confirmed_members().get().email
    assert company in [address for mail in mailoutbox for address in mail.to]


def test_erasing_empties_the_letters_that_spoke_of_the_person(commit):
    application = ApplicationFactory()
    offer, candidate = application.offer, application.candidate
    application.delete()
    name = candidate.user.first_name
    with commit():
        submit_application(offer, candidate=candidate, by=candidate.user, why="Pour bâtir")
    about = OutgoingMessage.objects.filter(key__contains="/application/")
    assert any(name in message.text for message in about)
    with commit():
        erase_account(candidate.user, by=candidate.user)
    assert not any("Pour bâtir" in f"{m.text} {m.html} {m.context}" for m in OutgoingMessage.objects.all())


def test_a_letter_given_up_is_emptied_too():
    application = ApplicationFactory(declined=True)
    message = post(emails.declined(application))
    OutgoingMessage.objects.filter(pk=message.pk).update(
        status="failed", to="accueil@example.org", to_user=None
    )
    erase_account(application.candidate.user, by=application.candidate.user)
    message.refresh_from_db()
    assert message.context == {}


def test_who_leaves_is_no_longer_the_contact_of_an_offer():
    offer = OfferFactory()
    user = offer.company.confirmed_members().get()
    OfferDetail.objects.filter(offer=offer).update(contact_email=user.email)
    erase_account(user, by=user)
    offer.detail.refresh_from_db()
    assert (offer.detail.contact_name, offer.detail.contact_email, offer.detail.contact_phone) == ("", "", "")


def test_who_is_waited_for_somewhere_tells_it_first():
    application = ApplicationFactory(booked=True)
    user = application.candidate.user
    with pytest.raises(RuleBroken, match="Une entreprise vous attend le"):
        erase_account(user, by=user)
    user.refresh_from_db()
    assert user.is_active
