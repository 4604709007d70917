"""Two people at once, without luck: the second acts while the first one's transaction is open."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait

from django.db import connection, transaction

from core.rules import RuleBroken

A_MOMENT = 0.4  # Seconds: enough for the second to reach the lock.


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
            wait([outcome], timeout=A_MOMENT)
        return outcome.result()
