from territories.imports import occupations
from territories.imports.command import ImportCommand


class Command(ImportCommand):
    help = "Suit un fichier des métiers ou des appellations (CSV). Sans --wet-run, ne change rien."
    follow = staticmethod(occupations.follow)
