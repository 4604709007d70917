"""Which spaces a person may open: one account may have several, a candidate has one."""

from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse

from accounts.models import Organisation, User

# The tabs of each space: (what one reads, name of the page). Later rooms add theirs.
TABS = {
    "candidate": (
        ("À faire", "candidate_space"),
        ("Mes candidatures", "immersions:my_applications"),
        ("Mon accompagnement", "structures:mine"),
        ("Mon profil", "candidate_profile"),
    ),
    "company": (
        ("À faire", "company_space"),
        ("Candidatures", "immersions:received_applications"),
        ("Mes offres", "immersions:company_offers"),
        ("Fiche", "companies:sheet"),
        ("Équipe", "companies:members"),
    ),
    "advisor": (
        ("À faire", "advisor_space"),
        ("Personnes suivies", "structures:people"),
        ("Équipe", "structures:members"),
    ),
}


@dataclass(frozen=True, slots=True)
class Space:
    label: str
    url: str


def spaces_of(user: User) -> list[Space]:
    """The spaces of `user`, the one to land in first; at most two queries."""
    if not user.is_authenticated:
        return []
    spaces = []
    if hasattr(user, "candidate"):
        spaces.append(Space("Mon espace", reverse("candidate_space")))
    kinds = Organisation.objects.of(user).aggregate(
        companies=Count("company"), structures=Count("support_structures")
    )
    if kinds["companies"]:
        spaces.append(Space("Mon entreprise", reverse("company_space")))
    if kinds["structures"]:
        spaces.append(Space("Ma structure", reverse("advisor_space")))
    if user.is_staff:
        spaces.append(Space("Administration", reverse("admin:index")))
    return spaces
