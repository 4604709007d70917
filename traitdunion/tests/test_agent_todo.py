"""The first page of the admin: what waits for this agent, in their territory."""

import pytest
from django.test import Client
from django.urls import reverse

from core.models import OutgoingMessage
from immersions.factories import OfferFactory
from immersions.offers.workflow import OfferStatus
from territories.agents import make_agent
from territories.factories import AgentTaskFactory, DepartmentFactory
from traitdunion.agent_todo import waiting_for

pytestmark = pytest.mark.django_db


def agent(code: str, name: str):
    user, _ = make_agent(f"agent{code}@example.org", departments=[DepartmentFactory(code=code, name=name)])
    return user


@pytest.fixture
def moselle():
    return agent("57", "Moselle")


def test_an_agent_reads_what_waits_and_where(moselle):
    OfferFactory(status=OfferStatus.IN_MODERATION)
    AgentTaskFactory(department_id="57")
    OutgoingMessage.objects.create(key="a", kind="x", to="a@example.org", scope="57", status="failed")
    client = Client()
    client.force_login(moselle)
    page = client.get(reverse("admin:index")).content.decode()
    for line in ("1 offre à relire", "1 tâche à traiter", "1 message qui n’a pas pu partir"):
        assert line in page


def test_what_waits_elsewhere_is_not_theirs():
    OfferFactory(status=OfferStatus.IN_MODERATION)
    AgentTaskFactory(department=DepartmentFactory())
    OutgoingMessage.objects.create(key="a", kind="x", to="a@example.org", scope="57", status="failed")
    assert waiting_for(agent("88", "Vosges")) == []


def test_an_empty_list_says_so(moselle):
    client = Client()
    client.force_login(moselle)
    assert "Rien n’attend de vous" in client.get(reverse("admin:index")).content.decode()
