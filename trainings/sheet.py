"""The page of one training, as far as this room knows: what, where, when, for whom, what it takes."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils.html import strip_tags
from django.utils.text import Truncator

from core import french
from territories.geo import Place, distance_km
from territories.models import Occupation
from trainings import wording
from trainings.models import (
    Session,
    SkillBlock,
    TargetPublic,
    Training,
    TrainingAction,
    TrainingBlock,
    TrainingOccupation,
)
from trainings.models.actions import FUNDERS, REGION, TeachingMode

SESSIONS, STARTS = 120, 6
MODES = {
    TeachingMode.ON_SITE: "https://schema.org/Onsite",
    TeachingMode.MIXED: "https://schema.org/Blended",
    TeachingMode.REMOTE: "https://schema.org/Online",
}
REGISTER = {
    "RNCP": "https://www.francecompetences.fr/recherche/rncp/",
    "RS": "https://www.francecompetences.fr/recherche/rs/",
}


@dataclass(frozen=True, slots=True)
class Start:
    """One session, as a line: when, until when, how many seats."""

    session: Session
    label: str
    until: str
    seats: str
    kind: str


@dataclass(frozen=True, slots=True)
class GivenAt:
    """One place where it is given, and its sessions to come."""

    action: TrainingAction
    town: str
    distance: str
    starts: list[Start]
    more: int


class TrainingSheet:
    """Read in two queries: the training with its trades and its blocks, then its sessions to come."""

    def __init__(self, training: Any, place: Place | None = None) -> None:
        self.training, self.place = training, place
        self.blocks = [SkillBlock(**row) for row in training.read_blocks]
        self.occupations = [Occupation(**row) for row in training.read_trades]
        self.publics = [TargetPublic(**row) for row in training.read_publics]
        self.sessions = list(
            Session.objects.announced()
            .filter(action__training=training)
            .select_related("action__commune__department", "seats")
            .soonest_first()[:SESSIONS]
        )
        self.places = self.find_places()

    @classmethod
    def find(cls, pk: int, place: Place | None = None) -> Self | None:
        trades = TrainingOccupation.objects.filter(training=OuterRef("pk")).order_by("occupation__title")
        blocks = TrainingBlock.objects.filter(training=OuterRef("pk")).order_by("block__code")
        found = (
            Training.objects.select_related("organisation")
            .annotate(
                read_trades=ArraySubquery(
                    trades.values(
                        json=JSONObject(
                            code="occupation__code",
                            title="occupation__title",
                            slug="occupation__slug",
                            parent_code="occupation__parent_code",
                        )
                    )
                ),
                read_publics=ArraySubquery(  # A short list: all that have a name.
                    TargetPublic.objects.named().values(
                        json=JSONObject(code="code", name="name", is_priority="is_priority")
                    )
                ),
                read_blocks=ArraySubquery(
                    blocks.values(json=JSONObject(code="block__code", title="block__title"))
                ),
            )
            .filter(pk=pk)
            .first()
        )
        return cls(found, place) if found else None

    # --- Where and when ------------------------------------------------------------------------
    def find_places(self) -> list[GivenAt]:
        """The nearest first from where one lives, else the next to begin."""
        by_action: dict[int, list[Session]] = defaultdict(list)
        for session in self.sessions:
            by_action[session.action_id].append(session)
        groups = list(by_action.values())
        if self.place:
            groups.sort(key=lambda sessions: self.km(sessions[0].action))
        return [self.given_at(sessions) for sessions in groups]

    def km(self, action: TrainingAction) -> float:
        if self.place is None or action.x is None or action.y is None:
            return float("inf")
        return distance_km(self.place.xy, (action.x, action.y))

    def given_at(self, sessions: list[Session]) -> GivenAt:
        action = sessions[0].action
        is_placed = self.place is not None and action.x is not None
        km = self.km(action) if is_placed else 0.0
        about = (
            "environ " if is_placed and km >= 1 and (action.is_approximate or self.place.approximate) else ""
        )
        return GivenAt(
            action=action,
            town=action.commune.name if action.commune else action.town,
            distance=about + french.kilometres(km) if is_placed else "",
            starts=[start(session) for session in sessions[:STARTS]],
            more=max(len(sessions) - STARTS, 0),
        )

    @property
    def main(self) -> GivenAt | None:
        return self.places[0] if self.places else None

    @property
    def towns(self) -> str:
        return ", ".join(dict.fromkeys(each.town for each in self.places if each.town))

    # --- What ------------------------------------------------------------------------------------
    @property
    def is_closed(self) -> bool:
        return self.training.closed_at is not None

    @property
    def is_region_funded(self) -> bool:
        return any(each.action.is_region_funded for each in self.places)

    @property
    def funders(self) -> str:
        labels = [label for each in self.places for label in each.action.funder_labels]
        said = ("La Région" if label == FUNDERS[REGION] else label for label in dict.fromkeys(labels))
        return ", ".join(said)

    @property
    def facts(self) -> list[dict[str, str]]:
        training = self.training
        facts = [wording.fact("Payée par la Région", "good")] if self.is_region_funded else []
        if level := wording.level_said(training.level_out):
            facts.append(wording.fact(level[:1].upper() + level[1:]))
        if hours := wording.hours_said(training.hours_total, training.hours_in_company):
            facts.append(wording.fact(hours))
        if len(self.blocks) == 1:
            facts.append(wording.fact("Un seul bloc de compétences"))
        return facts

    @property
    def length(self) -> str:
        """« 6 mois », of its next dated session."""
        dated = [each for each in self.sessions if each.starts_on and each.ends_on]
        dated = [each for each in dated if not each.action.has_permanent_entry]
        return french.length(dated[0].starts_on, dated[0].ends_on) if dated else ""

    @property
    def entry(self) -> list[str]:
        """What the person needs: the level asked, then the conditions of each place, each once."""
        level = self.training.level_in
        said = []
        if level is not None:
            asked = f"Un diplôme de {wording.level_said(level)}." if level else "Aucun diplôme demandé."
            said.append(asked)
        for each in self.places:
            said += each.action.conditions.splitlines()
        return list(dict.fromkeys(line for line in said if line))

    @property
    def for_whom(self) -> list[str]:
        """Whom the catalogue names, the priority ones first; then its own words, each once."""
        codes = {code for each in self.places for code in each.action.publics}
        named = [it for it in self.publics if it.code in codes]
        said = [f"En priorité : {it.name}" for it in named if it.is_priority]
        said += [it.name for it in named if not it.is_priority]
        for each in self.places:
            said += [*each.action.public_details.splitlines(), each.action.disability_access]
        return list(dict.fromkeys(line for line in said if line))

    @property
    def costs(self) -> str:
        """On what terms the fees may be paid for somebody whom the Region does not pay for."""
        actions = [each.action for each in self.places]
        details = [line for it in actions for line in it.costs_details.splitlines()]
        may = any(it.costs_may_be_covered for it in actions)
        said = ["Une prise en charge des frais est possible : demandez à l’organisme."] if may else []
        return " ".join(dict.fromkeys(said + details))

    @property
    def practical(self) -> list[tuple[str, str]]:
        """Only what is known."""
        training, action = self.training, self.main.action if self.main else None
        hours = [("en centre", training.hours_in_centre), ("en entreprise", training.hours_in_company)]
        parts = [f"{french.figure(count)}\N{NO-BREAK SPACE}h {where}" for where, count in hours if count]
        known = [
            ("Durée", ", ".join(filter(None, [self.length, *parts]))),
            ("Rythme", action.pace if action else ""),
            ("Enseignement", action.get_teaching_mode_display() if action else ""),
            ("Qui paie", self.funders),
            ("Frais", self.costs),
            ("Organisme", training.organisation.name),
            ("Téléphone", (action.phone if action else "") or training.organisation.phone),
        ]
        return [(name, text) for name, text in known if text]

    @property
    def level(self) -> str:
        return wording.level_said(self.training.level_out)

    @property
    def certification_url(self) -> str:
        """The national register's own page of this certification."""
        for prefix, code in (("RNCP", self.training.rncp_code), ("RS", self.training.rs_code)):
            if code:
                return f"{REGISTER[prefix]}{code.removeprefix(prefix)}/"
        return ""

    @property
    def description(self) -> str:
        text = self.training.objective or strip_tags(self.training.content)
        return Truncator(" ".join(text.split())).chars(300)

    # --- For search engines ------------------------------------------------------------------------
    def json_ld(self, url: str) -> dict[str, Any]:
        training = self.training
        course = {
            "@context": "https://schema.org",
            "@type": "Course",
            "name": training.title,
            "description": self.description or training.title,
            "url": url,
            "inLanguage": "fr",
            "provider": {"@type": "Organization", "name": training.organisation.name},
            "hasCourseInstance": [instance(each) for each in self.sessions[:STARTS]],
        }
        if training.certification_title:
            course["educationalCredentialAwarded"] = training.certification_title
        if self.is_region_funded:
            course["isAccessibleForFree"] = True
        if self.blocks:
            course["teaches"] = [block.title for block in self.blocks]
        return course


def start(session: Session) -> Start:
    action = session.action
    said = wording.start_said(
        session.starts_on, in_month=session.is_start_in_month, permanent=action.has_permanent_entry
    )
    label = said[:1].upper() + said[1:]
    if session.ends_on and not session.is_end_in_month and not action.has_permanent_entry:
        until = f"jusqu’au {french.day(session.ends_on)}"
    else:
        until = ""
    seats, kind = seats_of(session)
    return Start(session=session, label=label, until=until, seats=seats, kind=kind)


def seats_of(session: Session) -> tuple[str, str]:
    """How many seats, said as it is; and whether one may still enter."""
    if session.status == Session.Status.CLOSED:
        return "Inscriptions closes", "bad"
    if session.status == Session.Status.SUSPENDED:
        return "Inscriptions suspendues", "due"
    left = session.free_seats
    if left is None:
        return "Places non précisées : demandez à l’organisme", ""
    if not left:
        return "Complet", "bad"
    return french.counted(left, "place") + (" libre" if left == 1 else " libres"), "good"


def instance(session: Session) -> dict[str, Any]:
    action = session.action
    found: dict[str, Any] = {
        "@type": "CourseInstance",
        "courseMode": MODES[TeachingMode(action.teaching_mode)],
    }
    if session.starts_on:
        found["startDate"] = session.starts_on.isoformat()
    if session.ends_on:
        found["endDate"] = session.ends_on.isoformat()
    town = action.commune.name if action.commune else action.town
    if town:
        address = {"@type": "PostalAddress", "addressLocality": town, "addressCountry": "FR"}
        found["location"] = {"@type": "Place", "name": action.place_name or town, "address": address}
    if action.is_region_funded or REGION in action.funders:
        found["offers"] = {"@type": "Offer", "price": 0, "priceCurrency": "EUR", "category": "Free"}
    return found
