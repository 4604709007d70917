from territories.imports import tension
from territories.imports.command import ImportCommand


class Command(ImportCommand):
    help = "Suit un fichier des tensions par métier et par bassin (CSV). Sans --wet-run, ne change rien."
    follow = staticmethod(tension.follow)
