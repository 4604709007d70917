"""The internships of a training: by default on the session’s periods, said otherwise, with their paper."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from commitments.courses import actions, internships, sweeps
from commitments.courses.factories import an_admitted_project
from commitments.courses.internship_models import Internship
from commitments.seats import actions as seats
from core.models import OutgoingMessage
from core.rules import RuleBroken
from core.signing.scans import read_scan
from territories import delays
from territories.models import Region
from tests.worlds import made_once
from trainings.models import InCompanyPeriod

pytestmark = pytest.mark.django_db

_made, admitted = made_once(lambda: an_admitted_project(days=3, length=60))


class TestInternships:
    @pytest.fixture(autouse=True)
    def _admitted(self, admitted):
        self.admitted = admitted

    def with_period(self, *, begins_in=5, **options):
        world = self.admitted
        first = timezone.localdate() + dt.timedelta(days=begins_in)
        last = first + dt.timedelta(days=11)
        InCompanyPeriod.objects.create(session=world.request.session, starts_on=first, ends_on=last)
        actions.enter_course(world.request, by=world.trainer, entered_on=world.request.session.starts_on)
        world.row = Internship.objects.get(seat_request=world.request)
        return world

    def test_by_default_it_is_in_the_promising_company(self):
        world = self.with_period()
        assert (world.row.company, world.row.is_by_default) == (world.commitment.company, True)

    def test_periods_said_after_the_entry_are_taken_too(self):
        world = self.admitted
        actions.enter_course(world.request, by=world.trainer, entered_on=world.request.session.starts_on)
        day = timezone.localdate() + dt.timedelta(days=20)
        InCompanyPeriod.objects.create(session=world.request.session, starts_on=day, ends_on=day)
        sweeps.sweep_courses()
        sweeps.sweep_courses()
        assert Internship.objects.get().starts_on == day

    def move_period(self, world, *, days):
        moved = timezone.localdate() + dt.timedelta(days=days)
        InCompanyPeriod.objects.update(starts_on=moved, ends_on=moved)
        sweeps.sweep_courses()
        sweeps.sweep_courses()
        return moved

    def test_one_that_nobody_touched_follows_its_period_and_both_are_told_once(self):
        world = self.with_period(begins_in=20)
        day = self.move_period(world, days=30)
        assert Internship.objects.get().starts_on == day
        letters = OutgoingMessage.objects.filter(kind="commitments/internship_changed")
        assert sorted(it.context["to_role"] for it in letters) == ["candidate", "company"]

    def test_a_period_that_is_no_more_takes_its_internship_away_and_a_new_one_brings_another(self):
        world = self.with_period(begins_in=20)
        InCompanyPeriod.objects.all().delete()
        sweeps.sweep_courses()
        assert not Internship.objects.standing().exists()
        day = timezone.localdate() + dt.timedelta(days=40)
        InCompanyPeriod.objects.create(session=world.request.session, starts_on=day, ends_on=day)
        sweeps.sweep_courses()
        assert Internship.objects.standing().get().starts_on == day

    @pytest.mark.parametrize("touched_by", ["change", "cancel", "paper"])
    def test_one_that_somebody_touched_stays_as_it_was_said(self, touched_by):
        world = self.with_period(begins_in=20)
        row = world.row
        days = {"starts_on": row.starts_on, "ends_on": row.ends_on}
        if touched_by == "change":
            internships.plan_internship(world.request, by=world.trainer, instead_of=row, **days)
        elif touched_by == "cancel":
            internships.cancel_internship(row, by=world.trainer)
        else:
            scan = read_scan(SimpleUploadedFile("c", b"%PDF-1.4 c %%EOF"))
            internships.give_document(row, by=world.trainer, scan=scan)
        self.move_period(world, days=30)
        assert Internship.objects.get().starts_on == days["starts_on"]

    def test_those_of_a_seat_given_back_free_their_days(self):
        world = an_admitted_project(days=0, length=60)
        day = timezone.localdate() + dt.timedelta(days=20)
        InCompanyPeriod.objects.create(session=world.request.session, starts_on=day, ends_on=day)
        sweeps.sweep_courses()
        assert Internship.objects.standing().exists()
        seats.withdraw_seat(world.request, by=world.candidate)
        sweeps.sweep_courses()
        assert not Internship.objects.standing().exists()

    def test_one_that_has_begun_stays(self):
        world = self.with_period(begins_in=0)
        self.move_period(world, days=30)
        first = Internship.objects.order_by("starts_on").first()
        assert first.starts_on == timezone.localdate()
        assert first.cancelled_at is None

    def test_both_are_told_some_days_before_as_their_region_says_once(self):
        world = self.with_period(begins_in=5)
        letters = OutgoingMessage.objects.filter(kind="commitments/internship_soon")
        region = Region.objects.filter(departments=world.request.department_code)
        for days, told in ((3, 0), (5, 2), (5, 2)):
            region.update(internship_notice_days=days)
            delays.forget()
            sweeps.sweep_courses()
            assert letters.count() == told
        assert sorted(it.context["to_role"] for it in letters) == ["candidate", "company"]

    def plan(self, world, *, first, last, **said):
        day = timezone.localdate()
        return internships.plan_internship(
            world.request,
            by=world.trainer,
            starts_on=day + dt.timedelta(days=first),
            ends_on=day + dt.timedelta(days=last),
            **said,
        )

    @pytest.mark.parametrize(
        ("first", "last", "sentence"),
        [(6, 8, "déjà un stage"), (50, 80, "pendant la session"), (30, 28, "finit après")],
    )
    def test_dates_that_do_not_hold_are_refused_by_the_database(self, first, last, sentence):
        world = self.with_period()
        with pytest.raises(RuleBroken, match=sentence):
            self.plan(world, first=first, last=last)

    def test_another_company_needs_a_reason(self):
        world = self.with_period()
        with pytest.raises(RuleBroken, match="pourquoi"):
            self.plan(world, first=30, last=35, host_name="Autre SARL")
        row = self.plan(
            world, first=30, last=35, host_name="Autre SARL", elsewhere_reason="Une autre machine"
        )
        assert (row.company, row.place) == (None, "Autre SARL")

    def test_a_stop_cancels_what_has_not_begun(self):
        world = self.with_period()
        actions.leave_course(world.request, by=world.trainer, reason="job")
        world.row.refresh_from_db()
        assert world.row.cancelled_at is not None

    def test_its_agreement_is_a_paper_that_is_kept(self):
        world = self.with_period()
        for by in (world.trainer, world.member):
            scan = read_scan(SimpleUploadedFile("convention.doc", b"%PDF-1.4 texte %%EOF"))
            internships.give_document(world.row, by=by, scan=scan)
        assert [it.role for it in world.row.documents.all()] == ["organisation", "company"]
        with pytest.raises(PermissionDenied):
            internships.give_document(world.row, by=world.candidate, scan=scan)
