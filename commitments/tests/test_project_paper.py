"""A project signed by hand: each side lays down its own copy, the advisor both; it is the same act."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from commitments.factories import a_frozen_project, a_sealed_project, reread, sign
from commitments.projects import amending
from commitments.projects.models import Commitment
from commitments.projects.papers import record_paper
from commitments.projects.pdf import pdf_of
from commitments.projects.texts import CommitmentSignature
from commitments.seats.factories import open_space_of
from core import verification
from core.delivery import render
from core.models import OutgoingMessage
from core.personal_data import export_all
from core.rules import RuleBroken
from core.signing.evidence import Evidence
from core.signing.pdf import build
from core.signing.scans import read_scan
from tests.worlds import made_once
from trainings.models import Session

pytestmark = pytest.mark.django_db
_made, frozen = made_once(a_frozen_project)
PDF = b"%PDF-1.7 une page %%EOF"


@pytest.fixture(autouse=True)
def _elsewhere(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def url(name, world, *more):
    return reverse(f"commitments:{name}", args=[world.commitment.pk, *more])


def lay(client, who, world, role, *, seen=1, content=PDF):
    client.force_login(who)
    scan = SimpleUploadedFile("scan.pdf", content)
    return client.post(url("paper", world), {"seen": seen, "role": role, "scan": scan}, follow=True)


def record(world, role, by, seen=1):
    scan = read_scan(SimpleUploadedFile("scan.pdf", PDF))
    said = {"role": role, "scan": scan, "by": by, "seen": seen, "evidence": Evidence()}
    return record_paper(reread(world.commitment), **said)


def test_the_advisor_lays_down_both_and_the_promise_is_sealed_like_any_other(client, frozen):
    advisor = frozen.advisor.get_full_name()
    lay(client, frozen.advisor, frozen, "candidate")
    assertContains(lay(client, frozen.advisor, frozen, "company"), f"copie déposée par {advisor}", count=2)
    commitment = reread(frozen.commitment)
    assert (commitment.status, commitment.post_number) == ("sealed", 1)
    assert commitment.seat_requests.get().holds_seat
    assert set(commitment.events.filter(transition="sign").values_list("by", flat=True)) == {
        frozen.advisor.pk
    }
    told = OutgoingMessage.objects.filter(kind="commitments/sealed").values_list(
        "context__to_role", flat=True
    )
    assert set(told) == {"candidate", "company", "organisation", "advisor"}
    receipt = OutgoingMessage.objects.get(context__is_signer=True, to=frozen.candidate.email)
    assert f"Vous avez signé sur papier, et {advisor} a ajouté la copie" in render(receipt).text


def test_the_evidence_says_whose_hand_laid_the_copy_down_and_when(monkeypatch, frozen):
    record(frozen, "company", frozen.member)
    said = []
    monkeypatch.setattr("commitments.projects.pdf.pdf_from", lambda data, at: said.append(data))
    signature = CommitmentSignature.objects.get()
    pdf_of(signature.version)
    how = said[0]["signatures"][0][3]
    assert f"Sur papier, copie déposée par {frozen.member.get_full_name()}" in how
    assert ["Copie signée, entreprise (SHA-256)", signature.scan_sha256] in said[0]["facts"]
    assert said[0]["signatures"][0][2] == build.said(signature.signed_at)
    assert said[0]["by_hand"] == ["candidat"]


def test_the_verification_page_says_that_one_was_given_on_paper(frozen):
    record(frozen, "company", frozen.member)
    sign(frozen, "candidate")
    found = verification.find(frozen.commitment.versions.get().code)
    assert found.is_valid
    assert "sur papier" in found.note


def test_nobody_lays_down_what_is_not_theirs(client, frozen):
    refused = "ce n’est pas à vous de l’enregistrer"
    assertContains(lay(client, frozen.member, frozen, "candidate"), refused)
    assertContains(lay(client, frozen.candidate, frozen, "company"), refused)
    with pytest.raises(RuleBroken, match="pas de votre ressort"):
        record(frozen, "candidate", frozen.member)
    assert not CommitmentSignature.objects.exists()


def test_the_carriers_paper_is_laid_down_by_the_company(client):
    carried = {"carrier": "geiq", "carrier_name": "GEIQ", "carrier_siret": "73282932000074"}
    world = a_frozen_project(answers={**carried, "signatory_name": "Anne Roth"})
    letters = OutgoingMessage.objects.filter(kind="commitments/to_sign").order_by("pk")
    told = {it.context["is_candidate"]: render(it).text for it in letters}
    assert f"{world.commitment.company.name} vous a nommé·e pour signer" in told[False]
    assert "nommé·e" not in told[True]
    assert record(world, "company", world.member).name == "Anne Roth"
    client.force_login(world.member)
    page = client.get(reverse("commitments:commitment", args=[world.commitment.pk]))
    assertContains(page, "Anne Roth a signé pour GEIQ.")


def test_a_wrong_file_a_second_one_and_a_late_one_get_a_sentence(client, frozen):
    assertContains(lay(client, frozen.candidate, frozen, "candidate", content=b"MZ"), "quel que soit son nom")
    lay(client, frozen.candidate, frozen, "candidate")
    assertContains(lay(client, frozen.candidate, frozen, "candidate"), "elle est déjà là")
    with pytest.raises(RuleBroken, match="C’est déjà signé"):
        record(frozen, "candidate", frozen.advisor)
    past = timezone.localdate() - dt.timedelta(days=1)
    Commitment.objects.update(expires_on=past, proposed_on=past - dt.timedelta(days=20))
    assertContains(lay(client, frozen.member, frozen, "company"), "le texte n’en attend pas")
    with pytest.raises(RuleBroken, match="La date limite pour signer est passée"):
        record(frozen, "company", frozen.member)


def test_what_refuses_the_last_signature_refuses_the_paper_and_keeps_no_copy(client, tmp_path, frozen):
    sign(frozen, "candidate")
    Session.objects.filter(pk=frozen.session.pk).update(seats_left=0)
    assertContains(lay(client, frozen.advisor, frozen, "company"), "complète")
    assert reread(frozen.commitment).status == "proposed"
    assert not list(tmp_path.rglob("*.pdf"))


def test_a_change_is_printed_and_signed_on_paper_too(client):
    world = a_sealed_project()
    later = world.commitment.starts_by + dt.timedelta(days=7)
    amending.propose_amendment(world.commitment, by=world.member, starts_by=later, words="Chantier retardé")
    client.force_login(world.candidate)
    newest = world.commitment.versions.get(number=2)
    assert client.get(url("pdf_to_sign", world)).content == pdf_of(newest)
    assertContains(lay(client, world.candidate, world, "candidate"), "celui qui se signe est la version 2")
    lay(client, world.candidate, world, "candidate", seen=2)
    lay(client, world.member, world, "company", seen=2)
    assert reread(world.commitment).starts_by == later


def test_the_copy_is_for_the_parties_not_for_the_organisation(client, frozen):
    signature = record(frozen, "candidate", frozen.advisor)
    sign(frozen, "company")
    for person in (frozen.candidate, frozen.member, frozen.advisor):
        client.force_login(person)
        assert client.get(url("scan", frozen, signature.pk)).content == PDF
    client.force_login(open_space_of(frozen.session.action.training.organisation))
    page = client.get(url("commitment", frozen))
    assertNotContains(page, "voir la copie")
    assert client.get(url("scan", frozen, signature.pk)).status_code == 404
    assert client.get(url("paper", frozen)).status_code == 404


def test_a_person_exports_what_they_signed_by_hand_and_who_laid_it_down_exports_that(frozen):
    signature = record(frozen, "candidate", frozen.advisor)
    mine = export_all(frozen.candidate)["Projets emploi-formation"]["ce que j’ai signé"]
    assert mine[0]["empreinte de la copie"] == signature.scan_sha256
    theirs = export_all(frozen.advisor)["Projets emploi-formation"]
    assert len(theirs["signatures sur papier que j’ai ajoutées"]) == 1


def test_a_photo_of_three_bytes_is_refused_in_a_sentence():
    with pytest.raises(RuleBroken, match="coupé"):
        read_scan(SimpleUploadedFile("scan.jpg", b"\xff\xd8\xff"))
