"""A change asked of a signed project waits, is reminded, and ends: it has a status, a date and a history."""

import datetime as dt

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

STATUSES = [
    ("open", "À signer par les deux"),
    ("signed", "Signée par les deux"),
    ("dropped", "Sans suite"),
    ("lapsed", "Close à sa date limite"),
]


def give_a_status(apps, schema_editor):
    """Those that wait begin to wait anew: nobody was ever told of a date."""
    today, now = timezone.localdate(), timezone.now()
    amendments = apps.get_model("commitments", "Amendment").objects
    amendments.filter(status="").update(
        status="open", status_since=models.F("asked_at"), waiting_since=now, sign_by=today + dt.timedelta(days=14)
    )
    for row in amendments.exclude(status="open"):
        row.status_since = row.waiting_since = row.closed_at or row.asked_at
        row.sign_by = timezone.localdate(row.status_since)
        row.save()


def give_an_outcome(apps, schema_editor):
    amendments = apps.get_model("commitments", "Amendment").objects
    amendments.exclude(status="open").update(closed_at=models.F("status_since"))
    amendments.filter(status="open").update(status="")
    amendments.filter(status="lapsed").update(status="dropped")


class Migration(migrations.Migration):
    dependencies = [
        ("commitments", "0012_two_versions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="commitmentversion",
            name="training_starts_on",
            field=models.DateField(
                blank=True, help_text="De la session, à l’écriture.", null=True, verbose_name="premier jour"
            ),
        ),
        migrations.AddField(
            model_name="commitmentversion",
            name="training_ends_on",
            field=models.DateField(
                blank=True, help_text="De la session, à l’écriture.", null=True, verbose_name="dernier jour"
            ),
        ),
        migrations.RemoveConstraint(model_name="amendment", name="amendment_outcome_is_known"),
        migrations.RemoveConstraint(model_name="amendment", name="amendment_one_open_per_commitment"),
        migrations.RenameField(model_name="amendment", old_name="outcome", new_name="status"),
        migrations.AddField(
            model_name="amendment",
            name="status_since",
            field=models.DateTimeField(
                default=django.utils.timezone.now, verbose_name="dans cet état depuis"
            ),
        ),
        migrations.AddField(
            model_name="amendment",
            name="waiting_since",
            field=models.DateTimeField(
                default=django.utils.timezone.now,
                help_text="Point de départ des relances.",
                verbose_name="attend depuis",
            ),
        ),
        migrations.AddField(
            model_name="amendment",
            name="wait_step",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="relances faites"),
        ),
        migrations.AddField(
            model_name="amendment",
            name="sign_by",
            field=models.DateField(default=timezone.localdate, verbose_name="à signer au plus tard le"),
            preserve_default=False,
        ),
        migrations.RunPython(give_a_status, give_an_outcome, elidable=True),
        migrations.AlterField(
            model_name="amendment",
            name="status",
            field=models.CharField(choices=STATUSES, default="open", max_length=8, verbose_name="état"),
        ),
        migrations.RemoveField(model_name="amendment", name="closed_at"),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", [value for value, _ in STATUSES])),
                name="amendment_status_is_known",
                violation_error_message="Cette valeur n’existe pas.",
            ),
        ),
        migrations.AddConstraint(
            model_name="amendment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "open")),
                fields=("commitment",),
                name="amendment_one_open_per_commitment",
                violation_error_message="Une modification attend déjà d’être signée.",
            ),
        ),
        migrations.CreateModel(
            name="AmendmentEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("transition", models.CharField(max_length=30, verbose_name="action")),
                ("from_status", models.CharField(blank=True, max_length=20, verbose_name="de")),
                ("to_status", models.CharField(max_length=20, verbose_name="à")),
                ("role", models.CharField(max_length=20, verbose_name="en tant que")),
                ("note", models.TextField(blank=True, verbose_name="note")),
                ("data", models.JSONField(blank=True, default=dict, verbose_name="détail")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="le")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        help_text="Vide : fait par une tâche automatique.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="par",
                    ),
                ),
                (
                    "amendment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="events",
                        to="commitments.amendment",
                    ),
                ),
            ],
            options={
                "verbose_name": "événement de modification",
                "ordering": ["at", "pk"],
                "abstract": False,
            },
        ),
    ]
