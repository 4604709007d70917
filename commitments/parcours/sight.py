"""Who reads a path, and which of its lines: the only place that decides."""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import JSONObject

from accounts.models import User
from accounts.roles import ADVISOR, AGENT, CANDIDATE, COMPANY, ORGANISATION
from accounts.second_factor import is_missing
from candidates.models import Candidate
from candidates.structures.models import Following, SupportStructure
from candidates.structures.workflow import LIVE as STILL
from commitments.parcours.lines import Document, Kind, Line
from commitments.parcours.models import PathShare, ReaderRole
from commitments.projects.models import Commitment
from commitments.seats.models import SeatRequest
from commitments.seats.workflow import LIVE, SeatStatus
from companies.models import Company
from immersions.applications.models import Application
from immersions.applications.workflow import NOT_IN_VAIN, ApplicationStatus
from territories.agents import departments_of
from trainings.models import TrainingOrganisation

PARTNER = str(ReaderRole.PARTNER)

# Which line is read by whom. A company and an organisation read their own lines only (`is_theirs`);
# an advisor, those of the people whom they accompany; an agent, those of their territory; a partner,
# what the person chose to share, without papers nor anything private.
ALL = (CANDIDATE, COMPANY, ORGANISATION, ADVISOR, AGENT, PARTNER)
SEEN_BY: dict[Kind, tuple[str, ...]] = {
    Kind.APPLICATION: (CANDIDATE, COMPANY, ADVISOR, AGENT),
    Kind.IMMERSION: (CANDIDATE, COMPANY, ADVISOR, AGENT, PARTNER),
    Kind.AGREEMENT: (CANDIDATE, COMPANY, ADVISOR, AGENT, PARTNER),
    Kind.REPORT: (CANDIDATE, COMPANY, ADVISOR, AGENT),
    Kind.PROJECT: (CANDIDATE, COMPANY, ADVISOR, AGENT),
    Kind.PROMISE: ALL,
    Kind.SEAT: ALL,
    Kind.TRAINING: ALL,
    Kind.ABSENCE: (CANDIDATE, COMPANY, ORGANISATION, ADVISOR, AGENT),
    Kind.CHECK_IN_PERSON: (CANDIDATE, ADVISOR, AGENT),
    Kind.CHECK_IN_COMPANY: (COMPANY, ADVISOR, AGENT),
    Kind.INTERNSHIP: ALL,
    Kind.CONTRACT: (CANDIDATE, COMPANY, ADVISOR, AGENT, PARTNER),
    Kind.FOLLOW_UP: (CANDIDATE, ADVISOR, AGENT),
    Kind.FOLLOW_UP_COMPANY: (CANDIDATE, COMPANY, ADVISOR, AGENT),
}
READS_PRIVATE = (CANDIDATE, ORGANISATION, ADVISOR, AGENT)
HELD = [it for it in NOT_IN_VAIN if it != ApplicationStatus.SUBMITTED]  # A place was given.
IN_TRAINING = (*LIVE, SeatStatus.FINISHED, SeatStatus.LEFT)


@dataclass(frozen=True, slots=True)
class Sight:
    """In which roles somebody reads this path, and for whom. One account may have several."""

    roles: frozenset[str] = frozenset()
    companies: frozenset[int] = frozenset()
    organisations: frozenset[int] = frozenset()
    structures: frozenset[int] = frozenset()
    reads_for: str = ""

    @property
    def role(self) -> str:
        """The one in which the reading is noted: the nearest to the person."""
        order = (CANDIDATE, ADVISOR, COMPANY, ORGANISATION, PARTNER, AGENT)
        return next((it for it in order if it in self.roles), "")

    def roles_for(self, line: Line) -> set[str]:
        """In which of one's roles this line may be read."""
        return {role for role in self.roles if role in SEEN_BY[line.kind] and self._is_theirs(role, line)}

    def may_read(self, line: Line) -> bool:
        return bool(self.roles_for(line))

    def may_read_private(self, line: Line) -> bool:
        return bool(self.roles_for(line).intersection(READS_PRIVATE))

    def may_open(self, document: Document, line: Line) -> bool:
        roles = self.roles_for(line).intersection(document.seen_by)
        if roles == {ADVISOR} and document.structure is not None:
            return document.structure in self.structures
        return bool(roles)

    def _is_theirs(self, role: str, line: Line) -> bool:
        if role == COMPANY:
            return line.company in self.companies
        if role == ORGANISATION:
            return line.organisation in self.organisations
        return True


def sight_of(candidate: Candidate, user: User) -> Sight | None:
    """In one query. None: for this person, the page does not exist."""
    if candidate.user_id == user.pk:
        return Sight(roles=frozenset({CANDIDATE}))
    found = Candidate.objects.filter(pk=candidate.pk).values(
        companies=ArraySubquery(_companies(user).values(json=_named())),
        organisations=ArraySubquery(_organisations(user).values(json=_named())),
        structures=ArraySubquery(SupportStructure.objects.trusting(user).values("pk")),
        advised_for=ArraySubquery(_followings(user).values("structure__name")),
        shared_with=ArraySubquery(
            PathShare.objects.given_to(user)
            .filter(candidate=OuterRef("pk"))
            .order_by("pk")
            .values("organisation__name")
        ),
        is_watched=Exists(_watched(user).filter(pk=OuterRef("pk"))),
    )
    return _sight(dict(found.get()))


def _sight(found: dict[str, Any]) -> Sight | None:
    names = {
        ADVISOR: found["advised_for"],
        COMPANY: [it["name"] for it in found["companies"]],
        ORGANISATION: [it["name"] for it in found["organisations"]],
        PARTNER: found["shared_with"],
        AGENT: ["Région"] if found["is_watched"] else [],
    }
    roles = {role: words[0] for role, words in names.items() if words}
    if not roles:
        return None
    sight = Sight(
        roles=frozenset(roles),
        companies=frozenset(it["pk"] for it in found["companies"]),
        organisations=frozenset(it["pk"] for it in found["organisations"]),
        structures=frozenset(found["structures"]),
    )
    return Sight(
        roles=sight.roles,
        companies=sight.companies,
        organisations=sight.organisations,
        structures=sight.structures,
        reads_for=roles[sight.role],
    )


def _named() -> JSONObject:
    return JSONObject(pk=F("pk"), name=F("name"))


def _companies(user: User) -> Any:
    """A place was given, or a project was opened: an application sent is read on its own page."""
    person = OuterRef(OuterRef("pk"))
    held = Application.objects.filter(offer__company=OuterRef("pk"), candidate=person, status__in=HELD)
    opened = Commitment.objects.filter(company=OuterRef("pk"), candidate=person)
    return Company.objects.trusting(user).filter(Exists(held) | Exists(opened)).order_by("name", "pk")


def _organisations(user: User) -> Any:
    """A seat is asked for or was had; one that was refused or taken back opens nothing more."""
    asked = SeatRequest.objects.filter(
        candidate=OuterRef(OuterRef("pk")),
        status__in=IN_TRAINING,
        session__action__training__organisation=OuterRef("pk"),
    )
    return TrainingOrganisation.objects.trusting(user).filter(Exists(asked)).order_by("name", "pk")


def _followings(user: User) -> Any:
    """Accompanied, by a yes: who only asked is not yet read."""
    return Following.objects.seen_by(user).followed().filter(candidate=OuterRef("pk")).order_by("pk")


def _watched(user: User) -> Any:
    """Where the person lives, or tries a job; with the same second factor as in the administration."""
    if not user.is_staff or is_missing(user):
        return Candidate.objects.none()
    departments = departments_of(user)
    there = Application.objects.filter(candidate=OuterRef("pk"), offer__commune__department__in=departments)
    return Candidate.objects.filter(Q(commune__department__in=departments) | Exists(there))


def organisations_in(candidate: Candidate) -> Any:
    """The legal entities that this path has met: those with whom it may be shared at once."""
    companies = Company.objects.filter(offers__applications__candidate=candidate).values("organisation")
    # Who accompanies the person reads it already; who did before may be chosen.
    left = Following.objects.filter(candidate=candidate, structure=OuterRef("pk")).exclude(status__in=STILL)
    structures = SupportStructure.objects.filter(Exists(left)).values("organisation")
    trainers = TrainingOrganisation.objects.filter(
        trainings__actions__sessions__seat_requests__candidate=candidate
    ).values("organisation")
    return Q(pk__in=companies) | Q(pk__in=structures) | Q(pk__in=trainers)
