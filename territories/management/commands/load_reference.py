from django.core.management.base import BaseCommand

from territories import reference


class Command(BaseCommand):
    help = "Ajoute les données de référence manquantes (communes, métiers…). Ne change rien d’autre."

    def handle(self, **options):
        added = {kind: count for kind, count in reference.load().items() if count}
        told = ", ".join(f"{count} {kind}" for kind, count in added.items())
        self.stdout.write(f"Données de référence : {told or 'rien à ajouter'}.")
