"""The environment that Django receives from us."""

import os
import secrets
import socket
from pathlib import Path

from devstack.places import STATE, state_folder

DEMO, TEST, PRODUCTION = (f"traitdunion.settings.{name}" for name in ("demo", "test", "base"))
DEFAULT_PORT = 8000


def for_django(urls: dict[str, str], settings: str) -> dict[str, str]:
    """What the person gave goes first; the servers' addresses and a kept secret key fill the rest."""
    defaults = {
        "DJANGO_SETTINGS_MODULE": settings,
        "SITE_URL": f"http://localhost:{port()}",
        "MEDIA_ROOT": str(STATE / "media"),
        "STATIC_ROOT": str(STATE / "static"),
        "PYTHONUNBUFFERED": "1",
    }
    variables = defaults | os.environ | urls
    if not variables.get("SECRET_KEY"):
        variables["SECRET_KEY"] = kept_secret(state_folder() / "secret_key")
    return variables


def for_tests(urls: dict[str, str], folder: Path) -> dict[str, str]:
    """Nothing of the person's own settings: a test answers the same on every machine."""
    foreign = (
        "EMAIL_",
        "TILE_",
        "GEOCODER_",
        "COMPANY_",
        "ALLOWED_HOSTS",
        "SECURE_",
        "CACHE_URL",
        "BROKER_URL",
    )
    kept = {name: os.environ[name] for name in os.environ if not name.startswith(foreign)}
    return (
        kept
        | urls
        | {
            "DJANGO_SETTINGS_MODULE": TEST,
            "SITE_URL": "http://testserver",
            "SECRET_KEY": "only-for-tests",
            "MEDIA_ROOT": str(folder / "media"),
            "STATIC_ROOT": str(folder / "static"),
        }
    )


def port() -> int:
    """Where the site answers: PORT, or 8000."""
    typed = os.environ.get("PORT") or str(DEFAULT_PORT)
    if not typed.isdecimal() or not 0 < int(typed) < 65536:
        raise SystemExit(f"PORT={typed} n’est pas un numéro de port.")
    return int(typed)


def port_is_free(number: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", number))
        except OSError:
            return False
    return True


def kept_secret(path: Path) -> str:
    """Made once, for our eyes only."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()
