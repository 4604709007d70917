from commitments.gaps import link_imports
from territories.imports.command import ImportCommand


class Command(ImportCommand):
    help = (
        "Suit un fichier qui dit quel bloc apprend quelle compétence (CSV : code,skill,block). "
        "Sans --wet-run, ne change rien."
    )
    follow = staticmethod(link_imports.follow)
