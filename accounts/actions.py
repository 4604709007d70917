"""What happens to accounts and to memberships of legal entities."""

import logging

from django.db import IntegrityError, transaction

from accounts.models import User

logger = logging.getLogger(__name__)


def open_account(email: str) -> User | None:
    """« Je m’inscris. » The account of that address, new or not; None when it was closed."""
    try:
        with transaction.atomic():
            user, is_new = User.objects.get_or_create_by_email(email)
    except IntegrityError:  # The same person, twice at once.
        user, is_new = User.objects.get(email=email.lower()), False
    if is_new:
        logger.info("account opened", extra={"user_id": user.pk})
    return user if user.is_active else None
