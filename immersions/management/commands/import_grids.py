from immersions.stays import grid_imports
from territories.imports.command import ImportCommand


class Command(ImportCommand):
    help = "Suit un fichier de grilles d’observation (CSV : code,skill). Sans --wet-run, ne change rien."
    follow = staticmethod(grid_imports.follow)
