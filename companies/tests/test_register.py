"""The public register of companies: what it answers, and everything that may go wrong with it."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from accounts.factories import UserFactory
from companies import register
from companies.models import Company
from territories.factories import CommuneFactory

SIRET = "33313333800025"
A_BLINK = (
    0.01  # Seconds between two looks at whether to stop: the default of half a second is waited at each test.
)


def answer(**changes) -> dict:
    place = {
        "siret": SIRET,
        "adresse": "4 RUE DE POUILLY 57000 METZ",
        "code_postal": "57000",
        "commune": "57463",
        "etat_administratif": "A",
        "nom_commercial": None,
    } | changes
    company = {"nom_complet": "AUTO ECOLE DU SAULNOY", "siege": place, "matching_etablissements": [place]}
    return {"results": [company]}


class Answers(BaseHTTPRequestHandler):
    """Answers as recorded; `server.answers` maps a SIRET to (status, body)."""

    def do_GET(self):
        siret = parse_qs(urlsplit(self.path).query)["q"][0]
        status, body = self.server.answers.get(siret, (200, {"results": []}))
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args):
        pass


@pytest.fixture
def server(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.answers = {}
    threading.Thread(target=server.serve_forever, args=(A_BLINK,), daemon=True).start()
    settings.COMPANY_REGISTER_URL = f"http://127.0.0.1:{server.server_port}"
    yield server
    server.shutdown()
    server.server_close()


def test_gives_a_name_and_an_address(server):
    server.answers[SIRET] = (200, answer())
    found = register.find(SIRET)
    assert (found.name, found.address) == ("AUTO ECOLE DU SAULNOY", "4 RUE DE POUILLY")
    assert (found.postcode, found.commune_code, found.is_closed) == ("57000", "57463", False)


def test_prefers_the_name_that_people_know(server):
    server.answers[SIRET] = (200, answer(nom_commercial="LE SAULNOY"))
    assert register.find(SIRET).name == "LE SAULNOY"


@pytest.mark.parametrize(
    "wrong",
    [
        (200, {"results": []}),
        (429, {}),
        (500, b"oops"),
        (200, b"<html>"),
        (200, {"results": [{}]}),
        (200, []),
        (200, {"results": [{"siege": {"siret": "1"}, "matching_etablissements": []}]}),
    ],
)
def test_answers_nothing_rather_than_something_wrong(server, wrong):
    server.answers[SIRET] = wrong
    assert register.find(SIRET) is None


def test_is_off_when_its_address_is_empty(settings):
    settings.COMPANY_REGISTER_URL = ""
    assert register.find(SIRET) is None


@pytest.mark.parametrize("address", ["http://127.0.0.1:1", "file:///etc/passwd"])
def test_is_done_without_when_it_is_down(settings, address):
    settings.COMPANY_REGISTER_URL = address
    assert register.find(SIRET) is None


def test_is_not_waited_for(server, settings, monkeypatch):
    monkeypatch.setattr(register, "TIMEOUT", 0.1)
    gate = threading.Event()
    monkeypatch.setattr(Answers, "do_GET", lambda self: gate.wait(2))
    assert register.find(SIRET) is None
    gate.set()


@pytest.mark.django_db
class TestPage:
    URL = f"/entreprise/creer/{SIRET}/"

    @pytest.fixture(autouse=True)
    def _someone(self, client):
        client.force_login(UserFactory())
        CommuneFactory()

    def test_is_filled_in(self, client, server):
        server.answers[SIRET] = (200, answer())
        page = client.get(self.URL)
        assertContains(page, 'value="AUTO ECOLE DU SAULNOY"')
        assertContains(page, 'value="4 RUE DE POUILLY"')
        assertContains(page, 'value="57000 Metz"')

    def test_refuses_a_closed_establishment(self, client, server):
        server.answers[SIRET] = (200, answer(etat_administratif="F"))
        assertContains(client.get(self.URL), "Cet établissement est fermé")
        typed = {"name": "X", "address": "1 rue", "q_lieu": "57000 Metz"}
        assertContains(client.post(self.URL, typed), "Cet établissement est fermé")
        assert not Company.objects.exists()

    def test_goes_on_by_hand_when_the_register_is_busy(self, client, server):
        server.answers[SIRET] = (429, {})
        page = client.get(self.URL)
        assertContains(page, "Nom de l’entreprise")
        assertNotContains(page, "Le registre public")


@pytest.mark.reference_data
def test_every_recorded_answer_is_understood(server, reference_data):
    file = reference_data / "entreprises" / "reponses_recherche_entreprises.json"
    recorded = json.loads(file.read_text())
    sirets = [key for key in recorded if key.isdigit()]
    server.answers = {siret: (200, recorded[siret]) for siret in sirets}
    found = [register.find(siret) for siret in sirets]
    assert len(found) == 40
    assert all(it.name and it.commune_code and not it.is_closed for it in found)
    assert all(it.postcode not in it.address for it in found)


@pytest.mark.reference_data
@pytest.mark.parametrize(
    ("example", "status", "closed"),
    [
        ("_etablissement_ferme_exemple", 200, True),
        ("_introuvable", 200, None),
        ("_trop_de_requetes", 429, None),
    ],
)
def test_recorded_exceptions_are_understood(server, reference_data, example, status, closed):
    file = reference_data / "entreprises" / "reponses_recherche_entreprises.json"
    server.answers[SIRET] = (status, json.loads(file.read_text())[example])
    found = register.find(SIRET)
    assert (found.is_closed if found else None) is closed
