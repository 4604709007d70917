"""One trade, as its page shows it."""

from typing import Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q
from django.db.models.functions import JSONObject

from immersions.stays.grids import shipped_grid
from immersions.stays.models import GridSkill
from territories.models import Occupation, OccupationTask, OccupationTension, OccupationTitle
from territories.occupations import related
from territories.tension import Tension, told

TITLES = 12


class Trade:
    """Read in one query: the occupation, its tasks, its other names, its grid, its tension."""

    def __init__(self, occupation: Any) -> None:
        self.occupation = occupation
        self.tasks: list[str] = occupation.read_tasks
        self.titles: list[str] = occupation.read_titles
        self.skills = tuple(occupation.read_grid) or shipped_grid(occupation.code)

    @classmethod
    def find(cls, code: str) -> Self | None:
        mine = {"occupation": OuterRef("pk")}
        of_either = Q(code=OuterRef("pk")) | Q(code=OuterRef("parent_code"))
        found = (
            Occupation.objects.select_related("family")
            .annotate(
                read_tasks=ArraySubquery(
                    OccupationTask.objects.filter(**mine).order_by("order", "pk").values("text")
                ),
                read_titles=ArraySubquery(
                    OccupationTitle.objects.filter(**mine).order_by("label").values("label")[:TITLES]
                ),
                read_grid=ArraySubquery(
                    GridSkill.objects.filter(**mine).order_by("order", "pk").values("text")
                ),
                read_tension=ArraySubquery(
                    OccupationTension.objects.filter(of_either).values(
                        json=JSONObject(
                            code=F("code"),
                            tense_areas=F("tense_areas"),
                            areas=F("areas"),
                            year=F("year"),
                            source=F("source"),
                        )
                    )
                ),
            )
            .filter(pk=code)
            .first()
        )
        return cls(found) if found else None

    @property
    def tension(self) -> Tension | None:
        """By its own code, else by its parent's."""
        rows = [OccupationTension(**row) for row in self.occupation.read_tension]
        rows.sort(key=lambda row: row.code != self.occupation.code)
        return next((told(row) for row in rows if row.is_tense), None)

    def related(self) -> list[Occupation]:
        return related(self.occupation)

    @property
    def description(self) -> str:
        return self.occupation.definition or " ; ".join(self.tasks) or self.occupation.title

    def json_ld(self, url: str) -> dict[str, Any]:
        found = {
            "@context": "https://schema.org",
            "@type": "Occupation",
            "name": self.occupation.title,
            "description": self.description,
            "url": url,
            "occupationalCategory": {
                "@type": "CategoryCode",
                "codeValue": self.occupation.code,
                "inCodeSet": "ROME 4.0",
            },
        }
        if self.skills:
            found["skills"] = list(self.skills)
        if self.tasks:
            found["responsibilities"] = self.tasks
        return found
