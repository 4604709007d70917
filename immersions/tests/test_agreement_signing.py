"""Everybody signs the same text: then, and only then, the immersion is confirmed."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.utils import InternalError, NotSupportedError, ProgrammingError

from accounts.factories import UserFactory
from core.models import OutgoingMessage
from core.rules import RuleBroken
from core.signing import canonical
from core.signing.evidence import Evidence
from immersions.agreements import steps
from immersions.agreements.actions import fingerprint, reopen_agreement, save_step
from immersions.agreements.factories import (
    ABOUT,
    SAFETY,
    WORK,
    a_frozen_agreement,
    an_agreement,
    fill,
    reread,
)
from immersions.agreements.models import Agreement, AgreementVersion, Signatory, Signature
from immersions.agreements.period import usual_hours
from immersions.agreements.sign_actions import sign_agreement
from immersions.applications import actions as applications
from immersions.applications.models import EndReason
from immersions.factories import ApplicationFactory
from tests.worlds import made_once

pytestmark = pytest.mark.django_db
_made, world = made_once(a_frozen_agreement)
HERE = Evidence("a" * 64, "b" * 64)


def sign(world, by, *, seen=1, **options):
    return sign_agreement(reread(world.agreement), by=by, seen=seen, evidence=HERE, **options)


def sign_all(world, *, seen=1):
    sign(world, world.candidate, seen=seen)
    sign(world, world.member, is_entitled=True, seen=seen)
    sign(world, world.advisor, seen=seen)


def status_of(world):
    world.application.refresh_from_db()
    return reread(world.agreement).status, world.application.status


def change(world, **answers):
    agreement = reread(world.agreement)
    save_step(agreement, steps.WORK, WORK | answers, by=world.member, seen=fingerprint(agreement))


def told(kind):
    messages = OutgoingMessage.objects.filter(kind=f"immersions/agreement_{kind}")
    return sorted(messages.values_list("to", flat=True))


class TestThePath:
    def test_filled_by_three_frozen_signed_by_three_the_immersion_is_confirmed(self):
        world = an_agreement()
        fill(world)
        assert status_of(world) == ("to_sign", "booked")
        sign(world, world.candidate)
        sign(world, world.member, is_entitled=True)
        assert status_of(world) == ("signed", "booked")
        sign(world, world.advisor)
        assert status_of(world) == ("validated", "confirmed")
        assert [s.role for s in Signature.objects.all()] == ["candidate", "company", "advisor"]
        assert world.application.events.last().transition == "confirm"

    def test_the_prescriber_may_sign_first(self, world):
        sign(world, world.advisor)
        sign(world, world.candidate)
        assert status_of(world) == ("to_sign", "booked")
        sign(world, world.member, is_entitled=True)
        assert status_of(world) == ("validated", "confirmed")

    def test_each_is_told_once(self, world):
        signers = sorted(
            [world.candidate.email, "jeanne.muller@pierre-et-chaux.example.org", world.advisor.email]
        )
        assert told("to_sign") == signers
        sign_all(world)
        assert told("signed") == sorted([world.candidate.email, world.member.email, world.advisor.email])
        assert told("to_validate") == [world.advisor.email]
        assert told("validated") == sorted([*signers, "paul.weber@pierre-et-chaux.example.org"])

    def test_without_a_structure_nothing_is_frozen(self):
        world = an_agreement(followed=False)
        fill(world)
        assert status_of(world) == ("draft", "booked")

    def test_a_booking_opens_it_and_a_visit_needs_none(self):
        from immersions.factories import OfferFactory, SlotFactory

        for visit, opened in ((False, 1), (True, 0)):
            offer = OfferFactory(visit=True) if visit else OfferFactory()
            application = ApplicationFactory(offer=offer)
            by = offer.company.confirmed_members().first()
            applications.book_application(application, slot=SlotFactory(offer=offer), by=by)
            assert application.agreements.count() == opened

    def test_the_end_of_the_application_is_the_end_of_the_agreement(self, world):
        applications.withdraw_application(world.application, by=world.candidate, reason=EndReason.FOUND_WORK)
        assert status_of(world) == ("void", "withdrawn")
        with pytest.raises(RuleBroken, match="ne se prépare plus"):
            sign(world, world.candidate)


class TestTheText:
    def test_the_hash_is_that_of_the_canonical_text(self):
        version = a_frozen_agreement().agreement.version
        assert canonical.sha256_of(version.text) == version.sha256
        assert canonical.canonical(json.loads(version.text)) == version.text

    def test_every_mention_of_d_5135_2_stands_in_its_order(self):
        sections = json.loads(a_frozen_agreement().agreement.version.text)["sections"]
        assert [section["law"].removeprefix("D.5135-2, ") for section in sections[:6]] == [
            "1°", "2°", "3°", "4°", "5°", "6°",
        ]  # fmt: skip
        labels = {label for section in sections for label, _ in section["lines"]}
        assert {
            "Forme juridique", "Date de naissance", "Situation", "Bénéficiaire du RSA", "SIRET",
            "Activité principale", "Conseiller référent", "Heures de présence", "Lieu", "Objet", "Objectifs",
            "Évaluation", "Tâches confiées",
        } <= labels  # fmt: skip

    def test_what_to_do_in_case_of_an_accident_stands_in_it(self):
        text = a_frozen_agreement().agreement.version.text
        assert "dans les 24 heures" in text
        assert "dans les 48 heures" in text

    def test_the_hours_of_a_change_of_hour_are_those_of_the_clock(self):
        """29 March 2026, 31 March 2027…: a day's hours are what the wall says."""
        table = json.loads(a_frozen_agreement().agreement.version.text)["sections"][4]["table"]
        assert {row[2] for row in table} == {"7 h"}

    @pytest.mark.parametrize("model", [AgreementVersion, Signature])
    def test_the_database_refuses_to_change_what_was_signed(self, model, world):
        sign(world, world.candidate)
        field = "text" if model is AgreementVersion else "name"
        with pytest.raises((InternalError, NotSupportedError, ProgrammingError)), transaction.atomic():
            model.objects.update(**{field: "autre chose"})

    def test_one_signature_per_role_is_held_by_the_database(self, world):
        signature = sign(world, world.candidate)
        signature.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            signature.save()
        with pytest.raises(RuleBroken, match="déjà signé"):
            sign(world, world.candidate)


class TestAChange:
    def test_after_a_signature_makes_a_new_version_that_all_sign_again(self, world):
        sign(world, world.candidate)
        change(world, tasks="Tout autre chose.")
        assert status_of(world) == ("to_sign", "booked")
        first, second = AgreementVersion.objects.order_by("number")
        assert (first.number, second.number) == (1, 2)
        assert first.sha256 != second.sha256
        assert not second.signatures.exists()
        again = OutgoingMessage.objects.filter(kind="immersions/agreement_to_sign", context__is_again=True)
        assert again.count() == 3
        assert again.first().context["changed_by"] == "entreprise"
        sign_all(world, seen=2)
        assert status_of(world) == ("validated", "confirmed")

    def test_of_nothing_changes_nothing(self, world):
        sign(world, world.candidate)
        change(world)
        assert status_of(world) == ("to_sign", "booked")
        assert AgreementVersion.objects.count() == 1

    def test_is_refused_to_who_has_not_read_that_someone_signed(self, world):
        before = fingerprint(reread(world.agreement))
        sign(world, world.candidate)
        with pytest.raises(RuleBroken, match="quelqu’un a signé"):
            save_step(
                reread(world.agreement), steps.WORK, WORK | {"tasks": "Autre"}, by=world.member, seen=before
            )
        assert AgreementVersion.objects.count() == 1

    def test_once_validated_is_too_late(self, world):
        sign_all(world)
        with pytest.raises(RuleBroken):
            change(world, tasks="Autre")

    def test_gives_another_signatory_another_link(self, world):
        old = Signatory.objects.get(role="company").token
        agreement = reread(world.agreement)
        answers = agreement.data_of("company") | {"signatory_email": "autre@example.org"}
        save_step(agreement, steps.WELCOME, answers, by=world.member, seen=fingerprint(agreement))
        assert Signatory.objects.get(role="company").token != old

    def test_of_dates_clears_the_signatures_and_asks_the_hours_again(self, world):
        sign(world, world.candidate)
        reopen_agreement(world.application, None)
        assert status_of(world) == ("draft", "booked")
        agreement = reread(world.agreement)
        assert steps.next_step(agreement, "company") is steps.HOURS
        save_step(agreement, steps.HOURS, usual_hours(agreement), by=world.member, seen="")
        assert reread(world.agreement).version.number == 2
        assert not reread(world.agreement).version.signatures.exists()

    def test_that_breaks_a_rule_is_refused_whatever_the_form_said(self):
        world = an_agreement()
        with pytest.raises(RuleBroken, match="ne remplace personne"):
            save_step(
                reread(world.agreement),
                steps.SAFETY,
                SAFETY | {"no_replacement": False},
                by=world.member,
                seen="",
            )


class TestWho:
    def test_nobody_fills_or_signs_for_another(self):
        world = an_agreement()
        with pytest.raises(PermissionDenied):
            save_step(reread(world.agreement), steps.ABOUT_YOU, ABOUT, by=world.member, seen="")
        fill(world)
        with pytest.raises(PermissionDenied):
            sign(world, UserFactory())
        assert not Signature.objects.exists()

    def test_an_unconfirmed_member_of_the_structure_sees_nothing(self, world):
        from accounts.factories import MembershipFactory

        new = MembershipFactory(organisation=world.structure.organisation, unconfirmed=True).user
        assert not Agreement.objects.readable_by(new).exists()
        with pytest.raises(PermissionDenied):
            sign(world, new)
