"""What an organisation says of its sessions and of itself. One function per sentence.

Each change is one line of history; the same thing said twice writes nothing the second time. What
is said here stands in columns that no import writes.
"""

import datetime as dt
import logging
from collections.abc import Sequence
from typing import NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core import french
from core.rules import RuleBroken, constraints_speak
from trainings.models import (
    InCompanyPeriod,
    MeetingKind,
    SaidBy,
    Session,
    SessionChange,
    SessionContact,
    SessionMeeting,
    TrainingOrganisation,
)
from trainings.organisations import figures
from trainings.organisations.followers import tell_followers
from trainings.organisations.queries import sessions_spoken_for_by

logger = logging.getLogger(__name__)


class Days(NamedTuple):
    starts_on: dt.date
    ends_on: dt.date


class Meeting(NamedTuple):
    kind: str
    at: dt.datetime
    place: str


@transaction.atomic
def tell_seats_left(session: Session, *, by: User, seats_left: int | None) -> None:
    """« Il reste quatre places », « C’est complet » (0), « Je ne sais pas » (None).

    Those that nobody was given yet: a seat held for someone who waits for an answer is among them.
    """
    _hold(session, by)
    mine = Session.objects.filter(pk=session.pk).select_related("seats")
    before = figures.to_give(figures.with_figures(mine).get())
    if before == seats_left:
        return
    session.seats_left = seats_left
    with constraints_speak(Session):
        session.save(update_fields=["seats_left"])
    write_change(
        session, SaidBy.ORGANISATION, f"Places restantes : {_seats(before)} → {_seats(seats_left)}", by
    )
    tell_followers(session, by=by)


@transaction.atomic
def tell_periods(session: Session, *, by: User, periods: Sequence[Days]) -> None:
    """« Le groupe est en entreprise du… au… » The whole list at once."""
    _hold(session, by)
    wanted = sorted(set(periods))
    for period in wanted:
        _check_inside(session, period)
    before = [Days(it.starts_on, it.ends_on) for it in session.in_company_periods.all()]
    if before == wanted:
        return
    with constraints_speak(InCompanyPeriod):
        session.in_company_periods.exclude(
            pk__in=[
                it.pk for it in session.in_company_periods.all() if Days(it.starts_on, it.ends_on) in wanted
            ]
        ).delete()
        new = [InCompanyPeriod(session=session, **it._asdict()) for it in wanted if it not in before]
        InCompanyPeriod.objects.bulk_create(new)
    said = ", ".join(french.period(*period) for period in wanted) or "aucune"
    write_change(session, SaidBy.ORGANISATION, f"Périodes en entreprise : {said}", by)


@transaction.atomic
def tell_meetings(session: Session, *, by: User, meetings: Sequence[Meeting]) -> None:
    """« Réunion d’information le 4 janvier à 9 h. » The whole list at once."""
    _hold(session, by)
    wanted = sorted(meetings, key=lambda it: (it.at, it.kind))
    known = {Meeting(it.kind, it.at, it.place): it.pk for it in session.meetings.all()}
    if any(it.at <= timezone.now() for it in wanted if it not in known):
        raise RuleBroken("Un nouveau rendez-vous a une date à venir.", code="past")
    if set(known) == set(wanted):
        return
    with constraints_speak(SessionMeeting):
        session.meetings.filter(pk__in=[pk for it, pk in known.items() if it not in wanted]).delete()
        SessionMeeting.objects.bulk_create(
            [SessionMeeting(session=session, **it._asdict()) for it in wanted if it not in known]
        )
    days = [f"{MeetingKind(it.kind).label.lower()} le {french.day(it.at.date())}" for it in wanted]
    write_change(session, SaidBy.ORGANISATION, f"Rendez-vous : {', '.join(days) or 'aucun'}", by)


@transaction.atomic
def tell_contact(session: Session, *, by: User, name: str, email: str, phone: str) -> None:
    """« Pour cette session, appelez plutôt… » All empty: the contact of the catalogue again."""
    _hold(session, by)
    wanted = {"name": name.strip(), "email": email.strip(), "phone": phone.strip()}
    known = SessionContact.objects.filter(session=session).values(*wanted).first()
    if known == wanted or (known is None and not any(wanted.values())):
        return
    if any(wanted.values()):
        SessionContact.objects.update_or_create(session=session, defaults=wanted)
    else:
        SessionContact.objects.filter(session=session).delete()
    # Without names: a person may ask to be forgotten, a line of history stays.
    write_change(session, SaidBy.ORGANISATION, "Contact de la session modifié", by)


@transaction.atomic
def tell_requests_address(
    organisation: TrainingOrganisation, *, by: User, requests_email: str, requests_phone: str
) -> None:
    """« Écrivez-nous ici pour une place. »"""
    if not TrainingOrganisation.objects.trusting(by).filter(pk=organisation.pk).exists():
        raise PermissionDenied
    organisation.requests_email, organisation.requests_phone = requests_email, requests_phone
    organisation.save(update_fields=["requests_email", "requests_phone"])
    logger.info("requests address told", extra={"organisation": organisation.pk, "by": by.pk})


@transaction.atomic
def seats_said_by_agent(session: Session, *, by: User) -> None:
    """An agent typed the seats left in the administration: the same history, the same followers."""
    write_change(session, SaidBy.AGENT, f"Places restantes : {_seats(session.seats_left)}", by)
    tell_followers(session, by=by)


def write_change(session: Session, said_by: str, words: str, by: User | None) -> None:
    """One line in the life of the session."""
    SessionChange.objects.create(session=session, said_by=said_by, by=by, words=words[:300])
    logger.info(
        "session told", extra={"session": session.pk, "said_by": said_by, "by": by.pk if by else None}
    )


def _hold(session: Session, by: User) -> None:
    """A confirmed member of its organisation, one at a time; never of a session that is not."""
    if not sessions_spoken_for_by(by).filter(pk=session.pk).exists():
        raise PermissionDenied
    session.refresh_from_db(from_queryset=Session.objects.select_for_update(of=("self",), no_key=True))
    if session.cancelled_at:
        raise RuleBroken("Cette session est annulée : rien n’y change plus.", code="cancelled")


def _check_inside(session: Session, period: Days) -> None:
    if period.ends_on < period.starts_on:
        raise RuleBroken("Une période en entreprise finit après avoir commencé.", code="order")
    too_soon = session.starts_on and period.starts_on < session.starts_on
    too_late = session.ends_on and period.ends_on > session.ends_on
    if too_soon or too_late:
        raise RuleBroken(
            f"La période du {french.period(*period)} sort de la session, {session.dates}.", code="outside"
        )


def _seats(number: int | None) -> str:
    if number is None:
        return "inconnues"
    return str(number) if number else "complet"
