"""What is done now and then for the whole site."""

import datetime as dt
import logging

from celery import shared_task
from django.utils import timezone

from accounts.codes import forget_old_tries
from accounts.models import User

logger = logging.getLogger(__name__)
PATIENCE = dt.timedelta(days=30)


@shared_task
def forget_unused_accounts() -> None:
    """Addresses typed at the inscription by someone who never proved them: perhaps not theirs."""
    forget_old_tries()
    unused = User.objects.filter(
        last_login=None,
        date_joined__lt=timezone.now() - PATIENCE,
        is_staff=False,
        erased_at=None,
        candidate=None,
        memberships=None,
    )
    count, _ = unused.delete()
    if count:
        logger.info("unused accounts forgotten", extra={"count": count})
