"""What a group of boxes or a list proposes, ticked as asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Option:
    name: str
    value: str
    label: str
    is_chosen: bool


def some(name: str, labels: Mapping[Any, str], chosen: object) -> list[Option]:
    asked = {str(each) for each in chosen} if isinstance(chosen, tuple) else {str(chosen)}
    return [Option(name, str(value), label, str(value) in asked) for value, label in labels.items()]
