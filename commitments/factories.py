"""Projects for tests and demo data: as far along as one asks, the shortest lawful way."""

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from accounts.roles import CANDIDATE
from candidates.factories import FollowingFactory
from candidates.structures.models import Following
from commitments.projects import actions, ending, sign_actions, steps
from commitments.projects.first_words import MINIMUMS, WORDING
from commitments.projects.halves import LegalMinimum
from commitments.projects.models import Commitment
from commitments.projects.texts import PromiseWording
from core.models import OutgoingMessage
from core.signing.evidence import Evidence
from immersions.stays.factories import a_stay
from tests.remembered import remembered
from trainings.factories import SessionFactory

HALF = {
    steps.JOB: {
        "job_title": "Maçonne, maçon du bâti ancien",
        "place": "12 rue des Clercs, 57000 Metz",
        "contract": "cdi",
        "hours_weekly": Decimal(35),
        "pay_gross_monthly": Decimal(1950),
    },
    steps.CONTRACT: {},
    steps.CONDITIONS: {
        "conditions": ["completed", "certified"],
        "certification": "Titre professionnel maçon",
    },
    steps.SIGNATORY: {
        "carrier": "",
        "carrier_name": "",
        "carrier_siret": "",
        "signatory_name": "Jeanne Muller",
        "signatory_email": "jeanne.muller@pierre-et-chaux.example.org",
        "sponsor_name": "Paul Weber",
        "sponsor_contact": "06 11 22 33 44",
    },
}


def first_words() -> None:
    """What the migrations wrote, where a test emptied the tables."""
    if not PromiseWording.objects.published().exists():
        PromiseWording.objects.create(number=1, published_at=timezone.now(), **WORDING)
    for contract, day, hourly, source in MINIMUMS:
        LegalMinimum.objects.get_or_create(
            contract=contract,
            valid_from=dt.date.fromisoformat(day),
            defaults={"hourly_gross": Decimal(hourly), "source": source},
        )


def a_session_for(offer: Any, **options: Any) -> Any:
    return SessionFactory(action__training__leads_to=[offer.occupation], **options)


@remembered
def a_proposal(
    *,
    application: Any = None,
    session: Any = None,
    by: str = CANDIDATE,
    expires_in: int = actions.USUAL_DAYS,
    followed: bool = True,
    **options: Any,
) -> SimpleNamespace:
    """Proposed after a completed immersion: the project, its people, a session that it may name."""
    first_words()
    application = application or a_stay("completed", begins_in=-5, **options)
    offer, candidate = application.offer, application.candidate
    if followed and not Following.objects.live().filter(candidate=candidate).exists():
        FollowingFactory(candidate=candidate, followed=True)
    following = Following.objects.live().filter(candidate=candidate).first()
    world = SimpleNamespace(
        application=application,
        offer=offer,
        candidate=candidate.user,
        member=offer.company.confirmed_members().first(),
        advisor=following.structure.confirmed_members().first() if following else None,
        session=session or a_session_for(offer),
    )
    person = world.candidate if by == CANDIDATE else world.member
    expires_on = timezone.localdate() + dt.timedelta(days=expires_in)
    world.commitment = actions.propose_commitment(application, by=person, expires_on=expires_on)
    return world


def reread(commitment: Commitment) -> Commitment:
    return Commitment.objects.for_page().get(pk=commitment.pk)


def bare(commitment: Commitment) -> Commitment:
    """As an action needs it, which reads its rows again under its lock: a page's twenty joins cost more to plan."""
    return Commitment.objects.get(pk=commitment.pk)


def write(world: SimpleNamespace, **answers: Any) -> None:
    """The company's half."""
    latest = (world.session.ends_on or timezone.localdate() + dt.timedelta(days=300)) + dt.timedelta(days=30)
    for step, usual in HALF.items():
        said = {**usual, "starts_by": latest} if step is steps.CONTRACT else dict(usual)
        known = (*step.fields, *step.on_commitment)
        said |= {name: value for name, value in answers.items() if name in known}
        actions.write_promise(bare(world.commitment), step, said, by=world.member)


def choose(world: SimpleNamespace) -> None:
    """The candidate's half."""
    actions.choose_session(bare(world.commitment), world.session, by=world.candidate)


@remembered
def a_frozen_project(*, world: SimpleNamespace | None = None, **options: Any) -> SimpleNamespace:
    """Both may sign. `world` is proposed."""
    answers = options.pop("answers", {})
    world = world or a_proposal(**options)
    choose(world)
    write(world, **answers)
    world.commitment = reread(world.commitment)
    return world


def sign(world: SimpleNamespace, role: str) -> None:
    commitment = bare(world.commitment)
    seen = max(it.number for it in commitment.versions.all())
    by = world.candidate if role == CANDIDATE else world.member
    sign_actions.sign_commitment(
        commitment, by=by, seen=seen, evidence=Evidence(), is_entitled=role != CANDIDATE
    )
    world.commitment = reread(world.commitment)


def sign_from_link(world: SimpleNamespace) -> None:
    """The legal employer of a carried contract has no account: a link, then a code."""
    signatory = world.commitment.signatories.get(role="company")
    seen = max(it.number for it in world.commitment.versions.all())
    sign_actions.send_code(signatory, seen=seen)
    code = OutgoingMessage.objects.filter(kind="commitments/code").latest("pk").context["code"]
    sign_actions.sign_with_code(signatory, typed=code, seen=seen, evidence=Evidence(), is_entitled=True)
    world.commitment = reread(world.commitment)


MISSIONS = {  # What a temp agency promises.
    "contract": "interim",
    "months": 6,
    "within_months": 9,
    "fixed_term_reason": "increase",
    "carrier": "agency",
    "carrier_name": "Intérim de la Fensch",
    "carrier_siret": "73282932000074",
}


@remembered
def a_sealed_project(**options: Any) -> SimpleNamespace:
    """Signed by both: a post is taken, a seat is held. `world` is proposed."""
    world = a_frozen_project(**options)
    sign(world, "candidate")
    if world.commitment.promise.carrier:
        sign_from_link(world)
    else:
        sign(world, "company")
    return world


@remembered
def a_broken_promise(*, world: SimpleNamespace | None = None, **options: Any) -> SimpleNamespace:
    world = world or a_sealed_project(**options)
    ending.break_promise(world.commitment, by=world.member, reason="activity")
    world.commitment = reread(world.commitment)
    return world


@remembered
def a_commitment_in(status: str, *, sealed: SimpleNamespace | None = None, **options: Any) -> SimpleNamespace:
    """Straight into any status, for what only looks at it: sealed, then written by hand."""
    if status == "proposed":
        return a_frozen_project(**options)
    if status == "expired":
        world = a_frozen_project(**options)
        actions.set_aside(world.commitment, by=world.candidate, reason="income")
    else:
        return rewritten(sealed or a_sealed_project(**options), status)
    world.commitment = reread(world.commitment)
    return world


def rewritten(world: SimpleNamespace, status: str) -> SimpleNamespace:
    """A sealed project, its status written by hand."""
    there = {"status": status, "end_reason": "other", "ended_by": "system"}
    there |= {"exit_type": "looking", "exit_said_by": "system"}
    Commitment.objects.filter(pk=world.commitment.pk).update(**there)
    world.commitment = reread(world.commitment)
    return world
