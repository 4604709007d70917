"""Who validates, when nobody accompanies the person: the structure of their basin is asked, as it is for a
first immersion; where there is none, an agent looks for one.
"""

from candidates.structures.actions import turn_to_default_structure
from commitments.seats import agents, emails
from commitments.seats.models import SeatRequest
from core.outbox import post


def find_who_validates(request: SeatRequest) -> bool:
    """For a request read `for_page()`, whose validation waits. Both are told; the structure has its whole delay."""
    following = turn_to_default_structure(request.candidate)
    if following is None:
        agents.look_for_an_advisor(request)
        return False
    request.validation.restart_wait()
    request.validation.save(update_fields=["waiting_since", "wait_step"])
    agents.advisor_found(request)
    for message in emails.who_validates(request, following.structure):
        post(message)
    return True
