"""Make our trainings those of a catalogue: add, update, reopen, and close what vanished.

Nothing is deleted, and a row that says the same as yesterday is not written.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from django.db import connection, transaction

from territories.models import Region
from trainings.actions import close_trainings
from trainings.catalogue import lheo
from trainings.catalogue.blocks import Blocks
from trainings.catalogue.files import Counted
from trainings.catalogue.lheo import RefusedTraining
from trainings.catalogue.links import Links
from trainings.catalogue.organisations import Organisations
from trainings.catalogue.places import Gazetteer, placed
from trainings.catalogue.publics import Publics
from trainings.catalogue.refusals import FileRefused
from trainings.catalogue.report import Report
from trainings.catalogue.rows import ActionRow, TrainingRow, facts
from trainings.catalogue.writing import write
from trainings.models import SaidBy, Session, SessionChange, Training, TrainingAction
from trainings.models.organisations import Source
from trainings.moves import sessions_moved
from trainings.organisations.followers import tell_followers

BATCH = 100
VANISHED_AT_MOST = 20  # per cent
LOCK = 0x7D0_CA7A  # One import at a time: any number that nobody else uses.

T = TypeVar("T")


@transaction.atomic
def follow(
    file: Counted, *, now: dt.datetime, region: Region | None = None, vanished_at_most: int = VANISHED_AT_MOST
) -> Report:
    """Follow the catalogue in `file`, which is the whole of what `region` announces."""
    _one_at_a_time()
    report = _Follower(now, region).follow(file, vanished_at_most)
    sessions_moved()
    return report


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise FileRefused("Un autre import est en cours : attendez qu’il finisse.")


class _Follower:
    """One import: what it has seen so far, and its report."""

    def __init__(self, now: dt.datetime, region: Region | None) -> None:
        self.now, self.region = now, region
        self.report = Report()
        self.organisations = Organisations()
        self.links = Links(self.report)
        self.blocks = Blocks(self.report)
        self.publics = Publics()
        self.seen: set[str] = set()

    def follow(self, file: Counted, vanished_at_most: int) -> Report:
        ours = Training.objects.from_catalogue().current().filter(region=self.region)
        known = set(ours.values_list("external_id", flat=True))
        for batch in _batches(self._new_to_us(lheo.read(file, self.report)), BATCH):
            self._write(batch)
        self._close_vanished(known - self.seen, len(known), vanished_at_most)
        return self.report

    def _new_to_us(self, rows: Iterable[TrainingRow | RefusedTraining]) -> Iterator[TrainingRow]:
        for row in rows:
            if isinstance(row, TrainingRow) and row.external_id in self.seen:
                self.report.refuse(f"formation {row.external_id} : ce numéro est déjà pris dans le fichier")
            elif isinstance(row, TrainingRow):
                self.seen.add(row.external_id)
                self._count(row)
                yield row
            else:
                self.seen.add(row.external_id)  # In the file, but illegible: it has not vanished.

    def _count(self, row: TrainingRow) -> None:
        report = self.report
        report.formations += 1
        for action in row.actions:
            report.actions += 1
            report.sessions += len(action.sessions)
            if action.is_region_funded:
                report.region += 1
                report.sessions_region += len(action.sessions)

    def _write(self, rows: list[TrainingRow]) -> None:
        trainings = self._write_trainings(rows)
        actions = self._write_actions(rows, trainings)
        self._write_sessions(rows, trainings, actions)
        self.links.write({trainings[row.external_id]: row.rome_codes for row in rows})
        self.blocks.write({trainings[row.external_id]: row.blocks for row in rows})
        self.publics.write(code for row in rows for action in row.actions for code in action.publics)

    def _write_trainings(self, rows: list[TrainingRow]) -> dict[str, int]:
        organisations = self.organisations.write(row.organisation for row in rows)
        wanted = {
            (Source.CATALOGUE, row.external_id): {
                **facts(row),
                "source": Source.CATALOGUE,
                "region_id": self.region.pk if self.region else None,
                "organisation_id": organisations[row.organisation.external_id],
            }
            for row in rows
        }
        numbers = [row.external_id for row in rows]
        known = Training.objects.from_catalogue().filter(external_id__in=numbers)
        written = write(
            Training,
            known,
            wanted,
            key=("source", "external_id"),
            now=self.now,
            tally=self._tally("formations"),
        )
        return {number: pk for (_, number), pk in written.items()}

    def _write_actions(
        self, rows: list[TrainingRow], trainings: dict[str, int]
    ) -> dict[tuple[int, str], int]:
        gazetteer = Gazetteer(place for row in rows for action in row.actions for place in action.places)
        wanted: dict[tuple[int, str], dict] = {}
        illegible: set[tuple[int, str]] = set()
        for row in rows:
            training = trainings[row.external_id]
            illegible |= {(training, number) for number in row.refused_actions}
            for action in row.actions:
                where = placed(action.places, gazetteer)
                self._count_place(where)
                key = (training, action.external_id)
                wanted[key] = {**facts(action), **where, "training_id": training}
        known = TrainingAction.objects.filter(training_id__in=trainings.values())
        return write(
            TrainingAction,
            known,
            wanted,
            key=("training_id", "external_id"),
            now=self.now,
            tally=self._tally("actions"),
            spared=illegible,
        )

    def _write_sessions(
        self, rows: list[TrainingRow], trainings: dict[str, int], actions: dict[tuple[int, str], int]
    ) -> None:
        wanted: dict[tuple[int, str], dict] = {}
        illegible: set[tuple[int, str]] = set()
        known = Session.objects.filter(action__training_id__in=trainings.values())
        for row in rows:
            training = trainings[row.external_id]
            # The sessions of an action that cannot be read are left alone with it.
            known = (
                known.exclude(
                    action__training_id=training, action__external_id__in=row.refused_actions - {""}
                )
                if row.refused_actions
                else known
            )
            for action in row.actions:
                key = actions[training, action.external_id]
                illegible |= {(key, number) for number in action.refused_sessions}
                wanted |= _sessions(key, action)
        _never_more_seats_left_than_seats(known, wanted)
        write(
            Session,
            known,
            wanted,
            key=("action_id", "external_id"),
            now=self.now,
            tally=self._tally("sessions"),
            spared=illegible,
        )

    def _count_place(self, where: dict) -> None:
        self.report.unknown_places += where["x"] is None
        self.report.approximate_places += where["is_approximate"]

    def _tally(self, kind: str):
        report = self.report

        def tally(*, created: int, updated: int, reopened: int, closed: int) -> None:
            report.created[kind] += created
            report.updated[kind] += updated
            report.reopened[kind] += reopened
            report.closed[kind] += closed

        return tally

    def _close_vanished(self, vanished: set[str], known: int, at_most: int) -> None:
        # Against the larger of yesterday and today: a file that grew is not half a file.
        if len(vanished) * 100 > max(known, self.report.formations) * at_most:
            raise FileRefused(
                f"{len(vanished)} formations sur {known} ont disparu du fichier : est-il entier ? "
                f"Au-delà de {at_most} %, rien n’est importé."
            )
        closed = close_trainings(
            Training.objects.from_catalogue().filter(external_id__in=vanished), now=self.now
        )
        for kind, count in closed.items():
            self.report.closed[kind] += count


def _sessions(action: int, row: ActionRow) -> dict[tuple[int, str], dict]:
    return {
        (action, session.external_id): {**facts(session), "action_id": action} for session in row.sessions
    }


def _never_more_seats_left_than_seats(known, wanted: dict) -> None:
    """Seats left are told by the organisation; a catalogue that takes seats away takes them there too."""
    for session in known.exclude(seats_left=None):
        seats = wanted.get((session.action_id, session.external_id), {}).get("seats_total")
        if seats is None or session.seats_left <= seats:
            continue
        if Session.objects.filter(pk=session.pk, seats_left__gt=seats).update(seats_left=seats):
            words = f"Places restantes : {session.seats_left} → {seats}, autant que de places"
            SessionChange.objects.create(session=session, said_by=SaidBy.CATALOGUE, words=words)
            session.seats_left = seats
            tell_followers(session, by=None)


def _batches(rows: Iterator[T], size: int) -> Iterator[list[T]]:
    while batch := list(islice(rows, size)):
        yield batch
