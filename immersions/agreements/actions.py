"""An agreement from the booking to its frozen text: opened, filled, frozen, changed, refused.

The order of locks is always the same: application, then agreement. Signing: `sign_actions`.
"""

import logging
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts.models import User
from accounts.roles import ADVISOR, CANDIDATE, COMPANY
from core.outbox import post
from core.rules import RuleBroken, constraints_speak
from core.signing.canonical import frozen
from core.signing.signatories import name_signatories
from core.workflow import SYSTEM, apply, check
from immersions.agreements import canonical, channels, emails, prescriber, renewing, steps, tutor_links
from immersions.agreements.models import (
    Agreement,
    AgreementVersion,
    Part,
    Party,
    SignatoryRole,
    Signature,
)
from immersions.agreements.period import first_day_of
from immersions.agreements.reading import findings_of, is_employed, is_minor, refused, signalled
from immersions.agreements.sides import party_of
from immersions.agreements.workflow import (
    ASK_TUTOR,
    CANCEL,
    CHANGE,
    FILL,
    FREEZE,
    FROZEN,
    HAND_OVER,
    OPEN,
    REFUSE,
    RESCHEDULE,
    AgreementStatus,
)
from immersions.applications.actions import refuse_agreement_of
from immersions.applications.models import Application
from immersions.applications.workflow import ApplicationStatus

logger = logging.getLogger(__name__)
MAY_NOT_PRESCRIBE = (
    "Votre structure ne peut pas prescrire d’immersion à cette date : transmettez la personne à une "
    "structure qui le peut."
)
CHANGED_MEANWHILE = (
    "Pendant que vous écriviez, quelqu’un a signé ou modifié la convention. Relisez, puis enregistrez à nouveau : "
    "si vous changez le texte, tout le monde signe à nouveau."
)


def open_agreement(application: Application, by: User | None) -> None:
    """With the booking, in its transaction. A visit needs none."""
    if not application.offer.needs_agreement:
        return
    agreement = Agreement(application=application)
    with constraints_speak(Agreement):
        agreement.save()
    kept = renewing.words_kept(application)
    agreement.parts.bulk_create(
        Part(agreement=agreement, party=party, data=kept.get(party, {})) for party in Party.values
    )
    agreement.record(OPEN, role=SYSTEM, by=by)


def void_agreement(application: Application, by: User | None) -> None:
    """The application ended: so does its agreement. The caller holds the application."""
    for agreement in Agreement.objects.live().filter(application=application):
        agreement.lock()
        apply(CANCEL, agreement, role=SYSTEM, by=None)


def reopen_agreement(application: Application, by: User | None) -> None:
    """Other dates: what was signed was signed for the old ones. The company writes the hours again."""
    agreement = Agreement.objects.live().filter(application=application).first()
    if agreement is None:
        open_agreement(application, by)  # The one made elsewhere was for the old dates.
        return
    agreement.lock()
    part = Part.objects.get(agreement=agreement, party=Party.COMPANY)
    part.data = {**part.data, "steps": [it for it in part.data.get("steps", []) if it != steps.HOURS.slug]}
    part.save()
    if agreement.status in FROZEN:
        apply(RESCHEDULE, agreement, role=SYSTEM, by=None)


def hold(agreement: Agreement) -> None:
    """Lock the application, then the agreement; both are read again."""
    application = agreement.application
    application.lock()
    agreement.lock()
    agreement.application = application
    if application.status != ApplicationStatus.BOOKED:
        raise RuleBroken(
            f"Cette immersion ne se prépare plus : {application.get_status_display().lower()}.", code="over"
        )


def hold_here(agreement: Agreement) -> None:
    """The same, for who fills or signs: only where the agreement is made."""
    hold(agreement)
    channels.check_made_here(agreement)


def fingerprint(agreement: Agreement) -> str:
    """What an editor has read: which text, and how many have signed it."""
    signed = Signature.objects.filter(version__agreement=agreement).count()
    return f"{agreement.versions.count()}.{signed}.{agreement.status}"


@transaction.atomic
def save_step(
    agreement: Agreement, step: steps.Step, answers: dict[str, Any], *, by: User, seen: str
) -> None:
    """Keep one page of one's own part. The last one freezes the text; changing it then frees it."""
    hold_here(agreement)
    if party_of(agreement, by) != step.party:
        raise PermissionDenied
    _keep(agreement, step, answers, by=by, seen=seen)


@transaction.atomic
def save_step_as_tutor(
    agreement: Agreement, step: steps.Step, answers: dict[str, Any], *, mark: str, seen: str
) -> None:
    """The tutor, from their link, writes what they know best; never who signs."""
    hold_here(agreement)
    if step not in steps.FOR_TUTOR or not is_tutor(agreement, mark):
        raise PermissionDenied
    _keep(agreement, step, answers, by=None, seen=seen)


def is_tutor(agreement: Agreement, mark: str) -> bool:
    """The mark of the address that the company gave: another tutor makes the first one's link worth nothing."""
    written = Part.objects.get(agreement=agreement, party=Party.COMPANY).data.get("tutor_email", "")
    return bool(written) and constant_time_compare(tutor_links.mark_of(written), mark)


@transaction.atomic
def ask_tutor(agreement: Agreement, *, by: User) -> None:
    """« Faites-le remplir par le tuteur »: a link by mail, without an account."""
    hold_here(agreement)
    check(FILL, agreement, role=party_of(agreement, by))
    data = Part.objects.get(agreement=agreement, party=Party.COMPANY).data
    if party_of(agreement, by) != COMPANY or not data.get("tutor_email"):
        raise RuleBroken("Écrivez d’abord qui accompagne sur place, avec son adresse.", code="tutor")
    agreement.record(ASK_TUTOR, before=agreement.status, role=COMPANY, by=by)
    post(emails.to_fill(agreement, data, event=agreement.events.latest("pk").pk))


def _keep(
    agreement: Agreement, step: steps.Step, answers: dict[str, Any], *, by: User | None, seen: str
) -> None:
    party = step.party
    part = Part.objects.get(agreement=agreement, party=party)
    data = {**part.data, **answers, "steps": sorted({*part.data.get("steps", []), step.slug})}
    if data == part.data and agreement.status in FROZEN:
        return
    move = FILL if agreement.status == AgreementStatus.DRAFT else CHANGE
    check(move, agreement, role=party)
    if move is CHANGE and seen != fingerprint(agreement):
        raise RuleBroken(CHANGED_MEANWHILE, code="changed_meanwhile")
    _check_findings(agreement, step, data)
    if party == ADVISOR and not prescriber.may_prescribe(agreement, first_day_of(agreement)):
        raise RuleBroken(MAY_NOT_PRESCRIBE, code="may_not_prescribe")
    part.data, part.saved_at, part.saved_by = data, timezone.now(), by
    part.save()
    apply(move, agreement, role=party, by=by, data={"step": step.slug, "by_tutor": by is None})
    logger.info("agreement saved", extra={"agreement": agreement.pk, "step": step.slug})
    _freeze_if_whole(agreement, changed_by=Party(party).label.lower())


def _check_findings(agreement: Agreement, step: steps.Step, data: dict[str, Any]) -> None:
    """What this page would make unlawful is refused here, in the rule's own words."""
    for finding in findings_to_repair(agreement, step, data):
        raise RuleBroken(finding.sentence, code=finding.code)


def findings_to_repair(agreement: Agreement, step: steps.Step, answers: dict[str, Any]) -> list:
    """Findings that this page causes if it says `answers`: refused, or signalled without a why."""
    findings = findings_of(agreement, changed={step.party: answers})
    stopping = refused(findings)
    if step is steps.HOURS and not answers.get("why", "").strip():
        stopping += signalled(findings)
    return [finding for finding in stopping if step.field_of(finding) is not None]


def _freeze_if_whole(agreement: Agreement, *, changed_by: str) -> None:
    """All three parts are there and lawful: the text is frozen, hashed, and sent for signature."""
    parts = {part.party: part.data for part in Part.objects.filter(agreement=agreement)}
    if parts[Party.ADVISOR] and steps.owes_a_page(parts):
        return
    whole = Agreement.objects.for_page().get(pk=agreement.pk)
    if _fill_for_prescriber(whole):
        whole = Agreement.objects.for_page().get(pk=agreement.pk)
    if not steps.is_whole(whole):
        return
    number = AgreementVersion.objects.filter(agreement=agreement).count() + 1
    content = canonical.content_of(whole, number=number)
    version = AgreementVersion.objects.create(agreement=agreement, number=number, **frozen(content))
    name_signatories(whole.signatories, signers_of(whole))
    agreement.structure, agreement.advisor = prescriber.structure_of(whole), prescriber.advisor_of(whole)
    apply(FREEZE, agreement, role=SYSTEM, by=None, data={"version": number, "sha256": version.sha256})
    for message in emails.to_sign(agreement, version, changed_by=changed_by):
        post(message)
    logger.info("agreement frozen", extra={"agreement": agreement.pk, "version": number})


def _fill_for_prescriber(agreement: Agreement) -> bool:
    """What we know of the structure and its advisor is the prescriber's part: they sign in one click."""
    part = next(part for part in agreement.parts.all() if part.party == Party.ADVISOR)
    known = prescriber.known_of(agreement)
    is_enough = all(known.get(name) for name in steps.STRUCTURE.needs)
    if part.data or not is_enough or not prescriber.may_prescribe(agreement, first_day_of(agreement)):
        return False
    part.data = {**known, "steps": [steps.STRUCTURE.slug]}
    part.save()
    return True


def signers_of(agreement: Agreement) -> dict[str, tuple[str, str]]:
    """Role → (name, address), as the three parts say."""
    user = agreement.application.candidate.user
    candidate, company, advisor = (agreement.data_of(party) for party in Party.values)
    signers = {
        CANDIDATE: (user.get_full_name(), user.email),
        COMPANY: (company["signatory_name"], company["signatory_email"]),
        ADVISOR: (advisor["advisor_name"], advisor["advisor_email"]),
    }
    if is_minor(agreement):
        signers[SignatoryRole.REPRESENTATIVE] = candidate["representative"], candidate["representative_email"]
    if is_employed(agreement):
        signers[SignatoryRole.EMPLOYER] = candidate["employer_person"], candidate["employer_email"]
    if advisor.get("other_name"):
        signers[SignatoryRole.STRUCTURE] = advisor["other_advisor"], advisor["other_email"]
    return signers


def why_decided(agreement: Agreement) -> str:
    """A sentence when the prescriber has nothing left to decide; empty when they have."""
    if REFUSE.is_possible_from(agreement.status):
        return ""
    return f"Il n’y a plus rien à décider sur cette convention : {agreement.get_status_display().lower()}."


@transaction.atomic
def refuse_agreement(agreement: Agreement, *, by: User, words: str) -> None:
    """The prescriber says no, and why: the place is freed, both are told."""
    hold(agreement)
    role = party_of(agreement, by)
    apply(REFUSE, agreement, role=role, by=by, note=words.strip())
    refuse_agreement_of(agreement.application, by=by, words=words)


@transaction.atomic
def pass_agreement_on(agreement: Agreement, *, to: User, by: User, words: str = "") -> None:
    """To a colleague of the same structure."""
    hold(agreement)
    if party_of(agreement, by) != ADVISOR:
        raise RuleBroken("« Confier à un collègue » n’est pas de votre ressort.", code="role")
    if said := why_decided(agreement):
        raise RuleBroken(said, code="decided")
    if to not in prescriber.advisors_of(agreement):
        raise RuleBroken("Choisissez un membre confirmé de votre structure.", code="colleague")
    agreement.advisor = to
    agreement.save(update_fields=["advisor"])
    agreement.record(HAND_OVER, before=agreement.status, role=ADVISOR, by=by, note=words.strip())
    event = agreement.events.latest("pk")
    post(emails.passed_on(agreement, to, by=by, words=words.strip(), event=event.pk))
