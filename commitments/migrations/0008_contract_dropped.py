from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0007_courses'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='contract',
            name='contract_status_is_known',
        ),
        migrations.AlterField(
            model_name='contract',
            name='status',
            field=models.CharField(choices=[('declared', 'À confirmer par le candidat'), ('confirmed', 'Confirmé par les deux'), ('disputed', 'Contesté par le candidat'), ('one_sided', 'Déclaré par un seul côté'), ('replaced', 'Remplacé par une autre déclaration'), ('dropped', 'Sans suite : le projet s’est arrêté')], default='declared', max_length=12, verbose_name='état'),
        ),
        migrations.AddConstraint(
            model_name='contract',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['declared', 'confirmed', 'disputed', 'one_sided', 'replaced', 'dropped'])), name='contract_status_is_known', violation_error_message='Cette valeur n’existe pas.'),
        ),
    ]
