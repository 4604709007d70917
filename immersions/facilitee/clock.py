"""Agreements made elsewhere and not validated yet: read again until they are."""

from core.rules import RuleBroken
from immersions.facilitee import client
from immersions.facilitee.actions import ask_facilitee, refresh_external
from immersions.facilitee.models import ExternalAgreement, Source

AT_ONCE = 50  # Their limit is five calls a second; an hour later come the others.


def sweep_external() -> int:
    if not client.is_on():
        return 0
    waiting = ExternalAgreement.objects.filter(
        source=Source.API, confirmed_at=None, application__status="booked"
    ).select_related("application__offer__company__organisation")
    done = 0
    for agreement in waiting.order_by("pk")[:AT_ONCE]:
        found = ask_facilitee(agreement.number)
        if found is None:
            continue
        try:
            refresh_external(agreement, found)
        except RuleBroken:
            continue  # It speaks of other dates now: the prescriber reads it on the page.
        done += 1
    return done
