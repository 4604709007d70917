"""The training organisations' space, read by everybody: axe, and nothing sticks out at 320 px."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.factories import MembershipFactory, UserFactory
from tests.browser.axe import faults
from trainings.factories import OpenOrganisationFactory, SessionFactory, TrainingOrganisationFactory
from trainings.organisations.actions import Days, Meeting, tell_contact, tell_meetings, tell_periods

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture
def session():
    return SessionFactory(
        action__training__organisation=OpenOrganisationFactory(
            organisation__published_email="contact@greta.example"
        ),
        seats_total=12,
    )


def pages_of_members(session):
    """Each page of the space, with something in it, as a confirmed member."""
    member = session.action.training.organisation.confirmed_members().get()
    day = dt.timedelta(days=1)
    tell_periods(session, by=member, periods=[Days(session.starts_on, session.starts_on + day)])
    tell_meetings(session, by=member, meetings=[Meeting("test", timezone.now() + day, "2 rue des Clercs")])
    tell_contact(session, by=member, name="Accueil", email="accueil@greta.example", phone="03 87 00 00 00")
    names = ("session", "seats", "periods", "meetings", "contact")
    urls = [reverse(f"organisations:{name}", args=[session.pk]) for name in names]
    tabs = ["/organisme/", "/organisme/sessions/", "/organisme/fiche/", "/organisme/equipe/"]
    return [(url, member) for url in [*tabs, "/organisme/sessions/?quand=terminees", *urls]]


def pages_of_arrival(session):
    """Somebody on the way in, and somebody who is not verified yet."""
    organisation = session.action.training.organisation
    new, newcomer = TrainingOrganisationFactory(name="Institut Mosan"), UserFactory()
    unconfirmed = MembershipFactory(organisation=organisation.organisation, unconfirmed=True).user
    return [
        ("/organisme/inscription/?q=institut", newcomer),
        *[(reverse("organisations:register", args=[it.pk]), newcomer) for it in (new, organisation)],
        ("/organisme/", unconfirmed),
        ("/organisme/verification/", unconfirmed),
        ("/organisme/verification/code/", unconfirmed),
        (reverse("organisations:session", args=[session.pk]), unconfirmed),
    ]


@pytest.mark.deep_too
@pytest.mark.parametrize("pages", [pages_of_members, pages_of_arrival])
def test_each_page_is_read_by_everybody(visit, session, pages):
    for url, user in pages(session):
        assert faults(visit(url, user=user)) == [], url
