"""An agreement whose immersion will not take place holds no date any more: its pages still open."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from immersions.agreements.actions import refuse_agreement
from immersions.agreements.factories import ABOUT, a_frozen_agreement, reread
from immersions.applications.actions import withdraw_application
from immersions.applications.models import EndReason
from tests.worlds import made_once

pytestmark = pytest.mark.django_db
_made, world = made_once(a_frozen_agreement)


def refused(world):
    refuse_agreement(reread(world.agreement), by=world.advisor, words="Les horaires sont trop longs.")


def withdrawn(world):
    withdraw_application(world.application, by=world.candidate, reason=EndReason.CHANGED_MIND)


@pytest.mark.parametrize("end", [refused, withdrawn])
@pytest.mark.parametrize("party", ["candidate", "member", "advisor"])
def test_each_party_still_reads_it(client, end, party, world):
    end(world)
    client.force_login(getattr(world, party))
    page = reverse("immersions:agreement", args=[world.agreement.pk])
    assertContains(client.get(page), "Cette immersion n’aura pas lieu")


def test_a_page_to_fill_leads_to_what_says_why(client, world):
    refused(world)
    client.force_login(world.candidate)
    args = [world.agreement.pk]
    page = reverse("immersions:agreement_fill", args=[*args, "vous"])
    assertRedirects(client.get(page), reverse("immersions:agreement", args=args))
    assertRedirects(client.post(page, ABOUT), reverse("immersions:agreement", args=args))
