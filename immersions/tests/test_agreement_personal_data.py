"""What one wrote goes with the account; what one signed is kept, and said."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core import personal_data
from core.signing.evidence import Evidence
from core.signing.scans import read_scan
from immersions.agreements.actions import refuse_agreement
from immersions.agreements.factories import a_frozen_agreement, reread
from immersions.agreements.models import AgreementEvent, AgreementVersion, Part, Signatory
from immersions.agreements.personal_data import erase_agreements, export_agreements, obstacle_of
from immersions.agreements.sign_actions import record_paper, sign_agreement
from immersions.applications.actions import withdraw_application
from tests.worlds import made_once

pytestmark = pytest.mark.django_db
_made, world = made_once(a_frozen_agreement)


def test_a_person_reads_what_they_wrote_and_signed(world):
    sign_agreement(reread(world.agreement), by=world.candidate, seen=1, evidence=Evidence())
    told = export_agreements(world.candidate)
    assert told["ce que j’ai écrit"][0]["réponses"]["birth_date"] == "1996-04-12"
    assert told["ce que j’ai signé"][0]["empreinte"] == AgreementVersion.objects.get().sha256


def test_the_account_waits_while_signatures_are_awaited(world):
    assert "attend des signatures" in obstacle_of(world.candidate)
    refuse_agreement(reread(world.agreement), by=world.advisor, words="Dates impossibles")
    assert obstacle_of(world.candidate) == ""


def test_what_binds_nobody_goes_with_its_texts_names_and_copies(settings, tmp_path, world):
    """Only once nobody waits for a signature any more."""
    settings.MEDIA_ROOT = tmp_path
    scan = read_scan(SimpleUploadedFile("scan.pdf", b"%PDF-1.7 une page %%EOF"))
    record_paper(world.agreement, role="candidate", scan=scan, by=world.advisor, seen=1, evidence=Evidence())
    erase_agreements(world.candidate)
    assert Part.objects.get(party="candidate").data
    assert AgreementVersion.objects.get().text
    refuse_agreement(reread(world.agreement), by=world.advisor, words="Dates impossibles")
    erase_agreements(world.candidate)
    assert not Part.objects.exclude(data={}).exists()
    assert not AgreementVersion.objects.exists()
    assert not Signatory.objects.exists()
    assert not list(tmp_path.rglob("*.pdf"))
    assert not AgreementEvent.objects.exclude(note="").exists()


def test_an_act_that_all_have_signed_outlives_the_immersion_that_was_cancelled(world):
    for by in (world.candidate, world.member, world.advisor):
        it = reread(world.agreement)
        sign_agreement(it, by=by, seen=1, evidence=Evidence(), is_entitled=by == world.member)
    world.application.refresh_from_db()
    withdraw_application(world.application, by=world.candidate, reason="changed_mind")
    assert reread(world.agreement).status == "void"
    erase_agreements(world.candidate)
    assert AgreementVersion.objects.get().signatures.count() == 3
    assert Signatory.objects.exists()
    assert Part.objects.get(party="candidate").data == {}


def test_it_is_part_of_the_export(world):
    assert "Conventions" in personal_data.export_all(world.candidate)
