"""A path that somebody shares is to be read once; then its address is known."""

from django.urls import reverse

from accounts.models import User
from commitments.parcours.models import PathShare
from core.todo import Todo

SHOWN = 10


def todos_of_partner(user: User) -> list[Todo]:
    rows = PathShare.objects.given_to(user).not_read_by(user)
    return [_read(it) for it in rows.select_related("candidate__user", "organisation")[:SHOWN]]


def _read(it: PathShare) -> Todo:
    return Todo(
        what=f"{it.candidate.user.get_full_name()} partage son parcours avec vous",
        why=f"Avec {it.organisation.name}. La personne voit que vous l’avez lu, et peut arrêter à tout moment.",
        url=reverse("commitments:path", args=[it.candidate.uid]),
        label="Lire le parcours",
    )
