"""Two people at once, without luck: the second acts while the first one's transaction is open."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from time import monotonic

from django.db import connection, transaction

from core.rules import RuleBroken

A_MOMENT = 0.4  # Seconds: enough for the second to reach the lock.
A_LOOK = 0.01


def overlapping(first: Callable[[], object], second: Callable[[], object]) -> str:
    """Call `second` while the transaction of `first` is still open. Was `second` accepted?

    If `second` takes the same lock it waits for the commit, and if it does not, it reads what was
    there before `first`. Needs `@pytest.mark.django_db(transaction=True)`.
    """

    def elsewhere() -> str:
        try:
            second()
        except RuleBroken:
            return "refused"
        else:
            return "accepted"
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=1) as pool:
        with transaction.atomic():
            first()
            outcome = pool.submit(elsewhere)
            let_go_until_the_lock(outcome)
        return outcome.result()


def let_go_until_the_lock(second: Future) -> None:
    """Until `second` waits for what this transaction holds, or is over, or a moment has passed."""
    end = monotonic() + A_MOMENT
    while monotonic() < end and not wait([second], timeout=A_LOOK).done and not somebody_waits_for_us():
        pass


def somebody_waits_for_us() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))"
        )
        return cursor.fetchone()[0]
