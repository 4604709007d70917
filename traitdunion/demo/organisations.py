"""The training organisations' spaces of the demo: one near Metz, one near Nancy, and what they say."""

import datetime as dt

from django.utils import timezone

from accounts.models import Membership, User
from territories.members import confirm_member
from trainings.models import MeetingKind, Session, SessionChange, TrainingAction, TrainingOrganisation
from trainings.models.sessions import SessionStatus
from trainings.organisations.actions import (
    Days,
    Meeting,
    tell_contact,
    tell_meetings,
    tell_periods,
    tell_requests_address,
)
from trainings.organisations.joining import register_member
from traitdunion.demo import accounts
from traitdunion.demo.catalogue import GROUP, monday_after, number_of
from traitdunion.demo.past import Past

WEEK = dt.timedelta(weeks=1)
TWO_WORKING_WEEKS = dt.timedelta(days=11)
OPENED = 60  # Days ago.
TRAINERS = (
    (accounts.TRAINER, "Élise", "Wagner", "batir"),
    (accounts.TRAINER_54, "Malik", "Thomas", "energie"),
)


def seed_organisations(past: Past) -> None:
    """By the site's own actions; an organisation whose space is open is left alone."""
    admin = User.objects.get(email=accounts.ADMIN)
    for email, first, last, key in TRAINERS:
        organisation = TrainingOrganisation.objects.filter(external_id=f"demo-{key}").first()
        if organisation is None or organisation.organisation_id:
            continue
        member, _ = User.objects.get_or_create_by_email(email)
        member.first_name, member.last_name, member.phone = first, last, organisation.phone
        member.save()
        membership = register_member(organisation, by=member)
        if not membership.confirmed_at:
            confirm_member(membership, by=admin)
        _say(organisation, member)
        moment = past.moment(OPENED, key)
        past.move(moment, User, "id", member.pk)
        past.move(moment, Membership, "id", membership.pk)
        past.move(moment, SessionChange, "by_id", member.pk)
        past.move_messages(moment)


def _say(organisation: TrainingOrganisation, member: User) -> None:
    """Its next sessions are told, but the last one: there must be something left to do."""
    name = organisation.name
    tell_requests_address(
        organisation, by=member, requests_email=organisation.email, requests_phone=organisation.phone
    )
    actions = TrainingAction.objects.filter(training__organisation=organisation).order_by("pk")
    first = actions.first()
    if first is not None:
        _session_under_way(first)
    to_come = Session.objects.filter(
        action__training__organisation=organisation, starts_on__gt=timezone.localdate(), ends_on__isnull=False
    )
    sessions = list(to_come.select_related("action").order_by("starts_on", "pk"))
    for session in sessions[:-1]:
        friday = session.ends_on - WEEK
        tell_periods(session, by=member, periods=[Days(friday - TWO_WORKING_WEEKS, friday)])
    for session in sessions[:1]:
        day = dt.datetime.combine(session.starts_on - WEEK, dt.time(9))
        meeting = Meeting(MeetingKind.INFORMATION, timezone.make_aware(day), f"{name}, salle 2")
        tell_meetings(session, by=member, meetings=[meeting])
        tell_contact(
            session,
            by=member,
            name=f"Accueil de {name}",
            email=organisation.email,
            phone=organisation.phone,
        )


def _session_under_way(action: TrainingAction) -> None:
    """One that began a month ago, so that the three lists have something in them."""
    starts_on = monday_after(timezone.localdate() - 5 * WEEK)
    Session.objects.create(
        action=action,
        external_id=number_of(action, starts_on),
        starts_on=starts_on,
        ends_on=starts_on + 24 * WEEK,
        status=SessionStatus.CLOSED,
        seats_total=GROUP,
        seats_left=0,
    )
