from collections import Counter
from dataclasses import dataclass, field
from typing import Any

LINES_KEPT = 500  # A catalogue that is wrong everywhere says so without filling the memory.
KINDS = ("formations", "actions", "sessions")
BLOCKS = "blocs"  # Few catalogues name them: said when there are some.


@dataclass(slots=True)
class Report:
    """What was read in the file, and what it changed here."""

    formations: int = 0
    actions: int = 0
    sessions: int = 0
    region: int = 0  # Actions that the Region funds.
    sessions_region: int = 0  # Their sessions.
    refused: int = 0
    refusals: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unknown_occupations: Counter[str] = field(default_factory=Counter)
    approximate_places: int = 0
    unknown_places: int = 0
    created: Counter[str] = field(default_factory=Counter)
    updated: Counter[str] = field(default_factory=Counter)
    closed: Counter[str] = field(default_factory=Counter)
    reopened: Counter[str] = field(default_factory=Counter)

    def refuse(self, reason: str) -> None:
        self.refused += 1
        if len(self.refusals) < LINES_KEPT:
            self.refusals.append(reason)

    def note(self, remark: str) -> None:
        """Something was set right, or left out, and the rest kept."""
        if len(self.notes) < LINES_KEPT:
            self.notes.append(remark)

    def as_dict(self) -> dict[str, Any]:
        return {
            "formations": self.formations,
            "actions": self.actions,
            "sessions": self.sessions,
            "region": self.region,
            "sessions_region": self.sessions_region,
            "refused": self.refused,
            "refusals": self.refusals,
            "notes": self.notes,
            "unknown_occupations": dict(sorted(self.unknown_occupations.items())),
            "approximate_places": self.approximate_places,
            "unknown_places": self.unknown_places,
            "created": _by_kind(self.created),
            "updated": _by_kind(self.updated),
            "closed": _by_kind(self.closed),
            "reopened": _by_kind(self.reopened),
        }

    def lines(self) -> list[str]:
        """The same in French, for whoever started the import by hand."""
        read = (
            f"{self.formations} formations, {self.actions} actions (dont {self.region} financées "
            f"par la Région), {self.sessions} sessions (dont {self.sessions_region}), "
            f"{self.refused} lignes refusées."
        )
        changes = [
            ("Nouvelles", self.created),
            ("Modifiées", self.updated),
            ("Fermées", self.closed),
            ("Rouvertes", self.reopened),
        ]
        lines = [read]
        for word, counts in changes:
            told = ", ".join(f"{counts[kind]} {kind}" for kind in (*KINDS, BLOCKS) if counts[kind])
            lines.append(f"{word} : {told or 'aucune'}.")
        if self.unknown_occupations:
            codes = ", ".join(sorted(self.unknown_occupations))
            lines.append(f"Codes ROME inconnus, mis de côté : {codes}.")
        if self.unknown_places:
            lines.append(f"Actions sans lieu connu : {self.unknown_places}.")
        return lines


def _by_kind(counts: Counter[str]) -> dict[str, int]:
    kinds = (*KINDS, BLOCKS) if counts[BLOCKS] else KINDS
    return {kind: counts[kind] for kind in kinds}
