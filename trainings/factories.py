"""Trainings for tests: around Metz, funded by the Region, next group in a month."""

import datetime as dt

import factory
from django.utils import timezone

from accounts.factories import MembershipFactory, OrganisationFactory
from territories.factories import CommuneFactory
from trainings.models import (
    Session,
    SkillBlock,
    Source,
    Training,
    TrainingAction,
    TrainingBlock,
    TrainingOccupation,
    TrainingOrganisation,
)


class TrainingOrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TrainingOrganisation

    name = "Greta Lorraine"
    email = "contact@greta.example.org"
    phone = "03 53 01 00 00"
    source = Source.CATALOGUE
    external_id = factory.Sequence(lambda n: f"OF-{n}")


class OpenOrganisationFactory(TrainingOrganisationFactory):
    """Its space is open, with one confirmed manager.

    `member=user` chooses the manager, `member=False` has nobody; `member__unconfirmed=True` and the
    like go to the membership.
    """

    class Meta:
        model = TrainingOrganisation
        skip_postgeneration_save = True

    organisation = factory.SubFactory(OrganisationFactory, name=factory.SelfAttribute("..name"))
    siret = factory.SelfAttribute("organisation.siret")

    @factory.post_generation
    def member(self, create, user, **kwargs):
        if user is not None:
            kwargs["user"] = user
        if create and user is not False:
            MembershipFactory(organisation=self.organisation, **kwargs)


class TrainingFactory(factory.django.DjangoModelFactory):
    """`TrainingFactory(leads_to=[occupation], teaches=[block])` links it as the catalogue would."""

    class Meta:
        model = Training
        skip_postgeneration_save = True

    title = "Maçon"
    organisation = factory.SubFactory(TrainingOrganisationFactory)
    source = Source.CATALOGUE
    external_id = factory.Sequence(lambda n: f"AF-{n}")
    certification_title = "Titre professionnel maçon"
    rncp_code = "RNCP38511"
    level_out = 3

    @factory.post_generation
    def leads_to(self, create, occupations, **kwargs):
        if create and occupations:
            for occupation in occupations:
                TrainingOccupation.objects.create(
                    training=self,
                    occupation=occupation,
                    origin=TrainingOccupation.Origin.CATALOGUE,
                )

    @factory.post_generation
    def teaches(self, create, blocks, **kwargs):
        if create and blocks:
            for block in blocks:
                TrainingBlock.objects.create(
                    training=self, block=block, origin=TrainingBlock.Origin.CATALOGUE
                )


class SkillBlockFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SkillBlock

    code = factory.Sequence(lambda n: f"RNCP38511BC{n % 90 + 10}")
    title = "Monter un mur"
    certification = "RNCP38511"


class TrainingActionFactory(factory.django.DjangoModelFactory):
    """In the middle of Metz. `in_nancy=True`: 48 km away; `unfunded=True`: somebody else pays."""

    class Meta:
        model = TrainingAction

    class Params:
        in_nancy = factory.Trait(commune=factory.SubFactory(CommuneFactory, nancy=True))
        unfunded = factory.Trait(funders=["4"], is_region_funded=False)
        nowhere = factory.Trait(commune=None, town="", latitude=None, longitude=None, x=None, y=None)

    training = factory.SubFactory(TrainingFactory)
    external_id = factory.Sequence(lambda n: f"AC-{n}")
    commune = factory.SubFactory(CommuneFactory)
    town = factory.SelfAttribute("commune.name")
    latitude = factory.SelfAttribute("commune.latitude")
    longitude = factory.SelfAttribute("commune.longitude")
    x = factory.SelfAttribute("commune.x")
    y = factory.SelfAttribute("commune.y")
    funders = ["2"]
    is_region_funded = True


class SessionFactory(factory.django.DjangoModelFactory):
    """Starts in thirty days for three months. `SessionFactory(action__training__leads_to=[…])`."""

    class Meta:
        model = Session

    action = factory.SubFactory(TrainingActionFactory)
    external_id = factory.Sequence(lambda n: f"SE-{n}")
    starts_on = factory.LazyFunction(lambda: timezone.localdate() + dt.timedelta(days=30))
    ends_on = factory.LazyAttribute(
        lambda session: session.starts_on + dt.timedelta(days=90) if session.starts_on else None
    )
