"""Everybody signs the same text: then, and only then, the immersion is confirmed."""

import pytest

from core.models import OutgoingMessage
from core.rules import RuleBroken
from immersions.agreements.actions import save_step
from immersions.agreements.factories import a_frozen_agreement, an_agreement, fill, reread
from immersions.agreements.models import Agreement, AgreementVersion, Signature
from immersions.agreements.sign_actions import sign_agreement
from immersions.agreements.signing import Evidence

pytestmark = pytest.mark.django_db
HERE = Evidence("a" * 64, "b" * 64)


def sign(world, by, *, seen=1, **options):
    return sign_agreement(reread(world.agreement), by=by, seen=seen, evidence=HERE, **options)


def sign_all(world):
    sign(world, world.candidate)
    sign(world, world.member, is_entitled=True)
    sign(world, world.advisor)


def kinds():
    return sorted(OutgoingMessage.objects.values_list("kind", flat=True))


def test_filled_by_three_frozen_signed_by_three_the_immersion_is_confirmed():
    world = an_agreement()
    fill(world)
    assert world.agreement.status == "to_sign"
    version = AgreementVersion.objects.get()
    assert len(version.sha256) == 64
    sign(world, world.candidate)
    sign(world, world.member, is_entitled=True)
    assert reread(world.agreement).status == "signed"
    sign(world, world.advisor)
    assert reread(world.agreement).status == "validated"
    world.application.refresh_from_db()
    assert world.application.status == "confirmed"
    assert [s.role for s in Signature.objects.all()] == ["candidate", "company", "advisor"]
