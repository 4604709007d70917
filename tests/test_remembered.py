"""What is written again is what was made, and only where nothing could have changed it."""

import contextlib
import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.forms.models import model_to_dict
from django.test import override_settings
from django.utils import timezone

from accounts.factories import UserFactory
from core.models import OutgoingMessage
from immersions.applications.models import Booking
from immersions.factories import ApplicationFactory
from tests import remembered

pytestmark = pytest.mark.django_db(transaction=True)


@contextlib.contextmanager
def a_test():
    """As pytest opens one: undone at its end."""
    with transaction.atomic():
        connection.atomic_blocks[0]._from_testcase = True
        yield
        transaction.set_rollback(True)


@pytest.fixture
def book(monkeypatch):
    """`book(names)`: a booked application of somebody of that name. `book.made`: the names for whom one was made."""
    monkeypatch.setattr(remembered, "_kept", {})

    def really(name: str = "Nadia", **also):
        really.made.append(name)
        transaction.on_commit(lambda: really.rung.append(name))
        return ApplicationFactory(booked=True, candidate__user__first_name=name, **also)

    found = remembered.remembered(really)
    found.made = really.made = []
    found.rung = really.rung = []
    return found


def rows_of(application):
    there = type(application).objects.get()
    slot = Booking.objects.get(application=there).slot
    return [
        model_to_dict(it)
        for it in (
            there,
            slot,
            there.offer,
            there.offer.company,
            there.offer.occupation,
            there.candidate.user,
        )
    ]


def test_the_same_words_find_the_same_rows_and_ring_the_same_bells(book):
    with a_test():
        first = rows_of(book())
    with a_test():
        again = book()
        assert rows_of(again) == first
        assert again.offer.company.confirmed_members().first().email
        assert len(connection.run_on_commit) == 1
        connection.run_on_commit[0][1]()
    assert book.rung == ["Nadia"]
    assert book.made == ["Nadia"] * (1 if remembered.may_write_rows() else 2)


def test_the_rows_are_watched_as_before(book):
    """What stands again is held by the same constraints, and the next row has its own key."""
    for _ in range(2):
        with a_test():
            application = book()
            assert UserFactory().pk > application.candidate.user.pk
            type(application.offer).objects.update(company_id=0)
            with pytest.raises(IntegrityError):
                connection.check_constraints()


@pytest.mark.parametrize(
    "before", ["another name", "a row given", "a row written", "a setting", "an hour", "tomorrow"]
)
def test_it_is_made_where_it_could_be_another(book, before):
    with a_test():
        book()
    with contextlib.ExitStack() as now:
        now.enter_context(a_test())
        if before == "a row written":
            UserFactory()
        if before == "a setting":
            now.enter_context(override_settings(OUTBOX_BATCH=1))
        if before == "an hour":
            now.enter_context(time_machine.travel(timezone.now() + dt.timedelta(hours=1), tick=False))
        if before == "tomorrow":
            now.enter_context(time_machine.travel(timezone.now() + dt.timedelta(days=1), tick=False))
        if before == "another name":
            book("Karim")
        elif before == "a row given":
            book(candidate__user=UserFactory())
        else:
            book()
    assert len(book.made) == 2


def test_what_is_committed_is_made_each_time(book):
    book()
    assert not remembered._kept
    assert not OutgoingMessage.objects.exists()
