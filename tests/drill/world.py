"""One offer, its slots, and as many candidates as places: every place will be taken, and some agreements signed."""

from typing import TypedDict

from django.test import Client

from accounts.factories import MembershipFactory, UserFactory
from accounts.models import User
from candidates.factories import FollowingFactory, SupportStructureFactory
from immersions.factories import ApplicationFactory, OfferFactory, SlotFactory, monday_in
from immersions.offers.models import DateMode
from territories.factories import CommuneFactory

CANDIDATES, PLACES = 200, 10
SIGNED_EVERY = 6  # One agreement out of so many is filled and signed by its three parties.


class World(TypedDict):
    members: list[str]
    applications: list[int]
    to_sign: dict[str, dict[str, str]]  # Application → the cookies of its candidate.
    advisor: dict[str, str]  # Cookies.


def build(candidates: int = CANDIDATES, places: int = PLACES) -> World:
    """Two members of one company, applications that wait for their answer, and who accompanies some of them."""
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
    structure = SupportStructureFactory(
        legal_form="Association", address="9 rue de la Gare", postcode="57000"
    )
    applications, to_sign = [], {}
    for number in range(candidates):
        application = ApplicationFactory(offer=offer, candidate__commune=commune)
        application.wished_slots.set([slots[number % len(slots)]])
        applications.append(application.pk)
        if number % SIGNED_EVERY == 0:
            FollowingFactory(candidate=application.candidate, structure=structure, followed=True)
            to_sign[str(application.pk)] = cookies_of(application.candidate.user)
    return {
        "members": [one.email, other.email],
        "applications": applications,
        "to_sign": to_sign,
        "advisor": cookies_of(structure.confirmed_members().get()),
    }


def cookies_of(user: User) -> dict[str, str]:
    """Someone who has logged in before the drill."""
    browser = Client()
    browser.force_login(user)
    return {name: morsel.value for name, morsel in browser.cookies.items()}
