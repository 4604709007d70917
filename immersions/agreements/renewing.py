"""An agreement that renews another one: same object, same objectives, other days."""

import re
from typing import Any

from core import french
from immersions.agreements.models import Agreement, Party
from immersions.agreements.period import first_day_of, last_day_of
from immersions.agreements.steps import HOURS
from immersions.agreements.workflow import AgreementStatus
from immersions.applications.models import Application

AN_HOUR = re.compile(r"\d{4}-\d{2}-\d{2}_\d")


def renewed_by(application: Application) -> Agreement | None:
    """The one that was validated here for the first days; None when it was made elsewhere."""
    if application.renews_id is None:
        return None
    validated = Agreement.objects.filter(application=application.renews_id, status=AgreementStatus.VALIDATED)
    return validated.for_page().last()


def words_kept(application: Application) -> dict[str, dict[str, Any]]:
    """What each party had written, but the hours: they are for other days."""
    before = renewed_by(application)
    if before is None:
        return {}
    return {party: _without_hours(before.data_of(party)) for party in (Party.CANDIDATE, Party.COMPANY)}


def _without_hours(data: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in data.items() if not AN_HOUR.fullmatch(name) and name != "why"}
    return {**kept, "steps": [step for step in data.get("steps", []) if step != HOURS.slug]}


def lines_of(application: Application) -> list[list[str]]:
    """What the text says of it, in the section of the dates."""
    if application.renews_id is None:
        return []
    return [
        ["Renouvelle", f"{_said(application)}, dont les objectifs ne sont pas atteints"],
        ["Ce qui reste à atteindre", application.why],
    ]


def _said(application: Application) -> str:
    before = renewed_by(application)
    if before is None or before.version is None:
        elsewhere = getattr(application.renews, "external_agreement", None)
        number = f" (Immersion Facilitée, numéro {elsewhere.number})" if elsewhere else ""
        return f"la convention de la première immersion{number}"
    days = (french.day(day, year=True) for day in (first_day_of(before), last_day_of(before)))
    return f"la convention {before.version.code}, du {' au '.join(days)}"
