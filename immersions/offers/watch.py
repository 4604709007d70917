"""An offer never waits in silence: the days of its Region to be read, then it stands on an agent's list."""

from core.waits import Watch
from immersions.offers.actions import escalate_reading
from immersions.offers.models import Offer
from immersions.offers.workflow import OFFER_WORKFLOW
from territories.delays import waits_of


def _nothing(offer: Offer, **step: int) -> None:
    """The table has neither reminder nor end for an offer."""


WATCH = Watch(
    model=Offer,
    workflow=OFFER_WORKFLOW,
    remind=_nothing,
    escalate=escalate_reading,
    end=_nothing,
    wait_of=waits_of("moderation", lambda offer: offer.department_code),
)
