"""People and legal entities for tests and demo data."""

import factory
from django.utils import timezone
from stdnum import luhn

from accounts.models import Membership, MembershipRole, Organisation, User


def valid_siret(n: int) -> str:
    """The n-th of a row of SIRETs whose two keys are right."""
    siren = f"{81_000_000 + n:08d}"
    siren += luhn.calc_check_digit(siren)
    nic = siren + "0001"
    return nic + luhn.calc_check_digit(nic)


class UserFactory(factory.django.DjangoModelFactory):
    """Someone who can log in. `agent=True` for the Region's staff (without territory)."""

    class Meta:
        model = User

    class Params:
        agent = factory.Trait(is_staff=True)

    email = factory.Sequence(lambda n: f"personne{n}@example.org")
    first_name = "Camille"
    last_name = "Noël"


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    siret = factory.Sequence(valid_siret)
    name = "L’Atelier & Fils"


class MembershipFactory(factory.django.DjangoModelFactory):
    """A confirmed manager. `unconfirmed=True`, `former=True`, or `role=MembershipRole.MEMBER`."""

    class Meta:
        model = Membership

    class Params:
        unconfirmed = factory.Trait(confirmed_at=None, confirmed_by="")
        former = factory.Trait(is_active=False)

    organisation = factory.SubFactory(OrganisationFactory)
    user = factory.SubFactory(UserFactory)
    role = MembershipRole.MANAGER
    confirmed_at = factory.LazyFunction(timezone.now)
    confirmed_by = Membership.ConfirmedBy.AGENT
