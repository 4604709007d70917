"""A session that begins soon waits for nobody's ten days: an agent calls before its first day."""

import datetime as dt

from commitments.seats.models import SeatRequest
from territories.working_days import ONE_DAY, is_working_day, last_day_before

CALLED_BEFORE = 3  # Working days left to answer, the first day of the session among them.


def call_day(request: SeatRequest) -> dt.date | None:
    """From that day on an agent calls, however short the wait was: the day after a working one. None when
    one enters at any time.
    """
    day, session = request.session.starts_on, request.session
    if day is None or session.action.has_permanent_entry:
        return None
    left = CALLED_BEFORE
    while left > 0:
        left -= is_working_day(day, request.department_code)
        day -= ONE_DAY
    return last_day_before(day, request.department_code) + ONE_DAY
