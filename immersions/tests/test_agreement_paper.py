"""Signed on paper: the copy is what its content says, private, and says who recorded it."""

import hashlib
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django.asserts import assertContains

from candidates.factories import CandidateFactory
from core.rules import RuleBroken
from core.signing.evidence import Evidence
from core.signing.scans import read_scan
from immersions.agreements.factories import a_frozen_agreement
from immersions.agreements.models import AgreementVersion, Signature
from immersions.agreements.sign_actions import record_paper
from tests.worlds import made_once

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 une page %%EOF"
SMALL = b"\xff\xe1\x00\x0asmall\xff\xd9\x00"  # The small photo that a photo carries, with an end of its own.
PHOTO = b"\xff\xd8" + SMALL + b"\xff\xda\x00\x02 photo "


@pytest.fixture(autouse=True)
def _elsewhere(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def post(client, world, *, content=PDF, name="convention.pdf", role="candidate", kind="application/pdf"):
    url = reverse("immersions:agreement_paper", args=[world.agreement.pk])
    scan = SimpleUploadedFile(name, content, content_type=kind)
    return client.post(url, {"seen": 1, "role": role, "scan": scan})


_made, frozen = made_once(a_frozen_agreement)


@pytest.fixture
def world(client, frozen):
    client.force_login(frozen.advisor)
    return frozen


def test_the_advisor_records_it_and_is_named(client, world):
    post(client, world)
    signature = Signature.objects.get()
    assert (signature.role, signature.method, signature.recorded_by) == ("candidate", "paper", world.advisor)
    assert signature.name == world.candidate.get_full_name()
    assert "convention" not in signature.scan.name
    assert signature.scan_sha256 == hashlib.sha256(PDF).hexdigest()
    assert signature.how == f"Sur papier, copie déposée par {world.advisor.get_full_name()}"


def test_a_refused_signature_leaves_no_copy_behind(world, settings):
    scan = read_scan(SimpleUploadedFile("scan.pdf", PDF))
    about = {"role": "candidate", "scan": scan, "by": world.advisor, "seen": 1, "evidence": Evidence()}
    record_paper(world.agreement, **about)
    with pytest.raises(RuleBroken, match="C’est déjà signé"):
        record_paper(world.agreement, **about)
    assert len(list(Path(settings.MEDIA_ROOT).rglob("*.pdf"))) == 1


def test_a_paper_printed_before_the_text_changed_is_refused(client, world):
    AgreementVersion.objects.create(agreement=world.agreement, number=2, text="{}", sha256="0" * 64)
    assertContains(
        client.get(reverse("immersions:agreement_paper", args=[world.agreement.pk])), "Quel numéro"
    )
    assertContains(post(client, world), "celui qui se signe est la version 2")
    assert not Signature.objects.exists()


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"MZ\x90 un programme", "scan.pdf", "quel que soit son nom"),
        (b"<html><script>", "photo.png", "quel que soit son nom"),
        (PDF + b"0" * 20 * 1024 * 1024, "scan.pdf", "5 Mo au plus"),
        (b"%PDF-1.7", "scan.pdf", "coupé ou abîmé"),
        (PDF + b"0" * 2000, "scan.pdf", "coupé ou abîmé"),
        (PHOTO, "photo.jpg", "coupé ou abîmé"),
        (b"\x89PNG\r\n\x1a\n photo", "photo.png", "coupé ou abîmé"),
    ],
)
def test_a_disguised_or_heavy_file_is_refused_with_a_sentence(client, world, content, name, sentence):
    assertContains(post(client, world, content=content, name=name), sentence)
    assert not Signature.objects.exists()


def test_a_photo_is_kept_as_what_it_is(client, world):
    post(client, world, content=PHOTO + b"\xff\xd9", name="../../etc/passwd.pdf")
    assert Signature.objects.get().scan.name.endswith(".jpg")


def test_the_copy_is_a_file_for_the_parties_only(client, world):
    post(client, world)
    url = reverse("immersions:agreement_scan", args=[world.agreement.pk, Signature.objects.get().pk])
    for person in (world.candidate, world.member, world.advisor):
        client.force_login(person)
        response = client.get(url)
        assert response["Content-Type"] == "application/pdf"
        assert response["Content-Disposition"].startswith("attachment")
        assert response.content == PDF
    client.force_login(CandidateFactory().user)
    assert client.get(url).status_code == 404


def test_nobody_records_what_is_not_theirs(client, world):
    client.force_login(world.member)
    assertContains(post(client, world, role="candidate"), "ce n’est pas à vous de l’enregistrer")
    assert not Signature.objects.exists()


def test_the_three_on_paper_confirm_the_immersion(client, world):
    for role in ("candidate", "company", "advisor"):
        post(client, world, role=role)
    world.application.refresh_from_db()
    assert world.application.status == "confirmed"
