from django.core.management.base import BaseCommand

from territories import reference
from territories.agents import grant_agents

WORDS = {
    "regions": "régions",
    "departments": "départements",
    "epcis": "intercommunalités",
    "communes": "communes",
    "former_communes": "anciennes communes",
    "basins": "bassins d’emploi",
    "families": "familles de métiers",
    "occupations": "métiers",
    "titles": "appellations",
    "tasks": "tâches proposées",
}


class Command(BaseCommand):
    help = "Ajoute les données de référence manquantes (communes, métiers…). Ne change rien d’autre."

    def handle(self, **options):
        added = {kind: count for kind, count in reference.load().items() if count}
        grant_agents()  # A new model of this release is theirs too.
        told = ", ".join(f"{count} {WORDS[kind]}" for kind, count in added.items())
        self.stdout.write(f"Données de référence : {told or 'rien à ajouter'}.")
