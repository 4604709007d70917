"""Jobseekers for tests and demo data."""

import datetime as dt

import factory
from django.utils import timezone

from accounts.factories import MembershipFactory, OrganisationFactory, UserFactory
from accounts.models import User
from candidates.models import Candidate, Level, Licence, Transport
from candidates.structures.models import Channel, Following, Ground, Kind, SupportStructure
from candidates.structures.workflow import FollowingStatus
from territories.factories import CommuneFactory
from territories.text import plain


class CandidateFactory(factory.django.DjangoModelFactory):
    """In Metz, ready to apply. `new=True`: signed up a minute ago, knows nothing of them yet."""

    class Meta:
        model = Candidate

    class Params:
        new = factory.Trait(
            user=factory.SubFactory(UserFactory, first_name="", last_name="", phone=""),
            commune=None,
            level=None,
            transport=[],
            licence="",
        )

    user = factory.SubFactory(UserFactory, phone="06 12 34 56 78")
    commune = factory.SubFactory(CommuneFactory)
    radius_km = 30
    level = Level.CAP
    transport = factory.LazyFunction(lambda: [Transport.PUBLIC])
    licence = Licence.B


class SupportStructureFactory(factory.django.DjangoModelFactory):
    """A mission locale in Metz that makes its agreements here, with one confirmed advisor.

    `member=user` chooses the advisor, `member=False` has nobody, `new=True` came from a file.
    """

    class Meta:
        model = SupportStructure
        skip_postgeneration_save = True

    class Params:
        new = factory.Trait(organisation=None)
        delegated = factory.Trait(
            kind=Kind.OTHER,
            prescribes_by=Ground.DELEGATION,
            delegation_until=factory.LazyFunction(lambda: timezone.localdate() + dt.timedelta(days=365)),
        )

    organisation = factory.SubFactory(OrganisationFactory, name=factory.SelfAttribute("..name"))
    name = "Mission locale des Trois Clochers"
    kind = Kind.MISSION_LOCALE
    external_code = factory.Sequence(lambda n: f"57463S{n:02d}")
    commune = factory.SubFactory(CommuneFactory)
    x = factory.SelfAttribute("commune.x")
    y = factory.SelfAttribute("commune.y")
    search_name = factory.LazyAttribute(
        lambda it: plain(f"{it.name} {Kind(it.kind).label} {it.commune.name}")
    )
    phone = "03 87 00 00 00"
    may_prescribe = True
    prescribes_by = Ground.LAW
    agreement_channel = Channel.HERE

    @factory.post_generation
    def member(self, create, user, **kwargs):
        """`member__unconfirmed=True` and the like go to the membership."""
        if user is not None:
            kwargs["user"] = user
        if create and user is not False and self.organisation:
            MembershipFactory(organisation=self.organisation, **kwargs)


class AdvisorFactory(factory.django.DjangoModelFactory):
    """Someone who works in a structure, confirmed. `structure=…` chooses it."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"conseil{n}@structure.example")
    first_name = "Sacha"
    last_name = "Weber"
    phone = "03 87 11 11 11"

    @factory.post_generation
    def structure(self, create, structure, **kwargs):
        if create:
            structure = structure or SupportStructureFactory(member=False)
            MembershipFactory(organisation=structure.organisation, user=self, **kwargs)


class FollowingFactory(factory.django.DjangoModelFactory):
    """Asked a minute ago. `followed=True`: one of the structure's advisors said yes."""

    class Meta:
        model = Following

    class Params:
        followed = factory.Trait(
            status=FollowingStatus.FOLLOWED,
            advisor=factory.LazyAttribute(lambda it: it.structure.confirmed_members().first()),
        )

    candidate = factory.SubFactory(CandidateFactory)
    structure = factory.SubFactory(SupportStructureFactory)
    status = FollowingStatus.ASKED
