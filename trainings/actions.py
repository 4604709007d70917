"""What an agent does by hand to the catalogue, and what an import does for them."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from core.rules import RuleBroken
from territories.models import Occupation
from trainings.models import Session, Source, Training, TrainingAction, TrainingOccupation
from trainings.models.trainings import LinkOrigin
from trainings.moves import sessions_moved

if TYPE_CHECKING:
    from accounts.models import User


def close_trainings(trainings: QuerySet[Training], *, now: dt.datetime) -> dict[str, int]:
    """Close trainings with their actions and sessions. What was closed before keeps its date."""
    pks = list(trainings.values_list("pk", flat=True))
    sessions = Session.objects.filter(action__training__in=pks, closed_at=None)
    actions = TrainingAction.objects.filter(training__in=pks, closed_at=None)
    return {
        "sessions": sessions.update(closed_at=now),
        "actions": actions.update(closed_at=now),
        "formations": Training.objects.filter(pk__in=pks, closed_at=None).update(closed_at=now),
    }


@transaction.atomic
def close_training(training: Training, *, by: "User") -> None:
    """« Cette formation n’existe plus. » Only for what an agent wrote: the catalogue closes its own."""
    _written_by_an_agent(training)
    _in_territory(training, by)
    close_trainings(Training.objects.filter(pk=training.pk), now=timezone.now())


@transaction.atomic
def reopen_training(training: Training, *, by: "User") -> None:
    """« Finalement, elle existe. » With the actions and sessions that were closed with it."""
    _written_by_an_agent(training)
    _in_territory(training, by)
    training.refresh_from_db(from_queryset=Training.objects.select_for_update())
    if training.closed_at is None:
        return
    Training.objects.filter(pk=training.pk).update(closed_at=None)
    TrainingAction.objects.filter(training=training, closed_at=training.closed_at).update(closed_at=None)
    Session.objects.filter(action__training=training, closed_at=training.closed_at).update(closed_at=None)


@transaction.atomic
def cancel_session(session: Session, *, by: "User") -> None:
    """« Cette session n’aura pas lieu. » It keeps no offer published any more."""
    _in_territory(session.action.training, by)
    if Session.objects.filter(pk=session.pk, cancelled_at=None).update(cancelled_at=timezone.now()):
        sessions_moved()


@transaction.atomic
def link_occupation(training: Training, occupation: Occupation, *, by: "User") -> TrainingOccupation:
    """« Cette formation mène aussi à ce métier. » The next imports keep it, whatever they say."""
    _in_territory(training, by)
    link, _ = TrainingOccupation.objects.update_or_create(
        training=training, occupation=occupation, defaults={"origin": LinkOrigin.AGENT, "by": by}
    )
    return link


def _written_by_an_agent(training: Training) -> None:
    if training.source != Source.MANUAL:
        raise RuleBroken("Le catalogue tient cette formation à jour lui-même.", code="from_catalogue")


def _in_territory(training: Training, user: "User") -> None:
    if not Training.objects.in_territory_of(user).filter(pk=training.pk).exists():
        raise RuleBroken("Cette formation n’est pas sur votre territoire.", code="elsewhere")
