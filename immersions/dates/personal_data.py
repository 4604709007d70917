"""What this alcove keeps about a person (see core.personal_data)."""

from typing import Any

from accounts.models import User
from accounts.roles import CANDIDATE
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
    mine = DateProposal.objects.of(user)
    mine.filter(proposed_by=CANDIDATE).update(words="")
    DateProposalEvent.objects.filter(proposal__in=mine, by=user).update(note="")
