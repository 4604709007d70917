"""« On prolonge »: once, a month at most, same object and objectives, signed again by all."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from core.models import OutgoingMessage
from core.rules import RuleBroken
from core.signing.evidence import Evidence
from immersions.agreements import steps
from immersions.agreements.actions import fingerprint, save_step
from immersions.agreements.factories import WORK, a_frozen_agreement, reread
from immersions.agreements.models import Agreement
from immersions.agreements.period import usual_hours
from immersions.agreements.sign_actions import sign_agreement
from immersions.applications.actions import decline_application
from immersions.applications.models import Application
from immersions.applications.places import AgreedDates
from immersions.factories import monday_in
from immersions.offers.models import Slot
from immersions.stays.renewals import ask_renewal, propose_renewal
from tests.worlds import made_once

pytestmark = pytest.mark.django_db
WHY = "Savoir monter un mur entier."


def dates(**changes):
    first = monday_in(weeks=3)
    days = {"first_day": first, "last_day": first + dt.timedelta(days=2)}
    return AgreedDates(**{**days, "starts_at": dt.time(8), "ends_at": dt.time(16), **changes})


def sign_all(world, agreement):
    number = agreement.version.number
    for by in (world.candidate, world.member, world.advisor):
        it, is_company = reread(agreement), by == world.member
        sign_agreement(it, by=by, seen=number, evidence=Evidence(), is_entitled=is_company)


def an_immersion_that_ended():
    """An immersion that ended yesterday, under a validated agreement."""
    world = a_frozen_agreement()
    sign_all(world, world.agreement)
    today = timezone.localdate()
    Slot.objects.filter(bookings__application=world.application).update(
        first_day=today - dt.timedelta(days=3), last_day=today - dt.timedelta(days=1)
    )
    Application.objects.filter(pk=world.application.pk).update(status="completed")
    world.application.refresh_from_db()
    return world


_made, finished = made_once(an_immersion_that_ended)


def propose(world, **options):
    return propose_renewal(world.application, by=world.member, dates=dates(), why=WHY, **options)


def test_the_company_proposes_and_all_sign_the_same_objectives_again(finished):
    renewal = propose(finished)
    assert (renewal.status, renewal.renews) == ("booked", finished.application)
    to_advisor = OutgoingMessage.objects.get(kind="immersions/stay_renewal_advisor")
    assert (to_advisor.to, to_advisor.context["why"]) == (finished.advisor.email, WHY)
    agreement = reread(Agreement.objects.get(application=renewal))
    before = reread(finished.agreement)
    said, was = agreement.data_of("company"), before.data_of("company")
    assert (said["purpose"], said["objectives"]) == (was["purpose"], was["objectives"])
    assert steps.next_step(agreement, "candidate") is None
    assert steps.next_step(agreement, "company") is steps.HOURS  # All that is left to write.
    save_step(agreement, steps.HOURS, usual_hours(agreement), by=finished.member, seen="")
    agreement = reread(agreement)
    assert before.version.code in agreement.version.text
    assert WHY in agreement.version.text
    sign_all(finished, agreement)
    renewal.refresh_from_db()
    assert renewal.status == "confirmed"


def test_the_person_is_told_and_both_calendars_have_the_new_dates(finished):
    renewal = propose(finished)
    told = OutgoingMessage.objects.filter(key__startswith=f"application/{renewal.pk}/")
    kinds = set(told.values_list("kind", flat=True))
    assert {"immersions/stay_renewal_proposed", "immersions/booking", "immersions/booking_company"} <= kinds
    invitation = told.get(kind="immersions/booking").attachments[0]["text"]
    assert f"{dates().first_day:%Y%m%d}" in invitation
    assert str(renewal.uid) in invitation


def test_other_objectives_are_refused_where_they_are_written(finished):
    agreement = reread(Agreement.objects.get(application=propose(finished)))
    other = WORK | {"objectives": "Apprendre la taille de pierre."}
    with pytest.raises(RuleBroken, match="garde le même objet"):
        save_step(agreement, steps.WORK, other, by=finished.member, seen=fingerprint(agreement))


def test_once_and_only_once(finished):
    renewal = propose(finished)
    with pytest.raises(RuleBroken, match="déjà prolongée"):
        ask_renewal(finished.application, by=finished.candidate, weeks=[], why=WHY)
    Application.objects.filter(pk=renewal.pk).update(status="in_progress")
    renewal.refresh_from_db()
    with pytest.raises(RuleBroken, match="une seule fois"):
        propose_renewal(renewal, by=finished.member, dates=dates(), why=WHY)


def test_asked_in_vain_it_may_be_asked_again(finished):
    renewal = ask_renewal(finished.application, by=finished.candidate, weeks=[], why=WHY)
    decline_application(renewal, by=finished.member, reason="no_time")
    assert propose(finished).status == "booked"


def test_the_person_asks_and_the_company_gives_dates(client, finished):
    client.force_login(finished.candidate)
    page = reverse("immersions:stay_renew", args=[finished.application.pk])
    mine = reverse("immersions:my_application", args=[finished.application.pk])
    assertContains(client.get(mine), page)
    assertContains(client.post(page, {"why": WHY}), "cochez la case")
    answer = client.post(page, {"why": WHY, "is_not_reached": "on"}, follow=True)
    assertContains(answer, "Votre demande est partie")
    assertNotContains(client.get(mine), page)
    renewal = Application.objects.get(renews=finished.application)
    assert renewal.status == "submitted"
    assert OutgoingMessage.objects.filter(kind="immersions/stay_renewal_asked").exists()
    client.force_login(finished.member)
    days = dates()
    typed = {"first_day": days.first_day, "last_day": days.last_day, "starts_at": "08:00", "ends_at": "16:00"}
    client.post(reverse("immersions:application_book", args=[renewal.pk]), typed)
    renewal.refresh_from_db()
    assert renewal.status == "booked"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [({"is_reached": True}, "n’ont pas été atteints"), ({"why": " "}, "reste à atteindre")],
)
def test_objectives_that_were_reached_are_not_renewed(finished, change, sentence):
    with pytest.raises(RuleBroken, match=sentence):
        propose_renewal(finished.application, by=finished.member, **{"dates": dates(), "why": WHY, **change})


def test_neither_before_the_end_of_the_first_nor_long_after(finished):
    last = Slot.objects.get(bookings__application=finished.application)
    Slot.objects.filter(pk=last.pk).update(first_day=dates().first_day, last_day=dates().last_day)
    with pytest.raises(RuleBroken, match="après le dernier jour"):
        propose(finished)
    long_ago = timezone.localdate() - dt.timedelta(days=31)
    Slot.objects.filter(pk=last.pk).update(first_day=long_ago, last_day=long_ago)
    with pytest.raises(RuleBroken, match="plus d’un mois"):
        propose(finished)


def test_the_company_proposes_from_its_page(client, finished):
    client.force_login(finished.member)
    page = reverse("immersions:received_stay_renew", args=[finished.application.pk])
    days = dates()
    typed = {
        "first_day": days.first_day,
        "last_day": days.last_day,
        "starts_at": "08:00",
        "ends_at": "16:00",
        "why": WHY,
        "is_not_reached": "on",
    }
    assertContains(client.get(page), "Même objet, mêmes objectifs")
    assertContains(client.post(page, typed, follow=True), "signe à nouveau la convention")
