"""An act is at hand for two years, in a closed archive for three, then without a name (domain.md, rule 6)."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from commitments.factories import a_broken_promise, a_frozen_project, a_sealed_project, reread, sign
from commitments.projects.ending import break_promise
from commitments.projects.models import Commitment
from commitments.projects.papers import record_paper
from commitments.projects.personal_data import forget_old_acts
from commitments.projects.texts import CommitmentSignatory, CommitmentSignature, CommitmentVersion
from core.signing.evidence import Evidence
from core.signing.scans import read_scan
from territories.factories import AgentTerritoryFactory

pytestmark = pytest.mark.django_db
ARCHIVED = "Ce document est dans une archive fermée"


def ended(years: float) -> None:
    Commitment.objects.update(status_since=timezone.now() - dt.timedelta(days=round(years * 365.25) + 1))


def opened(client, user, world, name: str = "commitment"):
    client.force_login(user)
    return client.get(reverse(f"commitments:{name}", args=[world.commitment.pk]))


def test_after_two_years_its_parties_are_told_whom_to_ask_and_agents_still_read_it(client):
    world = a_broken_promise()
    ended(years=1.9)
    assert opened(client, world.candidate, world, "text").status_code == 200
    ended(years=2)
    for user in (world.candidate, world.member, world.advisor):
        for name in ("commitment", "text", "pdf"):
            page = opened(client, user, world, name)
            assert page.status_code == 410
            assert ARCHIVED in page.text
    client.force_login(world.member)
    assert world.candidate.last_name not in client.get(reverse("commitments:company_projects")).text
    agent = AgentTerritoryFactory().user
    assert Commitment.objects.in_territory_of(agent).get() == world.commitment


def test_the_path_still_tells_what_happened_without_the_act(client):
    world = a_broken_promise()
    pdf = reverse("commitments:pdf", args=[world.commitment.pk])
    client.force_login(world.candidate)
    assert pdf in client.get(reverse("commitments:my_path")).text
    ended(years=2)
    page = client.get(reverse("commitments:my_path")).text
    assert "Promesse d’embauche signée par les deux" in page
    assert pdf not in page


def test_what_goes_on_is_never_archived(client):
    world = a_sealed_project()
    ended(years=6)
    assert opened(client, world.member, world).status_code == 200
    assert forget_old_acts() == 0


def test_after_five_years_what_happened_is_counted_and_no_name_is_left(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    world = a_frozen_project()
    scan = read_scan(SimpleUploadedFile("scan.pdf", b"%PDF-1.7 une page %%EOF"))
    record_paper(
        reread(world.commitment), role="candidate", scan=scan, by=world.advisor, seen=1, evidence=Evidence()
    )
    sign(world, "company")
    break_promise(reread(world.commitment), by=world.member, reason="activity", words="Elle comprendra")
    ended(years=4.9)
    assert forget_old_acts() == 0
    ended(years=5)
    assert forget_old_acts() == 1
    for table in (CommitmentVersion, CommitmentSignatory, CommitmentSignature):
        assert not table.objects.exists()
    assert not list(tmp_path.rglob("*.pdf"))
    row = reread(world.commitment)
    assert (row.status, row.end_reason, row.end_words) == ("broken_by_company", "activity", "")
    assert row.promise.contract
    assert row.promise.signatory_name == "(effacé)"
    assert row.promise.signatory_email.endswith(".invalid")
    assert not Commitment.objects.in_territory_of(AgentTerritoryFactory().user).exists()
    assert forget_old_acts() == 0
