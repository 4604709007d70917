import json
from dataclasses import asdict

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from traitdunion.demo.accounts import ACCOUNTS


class Command(BaseCommand):
    help = "Dit avec quelles adresses entrer dans la démonstration, et ce que chacune montre."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="la même liste, pour un programme")

    def handle(self, *, json: bool, **options):
        if not settings.DEMO:
            raise CommandError("Ces comptes n’existent que dans une démonstration.")
        known = set(User.objects.values_list("email", flat=True))
        accounts = [account for account in ACCOUNTS if account.email in known]
        if json:
            self.stdout.write(_as_json(accounts))
            return
        width = max((len(account.role) for account in accounts), default=0)
        for account in accounts:
            self.stdout.write(f"{account.role:<{width}}  {account.email}")
            self.stdout.write(f"{'':<{width}}  {settings.SITE_URL}{account.path}")
            self.stdout.write(f"{'':<{width}}  {account.see}")


def _as_json(accounts) -> str:
    rows = [asdict(account) | {"url": settings.SITE_URL + account.path} for account in accounts]
    return json.dumps(rows, ensure_ascii=False, indent=2)
