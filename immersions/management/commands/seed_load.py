import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction
from django.utils import timezone

from immersions.load import rows
from immersions.load.world import World

KINDS = {
    "trainings": rows.trainings,
    "offers": rows.offers,
    "candidates": rows.candidates,
    "applications": rows.applications,
}
OFFERS = 100_000  # When nothing else is asked: what the search is tried on.
TABLES = (
    "immersions_offer",
    "immersions_slot",
    "immersions_application",
    "immersions_offerdetail",
    "companies_workplace",
    "trainings_training",
    "trainings_session",
    "trainings_trainingaction",
    "trainings_trainingoccupation",
    "trainings_trainingblock",
)


class Command(BaseCommand):
    help = (
        "Crée des données de charge, toutes marquées « CHARGE » : sans option, 100 000 offres. "
        "À n’employer que hors production."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        for kind in (*KINDS, "searches"):
            parser.add_argument(f"--{kind}", type=int, default=0, metavar="N")
        parser.add_argument("--seed", type=int, default=1, help="la même graine tire les mêmes lignes")
        parser.add_argument("--force", action="store_true", help="même en production")

    def handle(self, *, seed: int, force: bool, searches: int, **options: int) -> None:
        if not (settings.DEMO or force):
            raise CommandError(
                "Ceci n’est pas une démonstration : les données de charge s’y verraient. --force passe outre."
            )
        if not (searches or any(options[kind] for kind in KINDS)):
            options["offers"] = OFFERS
        world = World(seed=seed, today=timezone.localdate())
        if not world.communes or not world.trades:
            raise CommandError("Chargez d’abord les données de référence (load_reference).")
        with connection.cursor() as cursor:  # A commit that is still on its way hides rows from VACUUM.
            cursor.execute("SET synchronous_commit TO on")
        for kind, write in KINDS.items():
            if options[kind] > 0:
                self.load(kind, write, world, options[kind])
        if searches:
            self.stdout.write("searches : pas encore de recherches enregistrées, rien à créer")
        with connection.cursor() as cursor:
            for table in TABLES:
                cursor.execute(f"VACUUM ANALYZE {table}")

    def load(self, kind, write, world: World, count: int) -> None:
        start = time.monotonic()
        with transaction.atomic():
            written = write(world, count)
        self.stdout.write(f"{kind} : {written} en {time.monotonic() - start:.1f} s")
