"""Who leaves takes along what was written about them, whoever wrote it; the acts and the facts stay."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.actions import erase_account
from commitments.contracts.factories import a_declared_contract
from commitments.contracts.models import ContractEvent
from commitments.contracts.personal_data import erase_contracts
from commitments.courses import concerns, internships
from commitments.courses.factories import a_trainee
from commitments.courses.internship_models import Internship, InternshipChange
from commitments.courses.models import ConcernEvent
from commitments.courses.personal_data import erase_courses
from commitments.factories import a_frozen_project, a_sealed_project, reread, sign
from commitments.projects import amending, ending
from commitments.projects.actions import set_aside
from commitments.projects.halves import TrainingPledge
from commitments.projects.models import CommitmentEvent
from commitments.projects.papers import record_paper
from commitments.projects.texts import Amendment, AmendmentEvent, CommitmentVersion
from commitments.seats.factories import trainer_of
from core.signing.evidence import Evidence
from core.signing.scans import read_scan
from territories.models import AgentTask

pytestmark = pytest.mark.django_db
SECRET = "Sa mère est malade"


def test_what_bound_nobody_goes_with_its_copies(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    world = a_frozen_project()
    scan = read_scan(SimpleUploadedFile("scan.pdf", b"%PDF-1.7 une page %%EOF"))
    said = {"role": "candidate", "scan": scan, "by": world.advisor, "seen": 1, "evidence": Evidence()}
    record_paper(reread(world.commitment), **said)
    assert list(tmp_path.rglob("*.pdf"))
    set_aside(reread(world.commitment), by=world.member, reason="other", words=SECRET)
    erase_account(world.candidate, by=world.candidate)
    assert not CommitmentVersion.objects.exists()
    assert not list(tmp_path.rglob("*.pdf"))
    commitment = reread(world.commitment)
    assert (commitment.status, commitment.end_reason, commitment.end_words) == ("expired", "other", "")
    assert not CommitmentEvent.objects.exclude(note="").exists()


def test_the_signed_act_stays_and_words_beside_it_go(client):
    """A change that only one signed bound nobody; a reason of the list is counted, words are not."""
    world = a_sealed_project()
    later = world.commitment.starts_by.replace(year=world.commitment.starts_by.year + 1)
    amending.propose_amendment(world.commitment, by=world.member, starts_by=later, words=SECRET)
    sign(world, "company")
    TrainingPledge.objects.update(
        exception_by=world.advisor,
        exception_reason=SECRET,
        allowed_training=world.session.action.training,
    )
    AgentTask.objects.create(
        kind="x", title="Appeler", unique_key=f"commitment/{world.commitment.pk}/x", outcome=SECRET
    )
    ending.break_promise(reread(world.commitment), by=world.member, reason="other", words=SECRET)
    erase_account(world.candidate, by=world.candidate)
    act = CommitmentVersion.objects.get()
    assert (act.number, act.signatures.count()) == (1, 2)
    commitment = reread(world.commitment)
    assert (commitment.status, commitment.end_reason) == ("broken_by_company", "other")
    assert not Amendment.objects.exists()
    assert not CommitmentEvent.objects.exclude(note="").exists()
    assert TrainingPledge.objects.get().exception_reason == "(effacé)"
    assert AgentTask.objects.get(kind="x").outcome == ""
    client.force_login(world.member)
    page = client.get(reverse("commitments:commitment", args=[commitment.pk])).text
    assert "Projet emploi-formation de la personne" in page, "nobody’s name is a hole in a sentence"
    assert "Compte supprimé</a>" in client.get(reverse("commitments:company_projects")).text


def test_the_words_of_a_change_that_both_signed_are_in_the_act_alone():
    world = a_sealed_project()
    later = world.commitment.starts_by.replace(year=world.commitment.starts_by.year + 1)
    amending.propose_amendment(world.commitment, by=world.member, starts_by=later, words=SECRET)
    sign(world, "company")
    sign(world, "candidate")
    AmendmentEvent.objects.update(note=SECRET)
    ending.break_promise(reread(world.commitment), by=world.member, reason="activity")
    erase_account(world.candidate, by=world.candidate)
    assert CommitmentVersion.objects.count() == 2
    assert Amendment.objects.get().words == "(effacé)"
    assert not AmendmentEvent.objects.exclude(note="").exists()


def test_what_the_organisation_and_the_advisor_noted_of_a_training_goes():
    request = a_trainee(days=20, length=60)
    concern = concerns.open_concern(request, "worried")
    ConcernEvent.objects.create(
        concern=concern, transition="close", to_status="closed", role="advisor", note=SECRET
    )
    row = internships.plan_internship(
        request,
        by=trainer_of(request),
        starts_on=timezone.localdate(),
        ends_on=timezone.localdate(),
        host_name="Autre SARL",
        elsewhere_reason=SECRET,
    )
    InternshipChange.objects.filter(internship=row).update(words=SECRET)
    erase_courses(request.candidate.user)
    assert not ConcernEvent.objects.exclude(note="").exists()
    assert Internship.objects.get().elsewhere_reason == "(effacé)"
    assert not InternshipChange.objects.filter(words=SECRET).exists()


def test_what_a_company_wrote_beside_a_contract_goes():
    world = a_declared_contract()
    event = {"transition": "x", "to_status": "declared", "role": "company", "by": world.member}
    ContractEvent.objects.create(contract=world.contract, note=SECRET, **event)
    key = f"contract/{world.contract.pk}/disputed"
    AgentTask.objects.create(kind="x", title="Appeler", unique_key=key, outcome=SECRET)
    erase_contracts(world.candidate)
    assert not ContractEvent.objects.exclude(note="").exists()
    assert AgentTask.objects.get(kind="x").outcome == ""
