from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from territories.models import Commune
from traitdunion.demo.seed import seed


class Command(BaseCommand):
    help = "Ajoute ce qui manque aux données de démonstration. Relancée, elle ne double rien."

    def add_arguments(self, parser):
        parser.add_argument("--first", action="store_true", help="Jusqu’aux immersions seulement.")

    def handle(self, **options):
        if not settings.DEMO:
            raise CommandError("Ces données sont inventées : elles n’entrent que dans une démonstration.")
        if not Commune.objects.exists():
            raise CommandError("Il manque les communes et les métiers. Lancez d’abord load_reference.")
        told = ", ".join(
            f"{count} {kind}" for kind, count in seed(only_first=options["first"]).items() if count
        )
        self.stdout.write(f"Données de démonstration : {told or 'rien à ajouter'}.")
