"""Jobseekers for tests and demo data."""

import factory

from accounts.factories import UserFactory
from candidates.models import Candidate, Level, Licence, Transport
from territories.factories import CommuneFactory


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
