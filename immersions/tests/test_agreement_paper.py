"""Signed on paper: the copy is what its content says, private, and says who recorded it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django.asserts import assertContains

from candidates.factories import CandidateFactory
from immersions.agreements.factories import a_frozen_agreement
from immersions.agreements.models import Signature

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 une page %%EOF"


@pytest.fixture(autouse=True)
def _elsewhere(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def post(client, world, *, content=PDF, name="convention.pdf", role="candidate", kind="application/pdf"):
    url = reverse("immersions:agreement_paper", args=[world.agreement.pk])
    scan = SimpleUploadedFile(name, content, content_type=kind)
    return client.post(url, {"seen": 1, "role": role, "scan": scan})


@pytest.fixture
def world(client):
    world = a_frozen_agreement()
    client.force_login(world.advisor)
    return world


def test_the_advisor_records_it_and_is_named(client, world):
    post(client, world)
    signature = Signature.objects.get()
    assert (signature.role, signature.method, signature.recorded_by) == ("candidate", "paper", world.advisor)
    assert signature.name == world.candidate.get_full_name()
    assert "convention" not in signature.scan.name


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"MZ\x90 un programme", "scan.pdf", "quel que soit son nom"),
        (b"<html><script>", "photo.png", "quel que soit son nom"),
        (PDF + b"0" * 20 * 1024 * 1024, "scan.pdf", "5 Mo au plus"),
        (b"%PDF-1.7", "scan.pdf", "coupé ou abîmé"),
    ],
)
def test_a_disguised_or_heavy_file_is_refused_with_a_sentence(client, world, content, name, sentence):
    assertContains(post(client, world, content=content, name=name), sentence)
    assert not Signature.objects.exists()


def test_a_photo_is_kept_as_what_it_is(client, world):
    post(client, world, content=b"\xff\xd8\xff\xe0 photo \xff\xd9", name="../../etc/passwd.pdf")
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
    assertContains(post(client, world, role="candidate"), "Choisissez dans la liste")
    assert not Signature.objects.exists()


def test_the_three_on_paper_confirm_the_immersion(client, world):
    for role in ("candidate", "company", "advisor"):
        post(client, world, role=role)
    world.application.refresh_from_db()
    assert world.application.status == "confirmed"
