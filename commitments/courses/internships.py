"""The training's internships: by default in the promising company, on the session's own periods.

Another company only with a reason. Their agreement is the training's: a document that one keeps here.
"""

import datetime as dt
import logging

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import COMPANY, ORGANISATION
from commitments.courses import emails
from commitments.courses.internship_models import Internship, InternshipChange, InternshipDocument
from commitments.courses.queries import IN_COURSE
from commitments.seats.models import SeatRequest
from commitments.seats.people import role_in
from core import french
from core.outbox import post
from core.rules import RuleBroken, constraints_speak
from core.signing.scans import Scan
from core.workflow import SYSTEM
from trainings.models import InCompanyPeriod

logger = logging.getLogger(__name__)


def by_default(request: SeatRequest) -> int:
    """The session's periods, in the company that promises; once. The caller holds the request.

    Two periods at once elsewhere (another internship of the same person) leave that one to be said.
    """
    if not request.is_promised or Internship.objects.filter(seat_request=request).exists():
        return 0
    return sum(_take(request, period) for period in request.session.in_company_periods.all())


def _take(request: SeatRequest, period: InCompanyPeriod) -> bool:
    row = _new(request, period.starts_on, period.ends_on)
    row.company_id, row.is_by_default = request.commitment.company_id, True
    if is_saved := _is_saved(row):
        _note(row, "Repris des périodes en entreprise de la session", role=SYSTEM, by=None)
    return is_saved


def _is_saved(row: Internship) -> bool:
    try:
        with constraints_speak(Internship):
            row.save()
    except RuleBroken as refusal:
        logger.info(
            "no default internship", extra={"seat_request": row.seat_request_id, "code": refusal.code}
        )
        return False
    return True


def follow_periods(request: SeatRequest) -> int:
    """The session says other periods: those of its internships that nobody touched and that have not
    begun go with it. As soon as the organisation has said one itself, all are its own to say. The
    caller holds the request. Returns how many changed.
    """
    if not request.is_promised or Internship.objects.touched().filter(seat_request=request).exists():
        return 0
    rows = Internship.objects.standing().filter(seat_request=request)
    known = {(row.starts_on, row.ends_on): row for row in rows}
    periods = {(it.starts_on, it.ends_on): it for it in request.session.in_company_periods.all()}
    today = timezone.localdate()
    moved = [row for days, row in sorted(known.items()) if days not in periods and row.starts_on > today]
    new = [it for days, it in sorted(periods.items()) if days not in known and it.starts_on > today]
    for row, period in zip(moved, new, strict=False):
        _move(row, request, period)
    for row in moved[len(new) :]:
        _cancel(row, role=SYSTEM, by=None)
        _tell(row)
    added = sum(_take(request, period) for period in new[len(moved) :])
    return len(moved) + added


def _move(row: Internship, request: SeatRequest, period: InCompanyPeriod) -> None:
    before, session = _words(row), request.session
    row.starts_on, row.ends_on = period.starts_on, period.ends_on
    row.session_from, row.session_to = session.starts_on, session.ends_on
    if _is_saved(row):
        _note(row, f"{before} → {_words(row)}", role=SYSTEM, by=None)
        _tell(row)


def _new(request: SeatRequest, first: dt.date, last: dt.date) -> Internship:
    session = request.session
    return Internship(
        seat_request=request,
        candidate_id=request.candidate_id,
        starts_on=first,
        ends_on=last,
        session_from=session.starts_on,
        session_to=session.ends_on,
    )


@transaction.atomic
def plan_internship(
    request: SeatRequest,
    *,
    by: User,
    starts_on: dt.date,
    ends_on: dt.date,
    host_name: str = "",
    host_contact: str = "",
    elsewhere_reason: str = "",
    instead_of: Internship | None = None,
) -> Internship:
    """« Le stage a lieu du… au… »: in the promising company, or in another one, with a reason.

    `instead_of`: the same internship, said otherwise.
    """
    request.lock()
    if role_in(request, by) != ORGANISATION:
        raise PermissionDenied
    if request.status not in IN_COURSE:
        raise RuleBroken("La personne n’est pas en formation.", code="status")
    row = _again(request, instead_of) if instead_of else _new(request, starts_on, ends_on)
    before = instead_of and _words(instead_of)
    row.starts_on, row.ends_on, row.is_by_default = starts_on, ends_on, False
    row.host_contact = host_contact.strip()
    _place(row, request, host_name.strip(), elsewhere_reason.strip())
    with constraints_speak(Internship):
        row.save()
    _note(row, f"{before} → {_words(row)}" if before else _words(row), role=ORGANISATION, by=by)
    _tell(row)
    return row


def _place(row: Internship, request: SeatRequest, host_name: str, why: str) -> None:
    """The promising company; another one needs its name, and a reason when somebody promises."""
    if request.is_promised and not (host_name or why):
        row.company, row.host_name, row.elsewhere_reason = request.commitment.company, "", ""
        return
    if not host_name:
        raise RuleBroken("Dites dans quelle entreprise.", code="host_name")
    if request.is_promised and not why:
        raise RuleBroken(
            "Dites pourquoi ce n’est pas dans l’entreprise de la promesse.", code="elsewhere_reason"
        )
    row.company, row.host_name = None, host_name
    row.elsewhere_reason = why or "Aucune promesse d’embauche"


def _again(request: SeatRequest, row: Internship) -> Internship:
    found = Internship.objects.select_for_update(of=("self",), no_key=True).get(
        pk=row.pk, seat_request=request
    )
    if found.cancelled_at is not None:
        raise RuleBroken("Ce stage est annulé.", code="cancelled")
    found.session_from, found.session_to = request.session.starts_on, request.session.ends_on
    return found


@transaction.atomic
def cancel_internship(internship: Internship, *, by: User) -> None:
    """« Ce stage n’a pas lieu. » Its history and its document stay."""
    request = SeatRequest.objects.get(pk=internship.seat_request_id)
    request.lock()
    if role_in(request, by) != ORGANISATION:
        raise PermissionDenied
    row = _again(request, internship)
    _cancel(row, role=ORGANISATION, by=by)
    _tell(row)


def cancel_to_come(request: SeatRequest) -> None:
    """The person is not there any more: those that have not begun do not take place. The caller holds it."""
    rows = Internship.objects.standing().filter(seat_request=request, starts_on__gt=timezone.localdate())
    for row in rows.select_for_update(of=("self",), no_key=True):
        _cancel(row, role=SYSTEM, by=None)


def bring_back(request: SeatRequest, *, since: dt.datetime) -> None:
    """The person had not left: what was cancelled with it, and has not begun, takes place. The caller holds it."""
    rows = Internship.objects.filter(
        seat_request=request, cancelled_at__gte=since, starts_on__gt=timezone.localdate()
    )
    for row in rows.select_for_update(of=("self",), no_key=True):
        row.cancelled_at = None
        if _is_saved(row):
            _note(row, "De nouveau prévu", role=SYSTEM, by=None)


def _cancel(row: Internship, *, role: str, by: User | None) -> None:
    row.cancelled_at = timezone.now()
    row.save(update_fields=["cancelled_at"])
    _note(row, "Annulé", role=role, by=by)


@transaction.atomic
def give_document(internship: Internship, *, by: User, scan: Scan) -> InternshipDocument:
    """The training's agreement, by the organisation or the company. The ones before are kept."""
    one = Internship.objects.filter(pk=internship.pk)
    if one.of_organisations(by).exists():
        role = ORGANISATION
    elif one.of_companies(by).exists():
        role = COMPANY
    else:
        raise PermissionDenied
    row = one.select_for_update(of=("self",), no_key=True).get()
    if row.cancelled_at is not None:
        raise RuleBroken("Ce stage est annulé.", code="cancelled")
    document = InternshipDocument(internship=row, role=role, given_by=by)
    document.scan.save(scan.name, scan.file, save=False)
    document.save()
    _note(row, "Convention déposée", role=role, by=by)
    return document


def _words(row: Internship) -> str:
    return f"{row.place}, du {french.day(row.starts_on)} au {french.day(row.ends_on)}"


def _note(row: Internship, words: str, *, role: str, by: User | None) -> None:
    InternshipChange.objects.create(internship=row, words=words[:300], role=role, by=by)


def _tell(row: Internship) -> None:
    whole = Internship.objects.for_list().get(pk=row.pk)
    for message in emails.internship_changed(whole, number=row.changes.count()):
        post(message)
