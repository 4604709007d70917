"""What somebody has shown that they can do, and what is left to learn: never a figure about a person.

An occupation's skills (its grid) − those that a tutor has seen done without help = what is left → the blocks
that teach it → the sessions of their trainings, the nearest first. Five queries, whatever there is.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db.models import Exists, OuterRef, Q

from commitments.gaps.models import TaughtSkill
from commitments.projects.choice import seats_words
from core import french
from immersions.applications.models import Application
from immersions.stays.grids import grid_of
from immersions.stays.models import Level, Observation, Side
from immersions.stays.workflow import ReportStatus
from territories.models import Occupation
from territories.travel import Travel, travel_in
from trainings.models import Session, SkillBlock, TrainingBlock, TrainingOccupation

SESSIONS, READ = 3, 200
SAID = {
    Level.ALONE: "Fait sans aide",
    Level.WITH_HELP: "Déjà fait, avec de l’aide",
    Level.DISCOVERED: "Déjà découvert",
    Level.NOT_SEEN: "Pas encore vu",
}


@dataclass(frozen=True, slots=True)
class Skill:
    """One line of the grid, and what a tutor has seen of it."""

    text: str
    said: str


@dataclass(frozen=True, slots=True)
class Way:
    """A session that teaches a block."""

    session: Session
    where: str
    seats: str
    travel: str
    is_one_block: bool
    leads_here: bool


@dataclass(slots=True)
class Block:
    """A block, which of the missing skills it teaches, and where."""

    block: SkillBlock
    skills: list[str] = field(default_factory=list)
    ways: list[Way] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Gap:
    known: list[Skill]
    to_learn: list[Skill]
    blocks: list[Block]
    elsewhere: list[str]
    """What no block of ours teaches: on the job, or ask."""
    is_observed: bool


def gap_of(application: Application, *, for_company: bool = False) -> Gap:
    """For the person and their advisor: all that tutors of this trade attested. For a company: what its own
    attestation shows, and no session, which would say where the person lives.
    """
    occupation = application.offer.occupation
    seen = _seen(application, occupation, only_here=for_company)
    grid = grid_of(application.offer.occupation_id)
    skills = list(dict.fromkeys([*grid, *(skill for skill, level in seen.items() if level == Level.ALONE)]))
    levels = {skill: Level(seen.get(skill, Level.NOT_SEEN)) for skill in skills}
    missing = [skill for skill in skills if levels[skill] != Level.ALONE]
    blocks = _blocks(occupation, missing) if occupation and missing else []
    if blocks and occupation and not for_company:
        _add_ways(blocks, application, occupation)
    taught = {skill for block in blocks for skill in block.skills}
    return Gap(
        known=[Skill(skill, SAID[Level.ALONE]) for skill in skills if levels[skill] == Level.ALONE],
        to_learn=[Skill(skill, SAID[levels[skill]]) for skill in missing],
        blocks=blocks,
        elsewhere=[skill for skill in missing if skill not in taught],
        is_observed=bool(seen),
    )


def _seen(application: Application, occupation: Occupation | None, *, only_here: bool) -> dict[str, int]:
    """The best that a tutor attested of each skill, in this immersion and in the others of this trade."""
    which = Q(report__application=application)
    if occupation and not only_here:
        trade = Occupation.objects.same_trade(occupation)
        which |= Q(
            report__application__candidate=application.candidate_id,
            report__application__offer__occupation__in=trade,
        )
    rows = Observation.objects.filter(
        which,
        report__side=Side.COMPANY,
        report__status=ReportStatus.GIVEN,
        report__application__attestation__isnull=False,
    )
    seen: dict[str, int] = {}
    for skill, level in rows.order_by("order", "pk").values_list("skill", "level"):
        seen[skill] = max(level, seen.get(skill, level))
    return seen


def _blocks(occupation: Occupation, missing: Iterable[str]) -> list[Block]:
    links = TaughtSkill.objects.filter(occupation=occupation, skill__in=missing).select_related("block")
    blocks: dict[int, Block] = {}
    for link in links.order_by("block__code", "pk"):
        blocks.setdefault(link.block_id, Block(link.block)).skills.append(link.skill)
    return list(blocks.values())


def _add_ways(blocks: list[Block], application: Application, occupation: Occupation) -> None:
    """The nearest sessions of each block, then the next to start; one training may teach several."""
    home = application.candidate.commune or application.offer.commune
    leads = TrainingOccupation.objects.filter(
        training=OuterRef("action__training"), occupation__in=Occupation.objects.same_trade(occupation)
    )
    found = Session.objects.bookable_for_pledge().teaching(*(it.block for it in blocks))
    found = found.for_offer_page().select_related("seats").annotate(leads_here=Exists(leads))
    sessions: list[Any] = list(found.with_distance(home.x, home.y)[:READ])
    taught: dict[int, set[int]] = defaultdict(set)
    trainings = {it.action.training_id for it in sessions}
    for training, block in TrainingBlock.objects.filter(training__in=trainings).values_list(
        "training", "block"
    ):
        taught[training].add(block)
    travel = travel_in(home.department_id)
    for it in blocks:
        teaching = (session for session in sessions if it.block.pk in taught[session.action.training_id])
        it.ways = [_way(each, taught[each.action.training_id], travel) for each in islice(teaching, SESSIONS)]


def _way(session: Any, taught: set[int], travel: Travel) -> Way:
    km = session.distance_km
    where = [session.action.town, french.kilometres(km) if km is not None else ""]
    return Way(
        session=session,
        where=", ".join(filter(None, where)),
        seats=seats_words(session),
        travel=travel.words(km),
        is_one_block=len(taught) == 1,
        leads_here=session.leads_here,
    )
