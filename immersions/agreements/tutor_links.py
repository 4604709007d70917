"""The tutor's link: signed by the site, bound to one agreement and one address."""

import datetime as dt

from django.core import signing
from django.utils.crypto import salted_hmac

from immersions.agreements.models import Agreement

SALT = "immersions.agreements.tutor"
LASTS = dt.timedelta(days=60)


def token_for(agreement: Agreement, email: str) -> str:
    return signing.dumps([agreement.pk, mark_of(email)], salt=SALT)


def mark_of(email: str) -> str:
    """Stands for an address in a link: an address in an address bar would be read by others."""
    return salted_hmac(SALT, email.strip().lower(), algorithm="sha256").hexdigest()[:32]


def read(token: str) -> tuple[int, str] | None:
    """(agreement, mark of the address), or None for what is old or was made elsewhere."""
    try:
        pk, mark = signing.loads(token, salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return None
    return pk, mark
