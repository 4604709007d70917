"""What a promise says until a region writes its own words, and the legal minimums known today."""

import datetime as dt
from decimal import Decimal

from django.db import migrations
from django.utils import timezone

from commitments.projects.first_words import MINIMUMS, WORDING


def begin(apps, schema_editor):
    wordings = apps.get_model("commitments", "PromiseWording")
    wordings.objects.create(region=None, number=1, published_at=timezone.now(), **WORDING)
    minimums = apps.get_model("commitments", "LegalMinimum")
    for contract, day, hourly, source in MINIMUMS:
        minimums.objects.create(
            contract=contract,
            valid_from=dt.date.fromisoformat(day),
            hourly_gross=Decimal(hourly),
            source=source,
        )


class Migration(migrations.Migration):
    replaces = [("commitments", "0003_first_words")]
    dependencies = [("commitments", "0001_squashed")]
    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
