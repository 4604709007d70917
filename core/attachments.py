"""Attachments made when a message leaves, by the room that knows how: a PDF keeps nobody waiting."""

from collections.abc import Callable

_makers: dict[str, Callable[[str], bytes]] = {}


def maker(name: str, make: Callable[[str], bytes]) -> None:
    """`make(about)` gives the bytes; `about` is what the part of the message says of it."""
    _makers[name] = make


def made(name: str, about: str) -> bytes:
    return _makers[name](about)
