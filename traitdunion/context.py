"""What every template may count on."""

from django.conf import settings


def site(request) -> dict:
    return {"demo": settings.DEMO, "site_url": settings.SITE_URL}
