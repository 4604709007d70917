"""Who may open what, for agreements: the three parties; the link is its own key."""

from types import SimpleNamespace

from django.core.files.base import ContentFile

from immersions.agreements.factories import WELCOME, a_frozen_agreement
from immersions.agreements.models import Agreement, Signature
from immersions.agreements.tutor_links import token_for
from immersions.factories import ApplicationFactory, OfferFactory
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
PARTIES = only(CANDIDATE, MEMBER, ADVISOR)


def frozen(world: SimpleNamespace) -> Agreement:
    """A text to sign, between the world's candidate, company and structure."""
    offer = OfferFactory(workplace=world.offer.workplace)
    application = ApplicationFactory(booked=True, offer=offer, candidate=world.candidate)
    advisor = world.structure.confirmed_members().first()
    return a_frozen_agreement(application=application, advisor=advisor).agreement


def of_agreement(world: SimpleNamespace) -> list:
    return [frozen(world).pk]


def of_scan(world: SimpleNamespace) -> list:
    agreement = frozen(world)
    signature = Signature(
        version=agreement.version,
        signatory=agreement.needed_signatories[0],
        role="candidate",
        name="Camille Noël",
        email="camille@example.org",
        method="paper",
        recorded_by=world.candidate.user,
        recorded_name="Camille Noël",
        scan_sha256="0" * 64,
    )
    signature.scan.save("scan.pdf", ContentFile(b"%PDF-"))
    return [agreement.pk, signature.pk]


def of_token(world: SimpleNamespace) -> list:
    return [frozen(world).needed_signatories[0].token]


def of_tutor(world: SimpleNamespace) -> list:
    return [token_for(frozen(world), WELCOME["tutor_email"])]


ROUTES = {
    "immersions:agreement": Route(get=PARTIES, post=ONLY_READ, args=of_agreement),
    "immersions:agreement_text": Route(get=PARTIES, post=ONLY_READ, args=of_agreement),
    "immersions:agreement_pdf": Route(get=PARTIES, post=ONLY_READ, args=of_agreement),
    "immersions:agreement_fill": Route(
        get=only(CANDIDATE), post=only(CANDIDATE), args=lambda world: [frozen(world).pk, "vous"]
    ),
    "immersions:agreement_sign": Route(get=PARTIES, post=PARTIES, args=of_agreement),
    "immersions:agreement_paper": Route(get=PARTIES, post=PARTIES, args=of_agreement),
    "immersions:agreement_scan": Route(get=PARTIES, post=ONLY_READ, args=of_scan),
    "immersions:agreement_refuse": Route(get=only(ADVISOR), post=only(ADVISOR), args=of_agreement),
    "immersions:agreement_pass_on": Route(get=only(ADVISOR), post=only(ADVISOR), args=of_agreement),
    "immersions:agreement_ask_tutor": Route(
        get=only(MEMBER), post=only(MEMBER, answer=ELSEWHERE), args=of_agreement
    ),
    "immersions:tutor_link": Route(get=all_answer(PAGE), post=all_answer(NOT_A_LINK), args=of_tutor),
    "immersions:tutor_fill": Route(
        get=all_answer(PAGE), post=all_answer(PAGE), args=lambda world: [*of_tutor(world), "missions"]
    ),
    "immersions:sign_link": Route(get=all_answer(PAGE), post=all_answer(PAGE), args=of_token),
    "immersions:sign_link_pdf": Route(get=all_answer(PAGE), post=all_answer(NOT_A_LINK), args=of_token),
}
