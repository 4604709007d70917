"""Companies for tests and demo data: in Metz, with one confirmed member."""

import factory

from accounts.factories import MembershipFactory, OrganisationFactory
from companies.models import Company, Workplace
from territories.factories import CommuneFactory


class CompanyFactory(factory.django.DjangoModelFactory):
    """`CompanyFactory(member=user)` chooses its confirmed manager, `member=False` has nobody."""

    class Meta:
        model = Company
        skip_postgeneration_save = True

    organisation = factory.SubFactory(OrganisationFactory, name=factory.SelfAttribute("..name"))
    name = "L’Atelier & Fils"

    @factory.post_generation
    def member(self, create, user, **kwargs):
        """`member__unconfirmed=True` and the like go to the membership."""
        if create and user is not None:
            kwargs["user"] = user
        if create and user is not False:
            MembershipFactory(organisation=self.organisation, **kwargs)


class WorkplaceFactory(factory.django.DjangoModelFactory):
    """In Metz, where its commune is."""

    class Meta:
        model = Workplace

    company = factory.SubFactory(CompanyFactory)
    address = "12 rue des Clercs"
    postcode = "57000"
    commune = factory.SubFactory(CommuneFactory)
    latitude = factory.SelfAttribute("commune.latitude")
    longitude = factory.SelfAttribute("commune.longitude")
    x = factory.SelfAttribute("commune.x")
    y = factory.SelfAttribute("commune.y")
