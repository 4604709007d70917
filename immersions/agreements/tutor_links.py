"""The tutor's link: signed by the site, bound to one agreement and one address."""

import datetime as dt

from django.core import signing

from immersions.agreements.models import Agreement

SALT = "immersions.agreements.tutor"
LASTS = dt.timedelta(days=60)


def token_for(agreement: Agreement, email: str) -> str:
    return signing.dumps([agreement.pk, email], salt=SALT)


def read(token: str) -> tuple[int, str] | None:
    """(agreement, address), or None for what is old or was made elsewhere."""
    try:
        pk, email = signing.loads(token, salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return None
    return pk, email
