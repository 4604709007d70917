"""`manage.py advance --days N`: the demo, N days later."""

import argparse
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from core.aging import pass_a_day

A_YEAR_AND_MORE = 800


class Command(BaseCommand):
    help = "Fait passer N jours : tout ce qui est enregistré vieillit, puis les tâches de la nuit passent."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--days", type=int, required=True, help="Combien de jours passent.")

    def handle(self, *args: Any, **options: Any) -> None:
        days = options["days"]
        if not settings.DEMO:
            raise CommandError("On n’avance dans le temps que dans une démonstration ou un test.")
        if not 1 <= days <= A_YEAR_AND_MORE:
            raise CommandError(f"De 1 à {A_YEAR_AND_MORE} jours.")
        for passed in range(1, days + 1):
            pass_a_day()
            if options["verbosity"] > 0 and (passed % 30 == 0 or passed == days):
                self.stdout.write(f"{passed} jour{'s' if passed > 1 else ''} de plus.")
