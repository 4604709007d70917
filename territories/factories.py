"""Real places and real occupations, for tests and demo data: never a commune that does not exist."""

import factory

from accounts.factories import UserFactory
from territories import geo
from territories.geo import lambert93
from territories.models import (
    AgentTask,
    AgentTerritory,
    Commune,
    CommunePostcode,
    Department,
    EmploymentBasin,
    Epci,
    Occupation,
    OccupationFamily,
    OccupationTask,
    Region,
)
from territories.text import plain

POSTCODES = {
    "57463": ["57000", "57050", "57070"],
    "57672": ["57100"],
    "54395": ["54000", "54100"],
    "67482": ["67000", "67100", "67200"],
}


class RegionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Region
        django_get_or_create = ("code",)

    code = "44"
    name = "Grand Est"
    slug = "grand-est"
    is_open = True


class DepartmentFactory(factory.django.DjangoModelFactory):
    """Moselle. `nancy=True` for Meurthe-et-Moselle."""

    class Meta:
        model = Department
        django_get_or_create = ("code",)

    class Params:
        nancy = factory.Trait(code="54", name="Meurthe-et-Moselle")
        strasbourg = factory.Trait(code="67", name="Bas-Rhin")

    code = "57"
    name = "Moselle"
    slug = factory.LazyAttribute(lambda department: plain(department.name).replace(" ", "-"))
    region = factory.SubFactory(RegionFactory)


class EpciFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Epci
        django_get_or_create = ("code",)

    code = "200039865"
    name = "Eurométropole de Metz"


class EmploymentBasinFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EmploymentBasin
        django_get_or_create = ("slug",)
        skip_postgeneration_save = True

    name = "Metz"
    slug = "metz"
    region = factory.SubFactory(RegionFactory)

    @factory.post_generation
    def epcis(self, create, chosen, **kwargs):
        if create:
            self.epcis.set([EpciFactory()] if chosen is None else chosen)


class CommuneFactory(factory.django.DjangoModelFactory):
    """Metz. Traits for others: `thionville`, `nancy`, `strasbourg`; `approximate`."""

    class Meta:
        model = Commune
        django_get_or_create = ("code",)
        skip_postgeneration_save = True

    class Params:
        thionville = factory.Trait(
            code="57672",
            name="Thionville",
            latitude=49.35994,
            longitude=6.16044,
            population=43107,
        )
        nancy = factory.Trait(
            code="54395",
            name="Nancy",
            latitude=48.68439,
            longitude=6.18496,
            population=104260,
            department=factory.SubFactory(DepartmentFactory, nancy=True),
        )
        strasbourg = factory.Trait(
            code="67482",
            name="Strasbourg",
            latitude=48.58392,
            longitude=7.74553,
            population=293771,
            department=factory.SubFactory(DepartmentFactory, strasbourg=True),
        )
        approximate = factory.Trait(is_approximate=True)

    code = "57463"
    name = "Metz"
    search_name = factory.LazyAttribute(lambda commune: plain(commune.name))
    slug = factory.LazyAttribute(lambda commune: plain(commune.name).replace(" ", "-"))
    department = factory.SubFactory(DepartmentFactory)
    population = 122023
    latitude = 49.11911
    longitude = 6.17269
    x = factory.LazyAttribute(lambda place: lambert93(place.latitude, place.longitude)[0])
    y = factory.LazyAttribute(lambda place: lambert93(place.latitude, place.longitude)[1])

    @factory.post_generation
    def postcodes(self, create, chosen, **kwargs):
        if create:
            codes = POSTCODES.get(self.code, []) if chosen is None else chosen
            rows = [CommunePostcode(commune=self, postcode=postcode) for postcode in codes]
            CommunePostcode.objects.bulk_create(rows, ignore_conflicts=True)
            geo.forget()


class OccupationFamilyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OccupationFamily
        django_get_or_create = ("letter",)

    letter = "F"
    name = factory.LazyAttribute(lambda family: f"Famille {family.letter}")
    slug = factory.LazyAttribute(lambda family: f"famille-{family.letter.lower()}")


class OccupationFactory(factory.django.DjangoModelFactory):
    """A mason. `welder=True`, `carer=True` for others, or a code and a label of your own."""

    class Meta:
        model = Occupation
        django_get_or_create = ("code",)

    class Params:
        welder = factory.Trait(code="H2913", label="Soudeur / Soudeuse")
        carer = factory.Trait(code="J1501", label="Aide-soignant / Aide-soignante")

    code = "F1703"
    label = "Maçon / Maçonne"
    title = factory.SelfAttribute("label")
    slug = factory.LazyAttribute(lambda occupation: plain(occupation.title).replace(" ", "-"))
    family = factory.LazyAttribute(lambda occupation: OccupationFamilyFactory(letter=occupation.code[0]))


class OccupationTaskFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OccupationTask

    occupation = factory.SubFactory(OccupationFactory)
    text = factory.Sequence(lambda n: f"Monter le mur n° {n}")
    order = factory.Sequence(int)


class AgentTerritoryFactory(factory.django.DjangoModelFactory):
    """An agent for the whole region. `departments=[…]` for some only."""

    class Meta:
        model = AgentTerritory
        skip_postgeneration_save = True

    user = factory.SubFactory(UserFactory, is_staff=True)
    region = factory.SubFactory(RegionFactory)

    @factory.post_generation
    def departments(self, create, chosen, **kwargs):
        if create and chosen:
            self.departments.set(chosen)


class AgentTaskFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AgentTask

    kind = "offer_in_moderation"
    title = "Offre à relire"
    department = factory.SubFactory(DepartmentFactory)
    unique_key = factory.Sequence(lambda n: f"offer_in_moderation:{n}")
