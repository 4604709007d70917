"""Who may not open the pages of an application, and what a page costs."""

import pytest
from django.urls import reverse

from accounts.factories import MembershipFactory, UserFactory
from candidates.factories import CandidateFactory
from immersions.factories import ApplicationFactory, QuestionFactory
from immersions.tests.test_application_pages import log_in, member_of

pytestmark = pytest.mark.django_db

CANDIDATE_PAGES = ("my_application", "application_sent", "application_withdraw", "application_answer")
COMPANY_PAGES = (
    "received_application",
    "application_book",
    "application_ask",
    "application_decline",
    "application_cancel",
)


@pytest.mark.parametrize(
    "name", [*CANDIDATE_PAGES, *COMPANY_PAGES, "application_calendar", "received_calendar"]
)
@pytest.mark.parametrize("who", ["other candidate", "other company", "newcomer"])
def test_the_page_of_someone_else_does_not_exist(client, name, who):
    application = ApplicationFactory(booked=True)
    log_in(
        client,
        {
            "other candidate": CandidateFactory,
            "other company": MembershipFactory,
            "newcomer": UserFactory,
        }[who](),
    )
    url = reverse(f"immersions:{name}", args=[application.pk])
    assert client.get(url).status_code == 404
    assert client.post(url).status_code in (404, 405)
    application.refresh_from_db()
    assert application.status == "booked"


@pytest.mark.parametrize("name", CANDIDATE_PAGES)
def test_a_company_does_not_open_the_candidates_pages(client, name):
    application = ApplicationFactory()
    log_in(client, member_of(application))
    assert client.get(reverse(f"immersions:{name}", args=[application.pk])).status_code == 404


@pytest.mark.parametrize("name", COMPANY_PAGES)
def test_a_candidate_does_not_open_the_companys_pages(client, name):
    application = ApplicationFactory()
    log_in(client, application.candidate)
    assert client.get(reverse(f"immersions:{name}", args=[application.pk])).status_code == 404


@pytest.mark.parametrize(
    "name",
    ["candidate_space", "company_space", "immersions:my_applications", "immersions:received_applications"],
)
def test_a_space_is_only_for_its_own(client, name):
    assert client.get(reverse(name)).status_code == 302
    log_in(client, UserFactory())
    assert client.get(reverse(name)).status_code == 404


@pytest.mark.parametrize("name", [*CANDIDATE_PAGES, *COMPANY_PAGES])
def test_reading_changes_nothing(client, name):
    application = QuestionFactory().application
    log_in(client, application.candidate if name in CANDIDATE_PAGES else member_of(application))
    client.get(reverse(f"immersions:{name}", args=[application.pk]))
    application.refresh_from_db()
    assert (application.status, application.events.count()) == ("submitted", 0)
