"""A path as one reads it: its lines, the next step, whom to call, its papers."""

from dataclasses import dataclass
from typing import Any

from accounts.roles import ADVISOR, CANDIDATE, COMPANY, ORGANISATION
from candidates.models import Candidate
from candidates.structures.models import Following
from commitments.parcours import from_projects, from_trainings, lines
from commitments.parcours.actions import HAS_A_SPONSOR
from commitments.parcours.lines import Document, Kind, Line, Path
from commitments.parcours.sight import Sight
from commitments.projects.showing import NOBODY

BASES = {
    CANDIDATE: "spaces/candidate_base.html",
    COMPANY: "spaces/company_base.html",
    ADVISOR: "spaces/advisor_base.html",
    ORGANISATION: "spaces/organisation_base.html",
}
WORDS = {"done": "fait", "now": "maintenant", "next": "à venir"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A line as this reader may read it."""

    line: Line
    detail: str
    documents: list[Document]
    page: str

    @property
    def word(self) -> str:
        return WORDS[self.line.state]


@dataclass(frozen=True, slots=True)
class Person:
    """Whom one may call, and where."""

    role: str
    name: str
    where: str = ""
    contact: str = ""


def page_of(candidate: Candidate, sight: Sight) -> dict[str, Any]:
    path = Path(candidate)
    is_candidate = sight.role == CANDIDATE
    mine = [
        line.to_the_person() if is_candidate else line
        for line in lines.lines_of(path)
        if sight.may_read(line)
    ]
    shown = [_shown(line, sight) for line in mine]
    sponsored = _sponsored(path, sight)
    return {
        "candidate": candidate,
        "full_name": candidate.user.get_full_name()
        or (candidate.user.email if candidate.user.is_active else NOBODY),
        "sight": sight,
        "is_candidate": is_candidate,
        "base": BASES.get(sight.role, "base.html"),
        "next": lines.next_of(mine),
        "to_come": [it for it in shown if it.line.is_open],
        "done": [it for it in shown if not it.line.is_open],
        "people": _people(path, sight),
        "sponsored": sponsored,
        "may_name_sponsor": bool(sponsored) and bool(sight.roles & {COMPANY, ADVISOR}),
    }


def _shown(line: Line, sight: Sight) -> Shown:
    words = [line.detail, line.private if sight.may_read_private(line) else ""]
    papers = [it for it in line.documents if sight.may_open(it, line)]
    page = line.page if sight.role == CANDIDATE else ""
    return Shown(line, ". ".join(word for word in words if word), papers, page)


def _sponsored(path: Path, sight: Sight) -> Any:
    """The project whose sponsor is shown: the last one that is going on, if it is the reader's too."""
    for it in reversed(from_projects.commitments_of(path)):
        line = Line(kind=Kind.PROMISE, when=it.proposed_on, what="", company=it.company_id)
        if it.status in HAS_A_SPONSOR and sight.roles_for(line) & {CANDIDATE, COMPANY, ADVISOR}:
            return it
    return None


def _people(path: Path, sight: Sight) -> list[Person]:
    """The parties of the path, each in a place that the reader may read."""
    people: dict[tuple[str, Any], Person] = {}
    for it in from_projects.commitments_of(path):
        line = Line(
            kind=Kind.PROMISE, when=it.proposed_on, what="", company=it.company_id, organisation=_trainer(it)
        )
        if sight.may_read(line):
            who = Person("Entreprise", it.company.name, it.promise.place)
            people.setdefault(("company", it.company_id), who)
    for seat in from_trainings.seats_of(path):
        company = seat.commitment.company_id if seat.commitment else None
        org = seat.organisation
        line = Line(kind=Kind.SEAT, when=seat.requested_on, what="", company=company, organisation=org.pk)
        if sight.may_read(line):
            action = seat.session.action
            who = Person("Organisme de formation", org.name, action.town or "", org.phone or org.email)
            people.setdefault(("organisation", org.pk), who)
    if sight.roles & {CANDIDATE, ADVISOR, ORGANISATION}:
        for person in _advisors(path.candidate):
            people.setdefault(("advisor", 0), person)
    return list(people.values())


def _trainer(it: Any) -> int | None:
    session = it.pledge.session
    return session.action.training.organisation_id if session and it.sealed_on else None


def _advisors(candidate: Candidate) -> list[Person]:
    followed = Following.objects.filter(candidate=candidate).followed().for_list()[:1]
    return [
        Person(
            "Accompagnement",
            ", ".join(filter(None, [it.advisor.get_full_name() if it.advisor else "", it.structure.name])),
            f"{it.structure.address}, {it.structure.postcode} {it.structure.commune.name}".strip(", "),
            it.structure.phone or it.structure.email,
        )
        for it in followed
    ]
