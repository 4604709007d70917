"""An agreement is at hand for two years, in a closed archive for three, then without a name."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from immersions.agreements.factories import a_frozen_agreement
from immersions.agreements.models import Agreement, AgreementVersion, Part, Signatory
from immersions.agreements.personal_data import forget_old_acts
from territories.factories import AgentTerritoryFactory

pytestmark = pytest.mark.django_db


def settled(years: float, status: str = "validated") -> None:
    since = timezone.now() - dt.timedelta(days=round(years * 365.25) + 1)
    Agreement.objects.update(status=status, status_since=since)


def test_after_two_years_its_parties_are_told_whom_to_ask(client):
    world = a_frozen_agreement()
    settled(years=1.9)
    pages = [reverse(f"immersions:{it}", args=[world.agreement.pk]) for it in ("agreement", "agreement_text")]
    client.force_login(world.candidate)
    assert client.get(pages[1]).status_code == 200
    settled(years=2)
    for user in (world.candidate, world.member):
        client.force_login(user)
        for page in pages:
            answer = client.get(page)
            assert answer.status_code == 410
            assert "dans une archive fermée" in answer.text
    assert Agreement.objects.in_territory_of(AgentTerritoryFactory().user).exists()


def test_after_five_years_no_name_is_left_of_it_and_it_is_still_counted():
    a_frozen_agreement()
    settled(years=4.9)
    assert forget_old_acts() == 0
    settled(years=6, status="to_sign")
    assert forget_old_acts() == 0, "what still waits is not old"
    settled(years=5)
    assert forget_old_acts() == 1
    assert not AgreementVersion.objects.exists()
    assert not Signatory.objects.exists()
    assert not Part.objects.exclude(data={}).exists()
    assert Agreement.objects.get().status == "validated"
    assert not Agreement.objects.in_territory_of(AgentTerritoryFactory().user).exists()
    assert forget_old_acts() == 0
