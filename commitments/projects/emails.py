"""The messages of a project up to its ends: who gets what. Nothing is sent here."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse

from accounts.models import User
from accounts.roles import ADVISOR, AGENT, CANDIDATE, COMPANY, ORGANISATION
from commitments.projects.changes import changes_of
from commitments.projects.models import Commitment
from commitments.projects.workflow import BREAK, HIRE_EARLY, WITHDRAW
from core import french
from core.outbox import Message
from core.workflow import Transition
from immersions.applications.alternatives import alternatives_to, in_words
from immersions.stays.people import advisors_of

if TYPE_CHECKING:
    from commitments.projects.texts import (
        Amendment,
        CommitmentSignatory,
        CommitmentSignature,
        CommitmentSigningCode,
        CommitmentVersion,
    )
    from trainings.models import Session

KIND = {BREAK.name: "broken", WITHDRAW.name: "withdrawn", HIRE_EARLY.name: "hired_early"}


# --- Before both have signed ---------------------------------------------------------------------
def proposed(commitment: Commitment) -> list[Message]:
    """To the other side: something is proposed, and what to do about it."""
    if commitment.proposed_by == CANDIDATE:
        return _to_company(commitment, "proposed", "proposed")
    return [_to_candidate(commitment, "proposed", "proposed")]


def training_allowed(commitment: Commitment, session: "Session", *, reason: str) -> Message:
    """To the person: an agent permits a training that leads elsewhere. They still choose."""
    about: dict[str, Any] = {
        "training": session.action.training.title,
        "organisation": session.action.training.organisation.name,
        "dates": session.dates,
        "town": session.action.town,
        "reason": reason,
        "link": settings.SITE_URL + reverse("commitments:pledge", args=[commitment.pk]),
    }
    return _to_candidate(commitment, "training_allowed", f"allowed/{commitment.events.count()}", **about)


def to_sign(commitment: Commitment, version: "CommitmentVersion") -> list[Message]:
    """To each signatory, with their own link; the second time it says why one signs again. Who signs for
    another employer reads who names them: nobody else has told them.
    """
    change, again = f"v{version.number}/to_sign", version.number > 1
    carrier = commitment.promise.carrier_name if commitment.promise.carrier else ""
    return [
        _to_signatory(it, "to_sign", change, is_again=again, carrier=carrier)
        for it in _signatories(commitment)
    ]


def code(
    commitment: Commitment, signatory: "CommitmentSignatory", row: "CommitmentSigningCode", digits: str
) -> Message:
    said = f"{digits[:3]} {digits[3:]}"
    return _to_signatory(signatory, "code", f"code/{row.pk}", is_secret=True, code=said)


def half_signed(commitment: Commitment, signature: "CommitmentSignature", *, is_last: bool) -> list[Message]:
    """« Engagement reçu »: the receipt of who signs, and a word to the other side."""
    change = f"signature/{signature.pk}"
    about: dict[str, Any] = {
        "signer": signature.name,
        "by_candidate": signature.role == CANDIDATE,
        "is_last": is_last,
        "laid_by": signature.recorded_name,
        **_change_of(signature.version),
    }
    about["has_page"] = signature.role == CANDIDATE or signature.user_id is not None
    receipt = _to_signatory(
        signature.signatory,
        "half_signed",
        change,
        **about,
        is_signer=True,
        to_address=signature.email,
        **({"link": about_words(commitment)["link"]} if about["has_page"] else {}),
        name=signature.name,
    )
    others = (
        _to_company(commitment, "half_signed", change, **about, is_signer=False)
        if signature.role == CANDIDATE
        else [_to_candidate(commitment, "half_signed", change, **about, is_signer=False)]
    )
    return [receipt, *(it for it in others if it.to.lower() != receipt.to.lower())]


def reminder(commitment: Commitment, *, number: int) -> list[Message]:
    """Before the date that the proposal bears."""
    change = f"reminder/{number}"
    return [_to_candidate(commitment, "reminder", change), *_to_company(commitment, "reminder", change)]


def lapsed(commitment: Commitment) -> list[Message]:
    return _to_both(commitment, "lapsed", "lapsed")


def set_aside(commitment: Commitment) -> list[Message]:
    """To the other side, with the reason; when another project is signed, to this company."""
    about = _reason_of(commitment)
    if commitment.ended_by == COMPANY:
        return [_to_candidate(commitment, "set_aside", "set_aside", **about, **_ways(commitment))]
    return _to_company(commitment, "set_aside", "set_aside", **about)


# --- Signed --------------------------------------------------------------------------------------
def sealed(commitment: Commitment, version: "CommitmentVersion") -> list[Message]:
    """The promise, with its PDF, to all who must know."""
    return _to_all(commitment, "sealed", f"sealed/v{version.number}", version)


def amended(commitment: Commitment, version: "CommitmentVersion") -> list[Message]:
    return _to_all(commitment, "amended", f"amended/v{version.number}", version)


def amendment(commitment: Commitment, asked: "Amendment") -> list[Message]:
    """To each signatory, with their own link: a change to read and sign."""
    change = f"v{asked.version.number}/amendment"
    about = _about_change(asked) | {"changes": changes_of(commitment, asked)}
    return [_to_signatory(it, "amendment", change, **about) for it in _signatories(commitment)]


def amendment_reminder(commitment: Commitment, asked: "Amendment", *, number: int) -> list[Message]:
    """To whoever has not signed it; the other has nothing to do."""
    change = f"v{asked.version.number}/amendment/reminder/{number}"
    signed = set(asked.version.signatures.values_list("role", flat=True))
    about = _about_change(asked) | {"changes": changes_of(commitment, asked)}
    return [
        _to_signatory(it, "amendment_reminder", change, **about)
        for it in _signatories(commitment)
        if it.role not in signed
    ]


def amendment_dropped(commitment: Commitment, asked: "Amendment") -> list[Message]:
    return _to_both(commitment, "amendment_dropped", f"v{asked.version.number}/dropped")


def amendment_lapsed(commitment: Commitment, asked: "Amendment") -> list[Message]:
    change = f"v{asked.version.number}/lapsed"
    return _to_both(commitment, "amendment_lapsed", change, **_about_change(asked))


def _about_change(asked: "Amendment") -> dict[str, Any]:
    return {
        "words": asked.words,
        "by_candidate": asked.asked_by == CANDIDATE,
        "sign_by": french.day(asked.sign_by, weekday=True),
    }


def _change_of(version: "CommitmentVersion") -> dict[str, Any]:
    """Signing a change: its own date, not that of the first text."""
    asked = getattr(version, "amendment", None)
    return {"is_change": True, "sign_by": _about_change(asked)["sign_by"]} if asked else {"is_change": False}


def ended(commitment: Commitment, move: Transition, before: str) -> list[Message]:
    """To both sides and the advisor; the other side gets a next step. `before`: how far the project was."""
    kind = KIND[move.name]
    about = _reason_of(commitment) | {"before": before}
    return [
        _to_candidate(commitment, kind, kind, **about, **_ways(commitment), to_role=CANDIDATE),
        *_to_company(commitment, kind, kind, **about, to_role=COMPANY),
        *_to_advisors(commitment, kind, kind, **about, to_role=ADVISOR),
    ]


# --- Who -----------------------------------------------------------------------------------------
def _to_both(commitment: Commitment, kind: str, change: str, **context: Any) -> list[Message]:
    return [
        _to_candidate(commitment, kind, change, **_ways(commitment), **context),
        *_to_company(commitment, kind, change, **context),
    ]


def _to_all(commitment: Commitment, kind: str, change: str, version: "CommitmentVersion") -> list[Message]:
    """Both sides, the training organisation, the advisor, the region's box: each with the PDF."""
    about: dict[str, Any] = {"code": version.code, "post": commitment.post_number, "posts": commitment.posts}
    session = version.session
    about |= {"training": session.action.training.title, "dates": session.dates, "town": session.action.town}
    messages = [
        _to_candidate(commitment, kind, change, **about, to_role=CANDIDATE),
        *_to_company(commitment, kind, change, **about, to_role=COMPANY),
        *_to_advisors(commitment, kind, change, **about, to_role=ADVISOR),
    ]
    boxes = [
        (commitment.promise.signatory_email, COMPANY, "signatory"),
        (session.action.training.organisation.email, ORGANISATION, "organisation"),
        (commitment.offer.commune.department.region.contact_email, AGENT, "region"),
    ]
    known = {message.to.lower() for message in messages}
    for address, role, tag in boxes:
        if address and address.lower() not in known:
            messages.append(_message(commitment, kind, f"{change}/{tag}", to=address, to_role=role, **about))
            known.add(address.lower())
    for message in messages:
        message.attachments.append(pdf_part(version))
    return messages


def pdf_part(version: "CommitmentVersion") -> dict[str, str]:
    """Made when the message leaves: nobody waits for a PDF to sign (see `core.attachments`)."""
    return {
        "name": "projet-emploi-formation.pdf",
        "type": "application/pdf",
        "maker": "commitments/version",
        "about": str(version.pk),
    }


def _to_candidate(commitment: Commitment, kind: str, change: str, **context: Any) -> Message:
    user = commitment.candidate.user
    return _message(
        commitment, kind, f"{change}/candidate", to=user.email, to_user=user, is_candidate=True, **context
    )


def _to_company(commitment: Commitment, kind: str, change: str, **context: Any) -> list[Message]:
    members = commitment.company.confirmed_members().order_by("pk")
    return [_to_user(commitment, kind, change, user, **context) for user in members]


def _to_advisors(commitment: Commitment, kind: str, change: str, **context: Any) -> list[Message]:
    advisors = advisors_of(commitment.application)
    return [_to_user(commitment, kind, change, user, **context) for user in advisors]


def _to_user(commitment: Commitment, kind: str, change: str, user: User, **context: Any) -> Message:
    return _message(commitment, kind, f"{change}/u{user.pk}", to=user.email, to_user=user, **context)


def _signatories(commitment: Commitment) -> list["CommitmentSignatory"]:
    return list(commitment.signatories.filter(is_needed=True).order_by("pk"))


def _to_signatory(
    signatory: "CommitmentSignatory",
    kind: str,
    change: str,
    *,
    is_secret: bool = False,
    to_address: str = "",
    **context: Any,
) -> Message:
    commitment = signatory.commitment
    is_candidate = signatory.role == CANDIDATE
    return _message(
        commitment,
        kind,
        f"{change}/s{signatory.role}",
        to=to_address or signatory.email,
        to_user=commitment.candidate.user if is_candidate else None,
        is_secret=is_secret,
        is_candidate=is_candidate,
        **{
            "link": settings.SITE_URL + reverse("commitments:sign_link", args=[signatory.token]),
            "name": signatory.name,
            **context,
        },
    )


def _message(
    commitment: Commitment,
    kind: str,
    change: str,
    *,
    to: str,
    to_user: User | None = None,
    is_secret: bool = False,
    **context: Any,
) -> Message:
    return Message(
        kind=f"commitments/{kind}",
        to=to,
        to_user=to_user,
        key=f"commitment/{commitment.pk}/{change}",
        scope=commitment.department_code,
        is_secret=is_secret,
        context={**about_words(commitment), "to_role": "", "is_candidate": False, **context},
    )


def about_words(commitment: Commitment) -> dict[str, Any]:
    """What every message of a project may say."""
    user, promise = commitment.candidate.user, getattr(commitment, "promise", None)
    return {
        "title": (promise.job_title if promise else "") or commitment.offer.title,
        "company": commitment.company.name,
        "first_name": user.first_name,
        "full_name": user.get_full_name(),
        "sign_by": french.day(commitment.expires_on, weekday=True),
        "link": settings.SITE_URL + reverse("commitments:commitment", args=[commitment.pk]),
    }


def _reason_of(commitment: Commitment) -> dict[str, Any]:
    return {
        "reason": commitment.get_end_reason_display(),
        "words": commitment.end_words,
        "by_candidate": commitment.ended_by == CANDIDATE,
    }


def _ways(commitment: Commitment) -> dict[str, Any]:
    """Never a bare no: offers of the same trade near home."""
    offers = settings.SITE_URL + reverse("immersions:offers")
    return {
        "alternatives": in_words(alternatives_to(commitment.offer, commitment.candidate)),
        "search_url": f"{offers}?metier={commitment.offer.occupation_id or ''}",
    }
