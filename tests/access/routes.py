"""Every named route of the site, and every declaration."""

from collections.abc import Iterator
from importlib import import_module

from django.urls import URLPattern, URLResolver, get_resolver

from tests.access.answers import Route

ROOMS = (
    "core",
    "accounts",
    "territories",
    "trainings",
    "companies",
    "candidates",
    "immersions",
    "commitments",
    "traitdunion",
)
ADMIN = "admin"  # Asked page by page in `tests/test_access.py`: its routes come from the models.


def declared() -> dict[str, Route]:
    """The declarations of all rooms; declaring a route twice is an error."""
    routes: dict[str, Route] = {}
    for room in ROOMS:
        try:
            module = import_module(f"{room}.tests.access")
        except ModuleNotFoundError as missing:
            if missing.name not in (f"{room}.tests.access", f"{room}.tests"):
                raise
            continue
        twice = routes.keys() & module.ROUTES.keys()
        assert not twice, f"declared twice: {twice}"
        routes |= module.ROUTES
    return routes


def existing(
    resolver: URLResolver | None = None, prefix: str = "", path: str = ""
) -> Iterator[tuple[str, str]]:
    """(name, pattern) of every route, except the admin's."""
    for pattern in (resolver or get_resolver()).url_patterns:
        where = path + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            if pattern.app_name != ADMIN:
                name = f"{pattern.namespace}:" if pattern.namespace else ""
                yield from existing(pattern, prefix + name, where)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}" if pattern.name else where, where
