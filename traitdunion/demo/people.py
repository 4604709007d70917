"""The people and the companies of the demo, each made once by the site's own actions."""

from accounts.members import actions as members
from accounts.models import Membership, Organisation, User
from candidates.actions import become_candidate, save_profile
from candidates.models import Candidate
from companies import actions as companies
from companies.models import Company, Workplace
from territories.agents import make_agent
from territories.geo import Place, lambert93
from territories.models import Commune, Department, Region
from traitdunion.demo import accounts
from traitdunion.demo.past import Past
from traitdunion.demo.tables import chance, fictional_siret, rows

OPENED = 95  # Days ago: older than every offer.
JOINED = 72  # Days ago: before every application.
SPREAD = 0.012  # Degrees: addresses of one commune do not stand on one another.
OURS = {"bati-doux": accounts.COMPANY, "carreaux-cie": accounts.UNCONFIRMED}


def seed_agents() -> None:
    region = Region.objects.get(code="44")
    Region.objects.filter(pk=region.pk, contact_email="").update(contact_email=accounts.REGION_BOX)
    for email, first, last, where in (
        (accounts.AGENT, "Dominique", "Remy", {"region": region}),
        (accounts.AGENT_54, "Dominique", "Vogel", {"departments": Department.objects.filter(pk="54")}),
    ):
        if not User.objects.filter(email=email).exists():
            agent, _ = make_agent(email, **where)
            _name(agent, first, last)
    if not User.objects.filter(email=accounts.ADMIN).exists():
        User.objects.create_superuser(accounts.ADMIN, first_name="Alix", last_name="Martin")


def seed_candidates(past: Past) -> None:
    for row in rows("people"):
        user = _new_user(f"{row['key']}@{accounts.DOMAIN}")
        if user is None:
            continue
        candidate = become_candidate(user)
        save_profile(
            candidate,
            by=user,
            account={"first_name": row["first_name"], "last_name": row["last_name"], "phone": row["phone"]},
            commune_id=row["commune"],
            radius_km=int(row["radius"]),
            level=int(row["level"]),
            transport=row["transport"].split(),
            licence=row["licence"],
        )
        joined = past.moment(JOINED + chance(row["key"], 20), row["key"])
        past.move(joined, User, "id", user.pk)
        past.move(joined, Candidate, "id", candidate.pk)


def seed_companies(past: Past) -> None:
    admin = User.objects.get(email=accounts.ADMIN)
    for row in rows("companies"):
        siret = fictional_siret(int(row["number"]))
        if not Organisation.objects.filter(siret=siret).exists():
            _register(row, siret, admin, past)
    _colleague_asks(past)


def company_of(key: str) -> Company:
    number = next(int(row["number"]) for row in rows("companies") if row["key"] == key)
    return Company.objects.select_related("organisation").get(organisation__siret=fictional_siret(number))


def manager_of(company: Company) -> User:
    first = Membership.objects.active().filter(organisation=company.organisation_id)
    return first.select_related("user").order_by("-role", "pk").last().user


def manager_address(row: dict[str, str]) -> str:
    name = f"{row['first_name']}.{row['last_name']}".lower().replace(" ", "-")
    plain = name.translate(str.maketrans("éèêëàâîïôöûüç", "eeeeaaiioouuc"))
    return OURS.get(row["key"]) or f"{plain}@{row['key']}.example"


def _register(row: dict[str, str], siret: str, admin: User, past: Past) -> None:
    manager, _ = User.objects.get_or_create_by_email(manager_address(row))
    manager.phone = row["phone"]
    _name(manager, row["first_name"], row["last_name"])
    commune = Commune.objects.get(pk=row["commune"])
    company = companies.register_company(
        by=manager,
        siret=siret,
        name=row["name"],
        address=row["address"],
        postcode=row["postcode"],
        commune=commune,
        place=_near(commune, row["key"]),
    )
    companies.describe_company(company, by=manager, description=row["description"])
    company.is_trusted = row["trusted"] == "1"
    company.save(update_fields=["is_trusted"])
    membership = Membership.objects.get(organisation=company.organisation_id, user=manager)
    if manager.email != accounts.UNCONFIRMED:
        companies.confirm_member(membership, by=admin)
    moment = past.moment(OPENED, row["key"])
    past.move(moment, User, "id", manager.pk)
    past.move(moment, Organisation, "id", company.organisation_id)
    past.move(moment, Company, "id", company.pk)
    past.move(moment, Membership, "id", membership.pk)
    past.move_messages(moment)


def _colleague_asks(past: Past) -> None:
    """A request that waits for the manager's answer."""
    user = _new_user(accounts.COLLEAGUE)
    if user is None:
        return
    _name(user, "Nadine", "Petit")
    membership = members.request_to_join(company_of("bati-doux").organisation, by=user)
    asked = past.moment(1, "colleague")
    past.move(asked, Membership, "id", membership.pk)
    past.move_messages(asked)


def _new_user(email: str) -> User | None:
    """None when that person is there already: what they did since is theirs."""
    user, is_new = User.objects.get_or_create_by_email(email)
    return user if is_new else None


def _name(user: User, first: str, last: str) -> None:
    user.first_name, user.last_name = first, last
    user.save()


def _near(commune: Commune, key: str) -> Place:
    """An address of that commune that does not exist: somewhere around its centre."""
    latitude = commune.latitude + SPREAD * (chance(f"{key} latitude", 201) - 100) / 100
    longitude = commune.longitude + SPREAD * (chance(f"{key} longitude", 201) - 100) / 100
    x, y = lambert93(latitude, longitude)
    return Place(label=str(commune), code=commune.pk, x=x, y=y, latitude=latitude, longitude=longitude)


def workplace_of(company: Company) -> Workplace:
    return company.workplaces.select_related("commune__department__region").order_by("pk").first()
