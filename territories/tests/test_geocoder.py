"""The client of the geocoder, against a server of ours that answers what the national one would."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from territories import geocoder
from territories.factories import CommuneFactory
from territories.geo import lambert93
from territories.places import find_places, locate

pytestmark = pytest.mark.django_db
ADDRESS = "12 rue des Clercs 57000 Metz"


def feature(**properties) -> dict:
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "geometry": {"type": "Point", "coordinates": [6.1745, 49.1188]},
                "properties": {
                    "label": "12 Rue des Clercs 57000 Metz",
                    "score": 0.97,
                    "citycode": "57463",
                    "type": "housenumber",
                    **properties,
                },
            }
        ],
    }


@pytest.fixture
def answers(settings):
    """What the geocoder says to each question. Anything unknown finds nothing."""
    known: dict[str, object] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked = parse_qs(urlsplit(self.path).query)
            answer = known.get(asked["q"][0], {"features": []})
            status, body = answer if isinstance(answer, tuple) else (200, json.dumps(answer).encode())
            known.setdefault("asked", []).append(asked)
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        settings.GEOCODER_URL = f"http://127.0.0.1:{server.server_port}/geocodage/"
        yield known
        server.shutdown()
        thread.join()


def test_an_address_has_its_own_point(answers):
    CommuneFactory()
    answers[ADDRESS] = feature()
    place = find_places(ADDRESS).place
    assert (place.label, place.code, place.approximate) == ("12 Rue des Clercs 57000 Metz", "57463", False)
    assert (place.latitude, place.longitude) == (49.1188, 6.1745)
    assert place.xy == lambert93(49.1188, 6.1745)


def test_the_commune_is_told_to_the_geocoder(answers):
    answers["12 rue des Clercs"] = feature()
    assert locate("12 rue des Clercs", CommuneFactory()).label == "12 Rue des Clercs 57000 Metz"
    assert answers["asked"][0]["citycode"] == ["57463"]


def test_a_name_alone_is_not_asked_outside(answers):
    CommuneFactory()
    assert find_places("Metz").place.code == "57463"
    assert "asked" not in answers


@pytest.mark.parametrize(
    "answer",
    [
        {"features": []},
        feature(score=0.2),
        feature(type="municipality"),
        feature(citycode="75056"),
        {"error": "too many"},
        {"features": [{"geometry": None, "properties": {}}]},
        [],
        (200, b"<html>maintenance</html>"),
        (500, b""),
        (429, b"{}"),
    ],
    ids=str,
)
def test_a_geocoder_that_does_not_know_leaves_the_commune(answers, answer):
    metz = CommuneFactory()
    answers[ADDRESS] = answer
    assert find_places(ADDRESS).place.label == "Metz (57)"
    assert locate(ADDRESS, metz).label == "Metz (57)"


def test_the_point_of_another_commune_is_refused(answers):
    CommuneFactory()
    nancy = CommuneFactory(nancy=True)
    answers[ADDRESS] = feature()
    assert locate(ADDRESS, nancy).code == "54395"


@pytest.mark.parametrize("url", ["", "http://127.0.0.1:1", "file:///etc/passwd", "nonsense"])
def test_off_down_or_wrong_it_is_as_if_absent(settings, url):
    settings.GEOCODER_URL = url
    assert geocoder.find(ADDRESS) is None


def test_it_is_not_waited_for(settings, monkeypatch):
    class Mute(BaseHTTPRequestHandler):
        def do_GET(self):
            waiting.wait(5)

        def log_message(self, *args):
            pass

    waiting = threading.Event()
    monkeypatch.setattr(geocoder, "TIMEOUT", 0.1)
    with ThreadingHTTPServer(("127.0.0.1", 0), Mute) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        settings.GEOCODER_URL = f"http://127.0.0.1:{server.server_port}"
        try:
            assert geocoder.find(ADDRESS) is None
        finally:
            waiting.set()
            server.shutdown()
            thread.join()


@pytest.mark.reference_data
def test_recorded_answers_are_understood(answers, reference_data):
    recorded = json.loads((reference_data / "adresse/reponses_ban.json").read_text())
    answers |= recorded
    CommuneFactory()
    for query, answer in recorded.items():
        if any(each["properties"]["citycode"] == "57463" for each in answer["features"]):
            kind = answer["features"][0]["properties"]["type"]
            place = geocoder.find(query)
            assert (place is not None) == (kind in geocoder.ADDRESS_KINDS), query
