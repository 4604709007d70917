import gzip

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string

from candidates.factories import CandidateFactory
from companies.factories import CompanyFactory
from territories.factories import AgentTerritoryFactory, RegionFactory
from tests.polite_client import read_carefully
from traitdunion.styleguide import SampleForm, sample_context
from traitdunion.templatetags.addresses import is_served

PLAIN = (
    "/aide/",
    "/contact/",
    "/mentions-legales/",
    "/donnees-personnelles/",
    "/accessibilite/",
    "/plan-du-site/",
)

pytestmark = pytest.mark.django_db
READERS = {
    "candidate": lambda: CandidateFactory().user,
    "member": lambda: CompanyFactory().confirmed_members().first(),
    "agent": lambda: AgentTerritoryFactory().user,
}


@pytest.mark.parametrize("address", PLAIN)
def test_a_plain_page_is_read_without_an_account(client, address):
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", PLAIN)
def test_every_page_links_to_what_a_public_service_owes(client, address):
    page = client.get(address).content.decode()
    for owed in ("/accessibilite/", "/donnees-personnelles/", "/mentions-legales/", "/plan-du-site/"):
        assert f'href="{owed}"' in page
    assert "Accessibilité : non conforme" in page


def test_the_site_map_leads_nowhere_that_does_not_answer(client):
    page = BeautifulSoup(client.get("/plan-du-site/").content, "html.parser")
    links = [link["href"] for link in page.select(".prose li a")]
    assert "/aide/" in links
    assert [url for url in links if not is_served(url)] == []


def test_the_legal_notice_names_the_host_or_says_that_it_is_missing(client, settings):
    assert "n’est pas encore renseigné" in client.get("/mentions-legales/").content.decode()
    settings.HOSTED_BY = "Un hébergeur, 1 rue du Port, Metz"
    assert "Un hébergeur, 1 rue du Port, Metz" in client.get("/mentions-legales/").content.decode()


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500", "maintenance"])
def test_an_error_page_needs_nothing_but_its_template(name):
    page = render_to_string(f"{name}.html")
    read_carefully(page.encode())
    assert 'href="/"' in page or name == "maintenance"


@pytest.mark.parametrize("who", ["nobody", "candidate", "member", "agent"])
def test_an_unknown_address_gets_our_own_page(client, settings, who):
    settings.DEBUG = False
    if who != "nobody":
        client.force_login(READERS[who]())
    answer = client.get("/nulle-part/")
    assert answer.status_code == 404
    assert "Cette page n’existe pas" in answer.content.decode()
    assert ("Se connecter" in answer.text) == (who == "nobody")
    read_carefully(answer.content)


def test_the_components_are_shown_in_the_demo_only(client, settings):
    assert client.get("/demo/composants/").status_code == 200
    settings.DEMO = False
    assert client.get("/demo/composants/").status_code == 404


def test_a_region_gives_its_two_colours(client):
    RegionFactory(is_open=True, accent_color="#14532d", highlight_color="#facc15")
    answer = client.get("/couleurs.css")
    assert answer["Content-Type"].startswith("text/css")
    assert answer.content.decode() == ":root{--accent:#14532d;--hyphen:#facc15}\n"


def test_without_an_open_region_the_colours_are_those_of_the_house(client):
    assert client.get("/couleurs.css").content == b""


def test_a_page_with_a_wrong_form_says_so_in_its_title():
    assert "<title>Erreur : " in render_to_string("base.html", {"form": SampleForm({})})


def test_a_wrong_field_is_tied_to_its_hint_and_its_error():
    page = BeautifulSoup(render_to_string("demo/components.html", sample_context()), "html.parser")
    for field in page.select("[aria-describedby]"):
        for name in field["aria-describedby"].split():
            assert page.find(id=name), f"{field.get('name')} is described by {name}"
    for link in page.select(".summary a"):
        assert page.find(id=link["href"][1:]), f"the summary leads to {link['href']}"
    assert page.select(".summary a")


def test_the_stylesheet_stays_light(settings):
    css = (settings.BASE_DIR / "static/css/site.css").read_bytes()
    assert len(gzip.compress(css)) < 12_000


class TestLayout:
    def test_names_the_region_and_links_its_colours_when_they_are_its_own(self, client):
        RegionFactory(is_open=True, accent_color="#14532d")
        page = client.get("/aide/").content.decode()
        assert "Région Grand Est" in page
        assert "/couleurs.css" in page

    def test_asks_for_no_second_stylesheet_when_the_colours_are_those_of_the_house(self, client):
        RegionFactory(is_open=True)
        assert "/couleurs.css" not in client.get("/aide/").content.decode()

    def test_shows_each_person_their_own_space(self, client):
        candidate = CandidateFactory()
        assert 'href="/candidat/"' not in header_of(client)
        client.force_login(candidate.user)
        header = header_of(client)
        assert 'href="/candidat/"' in header
        assert 'href="/entreprise/"' not in header
        assert "Se connecter" not in header

    def test_costs_a_visitor_one_query_then_none(self, client, django_assert_num_queries):
        with django_assert_num_queries(1):
            client.get("/aide/")
        with django_assert_num_queries(0):
            client.get("/aide/")


def header_of(client) -> str:
    return str(BeautifulSoup(client.get("/aide/").content, "html.parser").header)
