import pytest
from django.urls import reverse
from tests.browser.test_applications import *
from tests.browser.test_applications import offer
@pytest.mark.parametrize("width", [360, 1280])
def test_pictures(visit, offer, width):
    rows = states_of(offer)
    n=0
    for side in (candidate_pages, company_pages):
        for path, user in side(offer, rows):
            n+=1
            page = visit(path, user=user, width=width)
            page.screenshot(path=f"/tmp/pics/{width}-{n:02d}-{path.strip('/').replace('/','_')[:60]}.png", full_page=True)
    page = visit(address("apply", offer.pk, offer.slug), user=UserFactory(last_name=""), width=width)
    page.get_by_role("button", name="Envoyer ma candidature").click()
    page.screenshot(path=f"/tmp/pics/{width}-99-errors.png", full_page=True)
