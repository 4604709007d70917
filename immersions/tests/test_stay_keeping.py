"""What the alcoves keep: read by the agents of the territory, given and gone on request."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from accounts.actions import erase_account
from core.personal_data import export_all
from immersions.appointments.models import Appointment, AppointmentTime
from immersions.dates.models import DateProposal
from immersions.facilitee.models import ExternalAgreement
from immersions.factories import ApplicationFactory
from immersions.stays.factories import a_report, a_stay
from immersions.stays.models import Absence, Incident
from territories.agents import make_agent
from territories.factories import DepartmentFactory

pytestmark = pytest.mark.django_db
TABLES = ("dateproposal", "appointment", "externalagreement", "report", "incident", "absence")


@pytest.fixture
def kept():
    """One row of each, all written by the candidate."""
    application = a_stay("completed", begins_in=-3)
    user, company = application.candidate.user, application.offer.company
    member = company.confirmed_members().first()
    a_report(application=application, words="Mes mots", private_words="Pour toi seule")
    Incident.objects.create(
        application=application, kind="discomfort", side="candidate", words="Un malaise", said_by=user
    )
    Incident.objects.create(
        application=application, kind="accident", side="candidate", words="Une chute", said_by=user
    )
    Absence.objects.create(
        application=application, side="candidate", whose="nobody", words="La neige", said_by=user
    )
    DateProposal.objects.create(
        application=application, status="refused", proposed_by="candidate", author=user, words="Plutôt mardi"
    )
    time = AppointmentTime.objects.create(
        company=company, starts_at=timezone.now(), offered_by=member, where="Chez elle"
    )
    Appointment.objects.create(application=application, time=time, status="held")
    ExternalAgreement.objects.create(application=application, number="ABC-12345", recorded_by=member)
    return application


def pages_of(application):
    for name in TABLES:
        table = reverse(f"admin:immersions_{name}_changelist")
        model = {
            "dateproposal": DateProposal, "appointment": Appointment, "externalagreement": ExternalAgreement,
            "incident": Incident, "absence": Absence,
        }.get(name) or type(application.reports.first())  # fmt: skip
        row = model.objects.filter(application=application).first()
        yield name, table, reverse(f"admin:immersions_{name}_change", args=[row.pk])


def test_an_agent_of_the_territory_reads_them_and_writes_nothing(client, kept):
    department = kept.offer.commune.department
    client.force_login(make_agent("agent@region.example", departments=[department])[0])
    name = kept.candidate.user.get_full_name()
    for table, rows, row in pages_of(kept):
        assertContains(client.get(rows), name, msg_prefix=table)
        page = client.get(row)
        assert page.status_code == 200, table
        assertNotContains(page, 'name="_save"')
        assertNotContains(page, "Pour toi seule")
        assert client.post(row, {"status": "forged"}).status_code == 403, table


def test_an_agent_of_another_territory_finds_nothing(client, kept):
    client.force_login(make_agent("autre@region.example", departments=[DepartmentFactory(nancy=True)])[0])
    for table, rows, row in pages_of(kept):
        assertNotContains(client.get(rows), kept.candidate.user.last_name, msg_prefix=table)
        assert client.get(row).status_code == 302, table


def test_the_export_has_what_the_person_said(kept):
    exported = json.dumps(export_all(kept.candidate.user), ensure_ascii=False)
    for words in ("Mes mots", "Pour toi seule", "Un malaise", "La neige", "Plutôt mardi", "ABC-12345"):
        assert words in exported


def test_erased_the_words_go_and_the_facts_stay(kept, commit):
    user = kept.candidate.user
    with commit():
        erase_account(user, by=user)
    report = kept.reports.get()
    assert (report.words, report.private_words) == ("", "")
    told = {it.kind: it.words for it in Incident.objects.all()}
    assert "malaise" not in told["discomfort"]
    assert told["accident"] == "Une chute"  # The law keeps it.
    assert "neige" not in Absence.objects.get().words
    assert DateProposal.objects.get().words == ""
    assert Appointment.objects.get().status == "held"
    assert not ExternalAgreement.objects.exists()  # Never confirmed: it bound nobody.


def test_a_confirmed_agreement_is_kept(commit):
    application = ApplicationFactory(completed=True)
    user, member = application.candidate.user, application.offer.company.confirmed_members().first()
    ExternalAgreement.objects.create(
        application=application,
        number="ABC-12345",
        recorded_by=member,
        confirmed_by=member,
        confirmed_at=timezone.now(),
    )
    with commit():
        erase_account(user, by=user)
    assert ExternalAgreement.objects.exists()
