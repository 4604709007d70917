"""The posts that an offer opens: which are promised already, and which one is free."""

from commitments.projects.models import Commitment
from core import french
from core.rules import RuleBroken

ALL_PROMISED = (
    "Tous les postes de cette offre sont déjà promis. L’entreprise peut en ouvrir un de plus ; sinon, "
    "ce projet ne se signe pas."
)


def opened_by(commitment: Commitment) -> int:
    """The offer says how many, else the promise."""
    return commitment.offer.posts or commitment.posts or 1


def free_posts(commitment: Commitment) -> list[int]:
    taken = Commitment.objects.holding_a_post().filter(offer=commitment.offer_id)
    numbers = set(taken.exclude(pk=commitment.pk).values_list("post_number", flat=True))
    return sorted(set(range(1, opened_by(commitment) + 1)) - numbers)


def check_free(commitment: Commitment) -> list[int]:
    """The free ones. RuleBroken when there is none: nobody signs what cannot be sealed."""
    free = free_posts(commitment)
    if not free:
        raise RuleBroken(ALL_PROMISED, code="commitment_takes_one_of_the_posts")
    return free


def check_written(commitment: Commitment) -> None:
    """As the company writes how many: those that it has promised already are counted."""
    if commitment.posts and not commitment.offer.posts and not free_posts(commitment):
        promised = Commitment.objects.holding_a_post().filter(offer=commitment.offer_id).count()
        said = french.counted(
            promised, "poste de cette offre est déjà promis", "postes de cette offre sont déjà promis"
        )
        raise RuleBroken(f"{said} : écrivez {promised + 1} au moins.", code="posts")
