"""Structures for the demo, around Metz and Nancy: none of them exists.

`seed_structures()` adds what is missing and touches nothing that is there.
"""

from dataclasses import dataclass

from django.utils import timezone
from stdnum import luhn

from accounts.models import Membership, MembershipRole, Organisation, User
from candidates.structures.models import (
    BasinDefault,
    Channel,
    Ground,
    Kind,
    SupportStructure,
)
from territories.models import Commune, EmploymentBasin

ADVISOR = "conseillere@demo.example"
ADVISOR_NANCY = "conseiller54@demo.example"
FIRST_SIREN = 9_500  # INSEE gives no SIREN that begins with 0000.
SPREAD = 700  # Metres: structures of one commune do not stand on one another.
METZ, NANCY = "metz", "nancy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A structure of the demo. The first of a basin's `default_in` answers « je ne sais pas »."""

    code: str
    name: str
    kind: Kind
    commune: str
    address: str
    postcode: str
    phone: str
    legal_form: str
    advisor: tuple[str, str, str] = ("", "", "")
    channel: Channel = Channel.HERE
    default_in: str = ""
    ground: str = Ground.LAW
    email: str = ""


STRUCTURES = (
    Told(
        code="DEMO-01",
        name="Mission locale des Trois Rivières",
        kind=Kind.MISSION_LOCALE,
        commune="57463",
        address="8 rue de la Demoiselle",
        postcode="57000",
        phone="03 39 98 02 01",
        legal_form="Association",
        advisor=(ADVISOR, "Inès", "Schmitt"),
        default_in=METZ,
        email="accueil@trois-rivieres.example",
    ),
    Told(
        code="DEMO-02",
        name="Agence de l’emploi Metz Gare (démonstration)",
        kind=Kind.FRANCE_TRAVAIL,
        commune="57463",
        address="2 quai des Voyageurs",
        postcode="57000",
        phone="03 39 98 02 02",
        legal_form="Établissement public",
        advisor=("agence.metz@demo.example", "Hugo", "Perrin"),
        channel=Channel.IMMERSION_FACILITEE,
    ),
    Told(
        code="DEMO-03",
        name="Emploi et handicap Moselle (démonstration)",
        kind=Kind.CAP_EMPLOI,
        commune="57463",
        address="15 rue du Belvédère",
        postcode="57070",
        phone="03 39 98 02 03",
        legal_form="Association",
    ),
    Told(
        code="DEMO-04",
        name="Chantiers du Sablon",
        kind=Kind.SIAE,
        commune="57463",
        address="31 allée des Ateliers",
        postcode="57050",
        phone="03 39 98 02 04",
        legal_form="Association",
        ground=Ground.DELEGATION,
    ),
    Told(
        code="DEMO-05",
        name="Mission locale du Haut Fourneau",
        kind=Kind.MISSION_LOCALE,
        commune="57672",
        address="4 place du Laminoir",
        postcode="57100",
        phone="03 39 98 02 05",
        legal_form="Association",
        advisor=("thionville@demo.example", "Nora", "Klein"),
    ),
    Told(
        code="DEMO-06",
        name="Mission locale de la Porte Verte",
        kind=Kind.MISSION_LOCALE,
        commune="54395",
        address="19 rue des Mirabelliers",
        postcode="54000",
        phone="03 39 98 02 06",
        legal_form="Association",
        advisor=(ADVISOR_NANCY, "Bastien", "Humbert"),
        default_in=NANCY,
        email="accueil@porte-verte.example",
    ),
    Told(
        code="DEMO-07",
        name="Maison de l’insertion du Val (démonstration)",
        kind=Kind.DEPARTMENT,
        commune="54395",
        address="6 cours du Verger",
        postcode="54000",
        phone="03 39 98 02 07",
        legal_form="Collectivité territoriale",
        ground="",
    ),
    Told(
        code="DEMO-08",
        name="Espace Emploi-Formation des Cordeliers",
        kind=Kind.OTHER,
        commune="54395",
        address="40 rue du Vieux Moulin",
        postcode="54100",
        phone="03 39 98 02 08",
        legal_form="Association",
        ground="",
    ),
)


def seed_structures() -> list[SupportStructure]:
    """The structures of the demo, their advisors, and who answers by default in Metz and Nancy."""
    known = Commune.objects.select_related("department__region").in_bulk({it.commune for it in STRUCTURES})
    return [
        _structure(it, known[it.commune], number)
        for number, it in enumerate(STRUCTURES)
        if it.commune in known
    ]


def _structure(told: Told, commune: Commune, number: int) -> SupportStructure:
    ours = SupportStructure.objects.filter(kind=told.kind, external_code=told.code).first()
    if ours:
        return ours
    ends_on = timezone.localdate().replace(month=12, day=31)
    structure = SupportStructure(
        kind=told.kind,
        external_code=told.code,
        name=told.name,
        commune=commune,
        address=told.address,
        postcode=told.postcode,
        phone=told.phone,
        email=told.email,
        legal_form=told.legal_form,
        may_prescribe=bool(told.ground),
        prescribes_by=told.ground,
        delegation_until=ends_on.replace(year=ends_on.year + 1) if told.ground == Ground.DELEGATION else None,
        agreement_channel=told.channel,
        organisation=_organisation(told, number) if told.advisor[0] else None,
    )
    side = 1 if number % 2 else -1
    structure.place_at(commune.x + side * SPREAD * (number % 3), commune.y - side * SPREAD)
    structure.save()
    if told.default_in:
        _answers_by_default(structure, told.default_in)
    return structure


def _organisation(told: Told, number: int) -> Organisation:
    siren = f"{FIRST_SIREN + number:08d}"
    siren += luhn.calc_check_digit(siren)
    siret = siren + "0001"
    siret += luhn.calc_check_digit(siret)
    organisation, _ = Organisation.objects.get_or_create(
        siret=siret, defaults={"name": told.name, "published_email": told.email}
    )
    email, first_name, last_name = told.advisor
    advisor, is_new = User.objects.get_or_create_by_email(email)
    if is_new:
        advisor.first_name, advisor.last_name, advisor.phone = first_name, last_name, told.phone
        advisor.save(update_fields=["first_name", "last_name", "phone"])
    Membership.objects.get_or_create(
        organisation=organisation,
        user=advisor,
        defaults={
            "role": MembershipRole.MANAGER,
            "confirmed_at": timezone.now(),
            "confirmed_by": Membership.ConfirmedBy.AGENT,
        },
    )
    return organisation


def _answers_by_default(structure: SupportStructure, slug: str) -> None:
    """The basin of the commune: ours when there is none yet."""
    commune = structure.commune
    basin = EmploymentBasin.objects.filter(epcis=commune.epci_id).first() if commune.epci_id else None
    if basin is None:
        basin, _ = EmploymentBasin.objects.get_or_create(
            slug=slug, defaults={"name": commune.name, "region": commune.department.region}
        )
        if commune.epci:
            basin.epcis.add(commune.epci)
    BasinDefault.objects.get_or_create(basin=basin, defaults={"structure": structure})
