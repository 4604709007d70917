from territories.imports import communes
from territories.imports.command import ImportCommand


class Command(ImportCommand):
    help = "Suit un fichier complet des communes (CSV). Sans --wet-run, ne change rien."
    follow = staticmethod(communes.follow)
