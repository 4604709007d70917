from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from territories.agents import make_agent
from territories.models import Department, Region


class Command(BaseCommand):
    help = "Ouvre l’administration à un agent de la Région, qui se connectera par un code."

    def add_arguments(self, parser):
        parser.add_argument("email")
        where = parser.add_mutually_exclusive_group(required=True)
        where.add_argument("--region", help="code INSEE d’une région : 44")
        where.add_argument("--departments", help="codes séparés par des virgules : 57,54")

    def handle(self, *, email: str, region: str | None, departments: str | None, **options):
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"« {email} » n’est pas une adresse e-mail.") from error
        whole = self._region(region) if region else None
        some = self._departments(departments) if departments else []
        user, is_new = make_agent(email, region=whole, departments=some)
        territory = whole.name if whole else ", ".join(str(each) for each in some)
        verb = "Compte créé" if is_new else "Compte mis à jour"
        self.stdout.write(
            f"{verb} : {user.email}, agent pour {territory}.\n"
            f"Pour entrer : {settings.SITE_URL}/admin/ avec cette adresse ; "
            "un code arrive par e-mail, il n’y a pas de mot de passe."
        )

    def _region(self, code: str) -> Region:
        region = Region.objects.filter(pk=code).first()
        if region is None:
            raise CommandError(f"La région « {code} » n’existe pas ici. Avez-vous lancé load_reference ?")
        return region

    def _departments(self, codes: str) -> list[Department]:
        asked = [code.strip() for code in codes.split(",") if code.strip()]
        found = list(Department.objects.filter(pk__in=asked))
        unknown = set(asked) - {department.code for department in found}
        if unknown or not asked:
            raise CommandError(
                f"Départements inconnus : {', '.join(sorted(unknown)) or codes}. "
                "Avez-vous lancé load_reference ?"
            )
        return found
