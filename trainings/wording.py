"""A session, a training and its hours, as one says them."""

import datetime as dt
from typing import Any

from django.utils import timezone

from core import french
from trainings.models.trainings import LEVELS

SHORT_LEVELS = {
    1: "niveau 1",
    2: "niveau 2",
    3: "CAP ou BEP",
    4: "bac",
    5: "bac + 2",
    6: "bac + 3",
    7: "bac + 5",
}


def start_said(starts_on: dt.date | None, *, in_month: bool = False, permanent: bool = False) -> str:
    """« 4 janvier », « février 2027 », « Entrée toute l’année »."""
    if starts_on is None or starts_on <= timezone.localdate():
        return "Entrée toute l’année" if permanent or starts_on else "Date à préciser"
    return french.month(starts_on) if in_month else french.day(starts_on)


def seats_said(left: int | None) -> str:
    """« 3 places », « complet »; nothing when nobody told."""
    if left is None:
        return ""
    return french.counted(left, "place") if left else "complet"


def level_said(level: int | None) -> str:
    """« niveau CAP ou BEP »."""
    if not level:
        return ""
    said = SHORT_LEVELS.get(level, LEVELS.get(level, ""))
    return said if said.startswith("niveau") else f"niveau {said}"


def hours_said(total: int | None, in_company: int | None) -> str:
    """« 920 h, dont 210 h en entreprise »."""
    if not total:
        return ""
    said = f"{french.figure(total)}\N{NO-BREAK SPACE}h"
    if in_company:
        said += f", dont {french.figure(in_company)}\N{NO-BREAK SPACE}h en entreprise"
    return said


def fact(text: str, kind: str = "") -> dict[str, Any]:
    return {"text": text, "kind": kind}
