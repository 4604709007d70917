"""The rows that private addresses speak of: one company, one offer, one application on it."""

from types import SimpleNamespace

from candidates.factories import CandidateFactory, FollowingFactory, SupportStructureFactory
from core.models import ReceivedMail
from immersions.factories import ApplicationFactory, OfferFactory, SlotFactory
from trainings.factories import OpenOrganisationFactory, SessionFactory


def a_world() -> SimpleNamespace:
    """One of everything, belonging to the candidate and to the member of the cast."""
    candidate = CandidateFactory()
    offer = OfferFactory()
    slot = SlotFactory(offer=offer)
    application = ApplicationFactory(offer=offer, candidate=candidate)
    structure = SupportStructureFactory()
    training_organisation = OpenOrganisationFactory()
    return SimpleNamespace(
        candidate=candidate,
        company=offer.company,
        offer=offer,
        draft=OfferFactory(draft=True, company=offer.company),
        slot=slot,
        application=application,
        structure=structure,
        following=FollowingFactory(candidate=candidate, structure=structure),
        training_organisation=training_organisation,
        session=SessionFactory(action__training__organisation=training_organisation),
        mail=a_received_mail(),
    )


def a_received_mail() -> ReceivedMail:
    part = {"name": "a.ics", "type": "text/calendar", "base64": ""}
    return ReceivedMail.objects.create(to="lea@example.org", subject="Bonjour", attachments=[part])
