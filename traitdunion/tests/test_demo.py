"""The demo: whole, true to the rules, and the same when it is loaded again."""

import datetime as dt
import json
import re
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import Count, Q
from django.utils import timezone

from accounts.models import Organisation, check_siret
from candidates.structures.models import SupportStructure
from commitments.courses.internship_models import Internship
from commitments.courses.models import CheckIn, Concern
from commitments.courses.sweeps import sweep_courses
from commitments.factories import first_words
from commitments.followups.models import FollowUp
from commitments.projects.models import Commitment
from commitments.projects.texts import Amendment
from commitments.projects.workflow import CommitmentStatus
from commitments.seats.models import Meeting, SeatRequest, SeatRequestEvent
from companies.models import Company
from core import delivery
from core.models import OutgoingMessage, ReceivedMail
from core.rules import RuleBroken
from core.waits import sweep_all
from immersions.agreements.models import Agreement, Party
from immersions.agreements.steps import next_step
from immersions.applications.models import Application, ApplicationEvent
from immersions.applications.workflow import APPLICATION_WORKFLOW
from immersions.appointments.models import Appointment, AppointmentTime
from immersions.facilitee.models import ExternalAgreement
from immersions.needs.models import TrainingNeed
from immersions.offers import wording
from immersions.offers.models import Offer, OfferDetail, Slot, Weight
from immersions.offers.publication import may_be_published
from immersions.offers.workflow import OfferStatus
from immersions.stays.models import Absence, Attestation
from immersions.stays.sweeps import move_stays_by_date
from territories import geo, reference
from trainings.models import Session
from traitdunion.demo import accounts, applications, catalogue, seed
from traitdunion.demo.past import Past

TABLES = (
    "accounts_user accounts_organisation accounts_membership companies_company companies_workplace "
    "candidates_candidate trainings_training trainings_trainingaction trainings_session immersions_offer "
    "immersions_offerdetail immersions_slot immersions_offerevent immersions_application "
    "immersions_applicationevent immersions_booking immersions_question core_outgoingmessage core_receivedmail "
    "territories_agenttask territories_agentterritory candidates_following candidates_followingevent "
    "immersions_agreement immersions_agreementevent immersions_part immersions_agreementversion "
    "immersions_signatory immersions_signature immersions_externalagreement immersions_appointment "
    "immersions_appointmenttime immersions_report immersions_observation immersions_absence immersions_notice "
    "immersions_attestation commitments_commitment commitments_commitmentevent commitments_seatrequest "
    "commitments_projectvalidation commitments_meeting commitments_checkin commitments_concern commitments_internship "
    "commitments_internshipdocument commitments_amendment commitments_contract commitments_followup commitments_followupanswer"
).split()


@time_machine.travel("2026-11-23T00:04:00+01:00", tick=False)
def test_what_is_told_of_today_is_of_today_even_just_after_midnight():
    assert timezone.localdate(Past.__new__(Past).moment(0, "jade.morin")) == dt.date(2026, 11, 23)


@pytest.fixture(scope="module")
def is_whole(request):
    """The projects are told when a test that looks at them is asked for."""
    here = (item for item in request.session.items if item.path == request.path)
    return any(item.get_closest_marker("deep") for item in here)


@pytest.fixture(scope="module")
def _demo(django_db_setup, django_db_blocker, is_whole):
    """Loaded once for this module, and gone after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        reference.load()
        first_words()  # A test that flushes its tables takes them away with it.
        seed.seed(only_first=not is_whole)
        connection.check_constraints()  # Now, or each test would look at all these rows again before it ends.
        yield
        transaction.set_rollback(True)
    geo.forget()


pytestmark = [pytest.mark.django_db, pytest.mark.deep_too, pytest.mark.usefixtures("_demo")]


def versions() -> dict[str, list]:
    """Every row of the demo with the transaction that wrote it last."""
    found = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT id, ctid::text FROM {table} ORDER BY id")  # noqa: S608 - our own names.
            found[table] = cursor.fetchall()
    return found


def test_there_is_enough_to_look_at():
    assert Company.objects.count() >= 40
    assert Offer.objects.count() >= 60
    assert Session.objects.count() >= 80
    assert Application.objects.count() >= 60
    assert set(Offer.objects.values_list("weight", flat=True)) == set(Weight.values)


def test_every_status_of_an_offer_is_shown():
    assert set(Offer.objects.values_list("status", flat=True)) == set(OfferStatus.values)


def test_every_status_that_an_application_can_reach_is_shown():
    reachable = {transition.target for transition in APPLICATION_WORKFLOW.transitions}
    assert set(Application.objects.values_list("status", flat=True)) >= reachable & {
        "submitted", "booked", "confirmed", "in_progress", "completed", "interrupted", "no_show", "declined",
        "withdrawn", "cancelled", "expired",
    }  # fmt: skip


def test_agreements_are_shown_at_every_stage():
    assert set(Agreement.objects.values_list("status", flat=True)) >= {
        "draft", "to_sign", "signed", "validated", "refused",
    }  # fmt: skip
    awaited = [
        {party for party in Party.values if next_step(agreement, party)}
        for agreement in Agreement.objects.filter(status="draft").for_page()
    ]
    for party in Party.values:
        assert any(party in parties for parties in awaited), party
    assert {"advisor"} in awaited
    facilitee = SupportStructure.objects.get(agreement_channel="immersion_facilitee")
    assert ExternalAgreement.objects.get().recorded_by in facilitee.confirmed_members()


def test_nobody_has_started_unsigned_and_signatures_are_older_than_the_start():
    begun = Application.objects.filter(status__in=("in_progress", "completed", "interrupted", "no_show"))
    for application in begun.exclude(external_agreement__isnull=False).exclude(offer__weight="visit"):
        version = application.agreements.get(status="validated").versions.get()
        signed = [signature.signed_at.date() for signature in version.signatures.all()]
        assert len(signed) == 3
        assert version.frozen_at.date() <= min(signed)
        assert max(signed) < min(slot.first_day for slot in application.slots)


@pytest.mark.deep
def test_projects_are_shown_at_every_stage_and_at_every_end():
    assert set(Commitment.objects.values_list("status", flat=True)) == set(CommitmentStatus.values)
    assert Commitment.objects.kept().count() == Commitment.objects.not_kept().count() == 1
    accepted = Commitment.objects.filter(status="accepted")
    assert accepted.filter(contracts=None).exists()
    assert accepted.filter(contracts__status="declared").exists()
    assert accepted.filter(contracts__status="disputed").exists()
    assert {"waitlisted", "admitted", "entered", "finished", "left"} <= set(
        SeatRequest.objects.values_list("status", flat=True)
    )
    assert SeatRequestEvent.objects.filter(transition="move_up").exists()
    assert Meeting.objects.filter(at__gt=timezone.now()).exists()
    assert Concern.objects.open().count() == 1
    answered = FollowUp.objects.with_situation().values_list("situation", flat=True)
    assert {"there", "elsewhere", "looking"} <= set(answered)
    assert FollowUp.objects.unknown().exists()


@pytest.mark.deep
def test_what_happens_during_a_training_is_shown_to_both_sides():
    asked = CheckIn.objects.filter(status="asked")
    assert set(asked.values_list("side", flat=True)) == {"candidate", "company"}
    assert set(CheckIn.objects.filter(side="company").values_list("status", flat=True)) >= {"asked", "fine"}
    today = timezone.localdate()
    standing = Internship.objects.standing().filter(ends_on__gte=today - dt.timedelta(days=2))
    assert standing.filter(starts_on__lte=today + dt.timedelta(days=2), documents__isnull=False).exists()
    assert standing.filter(company=None).exists()
    waiting = Amendment.objects.filter(status="open")
    assert set(waiting.values_list("asked_by", flat=True)) == {"candidate", "company"}
    assert Commitment.objects.filter(status="dropped_out").exists()


def test_a_training_need_is_answered_and_another_waits():
    assert {"open", "answered"} <= set(TrainingNeed.objects.values_list("status", flat=True))


@pytest.mark.deep
def test_nobody_is_late_about_a_training_when_the_site_starts():
    last = OutgoingMessage.objects.latest("pk").pk
    sweep_courses()
    assert not OutgoingMessage.objects.filter(pk__gt=last).values_list("kind", "to")


def test_what_was_lived_is_told():
    both = Application.objects.filter(status="completed").annotate(
        given=Count("reports", filter=Q(reports__status="given"))
    )
    assert both.filter(given=2).count() >= 3
    assert both.filter(given=1).exists()
    assert Absence.objects.count() == 2
    assert Attestation.objects.filter(application__candidate__user__email=accounts.CANDIDATE).exists()
    assert AppointmentTime.objects.filter(appointments=None).exists()
    assert Appointment.objects.booked().exists()
    series = Application.objects.annotate(periods=Count("bookings")).filter(periods__gt=2)
    assert series.exists()


def test_a_training_leads_to_every_published_offer_that_needs_one():
    for offer in Offer.objects.filter(status="published"):
        assert may_be_published(offer), offer.title
    for offer in Offer.objects.filter(status="awaiting_training"):
        assert not may_be_published(offer), offer.title


def test_loading_it_twice_changes_nothing(is_whole):
    before = versions()
    added = seed.seed(only_first=not is_whole)
    assert set(added.values()) == {0}
    assert versions() == before


def test_histories_are_in_order_and_end_where_the_application_stands():
    for application in Application.objects.prefetch_related("events"):
        events = sorted(application.events.all(), key=lambda event: event.pk)
        moments = [event.at for event in events]
        assert moments == sorted(moments), application.pk
        assert events[-1].to_status == application.status
        assert application.submitted_at <= timezone.now()
        assert events[0].transition == "submit"
    assert ApplicationEvent.objects.filter(at__gt=timezone.now()).count() == 0


def test_slots_hold_those_who_booked_them():
    for slot in Slot.objects.prefetch_related("bookings"):
        assert slot.places_taken == len(slot.bookings.all())


def test_nobody_is_reminded_of_the_past_when_the_site_starts():
    last = OutgoingMessage.objects.latest("pk").pk
    sweep_all()
    assert not OutgoingMessage.objects.filter(pk__gt=last).values_list("kind", "to")
    last = OutgoingMessage.objects.latest("pk").pk
    move_stays_by_date()
    told = OutgoingMessage.objects.filter(pk__gt=last)
    assert set(told.values_list("kind", flat=True)) <= {
        "immersions/stay_sheet", "immersions/stay_sheet_company",
    }, "of visits to come"  # fmt: skip


def test_every_message_was_delivered_and_can_be_rendered_again():
    messages = list(OutgoingMessage.objects.all())
    assert ReceivedMail.objects.count() == len(messages) > 150
    for message in messages:
        assert message.status == "sent"
        assert message.sent_at <= timezone.now()
        words = delivery.render(message)
        assert words.subject == message.subject


def test_words_are_for_everybody_and_finished():
    for offer in Offer.objects.select_related("occupation", "detail"):
        assert wording.single_gender_advice(offer.title, offer.occupation) == "", offer.title
        assert wording.flags(offer) == [], offer.title
    whole = OfferDetail.objects.exclude(offer__status="draft")
    for detail in whole:
        text = " ".join([*detail.tasks, detail.about, detail.access, detail.physical_demands])
        assert not re.search(r"lorem|ipsum|todo|xxx", text, re.IGNORECASE)
        assert "'" not in text
        assert detail.day_plan
        assert detail.about


def test_companies_are_fictional_and_their_numbers_are_right():
    for organisation in Organisation.objects.all():
        assert check_siret(organisation.siret).startswith("0000")


def test_each_role_has_an_account_that_shows_something():
    out = StringIO()
    call_command("demo_accounts", "--json", stdout=out)
    listed = {row["email"] for row in json.loads(out.getvalue())}
    assert listed == {account.email for account in accounts.ACCOUNTS}
    assert Application.objects.filter(candidate__user__email=accounts.CANDIDATE).count() == 9
    hidden = Company.objects.get(organisation__memberships__user__email=accounts.UNCONFIRMED)
    assert hidden.confirmed_members().count() == 0
    assert Application.objects.filter(offer__company=hidden, status="submitted").count() == 2


@pytest.mark.parametrize("command", ["seed_demo", "demo_accounts"])
def test_it_never_enters_a_real_site(settings, command):
    settings.DEMO = False
    with pytest.raises(CommandError):
        call_command(command)


def test_a_story_that_life_has_overtaken_is_left_alone(monkeypatch):
    """`advance`, then a new start: who should be asked again may have booked elsewhere since."""

    def tell(story, past):
        Application.objects.filter(candidate=story.candidate).update(why="À moitié dit")
        raise RuleBroken("Cette personne n’est plus libre à ces dates.", code="candidate_busy")

    monkeypatch.setattr(applications, "tell", tell)
    Application.objects.filter(status="submitted").update(status="expired", ended_by="system")
    applications.seed_applications(Past())
    assert not Application.objects.filter(why="À moitié dit").exists()


def test_a_session_does_not_take_the_number_of_one_that_was_aged():
    aged = Session.objects.filter(external_id__regex=r"-\d{8}$").first()
    day = dt.date.fromisoformat(aged.external_id[-8:])
    assert catalogue.number_of(aged.action, day) == f"{aged.external_id}-2"


def test_months_later_there_are_dates_again(is_whole):
    with time_machine.travel(timezone.now() + dt.timedelta(days=200), tick=True):
        seed.seed(only_first=not is_whole)
        published = Offer.objects.filter(status="published")
        assert all(map(may_be_published, published))
        assert all(offer.slots.bookable().exists() for offer in published.filter(date_mode="slots"))
        for offer in published.filter(weeks__len__gt=0):
            assert min(offer.weeks) > timezone.localdate()
        assert set(seed.seed(only_first=not is_whole).values()) == {0}
