"""Opened too late, a form does not show: its page says why, and what is left to do."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from immersions.agreements.factories import an_agreement
from immersions.agreements.models import Agreement
from immersions.factories import ApplicationFactory

pytestmark = pytest.mark.django_db

COMPANY_FORMS = (
    "application_book",
    "application_series",
    "application_decline",
    "application_ask",
    "application_cancel",
    "appointment_offer",
    "received_stay_interrupt",
    "received_stay_absence",
)
CANDIDATE_FORMS = ("application_withdraw", "my_appointment", "stay_interrupt", "stay_absence")


def still_open(client, names, pk, *, home) -> list[str]:
    """Those of these forms that do not lead back to `home` with a sentence."""
    found = []
    for name in names:
        response = client.get(reverse(f"immersions:{name}", args=[pk]))
        leads_home = response.headers.get("Location") == reverse(f"immersions:{home}", args=[pk])
        if not (leads_home and list(get_messages(response.wsgi_request))):
            found.append(name)
        client.cookies.pop("messages", None)
    return found


def test_a_company_that_has_declined_reads_it_before_typing(client):
    application = ApplicationFactory(declined=True)
    client.force_login(application.offer.company.confirmed_members().first())
    assert still_open(client, COMPANY_FORMS, application.pk, home="received_application") == []


def test_a_candidate_who_was_declined_reads_it_before_typing(client):
    application = ApplicationFactory(declined=True)
    client.force_login(application.candidate.user)
    assert still_open(client, CANDIDATE_FORMS, application.pk, home="my_application") == []


def test_an_advisor_decides_nothing_on_an_agreement_that_is_over(client):
    world = an_agreement()
    client.force_login(world.advisor)
    names = ("agreement_refuse", "agreement_pass_on")
    for name in names:
        assert client.get(reverse(f"immersions:{name}", args=[world.agreement.pk])).status_code == 200
    Agreement.objects.update(status="refused")
    assert still_open(client, names, world.agreement.pk, home="agreement") == []
