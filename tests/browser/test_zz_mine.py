import pytest
from tests.browser.test_accounts import STATES
pytestmark = [pytest.mark.browser, pytest.mark.django_db]
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
@pytest.mark.parametrize("width", [360, 1280])
def test_shot(visit, state, width):
    page = state(visit, width)
    page.screenshot(path=f"/tmp/shots/{state.__name__}-{width}.png", full_page=True)
