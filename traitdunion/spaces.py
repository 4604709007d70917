"""Which spaces a person may open: one account may have several, a candidate has one."""

from dataclasses import dataclass

from django.db.models import Exists
from django.urls import reverse

from accounts.models import Organisation, User
from candidates.models import Candidate

# The tabs of each space: (what one reads, name of the page). Later rooms add theirs.
TABS = {
    "candidate": (
        ("À faire", "candidate_space"),
        ("Mes candidatures", "immersions:my_applications"),
        ("Mes places", "commitments:my_seats"),
        ("Mon parcours", "commitments:my_path"),
        ("Mon accompagnement", "structures:mine"),
        ("Mon profil", "candidate_profile"),
    ),
    "company": (
        ("À faire", "company_space"),
        ("Candidatures", "immersions:received_applications"),
        ("Projets", "commitments:company_projects"),
        ("Offres", "immersions:company_offers"),
        ("Fiche", "companies:sheet"),
        ("Équipe", "companies:members"),
    ),
    "advisor": (
        ("À faire", "advisor_space"),
        ("Personnes suivies", "structures:people"),
        ("Équipe", "structures:members"),
    ),
    "organisation": (
        ("À faire", "organisation_space"),
        ("Mes sessions", "organisations:sessions"),
        ("Organisme", "organisations:sheet"),
        ("Équipe", "organisations:members"),
    ),
}
# Pages that several spaces share: which tab they stand below in each.
ALSO_BELOW: dict[str, dict[str, tuple[str, ...]]] = {
    "company": {"commitments:company_projects": ("/projets/",)},
    "candidate": {"commitments:my_path": ("/projets/",)},
    "organisation": {"organisations:sessions": ("/organisme/demandes/", "/stages/")},
}


@dataclass(frozen=True, slots=True)
class Space:
    label: str
    url: str
    base: str = ""  # The layout of its pages: one that several spaces share says whose it is shown as.


def spaces_of(user: User) -> list[Space]:
    """The spaces of `user`, the one to land in first; in one query."""
    if not user.is_authenticated:
        return []
    mine = Organisation.objects.of(user)
    opens = {
        ("Mon espace", "candidate_space"): Exists(Candidate.objects.of(user)),
        ("Mon entreprise", "company_space"): Exists(mine.filter(company__isnull=False)),
        ("Ma structure", "advisor_space"): Exists(mine.filter(support_structures__isnull=False)),
        ("Mon organisme", "organisation_space"): Exists(mine.filter(training_organisation__isnull=False)),
    }
    asked = {page: condition for (_, page), condition in opens.items()}
    found = User.objects.filter(pk=user.pk).values(**asked).first() or {}
    spaces = [
        Space(label, reverse(page), f"spaces/{page.removesuffix('_space')}_base.html")
        for label, page in opens
        if found.get(page)
    ]
    if user.is_staff:
        spaces.append(Space("Administration", reverse("admin:index")))
    return spaces
