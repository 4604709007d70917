"""An advisor prepares an application; the person sends it, or nobody does."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains

from candidates.factories import AdvisorFactory, CandidateFactory, FollowingFactory
from core.models import OutgoingMessage
from core.rules import RuleBroken
from core.waits import sweep_all
from immersions.applications.actions import submit_application
from immersions.applications.models import Application
from immersions.factories import OfferFactory, SlotFactory
from immersions.prepared.actions import (
    confirm_prepared,
    prepare_application,
    refuse_prepared,
    take_back_prepared,
)
from immersions.prepared.models import PreparedApplication
from immersions.prepared.workflow import PREPARED_WORKFLOW, PreparedStatus

pytestmark = pytest.mark.django_db
WHY = "J’aime travailler dehors."


@pytest.fixture
def following():
    return FollowingFactory(followed=True)


@pytest.fixture
def ready(following):
    return prepare(following)


def prepare(following, offer=None, **options):
    options = {"by": following.advisor, "why": WHY} | options
    return prepare_application(offer or OfferFactory(), candidate=following.candidate, **options)


def kinds():
    rows = OutgoingMessage.objects.order_by("pk").values_list("kind", flat=True)
    return [kind.removeprefix("immersions/") for kind in rows]


def test_nothing_reaches_the_company_before_the_person_says_yes(ready):
    assert not Application.objects.exists()
    [letter] = OutgoingMessage.objects.all()
    assert (letter.kind, letter.to) == ("immersions/application_prepared", ready.candidate.user.email)


def test_the_person_sends_it_in_one_click(client, ready):
    user = ready.candidate.user
    client.force_login(user)
    assertContains(client.get(reverse("candidate_space")), "Une candidature est prête")
    page = reverse("immersions:prepared", args=[ready.pk])
    assertContains(client.get(page), WHY)
    assert not Application.objects.exists()  # A mail scanner opens links.
    client.post(page)
    application = Application.objects.get()
    assert (application.candidate, application.why, application.status) == (ready.candidate, WHY, "submitted")
    assert application.events.get().by == user
    assert {"application", "prepared_confirmed"} <= {kind.partition("_company")[0] for kind in kinds()} | set(
        kinds()
    )
    assert OutgoingMessage.objects.get(kind="immersions/prepared_confirmed").to_user == ready.prepared_by


def test_the_person_does_not_want_it(client, ready):
    client.force_login(ready.candidate.user)
    client.post(reverse("immersions:prepared_refuse", args=[ready.pk]))
    assert not Application.objects.exists()
    assert kinds() == ["application_prepared", "prepared_not_sent"]


def test_without_an_answer_it_ends_by_itself(ready):
    seen = {}
    for day in range(10):
        with time_machine.travel(timezone.now() + dt.timedelta(days=day), tick=False):
            sweep_all()
            sweep_all()
            seen[day] = kinds()[1:]
    assert seen[1] == []
    assert seen[2] == ["application_prepared"]
    assert seen[4] == ["application_prepared", "prepared_waiting"]
    assert seen[9] == ["application_prepared", "prepared_waiting", "prepared_not_sent"]
    ready.refresh_from_db()
    with pytest.raises(RuleBroken, match="n’est plus possible"):
        confirm_prepared(ready, by=ready.candidate.user)


def test_only_for_someone_whom_one_follows(following):
    asked = FollowingFactory(structure=following.structure)
    for other in (asked, FollowingFactory(followed=True)):
        with pytest.raises(PermissionDenied):
            prepare(other, by=following.advisor)


def test_nobody_else_sends_nor_takes_it_back(ready):
    for stranger in (ready.prepared_by, CandidateFactory().user):
        with pytest.raises(PermissionDenied):
            confirm_prepared(ready, by=stranger)
        with pytest.raises(PermissionDenied):
            refuse_prepared(ready, by=stranger)
    with pytest.raises(PermissionDenied):
        take_back_prepared(ready, by=AdvisorFactory())


def test_not_twice_and_not_beside_a_living_application(following, ready):
    with pytest.raises(RuleBroken, match="attend déjà"):
        prepare(following, ready.offer)
    other = OfferFactory()
    submit_application(other, candidate=following.candidate, by=following.candidate.user)
    with pytest.raises(RuleBroken, match="déjà une candidature"):
        prepare(following, other)


def test_slots_that_are_full_by_then_are_left_out(following):
    full, free = SlotFactory(), None
    free = SlotFactory(
        offer=full.offer,
        first_day=full.first_day + dt.timedelta(days=7),
        last_day=full.last_day + dt.timedelta(days=7),
    )
    ready = prepare(following, full.offer, slots=[full, free])
    type(full).objects.filter(pk=full.pk).update(places_taken=full.places)
    application = confirm_prepared(ready, by=ready.candidate.user)
    assert list(application.wished_slots.all()) == [free]


def test_an_incomplete_profile_is_said_before_anything_is_sent(client):
    following = FollowingFactory(followed=True, candidate=CandidateFactory(new=True))
    ready = prepare(following)
    client.force_login(ready.candidate.user)
    page = reverse("immersions:prepared", args=[ready.pk])
    assertContains(client.get(page), "complétez d’abord")
    assertContains(client.post(page, follow=True), "L’entreprise a besoin")
    assert not Application.objects.exists()


def test_the_advisor_prepares_from_the_offer_and_may_take_it_back(client, following):
    offer = OfferFactory()
    client.force_login(following.advisor)
    page = reverse("immersions:prepare_application", args=[offer.pk, following.pk])
    assertContains(client.get(reverse("immersions:apply", args=[offer.pk, offer.slug])), page)
    assertContains(client.post(page, {"why": ""}), "Dites en une phrase")
    person = client.post(page, {"why": WHY}, follow=True)
    assertContains(person, "reçoit un e-mail")
    ready = PreparedApplication.objects.get()
    assertContains(person, reverse("immersions:prepared_for", args=[ready.pk]))
    client.post(reverse("immersions:prepared_take_back", args=[ready.pk]))
    with pytest.raises(RuleBroken, match="n’est plus possible"):
        confirm_prepared(ready, by=ready.candidate.user)


@pytest.mark.parametrize("event", ["confirm", "refuse", "take_back"])
@pytest.mark.parametrize("status", PreparedStatus.values)
def test_each_event_does_what_the_table_says(ready, status, event):
    if status == "confirmed":
        confirm_prepared(ready, by=ready.candidate.user)
    elif status != "waiting":
        ready.status = status
        ready.save()
    act, by, role = {
        "confirm": (confirm_prepared, ready.candidate.user, "candidate"),
        "refuse": (refuse_prepared, ready.candidate.user, "candidate"),
        "take_back": (take_back_prepared, ready.prepared_by, "advisor"),
    }[event]
    if PREPARED_WORKFLOW.is_decided(event, status, role):
        act(ready, by=by)
        assert ready.events.last().transition == event
        return
    with pytest.raises(RuleBroken):
        act(ready, by=by)
    ready.refresh_from_db()
    assert ready.status == status


def test_the_database_refuses_an_unknown_status(ready):
    with pytest.raises(IntegrityError), transaction.atomic():
        PreparedApplication.objects.filter(pk=ready.pk).update(status="forged")
