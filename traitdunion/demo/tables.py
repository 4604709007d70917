"""The texts of the demo, as they stand in the files beside this one."""

import csv
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

HERE = Path(__file__).parent


@cache
def rows(name: str) -> list[dict[str, str]]:
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        lines = csv.DictReader(file, delimiter=";")
        return [{name: unbreakable(value) for name, value in line.items()} for line in lines]


def unbreakable(text: str) -> str:
    """No line of a page begins with a colon, nor ends with an opening quotation mark."""
    return re.sub(" (?=[:!?»])|(?<=«) ", "\N{NO-BREAK SPACE}", text)


@cache
def trades() -> dict[str, dict[str, Any]]:
    """What one lives in each trade, by ROME code."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted(HERE.glob("trades_*.toml")):
        found |= tomllib.loads(path.read_text(encoding="utf-8"))
    return found


def fictional_siret(number: int) -> str:
    """A SIRET with the right keys that INSEE gives to nobody: its SIREN begins with 0000."""
    siren = _with_key(f"0000{number:04d}")
    return _with_key(f"{siren}0001")


def _with_key(digits: str) -> str:
    """Luhn's key: twice every second figure, from the right."""
    doubled = [int(figure) * (2 if place % 2 == 0 else 1) for place, figure in enumerate(reversed(digits))]
    total = sum(value - 9 if value > 9 else value for value in doubled)
    return digits + str(-total % 10)


def chance(key: str, below: int) -> int:
    """Always the same figure for the same key."""
    return crc32(key.encode()) % below
