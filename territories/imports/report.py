"""What an import did, and why it refused what it refused."""

from dataclasses import dataclass, field
from typing import Any

LISTED = 200  # Refusals quoted in a report; all are counted.


class FileRefused(Exception):
    """The file as a whole makes no sense: better no import than a wrong one. In French."""


class RowRefused(ValueError):
    """One row makes no sense: it is skipped, counted, and this says why."""


@dataclass(slots=True)
class Report:
    read: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    outside: int = 0  # Sound, but about a place that we do not serve.
    missing: int = 0  # Ours, not in the file: kept.
    refused: int = 0
    errors: list[str] = field(default_factory=list)

    def refuse(self, line: int, why: object) -> None:
        self.refused += 1
        if len(self.errors) < LISTED:
            self.errors.append(f"ligne {line} : {why}")

    def as_dict(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}

    def __str__(self) -> str:
        told = [
            f"{self.read} lignes lues",
            f"{self.created} créées",
            f"{self.changed} modifiées",
            f"{self.unchanged} inchangées",
            f"{self.refused} refusées",
        ]
        if self.outside:
            told.append(f"{self.outside} hors de nos régions")
        if self.missing:
            told.append(f"{self.missing} absentes du fichier, gardées")
        return ", ".join(told) + "."
