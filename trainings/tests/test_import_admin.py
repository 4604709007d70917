"""A catalogue laid down in the administration: tried out, read, imported; by an agent of the whole region."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from core.rules import RuleBroken
from territories.agents import make_agent
from territories.models import Region
from trainings.catalogue.laid_down import confirm_catalogue, lay_down_catalogue
from trainings.catalogue.reading import forget_old_files
from trainings.models import CatalogueFile, CatalogueImport, Training
from trainings.tasks import follow_catalogue_files, read_catalogue_file
from trainings.tests.lheo import catalogue, formation

pytestmark = pytest.mark.django_db
ADD = reverse("admin:trainings_cataloguefile_add")


@pytest.fixture(autouse=True)
def _files_apart(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def agent(world):
    user, _ = make_agent("region@region.example.org", region=Region.objects.get())
    return user


@pytest.fixture
def admin_page(client, agent):
    client.force_login(agent)
    return client


def a_file(xml: str | bytes, name: str = "catalogue.xml") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, xml.encode() if isinstance(xml, str) else xml)


def lay_down(client, xml: str | bytes, name: str = "catalogue.xml"):
    region = Region.objects.get()
    return client.post(ADD, {"file": a_file(xml, name), "region": region.pk}, follow=True)


def pages(*parts: CatalogueFile) -> list[str]:
    return [
        reverse(f"admin:trainings_cataloguefile_{name}", args=[parts[0].pk]) for name in ("change", "confirm")
    ]


def test_it_is_tried_out_read_confirmed_and_imported_once(admin_page, commit):
    assert "Un essai à blanc commence" in lay_down(admin_page, catalogue(formation())).text
    laid_down = CatalogueFile.objects.get()
    change, confirm = pages(laid_down)
    assert "Essai à blanc en cours" in admin_page.get(change).text
    assert "Importer pour de bon" not in admin_page.get(change).text
    admin_page.post(confirm)
    follow_catalogue_files()  # The bell was lost: the sweep finds it.
    read = admin_page.get(change).text
    assert "1 formation, 1 session, 0 ligne refusée" in read
    assert "Importer pour de bon" in read
    assert not Training.objects.exists()
    assert "L’import est demandé" in admin_page.post(confirm, follow=True).text
    assert "déjà demandé" in admin_page.post(confirm, follow=True).text
    read_catalogue_file(laid_down.pk)
    read_catalogue_file(laid_down.pk)
    assert (Training.objects.count(), CatalogueImport.objects.count()) == (1, 1)
    assert "déjà importé" in admin_page.post(confirm, follow=True).text
    assert "Importer pour de bon" not in admin_page.get(change).text
    lay_down(admin_page, catalogue(formation()))
    again = CatalogueFile.objects.first()
    read_catalogue_file(again.pk)
    again.refresh_from_db()
    assert not any(again.report["created"].values()) + any(again.report["updated"].values())


@pytest.mark.parametrize(
    ("xml", "said"),
    [
        (catalogue(formation(), namespace="http://lheo.gouv.fr/2.2"), "2.2"),
        (catalogue(formation())[:-40], "Refusé, rien n’est écrit"),
        ("<html></html>", "page web"),
        (b"PK\x03\x04", "archive ZIP"),
        ("", "vide"),
    ],
)
def test_what_is_no_whole_catalogue_is_refused_by_name_and_not_imported(admin_page, xml, said):
    page = lay_down(admin_page, xml)
    if xml:
        laid_down = CatalogueFile.objects.get()
        read_catalogue_file(laid_down.pk)
        change, confirm = pages(laid_down)
        page = admin_page.get(change)
        assert "Importer pour de bon" not in page.text
        assert "ne s’importe pas" in admin_page.post(confirm, follow=True).text
    assert said in page.text


def test_a_wrong_row_is_refused_alone_and_said(admin_page):
    lay_down(admin_page, catalogue(formation("AF_1"), formation("AF_1"), formation("AF_2")))
    laid_down = CatalogueFile.objects.get()
    read_catalogue_file(laid_down.pk)
    page = admin_page.get(pages(laid_down)[0]).text
    assert "2 formations" in page
    assert "ce numéro est déjà pris dans le fichier" in page


def test_another_kind_of_file_and_a_huge_one_are_refused_at_once(admin_page, monkeypatch):
    assert "Il faut le catalogue en XML" in lay_down(admin_page, b"x", "catalogue.exe").text
    monkeypatch.setattr("trainings.catalogue_admin.LARGEST_FILE", 10)
    assert "Ce fichier pèse plus" in lay_down(admin_page, catalogue(formation())).text
    assert not CatalogueFile.objects.exists()


def test_an_agent_of_some_departments_reads_and_imports_nothing(client, agent, world):
    laid_down = lay_down_catalogue(a_file(catalogue()), region=Region.objects.get(), by=agent)
    local, _ = make_agent("local@region.example.org", departments=[world[0].department])
    client.force_login(local)
    change, confirm = pages(laid_down)
    assert client.get(change).status_code == 200
    assert client.get(ADD).status_code == 403
    assert client.post(confirm).status_code == 404
    with pytest.raises(RuleBroken, match="votre région"):
        lay_down_catalogue(a_file(catalogue()), region=laid_down.region, by=local)
    with pytest.raises(RuleBroken, match="votre région"):
        confirm_catalogue(laid_down, by=local)
    client.logout()
    assert client.get(confirm).status_code == 302


def test_what_was_interrupted_says_so_and_may_be_asked_again(admin_page, agent):
    laid_down = lay_down_catalogue(a_file(catalogue(formation())), region=Region.objects.get(), by=agent)
    read_catalogue_file(laid_down.pk)
    confirm_catalogue(laid_down, by=agent)
    before = timezone.now() - dt.timedelta(hours=1)
    CatalogueFile.objects.update(confirmed_at=before)
    change, confirm = pages(laid_down)
    assert "Interrompu, rien n’est écrit" in admin_page.get(change).text
    assert "L’import est demandé" in admin_page.post(confirm, follow=True).text


def test_a_file_is_kept_a_week_its_report_stays(agent):
    laid_down = lay_down_catalogue(a_file(catalogue(formation())), region=Region.objects.get(), by=agent)
    read_catalogue_file(laid_down.pk)
    assert forget_old_files() == 0
    CatalogueFile.objects.update(laid_down_at=timezone.now() - dt.timedelta(days=8))
    assert (forget_old_files(), forget_old_files()) == (1, 0)
    laid_down.refresh_from_db()
    assert laid_down.report["formations"] == 1
    assert not laid_down.may_be_confirmed
