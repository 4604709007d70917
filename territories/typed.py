"""What someone typed to name a place, taken apart."""

import re
from dataclasses import dataclass
from typing import Self

from territories.text import plain

# What people write short. The commune's own name is written in full.
WRITTEN_SHORT = {"st": "saint", "ste": "sainte", "sts": "saints", "s": "sur", "ss": "sous", "lez": "les"}
DELIVERY = re.compile(r"\bcedex(?: \d{1,2})?\b")
POSTCODE = re.compile(r"^\d{5}$|^2[ab]\d{3}$")
DEPARTMENT = re.compile(r"^\d{2,3}$|^2[ab]$")
WAY = frozenset(
    "rue avenue av boulevard bd place pl chemin route rte impasse allee quai zone zi za zac cours square "
    "lotissement faubourg ruelle sentier lieu lieudit residence".split()
)


@dataclass(frozen=True, slots=True)
class Typed:
    """« 12 rue des Clercs, 57000 Metz » or « st-avold (57) »."""

    name: str = ""
    postcode: str = ""
    department: str = ""
    is_address: bool = False

    @classmethod
    def read(cls, text: str) -> Self:
        words = DELIVERY.sub("", plain(text)).split()
        codes = [word for word in words if POSTCODE.match(word)]
        rest = [word for word in words if word not in codes]
        department = ""
        if len(rest) > 1 and DEPARTMENT.match(rest[-1]):
            department = rest.pop()
        elif len(rest) == 1 and not codes and DEPARTMENT.match(rest[0]):
            return cls(department=rest[0].upper())
        return cls(
            name=" ".join(_in_full(rest)),
            postcode=codes[-1].upper() if codes else "",
            department=department.upper(),
            is_address=len(rest) > 1 and (rest[0].isdigit() or not WAY.isdisjoint(rest)),
        )

    @property
    def is_empty(self) -> bool:
        return not (self.name or self.postcode or self.department)

    def ends(self, longest: int = 7) -> list[str]:
        """The words one by one, two by two…: one of them may be a commune's name."""
        words = self.name.split()
        return [
            " ".join(words[start:end])
            for start in range(len(words))
            for end in range(start + 1, min(start + longest, len(words)) + 1)
        ]


def _in_full(words: list[str]) -> list[str]:
    """« ars s moselle » → « ars sur moselle »; an « s » that begins is somebody's initial."""
    return [WRITTEN_SHORT.get(word, word) if at or word != "s" else word for at, word in enumerate(words)]
