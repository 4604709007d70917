"""A mark for the company where one works; the first words, when nobody wrote others, are said again with it.

A published wording never changes and each signed text keeps its own: this is a new version beside it.
"""

from django.db import migrations, models
from django.utils import timezone

from commitments.projects.first_words import WORDING

LINES = (
    "Une phrase par ligne. Remplacés par les noms : {candidat} ; {entreprise}, l’employeur qui promet (un GEIQ, "
    "une agence, quand il porte le contrat) ; {entreprise_d_accueil}, l’entreprise de l’immersion et du stage."
)
WORDS = {
    "breaking": "avant de rompre la promesse",
    "candidate_says": "la personne dit",
    "company_says": "l’entreprise dit",
    "does_not_mean": "ce que cela ne veut pas dire",
    "if_it_stops": "si quelqu’un change d’avis",
    "means": "ce que cela veut dire",
}


def say_again(apps, schema_editor):
    """Only where the words in force for all regions are still those of the first installation."""
    wordings = apps.get_model("commitments", "PromiseWording").objects.filter(region=None)
    in_force = wordings.exclude(published_at=None).order_by("published_at", "number").last()
    if in_force is None or in_force.number != 1 or in_force.published_by_id is not None:
        return
    if all(getattr(in_force, name) == words for name, words in WORDING.items()):
        return
    number = wordings.order_by("number").last().number + 1
    wordings.create(region=None, number=number, published_at=timezone.now(), **WORDING)


class Migration(migrations.Migration):
    dependencies = [("commitments", "0004_allowed_training")]
    operations = [
        *(
            migrations.AlterField(
                model_name="promisewording",
                name=name,
                field=models.TextField(
                    verbose_name=title,
                    help_text=f"Ce que la loi dit à l’entreprise, et où se renseigner. {LINES}"
                    if name == "breaking"
                    else LINES,
                ),
            )
            for name, title in WORDS.items()
        ),
        migrations.RunPython(say_again, migrations.RunPython.noop),
    ]
