"""What each space may ask of somebody, alcove by alcove: one query says which alcoves have something
(`core.todo.gathered`), so that a space costs the same however many alcoves there are.
"""

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from commitments.contracts import todo as contracts
from commitments.contracts.todo import WAITING
from commitments.courses import todo as courses
from commitments.courses.models import Concern
from commitments.followups import todo as followups
from commitments.followups.models import FollowUp
from commitments.parcours import todo as parcours
from commitments.parcours.models import PathShare
from commitments.projects import todo as projects
from commitments.projects.models import Commitment
from commitments.projects.workflow import CommitmentStatus
from commitments.seats import todo as seats
from commitments.seats.models import ProjectValidation, SeatRequest
from commitments.seats.workflow import SeatStatus
from core.todo import Source
from immersions.agreements import todo as agreements
from immersions.agreements.models import Agreement
from immersions.applications.models import Application
from immersions.applications.workflow import ApplicationStatus
from immersions.appointments import showing as appointments
from immersions.appointments.models import Appointment, AppointmentTime
from immersions.dates import showing as dates
from immersions.dates.models import DateProposal
from immersions.facilitee import todo as facilitee
from immersions.stays import todo as stays
from immersions.stays.models import Incident
from immersions.stays.queries import followed_by

IN_TRAINING = (SeatStatus.ADMITTED, SeatStatus.ENTERED)
SOON_OR_IN_TRAINING = (CommitmentStatus.SEALED, CommitmentStatus.IN_TRAINING)


def times_offered(user: User) -> QuerySet:
    now = timezone.now()
    return AppointmentTime.objects.filter(application__candidate__user=user, is_open=True, starts_at__gt=now)


SHARED = Source(
    due=lambda user: PathShare.objects.given_to(user).not_read_by(user), todos=parcours.todos_of_partner
)
OF_CANDIDATE = (
    Source(due=times_offered, todos=appointments.todos_for_candidate),
    Source(due=lambda user: DateProposal.objects.of(user).open(), todos=dates.todos_for_candidate),
    Source(due=lambda user: Agreement.objects.of(user).to_do(), todos=agreements.todos_of_candidate),
    Source(
        due=lambda user: Application.objects.of(user).filter(status=ApplicationStatus.COMPLETED),
        todos=projects.todos_of_candidate,
    ),
    Source(due=lambda user: Commitment.objects.of(user), todos=followups.todos_of_candidate),
    Source(due=lambda user: SeatRequest.objects.of(user).to_choose(), todos=seats.todos_of_candidate),
    Source(due=lambda user: SeatRequest.objects.of(user).to_heed(), todos=seats.todos_before_entry),
    Source(
        due=lambda user: SeatRequest.objects.of(user).filter(status__in=IN_TRAINING),
        todos=courses.todos_of_candidate,
    ),
)
OF_COMPANY = (
    Source(
        due=lambda user: Appointment.objects.received_by(user).booked(), todos=appointments.todos_for_company
    ),
    Source(due=lambda user: DateProposal.objects.received_by(user).open(), todos=dates.todos_for_company),
    Source(due=lambda user: Agreement.objects.of_companies(user).to_do(), todos=agreements.todos_of_company),
    Source(
        due=lambda user: Application.objects.received_by(user).filter(status=ApplicationStatus.COMPLETED),
        todos=projects.todos_of_company,
    ),
    Source(
        due=lambda user: Commitment.objects.of_companies(user).filter(WAITING),
        todos=contracts.todos_of_company,
    ),
    Source(
        due=lambda user: Commitment.objects.of_companies(user).filter(status__in=SOON_OR_IN_TRAINING),
        todos=courses.todos_of_company,
    ),
    SHARED,
)
OF_ORGANISATION = (SHARED,)
OF_ADVISOR = (
    Source(due=lambda user: Agreement.objects.of_structures(user).to_do(), todos=agreements.todos_of_advisor),
    Source(due=lambda user: Agreement.objects.of_structures(user).live(), todos=facilitee.todos_of_advisor),
    Source(
        due=lambda user: Incident.objects.filter(followed_by(user, "application__candidate")),
        todos=stays.todos_of_advisor,
    ),
    Source(
        due=lambda user: ProjectValidation.objects.to_settle().followed_by(user), todos=seats.todos_of_advisor
    ),
    Source(due=lambda user: Concern.objects.open().followed_by(user), todos=courses.todos_of_advisor),
    Source(due=lambda user: FollowUp.objects.followed_by(user).escalated(), todos=followups.todos_of_advisor),
    SHARED,
)
