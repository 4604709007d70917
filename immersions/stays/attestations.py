"""« Attestation de compétences observées »: what the tutor has seen, frozen, hashed, verifiable."""

from core import french
from core.signing.canonical import frozen
from core.verification import VerifiedDocument, new_verification_code
from immersions.applications.places import held_by
from immersions.stays import people
from immersions.stays.models import Attestation, Level, Report

KIND = "Attestation de compétences observées"


def issue(report: Report) -> Attestation:
    """With the company's observations, in their transaction; never twice."""
    code = new_verification_code()
    return Attestation.objects.create(
        application=report.application, code=code, **frozen(_content(report, code))
    )


def _content(report: Report, code: str) -> dict:
    """What is attested, and nothing else: no private word, no address, no date of birth."""
    application = report.application
    offer, slots = application.offer, held_by(application)
    tutor, _ = people.tutor_of(application)
    return {
        "code": code,
        "name": application.candidate.user.get_full_name(),
        "company": offer.company.name,
        "city": offer.commune.name if offer.commune else "",
        "title": offer.title,
        "occupation": offer.occupation.title if offer.occupation else "",
        "occupation_code": offer.occupation_id or "",
        "when": [french.period(slot.first_day, slot.last_day) for slot in slots],
        "year": slots[-1].last_day.year if slots else "",
        "half_days": report.half_days,
        "observed_by": tutor,
        "skills": [
            {"skill": it.skill, "level": Level(it.level).label}
            for it in report.observations.order_by("order", "pk")
            if it.level != Level.NOT_SEEN
        ],
    }


def find(code: str) -> VerifiedDocument | None:
    """For `core.verification`."""
    attestation = Attestation.objects.filter(code=code).first()
    if attestation is None:
        return None
    return VerifiedDocument(
        kind=KIND, code=attestation.code, sha256=attestation.sha256, issued_at=attestation.issued_at
    )
