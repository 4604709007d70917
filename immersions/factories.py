"""Offers for tests: a hiring project in Metz, published, with dates to agree."""

import datetime as dt
from decimal import Decimal

import factory
from django.utils import timezone

from accounts import roles
from candidates.factories import CandidateFactory
from companies.factories import WorkplaceFactory
from immersions.applications.models import Application, Booking, EndReason, Question
from immersions.applications.workflow import HOLDS_PLACES, ApplicationStatus
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
    detail = factory.RelatedFactory("immersions.factories.OfferDetailFactory", factory_related_name="offer")


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
    contact_by = factory.LazyAttribute(lambda detail: detail.offer.company.confirmed_members().first())


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


class ApplicationFactory(factory.django.DjangoModelFactory):
    """Submitted just now, for weeks that suit. `booked=True` holds a place in a slot of the offer;
    `ApplicationFactory(booked=True, slot=slot)` in that one.
    """

    class Meta:
        model = Application
        skip_postgeneration_save = True

    class Params:
        booked = factory.Trait(status=ApplicationStatus.BOOKED, calendar_sequence=1)
        confirmed = factory.Trait(status=ApplicationStatus.CONFIRMED, calendar_sequence=1)
        completed = factory.Trait(status=ApplicationStatus.COMPLETED, calendar_sequence=1)
        declined = factory.Trait(
            status=ApplicationStatus.DECLINED, end_reason=EndReason.NO_TIME, ended_by=roles.COMPANY
        )
        withdrawn = factory.Trait(
            status=ApplicationStatus.WITHDRAWN,
            end_reason=EndReason.FOUND_WORK,
            ended_by=roles.CANDIDATE,
        )
        cancelled = factory.Trait(
            status=ApplicationStatus.CANCELLED, end_reason=EndReason.NO_TIME, ended_by=roles.COMPANY
        )
        expired = factory.Trait(status=ApplicationStatus.EXPIRED, ended_by=roles.SYSTEM)

    candidate = factory.SubFactory(CandidateFactory)
    offer = factory.SubFactory(OfferFactory)
    why = "J’aime travailler dehors et voir ce que j’ai construit."
    experience = "J’ai refait un mur avec mon oncle."

    @factory.post_generation
    def slot(self, create, chosen, **kwargs):
        """The period held, when the status holds one; `slot__places=3` and the like go to it."""
        if create and self.status in HOLDS_OR_HELD:
            held = chosen or SlotFactory(offer=self.offer, **kwargs)
            Booking.objects.create(application=self, slot=held)
            held.places_taken += 1
            held.save(update_fields=["places_taken"])


HOLDS_OR_HELD = (*HOLDS_PLACES, ApplicationStatus.COMPLETED)


class QuestionFactory(factory.django.DjangoModelFactory):
    """Waits for its answer. `answered=True`: not any more."""

    class Meta:
        model = Question

    class Params:
        answered = factory.Trait(
            answer="Oui, le bus passe à 7 h 40.", answered_at=factory.LazyFunction(timezone.now)
        )

    application = factory.SubFactory(ApplicationFactory)
    text = "Pouvez-vous être là à 8 h ?"
    asked_by = factory.LazyAttribute(
        lambda question: question.application.offer.company.confirmed_members().first()
    )


def monday_in(*, weeks: int) -> dt.date:
    """The Monday of the week that is `weeks` from now."""
    today = timezone.localdate()
    return today - dt.timedelta(days=today.weekday()) + dt.timedelta(weeks=weeks)
