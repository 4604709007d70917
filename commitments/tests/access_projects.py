"""Who may open what, for projects: both sides act, the advisor reads; the link is its own key."""

from types import SimpleNamespace

from django.core.files.base import ContentFile

from commitments.factories import a_frozen_project, a_proposal, a_sealed_project
from commitments.projects.texts import CommitmentSignature
from immersions.factories import OfferFactory
from immersions.stays.factories import a_stay
from tests.access.answers import (
    ADVISOR,
    CANDIDATE,
    ELSEWHERE,
    LOGIN,
    MEMBER,
    NOT_A_LINK,
    PAGE,
    VISITOR,
    Route,
    all_answer,
    only,
)

ONLY_READ = all_answer(NOT_A_LINK, **{VISITOR: LOGIN})
SIDES = only(CANDIDATE, MEMBER)
READERS = only(CANDIDATE, MEMBER, ADVISOR)


def _stay(world: SimpleNamespace):
    offer = OfferFactory(workplace=world.offer.workplace)
    return a_stay("completed", begins_in=-5, offer=offer, candidate=world.candidate)


def of_stay(world: SimpleNamespace) -> list:
    return [_stay(world).pk]


def of_proposal(world: SimpleNamespace) -> list:
    return [a_proposal(application=_stay(world)).commitment.pk]


def of_frozen(world: SimpleNamespace) -> list:
    return [a_frozen_project(application=_stay(world)).commitment.pk]


def of_sealed(world: SimpleNamespace) -> list:
    return [a_sealed_project(application=_stay(world)).commitment.pk]


def of_scan(world: SimpleNamespace) -> list:
    frozen = a_frozen_project(application=_stay(world)).commitment
    signature = CommitmentSignature(
        version=frozen.versions.get(),
        signatory=frozen.signatories.get(role="candidate"),
        role="candidate",
        name="Camille Noël",
        email="camille@example.org",
        method="paper",
        recorded_by=world.candidate.user,
        recorded_name="Camille Noël",
        scan_sha256="0" * 64,
    )
    signature.scan.save("scan.pdf", ContentFile(b"%PDF-"))
    return [frozen.pk, signature.pk]


def of_link(world: SimpleNamespace) -> list:
    frozen = a_frozen_project(application=_stay(world)).commitment
    return [frozen.signatories.get(role="company").token]


ROUTES = {
    "commitments:propose": Route(get=SIDES, post=SIDES, args=of_stay),
    "commitments:commitment": Route(get=READERS, post=ONLY_READ, args=of_proposal),
    "commitments:promise_step": Route(
        get=only(MEMBER), post=only(MEMBER), args=lambda world: [*of_proposal(world), "poste"]
    ),
    "commitments:pledge": Route(get=only(CANDIDATE), post=only(CANDIDATE), args=of_proposal),
    "commitments:text": Route(get=READERS, post=ONLY_READ, args=of_frozen),
    "commitments:pdf": Route(get=READERS, post=ONLY_READ, args=of_frozen),
    "commitments:sign": Route(get=SIDES, post=SIDES, args=of_frozen),
    "commitments:paper": Route(get=READERS, post=READERS, args=of_frozen),
    "commitments:pdf_to_sign": Route(get=READERS, post=ONLY_READ, args=of_frozen),
    "commitments:scan": Route(get=READERS, post=ONLY_READ, args=of_scan),
    "commitments:set_aside": Route(get=SIDES, post=SIDES, args=of_proposal),
    "commitments:amend": Route(get=SIDES, post=SIDES, args=of_sealed),
    "commitments:amend_drop": Route(
        get=ONLY_READ, post=only(CANDIDATE, MEMBER, answer=ELSEWHERE), args=of_sealed
    ),
    "commitments:break": Route(get=only(MEMBER), post=only(MEMBER), args=of_sealed),
    "commitments:withdraw": Route(get=only(CANDIDATE), post=only(CANDIDATE), args=of_sealed),
    "commitments:hire_early": Route(
        get=SIDES, post=only(CANDIDATE, MEMBER, answer=ELSEWHERE), args=of_sealed
    ),
    "commitments:sign_link": Route(get=all_answer(PAGE), post=all_answer(PAGE), args=of_link),
    "commitments:sign_link_pdf": Route(get=all_answer(PAGE), post=all_answer(NOT_A_LINK), args=of_link),
}
