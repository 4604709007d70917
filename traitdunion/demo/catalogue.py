"""The trainings of the demo. Sessions that went by are followed by new ones, so that rule 1 holds."""

import datetime as dt

from django.utils import timezone

from territories.models import Commune, OccupationTension
from trainings.models import (
    Session,
    SkillBlock,
    Source,
    Training,
    TrainingAction,
    TrainingBlock,
    TrainingOccupation,
    TrainingOrganisation,
)
from trainings.models.actions import REGION
from trainings.models.sessions import SessionStatus
from traitdunion.demo.tables import chance, fictional_siret, rows

SPACING = dt.timedelta(weeks=17)
HOURS_A_WEEK = 35
FIRST_LEVEL = 3  # CAP, BEP.
GROUP = 12
FRANCE_TRAVAIL = "4"
PERMANENT = "permanent"
INVENTED = "chiffres inventés pour la démonstration"
UNKNOWN_ONE_IN = 6  # Some sessions never say how many seats they have.
ENROLMENT_ENDS = dt.timedelta(days=10)


def seed_trainings() -> None:
    organisations = {row["key"]: _organisation(row) for row in rows("training_organisations")}
    for row in rows("trainings"):
        training = _training(row, organisations[row["organisation"]])
        for place in row["places"].split():
            commune, starts = place.split(":")
            action = _action(training, commune, starts)
            _sessions(action, starts, weeks=int(row["hours"]) // HOURS_A_WEEK)
    _blocks()
    _tension()


def _blocks() -> None:
    """Our own words, not those of a certification: the codes say that they are the demo's."""
    trainings = {each.external_id: each for each in Training.objects.filter(external_id__startswith="demo-")}
    for row in rows("skill_blocks"):
        block, _ = SkillBlock.objects.get_or_create(
            code=row["code"],
            defaults={"title": row["title"], "certification": row["code"].rpartition("-")[0][:12]},
        )
        TrainingBlock.objects.get_or_create(training=trainings[f"demo-{row['training']}"], block=block)


def _tension() -> None:
    """Invented figures, and they say so: real ones come by `import_tension`."""
    OccupationTension.objects.bulk_create(
        [
            OccupationTension(
                code=row["code"],
                tense_areas=int(row["tense_areas"]),
                areas=int(row["areas"]),
                year=timezone.localdate().year,
                source=INVENTED,
            )
            for row in rows("tension")
        ],
        ignore_conflicts=True,
    )


def _organisation(row: dict[str, str]) -> TrainingOrganisation:
    organisation, _ = TrainingOrganisation.objects.get_or_create(
        source=Source.MANUAL,
        external_id=f"demo-{row['key']}",
        defaults={
            "name": row["name"],
            "siret": fictional_siret(int(row["number"])),
            "phone": row["phone"],
            "email": f"contact@{row['key']}-formation.example",
        },
    )
    return organisation


def _training(row: dict[str, str], organisation: TrainingOrganisation) -> Training:
    training, is_new = Training.objects.get_or_create(
        source=Source.MANUAL,
        external_id=f"demo-{row['key']}",
        defaults={
            "organisation": organisation,
            "title": row["title"],
            "certification_title": row["certification"],
            "level_in": 3 if int(row["level"]) > FIRST_LEVEL else 0,
            "level_out": int(row["level"]),
            "hours_total": int(row["hours"]),
            "hours_in_company": int(row["in_company"]),
            "hours_in_centre": int(row["hours"]) - int(row["in_company"]),
            "rome_codes": row["trades"].split(),
            "objective": _objective(row["certification"]),
        },
    )
    if is_new:
        for code in row["trades"].split():
            TrainingOccupation.objects.create(training=training, occupation_id=code)
    return training


def _objective(certification: str) -> str:
    if certification:
        return f"Apprendre le métier en équipe et obtenir : {certification}."
    return "Apprendre une partie du métier en équipe, et obtenir son bloc de compétences."


def _action(training: Training, code: str, starts: str) -> TrainingAction:
    commune = Commune.objects.get(pk=code)
    funded = not starts.endswith("*")
    action, _ = TrainingAction.objects.get_or_create(
        training=training,
        external_id=f"{training.external_id}-{code}",
        defaults={
            "commune": commune,
            "town": commune.name,
            "postcode": commune.postcodes.values_list("postcode", flat=True).first() or "",
            "latitude": commune.latitude,
            "longitude": commune.longitude,
            "x": commune.x,
            "y": commune.y,
            "is_approximate": True,
            "funders": [REGION if funded else FRANCE_TRAVAIL],
            "is_region_funded": funded,
            "funded_seats": GROUP if funded else None,
            "has_permanent_entry": starts == PERMANENT,
            "hours_total": training.hours_total,
            "pace": "Temps plein, du lundi au vendredi.",
            "conditions": "Être inscrit, inscrite à France Travail ou suivi, suivie par une mission locale.\n"
            "Un entretien de motivation.",
            "phone": training.organisation.phone,
            "email": training.organisation.email,
        },
    )
    return action


def _sessions(action: TrainingAction, starts: str, *, weeks: int) -> None:
    """As many to come as the table says: those of the first day, then one for each that started."""
    if starts == PERMANENT:
        if not action.sessions.exists():
            Session.objects.create(action=action, external_id=f"{action.external_id}-permanent")
        return
    offsets = [int(days) for days in starts.rstrip("*").split("+")]
    today = timezone.localdate()
    if not action.sessions.exists():
        for days in offsets:
            _session(action, monday_after(today + dt.timedelta(days=days)), weeks=weeks)
    to_come = action.sessions.filter(starts_on__gt=today).count()
    last = action.sessions.order_by("starts_on").last().starts_on
    while to_come < len(offsets):
        last = monday_after(last + SPACING)
        if last > today:
            _session(action, last, weeks=weeks)
            to_come += 1


def _session(action: TrainingAction, starts_on: dt.date, *, weeks: int) -> Session:
    number = number_of(action, starts_on)
    is_known = chance(f"{number} places", UNKNOWN_ONE_IN) > 0
    left = 1 + chance(number, GROUP - 1) if is_known else None
    return Session.objects.create(
        action=action,
        external_id=number,
        starts_on=starts_on,
        ends_on=starts_on + dt.timedelta(weeks=weeks, days=-3),
        status=SessionStatus.OPEN,
        seats_total=GROUP if is_known else None,
        seats_left=left,
        registration_ends_on=starts_on - ENROLMENT_ENDS,
    )


def number_of(action: TrainingAction, starts_on: dt.date) -> str:
    """Its first day says it; once the demo was aged, an older one may bear that number already."""
    number = f"{action.external_id}-{starts_on:%Y%m%d}"
    same = action.sessions.filter(external_id__startswith=number).count()
    return f"{number}-{same + 1}" if same else number


def monday_after(day: dt.date) -> dt.date:
    """No group begins around Christmas."""
    monday = day + dt.timedelta(days=-day.weekday() % 7)
    while (monday.month, monday.day) >= (12, 15) or (monday.month, monday.day) <= (1, 3):
        monday += dt.timedelta(weeks=1)
    return monday
