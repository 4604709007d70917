"""What an agent permits is a training, beside the session that the person chooses."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


def name_the_training(apps, schema_editor):
    """Until today the session chosen said it."""
    pledges = apps.get_model("commitments", "TrainingPledge").objects.exclude(exception_by=None)
    for pledge in pledges.select_related("session__action"):
        pledges.filter(pk=pledge.pk).update(allowed_training=pledge.session.action.training_id)


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0003_labels_of_the_person'),
        ('trainings', '0002_everybody'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='trainingpledge',
            name='trainingpledge_leads_to_the_occupation',
        ),
        migrations.RemoveConstraint(
            model_name='trainingpledge',
            name='trainingpledge_exception_says_why',
        ),
        migrations.AddField(
            model_name='trainingpledge',
            name='allowed_training',
            field=models.ForeignKey(blank=True, help_text='Elle ne mène pas au métier : un agent l’a permise.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trainings.training', verbose_name='formation permise'),
        ),
        migrations.RunPython(name_the_training, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='trainingpledge',
            name='exception_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='permise par'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='trainingpledge',
            trigger=pgtrigger.compiler.Trigger(name='trainingpledge_leads_to_the_occupation', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF NEW.written_at IS NOT NULL AND NOT EXISTS (\n    SELECT 1\n    FROM trainings_session s\n    JOIN trainings_trainingaction a ON a.id = s.action_id\n    WHERE s.id = NEW.session_id AND a.training_id = NEW.allowed_training_id\n) AND NOT EXISTS (\n    SELECT 1\n    FROM trainings_session s\n    JOIN trainings_trainingaction a ON a.id = s.action_id\n    JOIN trainings_trainingoccupation l ON l.training_id = a.training_id\n    JOIN territories_occupation taught ON taught.code = l.occupation_id\n    JOIN commitments_hiringpromise p ON p.commitment_id = NEW.commitment_id\n    JOIN territories_occupation wanted ON wanted.code = p.occupation_id\n    WHERE s.id = NEW.session_id\n    AND COALESCE(NULLIF(taught.parent_code, ''), taught.code)\n      = COALESCE(NULLIF(wanted.parent_code, ''), wanted.code)\n) THEN\n    RAISE EXCEPTION 'trainingpledge_leads_to_the_occupation' USING ERRCODE = '23514';\nEND IF;\nRETURN NEW;\n", hash='326c146913855efb422d85d18ea07f3036851bef', operation='INSERT OR UPDATE', pgid='pgtrigger_trainingpledge_leads_to_the_occupation_3fe74', table='commitments_trainingpledge', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='trainingpledge',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('allowed_training', None), ('exception_by', None), ('exception_reason', '')), models.Q(('allowed_training__isnull', False), ('exception_by__isnull', False), models.Q(('exception_reason', ''), _negated=True)), _connector='OR'), name='trainingpledge_exception_says_why', violation_error_message='Dites pourquoi cette formation est permise.'),
        ),
    ]
