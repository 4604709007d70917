"""One offer, its slots, and as many candidates as places: every place will be taken."""

from typing import TypedDict

from accounts.factories import MembershipFactory, UserFactory
from immersions.factories import ApplicationFactory, OfferFactory, SlotFactory, monday_in
from immersions.offers.models import DateMode
from territories.factories import CommuneFactory

CANDIDATES, PLACES = 200, 10


class World(TypedDict):
    members: list[str]
    applications: list[int]


def build(candidates: int = CANDIDATES, places: int = PLACES) -> World:
    """Two members of one company, and applications that wait for their answer."""
    commune = CommuneFactory()
    one, other = UserFactory(email="anne@drill.example"), UserFactory(email="luc@drill.example")
    offer = OfferFactory(
        date_mode=DateMode.SLOTS,
        workplace__commune=commune,
        workplace__company__member=one,
        detail__contact_email=one.email,
    )
    MembershipFactory(organisation=offer.company.organisation, user=other)
    slots = [
        SlotFactory(offer=offer, places=places, first_day=monday_in(weeks=4 + number))
        for number in range(candidates // places)
    ]
    applications = []
    for number in range(candidates):
        application = ApplicationFactory(offer=offer, candidate__commune=commune)
        application.wished_slots.set([slots[number % len(slots)]])
        applications.append(application.pk)
    return {"members": [one.email, other.email], "applications": applications}
