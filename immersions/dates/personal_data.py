"""What this alcove keeps about a person (see core.personal_data)."""

from typing import Any

from accounts.models import User
from immersions.dates import periods
from immersions.dates.models import DateProposal, DateProposalEvent


def export_dates(user: User) -> list[dict[str, Any]]:
    return [
        {
            "le": it.proposed_at.isoformat(),
            "proposée par": it.get_proposed_by_display(),
            "dates": [periods.words_of(choice) for choice in it.choices],
            "mots": it.words,
            "état": it.get_status_display(),
        }
        for it in DateProposal.objects.of(user).order_by("proposed_at")
    ]


def erase_dates(user: User) -> None:
    """The dates are facts; words beside them go, whoever wrote them."""
    mine = DateProposal.objects.of(user)
    DateProposalEvent.objects.filter(proposal__in=mine).exclude(note="").update(note="")
    mine.exclude(words="").update(words="")
