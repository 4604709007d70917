from candidates.structures import imports
from territories.imports.command import ImportCommand


class Command(ImportCommand):
    help = "Suit un fichier de structures d’accompagnement (CSV). Sans --wet-run, ne change rien."
    follow = staticmethod(imports.follow)
