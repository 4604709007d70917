"""The two halves become one text: frozen, hashed, with the wording that it was made of."""

import datetime as dt
import logging
from collections.abc import Callable
from typing import Any

from commitments.projects import emails
from commitments.projects.halves import Condition, HiringPromise
from commitments.projects.models import Commitment, Side
from commitments.projects.rules import euros, hours
from commitments.projects.texts import MARKS, CommitmentVersion, PromiseWording
from commitments.projects.workflow import FREEZE
from core import french
from core.outbox import post
from core.rules import RuleBroken
from core.signing.canonical import frozen, section
from core.signing.signatories import name_signatories
from core.workflow import SYSTEM, apply
from trainings.models import Session

logger = logging.getLogger(__name__)
FORMAT = "projet-emploi-formation/1"


def is_whole(commitment: Commitment) -> bool:
    return commitment.promise.written_at is not None and commitment.pledge.written_at is not None


def freeze_if_whole(commitment: Commitment) -> None:
    """Both halves are there: a text to sign. The same words again change nothing."""
    if not Commitment.objects.whole().filter(pk=commitment.pk).exists():
        return
    whole = Commitment.objects.for_page().get(pk=commitment.pk)
    last = last_version(whole)
    number = last.number if last else 0
    if last and last.text == content_text(whole, last.wording, number):
        return
    version = freeze(whole, session=whole.pledge.session, starts_by=whole.starts_by, number=number + 1)
    apply(
        FREEZE, commitment, role=SYSTEM, by=None, data={"version": version.number, "sha256": version.sha256}
    )
    for message in emails.to_sign(whole, version):
        post(message)
    logger.info("commitment frozen", extra={"commitment": commitment.pk, "version": version.number})


def last_version(commitment: Commitment) -> CommitmentVersion | None:
    return max(commitment.versions.all(), key=lambda it: it.number, default=None)


def freeze(
    commitment: Commitment, *, session: Session, starts_by: dt.date, number: int, why: str = ""
) -> CommitmentVersion:
    """A new text, and who signs it. `commitment` is read by `for_page()`."""
    wording = PromiseWording.objects.in_force(commitment.offer.commune.department.region)
    if wording is None:
        raise RuleBroken("Aucun texte de promesse n’est publié : un agent doit l’écrire.", code="no_wording")
    content = content_of(commitment, wording, number, session=session, starts_by=starts_by, why=why)
    version = CommitmentVersion.objects.create(
        commitment=commitment,
        number=number,
        wording=wording,
        session=session,
        training_starts_on=session.starts_on,
        training_ends_on=session.ends_on,
        starts_by=starts_by,
        **frozen(content),
    )
    name_signatories(commitment.signatories, signers_of(commitment))
    return version


def signers_of(commitment: Commitment) -> dict[str, tuple[str, str]]:
    user, promise = commitment.candidate.user, commitment.promise
    return {
        Side.CANDIDATE: (user.get_full_name(), user.email),
        Side.COMPANY: (promise.signatory_name, promise.signatory_email),
    }


def content_text(commitment: Commitment, wording: PromiseWording, number: int) -> str:
    """The text as it would be frozen now, to see whether anything changed."""
    content = content_of(
        commitment, wording, number, session=commitment.pledge.session, starts_by=commitment.starts_by
    )
    return frozen(content)["text"]


def content_of(
    commitment: Commitment,
    wording: PromiseWording,
    number: int,
    *,
    session: Session,
    starts_by: dt.date,
    why: str = "",
) -> dict[str, Any]:
    """All that is signed, as data: both halves on one page."""
    names = names_in(commitment)

    def said(words: str) -> list[str]:
        return said_with(words, names)

    sections = _sections(commitment, wording, said, session, starts_by)
    if why:
        sections.insert(0, section("Ce qui change", "", [["Modification demandée", why]]))
    return {
        "format": FORMAT,
        "title": wording.title if not why else f"{wording.title} (modification)",
        "law": wording.law,
        "reference": str(commitment.uid),
        "version": number,
        "wording": wording.pk,
        "sections": sections,
    }


def _sections(
    commitment: Commitment,
    wording: PromiseWording,
    said: Callable[[str], list[str]],
    session: Session,
    starts_by: dt.date,
) -> list[dict[str, Any]]:
    """In the order in which one reads: what it means, then what each one says."""
    promise = commitment.promise
    return [
        section("Ce que cela veut dire", paragraphs=said(wording.means)),
        section("Ce que cela ne veut pas dire", paragraphs=said(wording.does_not_mean)),
        section(
            "La promesse d’embauche",
            "articles 1124 et suivants du code civil",
            _promise_lines(commitment, promise, starts_by),
            paragraphs=said(wording.company_says),
        ),
        section("Les conditions", "", [["Pour que la promesse tienne", conditions_words(promise)]]),
        section(
            "L’engagement de formation",
            "",
            _pledge_lines(commitment, session),
            paragraphs=said(wording.candidate_says),
        ),
        section("Si quelqu’un change d’avis", paragraphs=said(wording.if_it_stops)),
    ]


def names_in(commitment: Commitment) -> dict[str, str]:
    """What stands for each mark of a wording: who promises is not always where one works."""
    person = commitment.candidate.user.get_full_name()
    return dict(zip(MARKS, (person, employer_of(commitment.promise), commitment.company.name), strict=True))


def said_with(words: str, names: dict[str, str]) -> list[str]:
    for mark, name in names.items():
        words = words.replace(mark, name)
    return [line.strip() for line in words.splitlines() if line.strip()]


def employer_of(promise: HiringPromise) -> str:
    return promise.carrier_name if promise.carrier else promise.commitment.company.name


def contract_words(promise: HiringPromise) -> str:
    """« CDI », « CDD de 12 mois », « Missions d’intérim : 6 mois, sur 9 mois au plus »."""
    name = promise.get_contract_display()
    if promise.contract == "cdi" or not promise.months:
        return name
    if promise.contract == "interim":
        return f"{name} : {promise.months} mois, sur {promise.within_months} mois au plus"
    return f"{name} de {promise.months} mois"


def conditions_words(promise: HiringPromise) -> str:
    more = {Condition.CERTIFIED: promise.certification, Condition.LICENCE: promise.licence}
    kept = [Condition(it) for it in promise.conditions]
    said = [f"{it.label} : {more[it]}" if more.get(it) else it.label for it in kept]
    return "\n".join(said) or "aucune condition"


def _promise_lines(commitment: Commitment, promise: HiringPromise, starts_by: dt.date) -> list[list[str]]:
    organisation = commitment.company.organisation
    posts = commitment.offer.posts or commitment.posts or 1
    carried = promise.carrier != ""
    return [
        ["Employeur", f"{employer_of(promise)}, SIRET {promise.carrier_siret or organisation.siret}"],
        ["Porte le contrat", promise.get_carrier_display() if carried else ""],
        ["Travail effectué chez", commitment.company.name if carried else ""],
        ["Poste", promise.job_title],
        ["Métier", str(promise.occupation)],
        ["Lieu de travail", promise.place],
        ["Contrat", contract_words(promise)],
        ["Motif", promise.get_fixed_term_reason_display() if promise.fixed_term_reason else ""],
        ["Temps de travail", f"{hours(promise.hours_weekly)} par semaine"],
        ["Salaire brut", f"{euros(promise.pay_gross_monthly)} par mois"],
        ["Minimum légal", f"{euros(promise.legal_minimum_monthly)} par mois pour ces heures"],
        [
            "Embauche",
            f"le premier jour ouvré après la formation, au plus tard le {french.day(starts_by, year=True)}",
        ],
        ["Postes", "le poste de cette offre" if posts == 1 else f"l’un des {posts} postes de cette offre"],
        ["Accompagne sur tout le parcours", _with(commitment.sponsor_name, commitment.sponsor_contact)],
        ["Signe pour l’employeur", promise.signatory_name],
    ]


def _pledge_lines(commitment: Commitment, session: Session) -> list[list[str]]:
    action, training, user = session.action, session.action.training, commitment.candidate.user
    is_allowed = commitment.pledge.allowed_training_id == training.pk
    return [
        ["Personne", _with(user.get_full_name(), user.email)],
        ["Formation", training.title],
        ["Certification", training.certification_title],
        ["Organisme", training.organisation.name],
        ["Lieu", action.town],
        ["Dates", session.dates],
        ["Heures", f"{french.figure(training.hours_total)} heures" if training.hours_total else ""],
        ["Financée par", "la Région"],
        ["Numéro de session", session.external_id],
        ["Permise par un agent, parce que", commitment.pledge.exception_reason if is_allowed else ""],
        ["Signer au plus tard le", french.day(commitment.expires_on, year=True)],
    ]


def _with(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
