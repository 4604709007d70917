"""What every template may count on. Lazy: a page that shows none of it asks nothing."""

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from territories.models import Region
from traitdunion.spaces import spaces_of

SHOWN = ("name", "phone", "contact_email", "accent_color", "highlight_color")
A_MINUTE = 60


def site(request: HttpRequest) -> dict:
    return {
        "demo": settings.DEMO,
        "site_url": settings.SITE_URL,
        "region": SimpleLazyObject(current_region),
        "spaces": SimpleLazyObject(lambda: links_to_spaces(request)),
    }


def current_region() -> dict:
    """The open region, as the layout shows it; empty when none is open. A change shows in a minute."""
    found = cache.get("layout-region")
    if found is None:
        found = Region.objects.filter(is_open=True).order_by("code").values(*SHOWN).first() or {}
        if found:
            found["has_own_colors"] = any(
                found[name] != getattr(Region(), name) for name in ("accent_color", "highlight_color")
            )
        cache.set("layout-region", found, A_MINUTE)
    return found


def links_to_spaces(request: HttpRequest) -> list[dict]:
    """The spaces of the person, for the header."""
    user = getattr(request, "user", None)  # An error may come before anybody is known.
    return [
        {
            "label": space.label,
            "url": space.url,
            "base": space.base,
            "current": request.path.startswith(space.url),
        }
        for space in (spaces_of(user) if user else [])
    ]
