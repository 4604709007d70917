"""The one code whose meaning every catalogue shares; agents name the others as their own list has them."""

from django.db import migrations


def name_it(apps, schema_editor):
    publics = apps.get_model("trainings", "TargetPublic")
    publics.objects.get_or_create(code="80006", defaults={"name": "Tous les publics"})


class Migration(migrations.Migration):
    replaces = [("trainings", "0006_everybody")]
    dependencies = [("trainings", "0001_squashed")]
    operations = [migrations.RunPython(name_it, migrations.RunPython.noop)]
