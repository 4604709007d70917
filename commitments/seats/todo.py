"""What each side must do about seats, as their space shows it. One query each."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from commitments.seats import showing
from commitments.seats.models import Meeting, ProjectValidation, SeatRequest
from commitments.seats.workflow import LIVE
from commitments.seats.workflow import ProjectStatus as P
from core import french
from core.todo import Todo

SHOWN = 20


def todos_of_organisation(user: User) -> list[Todo]:
    """Answer; say who came to a meeting."""
    unsaid = Meeting.objects.filter(seat_request=OuterRef("pk"), has_come=None, at__lte=timezone.now())
    mine = SeatRequest.objects.of_organisations(user).annotate(has_unsaid=Exists(unsaid))
    rows = mine.filter(Q(has_unsaid=True) | Q(waiting_since__lte=timezone.now())).to_answer().for_list()
    return [_answer(it) for it in rows[:SHOWN]]


def _answer(it: SeatRequest) -> Todo:
    who = it.candidate.user.get_full_name()
    promise = (
        f"{it.commitment.company.name} promet l’embauche." if it.commitment else "Sans promesse d’embauche."
    )
    unsaid = it.has_unsaid  # type: ignore[attr-defined]
    return Todo(
        what=f"{'Dites si cette personne est venue' if unsaid else 'Une demande de place'} : {who}",
        why=f"{showing.session_words(it.session)}. {promise}",
        by=showing.answer_by(it, "vous appelle"),
        late=showing.is_late(it),
        url=reverse("commitments:seat_request", args=[it.pk]),
        label="Répondre",
        due_on=timezone.localdate(it.waiting_since),
    )


def todos_of_advisor(user: User) -> list[Todo]:
    """Give one's opinion; come back to the projects that were refused for now."""
    rows = ProjectValidation.objects.to_settle().followed_by(user).for_page()[:SHOWN]
    return [_validate(it) if it.status == P.TO_VALIDATE else _reconsider(it) for it in rows]


def _reconsider(it: ProjectValidation) -> Todo:
    request = it.seat_request
    first = request.session.starts_on
    return Todo(
        what=f"Projet non validé : {request.candidate.user.get_full_name()}",
        why=f"{showing.session_words(request.session)}. Sans votre oui, la personne n’entre pas : revoyez-le avec elle.",
        by=f"avant le {french.day(first, weekday=True)}, premier jour de la formation" if first else "",
        late=bool(first and first <= timezone.localdate()),
        url=reverse("commitments:project_validation", args=[request.pk]),
        label="Revoir le projet",
        due_on=first,
    )


def _validate(it: ProjectValidation) -> Todo:
    request = it.seat_request
    since = timezone.localdate(it.waiting_since)
    day = showing.last_day(request, "validation", it.waiting_since)
    return Todo(
        what=f"Valider le projet de formation : {request.candidate.user.get_full_name()}",
        why=showing.session_words(request.session),
        by=f"avant le {french.day(day, weekday=True)}, sinon un agent de la Région vous appelle",
        late=day < timezone.localdate(),
        url=reverse("commitments:project_validation", args=[request.pk]),
        label="Lire et valider",
        due_on=since,
    )


def todos_of_candidate(user: User) -> list[Todo]:
    """The promise stands, and no seat is asked for, or its session ends too late; or a seat crosses it."""
    rows = SeatRequest.objects.of(user).to_choose().for_list().order_by("commitment", "-pk")[:SHOWN]
    late = [it for it in rows if it.commitment and it.status in LIVE]
    latest = {it.commitment_id: it for it in reversed(rows) if it.commitment and it not in late}
    crossing = [it for it in rows if it.commitment is None]
    return [
        *map(_choose_again, latest.values()),
        *map(_give_back, crossing),
        *map(ends_too_late, late),
    ]


def ends_too_late(it: SeatRequest) -> Todo:
    """The session moved past the hiring: either side asks for a later start, and both sign it."""
    last = french.day(it.commitment.starts_by)
    return Todo(
        what="La formation finit après l’embauche promise\N{NO-BREAK SPACE}: modifiez le projet",
        why=f"{showing.session_words(it.session)}. L’embauche est promise au plus tard le {last}\N{NO-BREAK SPACE}: "
        "demandez une date plus tardive, puis chacun signe.",
        url=reverse("commitments:amend", args=[it.commitment_id]),
        label="Modifier le projet",
        due_on=it.commitment.starts_by,
    )


def todos_before_entry(user: User) -> list[Todo]:
    """Go to the meeting; talk about a project that the advisor does not validate."""
    rows = SeatRequest.objects.of(user).to_heed().for_page()[:SHOWN]
    meetings = [_go(it, meeting) for it in rows if (meeting := showing.meeting_of(it))]
    return meetings + [_talk(it) for it in rows if it.validation.status == P.NOT_VALIDATED]


def _go(it: SeatRequest, meeting: Meeting) -> Todo:
    return Todo(
        what=f"Allez à la réunion d’information : {it.session.action.training.title}",
        why=f"{it.organisation.name}, {meeting.place}. Un empêchement ? Appelez l’organisme.",
        by=f"le {french.day(meeting.day, weekday=True)}, {french.hour(meeting.hour)}",
        url=reverse("commitments:my_seat", args=[it.pk]),
        label="Voir ma demande",
        due_on=meeting.day,
    )


def _talk(it: SeatRequest) -> Todo:
    first = it.session.starts_on
    return Todo(
        what="Parlez de votre formation avec la personne qui vous accompagne",
        why=f"{it.session.action.training.title} : votre projet n’est pas encore validé, et il faut son oui pour entrer.",
        by=f"avant le {french.day(first, weekday=True)}, premier jour de la formation" if first else "",
        url=reverse("commitments:my_seat", args=[it.pk]),
        label="Lire pourquoi",
        due_on=timezone.localdate(),
    )


def _choose_again(it: SeatRequest) -> Todo:
    return Todo(
        what="Choisissez une autre session de formation",
        why=f"La promesse de {it.commitment.company.name} tient toujours : il manque une place.",
        url=reverse("commitments:my_seat", args=[it.pk]),
        label="Voir les sessions",
        due_on=timezone.localdate(it.status_since),
    )


def _give_back(it: SeatRequest) -> Todo:
    return Todo(
        what="Deux formations aux mêmes dates",
        why=f"{showing.session_words(it.session)} : vous y avez demandé une place, et votre projet signé en "
        "choisit une autre. Rendez celle qui ne sert plus.",
        url=reverse("commitments:seat_withdraw", args=[it.pk]),
        label="Rendre cette place",
        due_on=timezone.localdate(it.status_since),
    )
