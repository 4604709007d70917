"""Load data, one function per kind of row. Each returns how many it wrote."""

import datetime as dt
import uuid
from decimal import Decimal

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import models
from django.utils import timezone

from accounts.models import Organisation, User
from candidates.models import Candidate
from companies.models import Company, Workplace
from immersions.applications.models import Application, ApplicationEvent
from immersions.applications.workflow import ApplicationStatus
from immersions.load.copy import write
from immersions.load.world import HOST, MARK, World, siret
from immersions.offers.models import (
    Contract,
    DateMode,
    FrenchLevel,
    LicenceNeed,
    Offer,
    OfferDetail,
    Slot,
    Weight,
)
from immersions.offers.workflow import OfferStatus
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

BATCH = 5000
OFFERS_PER_COMPANY = 8
SESSIONS_PER_TRAINING = 2
BLOCKS = 3
TASKS = ["Découvrir le poste", "Préparer le travail du jour", "Faire avec un tuteur"]
WEIGHTS = (Weight.HIRING, Weight.HIRING, Weight.DISCOVERY, Weight.DISCOVERY, Weight.VISIT)


def first_free(model: type[models.Model]) -> int:
    """Numbers go on where the last load stopped."""
    return (model._base_manager.aggregate(last=models.Max("pk"))["last"] or 0) + 1


def companies(world: World, count: int) -> list[Workplace]:
    first = first_free(Organisation)
    organisations = write(
        [Organisation(siret=siret(first + n), name=f"{MARK} {first + n}") for n in range(count)]
    )
    rows = write([Company(organisation=each, name=f"Entreprise {each.name}") for each in organisations])
    spots = world.spots(count)
    return write(
        [
            Workplace(
                company=company,
                postcode=spot.postcode,
                commune_id=spot.commune,
                is_approximate=True,
                **spot.columns,
            )
            for company, spot in zip(rows, spots, strict=True)
        ]
    )


def offers(world: World, count: int) -> int:
    if not count:
        return 0
    places = companies(world, max(count // OFFERS_PER_COMPANY, 1))
    for start in range(0, count, BATCH):
        size = min(BATCH, count - start)
        written = write([offer(world, places[(start + n) % len(places)]) for n in range(size)])
        write([OfferDetail(offer=each, tasks=TASKS) for each in written])
        write([slot(world, each) for each in written if each.date_mode == DateMode.SLOTS])
    return count


def offer(world: World, place: Workplace) -> Offer:
    draw = world.random
    code, title = world.trade()
    weight = draw.choice(WEIGHTS)
    hires = weight == Weight.HIRING
    contract = draw.choice(Contract.values) if hires else ""
    has_weeks = draw.random() < 0.3
    return Offer(
        company_id=place.company_id,
        workplace=place,
        commune_id=place.commune_id,
        x=place.x,
        y=place.y,
        occupation_id=code,
        title=f"{title} ({MARK.lower()})"[:120],
        weight=weight,
        status=OfferStatus.PUBLISHED,
        published_at=timezone.now() - dt.timedelta(minutes=draw.randint(0, 60 * 24 * 60)),
        half_days=1 if weight == Weight.VISIT else draw.randint(2, 10),
        date_mode=draw.choice(DateMode.values),
        weeks=[world.monday()] if has_weeks else [],
        contract=contract,
        contract_months=draw.choice((6, 9, 12)) if contract not in ("", Contract.CDI) else None,
        pay_gross_monthly=Decimal(draw.randint(1830, 2600)) if hires else None,
        posts=draw.randint(1, 4) if hires else None,
        level_required=draw.choice((0, 0, 0, 3, 4)),
        french_level=draw.choice(("", "", *FrenchLevel.values)),
        licence=draw.choice(LicenceNeed.values),
        is_reachable_without_car=draw.random() < 0.4,
        welcomes_beginners=draw.random() < 0.8,
    )


def slot(world: World, offer: Offer) -> Slot:
    first = world.monday()
    days = max(offer.half_days // 2, 1)
    return Slot(
        offer=offer,
        first_day=first,
        last_day=first + dt.timedelta(days=days - 1),
        places=world.random.randint(1, 6),
    )


def trainings(world: World, count: int) -> int:
    """Each with one place, funded by the Region, and its next two sessions."""
    if not count:
        return 0
    organisation = TrainingOrganisation.objects.create(
        name=f"Organisme {MARK}", email=f"organisme@{HOST}", source=Source.MANUAL
    )
    rows = write([training(world, n, organisation) for n in range(count)])
    teach(world, rows)
    write(
        [
            TrainingOccupation(training=each, occupation_id=world.trades[n % len(world.trades)][0])
            for n, each in enumerate(rows)
        ]
    )
    actions = write(
        [
            TrainingAction(
                training=each,
                town="",
                postcode=spot.postcode,
                commune_id=spot.commune,
                funders=["2"],
                is_region_funded=True,
                **spot.columns,
            )
            for each, spot in zip(rows, world.spots(count), strict=True)
        ]
    )
    write([session(world, action) for action in actions for _ in range(SESSIONS_PER_TRAINING)])
    return count


def training(world: World, number: int, organisation: TrainingOrganisation) -> Training:
    draw = world.random
    return Training(
        title=f"Formation {world.trades[number % len(world.trades)][1]} ({MARK.lower()})"[:255],
        organisation=organisation,
        source=Source.MANUAL,
        level_in=draw.choice((None, 0, 0, 3, 4)),
        level_out=draw.choice((3, 3, 3, 4, 5, 6)),
        hours_total=draw.randint(10, 120) * 10,
    )


def teach(world: World, trainings: list[Training]) -> None:
    """Each trade has its blocks; a training teaches one of them, or all."""
    known: dict[tuple[int, int], SkillBlock] = {}
    for place, (code, title) in enumerate(world.trades):
        for n in range(1, BLOCKS + 1):
            words = {"title": f"Bloc {n}, {title} ({MARK.lower()})"}
            name = f"{MARK}-{code}-BC{n:02d}"
            known[place, n], _ = SkillBlock.objects.get_or_create(code=name, defaults=words)
    links = []
    for number, training in enumerate(trainings):
        place = number % len(world.trades)
        taught = [world.random.randint(1, BLOCKS)] if number % 5 == 0 else range(1, BLOCKS + 1)
        links += [TrainingBlock(training=training, block=known[place, n]) for n in taught]
    write(links)


def session(world: World, action: TrainingAction) -> Session:
    starts = world.day()
    return Session(
        action=action,
        starts_on=starts,
        ends_on=starts + dt.timedelta(days=world.random.randint(30, 240)),
        seats_left=world.random.choice((None, 0, *range(1, 13))),
    )


def candidates(world: World, count: int) -> int:
    first = first_free(User)
    users = write(
        [
            User(
                email=f"{MARK.lower()}-{first + n}@{HOST}",
                first_name="Charge",
                last_name=str(first + n),
                password=UNUSABLE_PASSWORD_PREFIX,
            )
            for n in range(count)
        ]
    )
    spots = world.spots(count)
    write(
        [
            Candidate(user=user, commune_id=spot.commune, radius_km=world.random.choice((10, 20, 30, 50)))
            for user, spot in zip(users, spots, strict=True)
        ]
    )
    return count


def applications(world: World, count: int) -> int:
    """From the load's candidates to the load's offers, all still waiting for an answer."""
    people = list(Candidate.objects.filter(user__email__endswith=HOST).values_list("pk", flat=True)[:BATCH])
    wanted = list(
        Offer.objects.open().filter(company__name__contains=MARK).values_list("pk", flat=True)[:BATCH]
    )
    taken = set(Application.objects.values_list("candidate", "offer"))
    pairs: set[tuple[int, int]] = set()
    room = len(people) * len(wanted) - len(taken)
    while len(pairs) < min(count, room // 2):
        pair = world.random.choice(people), world.random.choice(wanted)
        if pair not in taken:
            pairs.add(pair)
    rows = write(
        [
            Application(
                uid=uuid.uuid4(), candidate_id=candidate, offer_id=offer, why=f"Donnée de {MARK.lower()}"
            )
            for candidate, offer in sorted(pairs)
        ]
    )
    write(
        [
            ApplicationEvent(
                application=each, transition="submit", to_status=ApplicationStatus.SUBMITTED, role="candidate"
            )
            for each in rows
        ]
    )
    return len(rows)
