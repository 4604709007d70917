"""Two people at once around one agreement: both signatures are kept, or one reads what happened."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from core.models import OutgoingMessage
from core.rules import RuleBroken
from core.signing.codes import new_code, try_code
from core.signing.evidence import Evidence
from immersions.agreements import steps
from immersions.agreements.actions import fingerprint, save_step
from immersions.agreements.factories import WORK, a_frozen_agreement, reread
from immersions.agreements.models import Agreement, AgreementVersion, Signatory, Signature, SigningCode
from immersions.agreements.sign_actions import send_code, sign_agreement
from immersions.applications import actions as applications
from immersions.applications.models import Application, EndReason
from immersions.tests.test_agreement_link import sign, signatory_of, wrong
from tests.race import overlapping

pytestmark = pytest.mark.django_db(transaction=True)


def signing(world, by, **options):
    def sign():
        sign_agreement(
            Agreement.objects.get(pk=world.agreement.pk), by=by, seen=1, evidence=Evidence(), **options
        )

    return sign


def changing(world):
    seen = fingerprint(reread(world.agreement))

    def change():
        save_step(reread(world.agreement), steps.WORK, WORK | {"tasks": "Autre"}, by=world.member, seen=seen)

    return change


def signed_messages():
    return OutgoingMessage.objects.filter(kind="immersions/agreement_signed").count()


def test_two_sign_at_the_same_instant_both_are_kept():
    world = a_frozen_agreement()
    company = signing(world, world.member, is_entitled=True)
    assert overlapping(signing(world, world.candidate), company) == "accepted"
    assert Signature.objects.count() == 2
    assert reread(world.agreement).status == "signed"
    assert signed_messages() == 2
    assert OutgoingMessage.objects.filter(kind="immersions/agreement_to_validate").count() == 1


def test_the_last_two_sign_at_the_same_instant_it_is_confirmed_once():
    world = a_frozen_agreement()
    signing(world, world.candidate)()
    company = signing(world, world.member, is_entitled=True)
    assert overlapping(company, signing(world, world.advisor)) == "accepted"
    assert reread(world.agreement).status == "validated"
    world.application.refresh_from_db()
    assert world.application.status == "confirmed"
    assert world.application.events.filter(transition="confirm").count() == 1


def test_one_signs_twice_it_counts_once():
    world = a_frozen_agreement()
    assert overlapping(signing(world, world.candidate), signing(world, world.candidate)) == "refused"
    assert (Signature.objects.count(), signed_messages()) == (1, 1)


def test_one_edits_while_another_signs_the_editor_reads_it():
    world = a_frozen_agreement()
    assert overlapping(signing(world, world.candidate), changing(world)) == "refused"
    assert (Signature.objects.count(), AgreementVersion.objects.count()) == (1, 1)


def test_one_signs_while_another_edits_the_signer_reads_it():
    world = a_frozen_agreement()
    assert overlapping(changing(world), signing(world, world.candidate)) == "refused"
    assert (Signature.objects.count(), AgreementVersion.objects.count()) == (0, 2)


def test_one_signs_while_the_other_withdraws():
    world = a_frozen_agreement()
    signing(world, world.candidate)()
    signing(world, world.member, is_entitled=True)()

    def withdraw():
        applications.withdraw_application(
            Application.objects.get(pk=world.application.pk), by=world.candidate, reason=EndReason.FOUND_WORK
        )

    assert overlapping(withdraw, signing(world, world.advisor)) == "refused"
    assert reread(world.agreement).status == "void"
    world.application.refresh_from_db()
    assert world.application.status == "withdrawn"


def test_forty_wrong_codes_at_once_are_five_tries():
    """Whatever else the caller locks: PostgreSQL counts."""
    world = a_frozen_agreement()
    signatory = Signatory.objects.get(agreement=world.agreement, role="company")
    version = world.agreement.version
    _, right = new_code(SigningCode, signatory, version)

    def guess(number):
        wrong = f"{(int(right) + 1 + number) % 10**6:06d}"
        try:
            return try_code(SigningCode, signatory, version, wrong).code
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=8) as pool:
        answers = list(pool.map(guess, range(40)))
    assert (answers.count("wrong"), answers.count("cancelled"), answers.count("too_late")) == (4, 1, 35)
    assert SigningCode.objects.get().tries == 5
    assert try_code(SigningCode, signatory, version, right).code == "too_late"


def test_the_fifth_wrong_code_and_the_right_one_at_the_same_instant(mailoutbox):
    world = a_frozen_agreement()
    send_code(signatory_of(world), seen=1)
    right = re.search(r"\d{3} \d{3}", mailoutbox[-1].body).group()
    for _ in range(SigningCode.TRIES - 1):
        with pytest.raises(RuleBroken):
            sign(world, wrong(right))

    def a_wrong_one():
        with pytest.raises(RuleBroken, match="ce code est annulé"):
            sign(world, wrong(right))

    assert overlapping(a_wrong_one, lambda: sign(world, right)) == "refused"
    assert not Signature.objects.exists()
