"""Offers for tests: a hiring project in Metz, published, with dates to agree."""

import datetime as dt
from decimal import Decimal

import factory
from django.utils import timezone

from companies.factories import WorkplaceFactory
from immersions.offers.models import Contract, DateMode, Offer, OfferDetail, Slot, Weight
from immersions.offers.workflow import OfferStatus
from territories.factories import OccupationFactory


class OfferFactory(factory.django.DjangoModelFactory):
    """`OfferFactory(in_nancy=True)`, `OfferFactory(visit=True)`, `OfferFactory(draft=True)`.

    Its occupation is not covered by a training: tests of rule 1 make one with `SessionFactory`.
    """

    class Meta:
        model = Offer
        skip_postgeneration_save = True

    class Params:
        visit = factory.Trait(
            weight=Weight.VISIT,
            half_days=1,
            contract="",
            contract_months=None,
            pay_gross_monthly=None,
            posts=None,
        )
        discovery = factory.Trait(
            weight=Weight.DISCOVERY,
            contract="",
            contract_months=None,
            pay_gross_monthly=None,
            posts=None,
        )
        draft = factory.Trait(status=OfferStatus.DRAFT, published_at=None)
        paused = factory.Trait(status=OfferStatus.PAUSED)
        closed = factory.Trait(status=OfferStatus.CLOSED)
        in_nancy = factory.Trait(workplace__commune__nancy=True)

    workplace = factory.SubFactory(WorkplaceFactory)
    company = factory.SelfAttribute("workplace.company")
    commune = factory.SelfAttribute("workplace.commune")
    x = factory.SelfAttribute("workplace.x")
    y = factory.SelfAttribute("workplace.y")
    occupation = factory.SubFactory(OccupationFactory)
    title = "Maçonne, maçon du bâti ancien"
    weight = Weight.HIRING
    status = OfferStatus.PUBLISHED
    published_at = factory.LazyFunction(timezone.now)
    half_days = 6
    date_mode = DateMode.TO_AGREE
    contract = Contract.CDI
    pay_gross_monthly = Decimal(1950)
    posts = 1
    detail = factory.RelatedFactory(
        "immersions.factories.OfferDetailFactory", factory_related_name="offer"
    )


class OfferDetailFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OfferDetail

    offer = factory.SubFactory(OfferFactory, detail=None)
    tasks = factory.LazyFunction(
        lambda: [
            "Préparer un mortier à la chaux et rejointoyer un mur",
            "Monter un rang de moellons avec votre tuteur",
            "Participer au relevé d’une façade de 1780",
        ]
    )
    contact_name = "Jeanne Muller"
    contact_email = "jeanne.muller@pierre-et-chaux.example.org"
    contact_phone = "03 87 00 00 00"


class SlotFactory(factory.django.DjangoModelFactory):
    """Three days from the Monday after the next but one, for two people."""

    class Meta:
        model = Slot

    class Params:
        full = factory.Trait(places_taken=factory.SelfAttribute("places"))

    offer = factory.SubFactory(OfferFactory, date_mode=DateMode.SLOTS)
    first_day = factory.LazyFunction(lambda: monday_in(weeks=3))
    last_day = factory.LazyAttribute(lambda slot: slot.first_day + dt.timedelta(days=2))
    places = 2


def monday_in(*, weeks: int) -> dt.date:
    """The Monday of the week that is `weeks` from now."""
    today = timezone.localdate()
    return today - dt.timedelta(days=today.weekday()) + dt.timedelta(weeks=weeks)
