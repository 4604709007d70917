"""Which spaces a person may open: one account may have several, a candidate has one."""

from dataclasses import dataclass

from django.urls import reverse

from accounts.models import User

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


LABELS = {
    "candidate_space": "Mon espace",
    "company_space": "Mon entreprise",
    "advisor_space": "Ma structure",
    "organisation_space": "Mon organisme",
}
# What a member's legal entity may be, and the space that it opens.
ENTITIES = {
    "memberships__organisation__company": "company_space",
    "memberships__organisation__support_structures": "advisor_space",
    "memberships__organisation__training_organisation": "organisation_space",
}


@dataclass(frozen=True, slots=True)
class Space:
    label: str
    url: str
    base: str = ""  # The layout of its pages: one that several spaces share says whose it is shown as.


def spaces_of(user: User) -> list[Space]:
    """The spaces of `user`, the one to land in first; in one query, the same for each page of the site."""
    if not user.is_authenticated:
        return []
    rows = list(User.objects.filter(pk=user.pk).values_list("candidate", "memberships__is_active", *ENTITIES))
    opens = {"candidate_space"} if any(candidate for candidate, *_ in rows) else set()
    for _, is_active, *entities in rows:
        opens |= {
            page for page, entity in zip(ENTITIES.values(), entities, strict=True) if is_active and entity
        }
    spaces = [
        Space(label, reverse(page), f"spaces/{page.removesuffix('_space')}_base.html")
        for page, label in LABELS.items()
        if page in opens
    ]
    if user.is_staff:
        spaces.append(Space("Administration", reverse("admin:index")))
    return spaces
