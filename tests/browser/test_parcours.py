"""A path on a phone, on a screen and on paper; what axe reads of it, and of who reads it."""

import pytest
from django.urls import reverse

from commitments.factories import a_sealed_project
from tests.browser.axe import faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.mark.deep_too
def test_a_path_is_read_by_everybody_and_prints_as_a_sheet(visit):
    world = a_sealed_project()
    page = visit(reverse("commitments:my_path"), width=320, user=world.candidate)
    assert faults(page) == []
    page.emulate_media(media="print")
    assert not page.locator(".tabs, .foot, .top nav").filter(visible=True).count()
    assert page.locator("text=Imprimé le").is_visible()
    page.emulate_media(media="screen")
    page = visit(reverse("commitments:my_readers"), width=320, user=world.candidate)
    assert faults(page) == []
