"""Who accompanies whom: the person says it, the structure answers. One function per decision."""

import logging

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from accounts.models import User
from accounts.roles import ADVISOR, CANDIDATE
from candidates.models import Candidate
from candidates.structures import emails, turns
from candidates.structures.models import (
    BasinDefault,
    Following,
    NotFollowedReason,
    Origin,
    SupportStructure,
)
from candidates.structures.workflow import (
    ASK,
    END,
    FOLLOW,
    HAND_OVER,
    LAPSE,
    LEAVE,
    LIVE,
    NOT_FOLLOW,
    TRANSFER,
)
from core.outbox import Message, post
from core.rules import RuleBroken, constraints_speak
from core.workflow import SYSTEM, apply, check
from territories.actions import close_agent_task, open_agent_task
from territories.models import AgentTask

logger = logging.getLogger(__name__)

SILENT = "silent_structure"
NO_DEFAULT = "basin_without_structure"
CLOSED = "Cette structure n’accueille plus. Choisissez-en une autre."


# --- The person ----------------------------------------------------------------------------------
@transaction.atomic
def choose_structure(candidate: Candidate, structure: SupportStructure, *, by: User) -> Following:
    """« C’est elle qui m’accompagne. » Whoever was asked before is told."""
    return _turn_to(candidate, structure, by=by, origin=Origin.CHOSEN)


@transaction.atomic
def ask_default_structure(candidate: Candidate, *, by: User) -> Following | None:
    """« Personne, ou je ne sais pas. » None: no structure answers there yet, an agent is told."""
    structure = default_structure_of(candidate)
    if structure is None:
        _tell_agent_that_nobody_answers(candidate)
        return None
    return _turn_to(candidate, structure, by=by, origin=Origin.DEFAULT)


@transaction.atomic
def turn_to_default_structure(candidate: Candidate) -> Following | None:
    """Something of theirs waits for an advisor, and nobody was asked: the basin's structure is. None: it
    does not exist, or has answered already.
    """
    structure = default_structure_of(candidate)
    if structure is None:
        return None
    _hold(candidate)  # The person may be choosing theirs right now: it prevails.
    followings = Following.objects.filter(candidate=candidate)
    if followings.live().exists() or followings.filter(structure=structure).exists():
        return None
    return _turn_to(candidate, structure, by=None, origin=Origin.DEFAULT)


def default_structure_of(candidate: Candidate) -> SupportStructure | None:
    """The one that answers for the basin where the person lives."""
    if candidate.commune is None or candidate.commune.epci_id is None:
        return None
    defaults = BasinDefault.objects.filter(
        basin__epcis=candidate.commune.epci_id, structure__is_open=True
    ).select_related("structure__commune__department")
    first = defaults.order_by("basin__name", "pk").first()
    return first.structure if first else None


def _turn_to(candidate: Candidate, structure: SupportStructure, *, by: User | None, origin: str) -> Following:
    """By None: a date did, and only for who has nobody."""
    if by is not None and candidate.user_id != by.pk:
        raise PermissionDenied
    _hold(candidate)
    before = Following.objects.live().filter(candidate=candidate).for_list().first()
    if before and before.structure_id == structure.pk:
        return before
    if not structure.is_open:
        raise RuleBroken(CLOSED, code="closed")
    if before:
        before.lock()
        apply(LEAVE, before, role=CANDIDATE, by=by)
        _done_for_agents(before)
        _tell(*emails.left(before))
    role = SYSTEM if by is None else CANDIDATE
    following = _ask(candidate, structure, by=by, role=role, origin=origin)
    turns.tell_all(candidate, before=before.structure if before else None, after=structure, by=by)
    return following


def _hold(candidate: Candidate) -> None:
    turns.hold_all(candidate)
    Candidate.objects.select_for_update(of=("self",), no_key=True).get(pk=candidate.pk)


def _ask(
    candidate: Candidate,
    structure: SupportStructure,
    *,
    by: User | None,
    role: str,
    origin: str,
    came_from: Following | None = None,
) -> Following:
    following = Following(candidate=candidate, structure=structure, origin=origin, came_from=came_from)
    with constraints_speak(Following):
        following.save()
    following.record(ASK, role=role, by=by)
    if structure.confirmed_members().exists():
        _tell(*emails.asked(following))
    else:
        _tell(*emails.without_members(following))
        _tell_agent_of_silence(following, "Cette structure n’a encore aucun membre vérifié ici.")
    logger.info("structure asked", extra={"following": following.pk, "origin": origin})
    return following


# --- The structure -------------------------------------------------------------------------------
def _check_advisor(following: Following, by: User) -> None:
    """A confirmed member of the structure: deduced from the account, never from a form."""
    if not SupportStructure.objects.trusting(by).filter(pk=following.structure_id).exists():
        raise PermissionDenied


@transaction.atomic
def follow_person(following: Following, *, by: User) -> None:
    """« Oui, nous vous accompagnons. »"""
    _check_advisor(following, by)
    following.lock()
    check(FOLLOW, following, role=ADVISOR)
    following.advisor = by
    apply(FOLLOW, following, role=ADVISOR, by=by)
    _done_for_agents(following)
    _tell(emails.followed(following))


@transaction.atomic
def pass_person_on(following: Following, *, to: User, by: User, words: str = "") -> None:
    """« C’est pour toi. » To a colleague of the same structure: a request, or someone followed."""
    _check_advisor(following, by)
    following.lock()
    if following.status not in LIVE:
        said = following.get_status_display().lower()
        raise RuleBroken(f"« Confier à un collègue » n’est plus possible : {said}.", code="transition")
    if not following.structure.confirmed_members().filter(pk=to.pk).exists():
        raise RuleBroken("Choisissez un membre confirmé de votre structure.", code="colleague")
    if following.advisor_id == to.pk:
        raise RuleBroken("C’est déjà cette personne qui s’en occupe.", code="same")
    following.advisor = to
    following.save(update_fields=["advisor"])
    following.record(HAND_OVER, before=following.status, role=ADVISOR, by=by, note=words.strip())
    event = following.events.latest("pk")
    _tell(emails.passed_on(following, to, by=by, words=words.strip(), event=event.pk))


@transaction.atomic
def transfer_person(following: Following, *, to: SupportStructure, by: User, words: str = "") -> Following:
    """« C’est plutôt chez eux. » The other structure is asked at once."""
    _check_advisor(following, by)
    turns.hold_all(following.candidate)
    following.lock()
    check(TRANSFER, following, role=ADVISOR)
    if to.pk == following.structure_id:
        raise RuleBroken("Choisissez une autre structure que la vôtre.", code="same")
    if not to.is_open:
        raise RuleBroken(CLOSED, code="closed")
    apply(TRANSFER, following, role=ADVISOR, by=by, note=words.strip(), data={"to": to.pk})
    _done_for_agents(following)
    other = _ask(following.candidate, to, by=by, role=ADVISOR, origin=Origin.TRANSFER, came_from=following)
    turns.tell_all(following.candidate, before=following.structure, after=to, by=by)
    _tell(emails.transferred(following, other))
    return other


@transaction.atomic
def not_follow_person(following: Following, *, by: User, reason: str, how_to_register: str) -> None:
    """« Nous ne vous accompagnons pas : voici comment vous inscrire. »"""
    _check_advisor(following, by)
    following.lock()
    how_to_register = how_to_register.strip()
    if reason not in NotFollowedReason.values:
        raise RuleBroken("Choisissez une raison dans la liste.", code="reason")
    if not how_to_register:
        raise RuleBroken("Dites à la personne où s’inscrire, et comment.", code="how_to_register")
    check(NOT_FOLLOW, following, role=ADVISOR, note=reason)
    following.reason, following.how_to_register = reason, how_to_register
    said = NotFollowedReason(reason).label
    apply(NOT_FOLLOW, following, role=ADVISOR, by=by, note=f"{said} : {how_to_register}")
    _done_for_agents(following)
    _tell(emails.not_followed(following))


@transaction.atomic
def end_following(following: Following, *, by: User, words: str = "") -> None:
    """« Nous n’accompagnons plus cette personne. »"""
    _check_advisor(following, by)
    following.lock()
    apply(END, following, role=ADVISOR, by=by, note=words.strip())
    _tell(emails.ended(following))


# --- Time ----------------------------------------------------------------------------------------
@transaction.atomic
def lapse_following(following: Following) -> None:
    """Nobody answered: the person is told, and chooses again."""
    following.lock()
    apply(LAPSE, following, role=SYSTEM, by=None)
    _done_for_agents(following)
    _tell(emails.lapsed(following))


def escalate_following(following: Following) -> None:
    _tell_agent_of_silence(following, "Personne n’a répondu dans le délai.")


def _tell_agent_of_silence(following: Following, detail: str) -> None:
    structure = following.structure
    open_agent_task(
        SILENT,
        f"Joindre {structure.name} : une personne attend son accompagnement",
        key=f"following/{following.pk}/silent",
        url=reverse("admin:candidates_following_change", args=[following.pk]),
        detail=f"{detail} {structure.phone} {structure.email}".strip(),
        department=structure.commune.department,
        due_on=following.answer_due_on,
    )


def _tell_agent_that_nobody_answers(candidate: Candidate) -> None:
    commune = candidate.commune
    place = commune.name if commune else "une commune inconnue"
    open_agent_task(
        NO_DEFAULT,
        f"Trouver qui accompagne une personne de {place}",
        key=f"candidate/{candidate.pk}/no_structure",
        url=reverse("admin:candidates_candidate_change", args=[candidate.pk]),
        detail="Aucune structure par défaut pour ce bassin : choisissez-en une dans sa fiche.",
        department=commune.department if commune else None,
    )


def _done_for_agents(following: Following) -> None:
    """What an agent was asked to do happened by itself."""
    open_tasks = AgentTask.objects.open().filter(unique_key=f"following/{following.pk}/silent")
    for task in open_tasks:
        close_agent_task(task, by=None, outcome="La situation a changé.")


def _tell(*messages: Message) -> None:
    for message in messages:
        post(message)
