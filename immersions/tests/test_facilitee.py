"""An agreement made on Immersion Facilitée: the same gate, read from its API or confirmed by hand."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from pytest_django.asserts import assertContains

from candidates.factories import FollowingFactory
from candidates.structures.models import Channel
from core.models import OutgoingMessage
from core.rules import RuleBroken
from immersions.agreements.actions import open_agreement
from immersions.agreements.models import Agreement
from immersions.applications import followers
from immersions.facilitee import actions, client
from immersions.facilitee.clock import sweep_external
from immersions.facilitee.models import ExternalAgreement
from immersions.factories import ApplicationFactory

pytestmark = pytest.mark.django_db
NUMBER = "aaaaaaaa-1111-4111-8111-111111111111"


@pytest.fixture
def there(settings):
    """What Immersion Facilitée answers to each path; anything unknown is not found."""
    known: dict[str, object] = {"asked": []}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            known["asked"].append((self.path, self.headers["Authorization"]))
            answer = known.get(self.path, 404)
            status, body = (answer, b"") if isinstance(answer, int) else (200, answer)
            body = json.dumps(body).encode() if isinstance(body, dict) else body
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        settings.IF_API_URL, settings.IF_API_KEY = f"http://127.0.0.1:{server.server_port}", "a-key"
        yield known
        server.shutdown()
        thread.join()


@pytest.fixture
def prepared():
    """A booking, its agreement opened here, and the advisor who prescribes."""
    application = ApplicationFactory(booked=True)
    following = FollowingFactory(candidate=application.candidate, followed=True)
    following.structure.agreement_channel = Channel.IMMERSION_FACILITEE
    following.structure.save()
    open_agreement(application, None)
    return application, following.structure.confirmed_members().first()


def said(application, **changes):
    [slot] = application.slots
    return {
        "id": NUMBER,
        "status": "ACCEPTED_BY_VALIDATOR",
        "siret": application.offer.company.organisation.siret,
        "dateStart": f"{slot.first_day}T00:00:00.000Z",
        "dateEnd": f"{slot.last_day}T00:00:00.000Z",
        **changes,
    }


def record(application, by, **options):
    found = actions.ask_facilitee(NUMBER)
    return actions.record_external(application, NUMBER, by=by, found=found, **options)


def status_of(application):
    application.refresh_from_db()
    return application.status


def test_off_it_asks_nobody_and_the_prescriber_confirms(prepared):
    application, advisor = prepared
    with pytest.raises(RuleBroken, match="Cochez la case"):
        record(application, advisor)
    kept = record(application, advisor, is_confirmed=True)
    assert (kept.source, kept.confirmed_by, status_of(application)) == ("typed", advisor, "confirmed")
    assert Agreement.objects.get().status == "void"
    assert {application.candidate.user.email} < set(
        OutgoingMessage.objects.filter(kind="immersions/agreement_external").values_list("to", flat=True)
    )


def test_validated_there_it_is_confirmed_here_with_its_document(there, prepared, settings):
    application, advisor = prepared
    there["/doc.pdf"] = b"%PDF-1.7 the agreement"
    there[f"/v2/conventions/{NUMBER}"] = said(application, documentUrl=f"{settings.IF_API_URL}/doc.pdf")
    kept = record(application, advisor)
    assert (kept.source, kept.confirmed_by, status_of(application)) == ("api", None, "confirmed")
    with kept.pdf.open() as file:
        assert file.read().startswith(b"%PDF-")
    assert {key for _, key in there["asked"]} == {"a-key"}


def test_not_validated_yet_it_waits_and_is_read_again(there, prepared):
    application, advisor = prepared
    path = f"/v2/conventions/{NUMBER}"
    there[path] = said(application, status="IN_REVIEW")
    record(application, advisor, is_confirmed=True)  # What is read there is stronger than a tick.
    assert (status_of(application), ExternalAgreement.objects.get().status) == ("booked", "IN_REVIEW")
    there[path] = said(application)
    assert sweep_external() == 1
    assert sweep_external() == 0
    assert status_of(application) == "confirmed"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [({"siret": "0" * 14}, "autre entreprise"), ({"dateEnd": "2020-01-01"}, "autres dates")],
)
def test_an_agreement_about_something_else_is_refused(there, prepared, change, sentence):
    application, advisor = prepared
    there[f"/v2/conventions/{NUMBER}"] = said(application, **change)
    with pytest.raises(RuleBroken, match=sentence):
        record(application, advisor)
    assert status_of(application) == "booked"
    assert not ExternalAgreement.objects.exists()


@pytest.mark.parametrize("answer", [500, 403, {"id": 1}, b"<html>"])
def test_when_it_is_down_or_odd_the_prescriber_confirms(there, prepared, answer):
    application, advisor = prepared
    there[f"/v2/conventions/{NUMBER}"] = answer
    assert record(application, advisor, is_confirmed=True).source == "typed"


def test_a_document_of_another_server_is_never_fetched(there, prepared):
    application, _ = prepared
    there[f"/v2/conventions/{NUMBER}"] = said(application, documentUrl="http://127.0.0.1:9/doc.pdf")
    assert client.find(NUMBER).pdf == b""


def test_a_number_is_no_path(there):
    assert client.find("../agencies") is None
    assert there["asked"] == []


def test_only_the_prescriber_records_it(prepared):
    application, _ = prepared
    with pytest.raises(PermissionDenied):
        record(application, application.candidate.user, is_confirmed=True)


def test_other_dates_are_to_be_confirmed_again(prepared):
    application, advisor = prepared
    record(application, advisor, is_confirmed=True)
    followers.moved(application, advisor)
    assert ExternalAgreement.objects.get().confirmed_at is None


def test_the_form_there_gets_the_place_and_nothing_about_the_person(prepared):
    application, advisor = prepared
    address = client.form_url(
        application, advisor.memberships.first().organisation.support_structures.first()
    )
    asked = parse_qs(urlsplit(address).query)
    assert asked["siret"] == [application.offer.company.organisation.siret]
    assert set(asked) <= {"siret", "immersionAddress", "agencyDepartment", "agencyKind"}
    user = application.candidate.user
    assert not any(word in address for word in (user.first_name, user.last_name, user.email))


def test_the_advisor_does_it_from_the_space(client, prepared):
    application, advisor = prepared
    client.force_login(advisor)
    assertContains(client.get(reverse("advisor_space")), "sur Immersion Facilitée")
    address = reverse("immersions:external_agreement", args=[application.pk])
    assertContains(client.post(address, {"number": "x"}), "5 à 60")
    assertContains(client.post(address, {"number": NUMBER}), "Cochez la case")
    answer = client.post(address, {"number": NUMBER, "is_confirmed": "on"}, follow=True)
    assertContains(answer, "l’immersion peut commencer")
    assert status_of(application) == "confirmed"
