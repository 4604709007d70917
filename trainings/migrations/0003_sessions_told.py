import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('trainings', '0002_sessionseats'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='SessionContact',
            fields=[
                ('session', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='contact', serialize=False, to='trainings.session', verbose_name='session')),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='nom')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='adresse électronique')),
                ('phone', models.CharField(blank=True, max_length=30, verbose_name='téléphone')),
            ],
            options={
                'verbose_name': 'contact d’une session',
                'verbose_name_plural': 'contacts des sessions',
            },
        ),
        migrations.AddField(
            model_name='trainingorganisation',
            name='requests_email',
            field=models.EmailField(blank=True, help_text='Dite par l’organisme : aucun import ne la change.', max_length=254, verbose_name='adresse pour les demandes de place'),
        ),
        migrations.AddField(
            model_name='trainingorganisation',
            name='requests_phone',
            field=models.CharField(blank=True, max_length=30, verbose_name='téléphone pour les demandes'),
        ),
        migrations.CreateModel(
            name='InCompanyPeriod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='premier jour')),
                ('ends_on', models.DateField(verbose_name='dernier jour')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='in_company_periods', to='trainings.session', verbose_name='session')),
            ],
            options={
                'verbose_name': 'période en entreprise',
                'verbose_name_plural': 'périodes en entreprise',
                'ordering': ['starts_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='SessionChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('said_by', models.CharField(choices=[('organisation', 'L’organisme'), ('agent', 'Un agent de la Région'), ('catalogue', 'Le catalogue')], max_length=12, verbose_name='dit par')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='le')),
                ('words', models.CharField(max_length=300, verbose_name='ce qui change')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='par')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='trainings.session', verbose_name='session')),
            ],
            options={
                'verbose_name': 'changement dit',
                'verbose_name_plural': 'histoire de la session',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='SessionMeeting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('information', 'Réunion d’information'), ('test', 'Tests d’entrée'), ('interview', 'Entretien')], default='information', max_length=12, verbose_name='nature')),
                ('at', models.DateTimeField(verbose_name='le')),
                ('place', models.CharField(max_length=200, verbose_name='lieu')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='meetings', to='trainings.session', verbose_name='session')),
            ],
            options={
                'verbose_name': 'rendez-vous avant la session',
                'verbose_name_plural': 'rendez-vous avant la session',
                'ordering': ['at', 'pk'],
            },
        ),
        migrations.AddConstraint(
            model_name='incompanyperiod',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='incompanyperiod_ends_after_it_starts', violation_error_message='Une période en entreprise finit après avoir commencé.'),
        ),
        migrations.AddConstraint(
            model_name='incompanyperiod',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('session', '='), (models.Func('starts_on', 'ends_on', models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='incompanyperiod_never_twice_at_once', violation_error_message='Deux périodes en entreprise se chevauchent.'),
        ),
        migrations.AddConstraint(
            model_name='sessionchange',
            constraint=models.CheckConstraint(condition=models.Q(('said_by__in', ['organisation', 'agent', 'catalogue'])), name='sessionchange_said_by_is_known', violation_error_message='Cette valeur n’existe pas.'),
        ),
        migrations.AddConstraint(
            model_name='sessionchange',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('by__isnull', True), ('said_by', 'catalogue')), models.Q(models.Q(('said_by', 'catalogue'), _negated=True), ('by__isnull', False)), _connector='OR'), name='sessionchange_a_person_has_a_name', violation_error_message='Un changement dit par qui il a été fait.'),
        ),
        migrations.AddConstraint(
            model_name='sessionmeeting',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['information', 'test', 'interview'])), name='sessionmeeting_kind_is_known', violation_error_message='Cette valeur n’existe pas.'),
        ),
        migrations.AddConstraint(
            model_name='sessionmeeting',
            constraint=models.UniqueConstraint(fields=('session', 'kind', 'at'), name='sessionmeeting_is_said_once', violation_error_message='Ce rendez-vous est déjà écrit.'),
        ),
    ]
