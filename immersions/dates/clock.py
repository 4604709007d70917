"""Proposed dates never wait in silence: reminded, then closed, by the delays of their Region.

Not a `Watch` of `core.waits`: that one locks the row that waits first, and here the application
comes before its proposal.
"""

import datetime as dt

from django.utils import timezone

from core.outbox import post
from core.sweeps import each_alone
from core.waits import calendar_days
from immersions.dates import emails
from immersions.dates.actions import expire_dates
from immersions.dates.models import DateProposal
from immersions.dates.workflow import ProposalStatus


def sweep_proposals() -> int:
    """Do what is due; a night skipped or run twice changes nothing. Returns how many were done."""
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    waiting = DateProposal.objects.filter(status=ProposalStatus.OPEN, waiting_since__date__lte=yesterday)
    return each_alone(waiting.order_by("pk"), _step)


def _step(pk: int) -> int:
    proposal = DateProposal.objects.select_related("application__offer__commune").get(pk=pk)
    proposal.application.lock()
    proposal.lock()
    due = [kind for day, kind in proposal.wait.steps if day <= calendar_days(proposal)]
    if proposal.status != ProposalStatus.OPEN or len(due) <= proposal.wait_step:
        return 0
    if "end" in due:
        expire_dates(proposal)
        return 1
    proposal.wait_step = len(due)
    proposal.save(update_fields=["wait_step"])
    for message in emails.reminder(proposal, number=len(due)):
        post(message)
    return 1
