"""One row that cannot be moved does not keep the others waiting, in any sweep."""

import pytest

from core.models import ReceivedMail
from core.rules import RuleBroken
from core.sweeps import each_alone
from immersions.stays import sweeps as stays
from immersions.stays.factories import a_stay

pytestmark = pytest.mark.django_db


def mails(*subjects: str):
    for subject in subjects:
        ReceivedMail.objects.create(to="a@exemple.fr", subject=subject, text="")
    return ReceivedMail.objects.order_by("pk")


def test_a_row_that_fails_is_rolled_back_told_and_passed_over(caplog):
    def act(pk: int) -> None:
        mail = ReceivedMail.objects.get(pk=pk)
        ReceivedMail.objects.filter(pk=pk).update(text="fait")
        if mail.subject == "cassé":
            raise ZeroDivisionError
        if mail.subject == "refusé":
            raise RuleBroken("Trop tard.", code="late")

    assert each_alone(mails("un", "cassé", "refusé", "deux"), act) == 2
    done = ReceivedMail.objects.filter(text="fait").order_by("pk").values_list("subject", flat=True)
    assert list(done) == ["un", "deux"]
    assert [line.message for line in caplog.records if line.levelname == "ERROR"] == ["row failed"]


def test_what_was_done_is_counted_as_it_was_answered():
    answers = iter([None, 0, False, 3, True])
    assert each_alone(mails(*"abcde"), lambda pk: next(answers)) == 5


def test_one_immersion_that_cannot_begin_does_not_keep_the_others_from_it(monkeypatch):
    broken, fine = a_stay("confirmed"), a_stay("confirmed")
    start = stays.actions.start_stay

    def start_but_one(application):
        if application.pk == broken.pk:
            raise ZeroDivisionError
        start(application)

    monkeypatch.setattr(stays.actions, "start_stay", start_but_one)
    stays.move_stays_by_date()
    broken.refresh_from_db()
    fine.refresh_from_db()
    assert (broken.status, fine.status) == ("confirmed", "in_progress")
