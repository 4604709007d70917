import django.contrib.postgres.fields
import django.contrib.postgres.functions
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from core.tables import tables_first


class Migration(migrations.Migration):

    replaces = [('candidates', '0001_initial'), ('candidates', '0002_structures'), ('candidates', '0003_candidate_uid')]

    initial = True

    dependencies = [
        ('accounts', '0001_squashed'),
        ('accounts', '__first__'),
        ('territories', '0002_squashed'),
    ]

    operations = tables_first([
        migrations.CreateModel(
            name='Candidate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False, unique=True, verbose_name='référence du parcours')),
                ('radius_km', models.PositiveSmallIntegerField(default=30, verbose_name='distance acceptée (km)')),
                ('level', models.PositiveSmallIntegerField(blank=True, choices=[(0, 'Sans diplôme'), (3, 'CAP, BEP'), (4, 'Bac'), (5, 'Bac + 2'), (6, 'Bac + 3 ou 4'), (7, 'Bac + 5 et plus')], null=True, verbose_name='niveau de diplôme')),
                ('transport', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('car', 'Voiture'), ('two_wheels', 'Scooter ou moto'), ('public', 'Bus, tram, train'), ('bicycle', 'Vélo'), ('foot', 'À pied')], max_length=12), blank=True, default=list, size=None, verbose_name='moyens de transport')),
                ('licence', models.CharField(blank=True, choices=[('none', 'Pas de permis'), ('learning', 'Permis B en cours'), ('b', 'Permis B')], max_length=10, verbose_name='permis')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='inscrit le')),
                ('commune', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territories.commune', verbose_name='commune')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='candidate', to=settings.AUTH_USER_MODEL, verbose_name='compte')),
            ],
            options={
                'verbose_name': 'demandeur d’emploi',
                'verbose_name_plural': 'demandeurs d’emploi',
                'constraints': [models.CheckConstraint(condition=models.Q(('radius_km__gte', 1), ('radius_km__lte', 200)), name='candidate_radius_is_sensible', violation_error_message='La distance va de 1 à 200 km.'), models.CheckConstraint(condition=models.Q(('licence__in', ['', 'none', 'learning', 'b'])), name='candidate_licence_is_known', violation_error_message='Cette valeur n’existe pas.'), models.CheckConstraint(condition=models.Q(('level__isnull', True), ('level__in', [0, 3, 4, 5, 6, 7]), _connector='OR'), name='candidate_level_is_known', violation_error_message='Cette valeur n’existe pas.')],
            },
        ),
        migrations.CreateModel(
            name='Following',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('status_since', models.DateTimeField(default=django.utils.timezone.now, verbose_name='dans cet état depuis')),
                ('waiting_since', models.DateTimeField(default=django.utils.timezone.now, help_text='Point de départ des relances.', verbose_name='attend depuis')),
                ('wait_step', models.PositiveSmallIntegerField(default=0, verbose_name='relances faites')),
                ('status', models.CharField(choices=[('asked', 'Demandé'), ('followed', 'En cours'), ('transferred', 'Transmis'), ('not_followed', 'Pas d’accompagnement'), ('ended', 'Terminé')], default='asked', max_length=20, verbose_name='état')),
                ('origin', models.CharField(choices=[('chosen', 'Choisie par la personne'), ('default', 'Par défaut : la personne ne sait pas'), ('transfer', 'Transmise par une autre structure')], default='chosen', max_length=10, verbose_name='origine')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='demandé le')),
                ('reason', models.CharField(blank=True, choices=[('not_registered', 'Cette personne n’est pas inscrite chez nous'), ('other_place', 'Elle dépend d’un autre secteur'), ('other_service', 'Une autre structure l’accompagne'), ('other', 'Autre raison')], max_length=20, verbose_name='raison')),
                ('how_to_register', models.TextField(blank=True, max_length=600, verbose_name='comment s’inscrire')),
                ('advisor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='conseiller ou conseillère')),
                ('came_from', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='went_to', to='candidates.following', verbose_name='transmis par')),
                ('candidate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='followings', to='candidates.candidate', verbose_name='candidat')),
            ],
            options={
                'verbose_name': 'accompagnement',
                'ordering': ['-asked_at', '-pk'],
                'indexes': [models.Index(models.F('status'), models.F('waiting_since'), name='following_waiting')],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['asked', 'followed', 'transferred', 'not_followed', 'ended'])), name='following_status_is_known', violation_error_message='Cette valeur n’existe pas.'), models.CheckConstraint(condition=models.Q(('origin__in', ['chosen', 'default', 'transfer'])), name='following_origin_is_known', violation_error_message='Cette valeur n’existe pas.'), models.CheckConstraint(condition=models.Q(('reason__in', ['', 'not_registered', 'other_place', 'other_service', 'other'])), name='following_reason_is_known', violation_error_message='Cette raison n’existe pas.')],
            },
        ),
        migrations.CreateModel(
            name='FollowingEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('transition', models.CharField(max_length=30, verbose_name='action')),
                ('from_status', models.CharField(blank=True, max_length=20, verbose_name='de')),
                ('to_status', models.CharField(max_length=20, verbose_name='à')),
                ('role', models.CharField(max_length=20, verbose_name='en tant que')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('data', models.JSONField(blank=True, default=dict, verbose_name='détail')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='le')),
                ('by', models.ForeignKey(blank=True, help_text='Vide : fait par une tâche automatique.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='par')),
                ('following', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='candidates.following')),
            ],
            options={
                'verbose_name': 'événement d’accompagnement',
                'ordering': ['at', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SupportStructure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='nom')),
                ('search_name', models.CharField(editable=False, max_length=320, verbose_name='nom sans accents')),
                ('imported_name', models.CharField(blank=True, editable=False, max_length=200, verbose_name='nom dans le fichier')),
                ('kind', models.CharField(choices=[('france_travail', 'France Travail'), ('mission_locale', 'Mission locale'), ('cap_emploi', 'Cap emploi'), ('siae', 'Structure d’insertion (SIAE)'), ('department', 'Département'), ('other', 'Autre structure')], max_length=20, verbose_name='sorte')),
                ('external_code', models.CharField(blank=True, help_text='Code SAFIR, i-milo… celui du réseau.', max_length=30, verbose_name='code')),
                ('legal_form', models.CharField(blank=True, max_length=120, verbose_name='forme juridique')),
                ('address', models.CharField(blank=True, max_length=200, verbose_name='adresse')),
                ('postcode', models.CharField(blank=True, max_length=5, verbose_name='code postal')),
                ('x', models.FloatField(editable=False, verbose_name='x (Lambert-93, m)')),
                ('y', models.FloatField(editable=False, verbose_name='y (Lambert-93, m)')),
                ('email', models.EmailField(blank=True, help_text='Sert à vérifier le premier membre.', max_length=254, verbose_name='adresse e-mail publiée')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='téléphone')),
                ('may_prescribe', models.BooleanField(default=False, verbose_name='peut prescrire une immersion')),
                ('prescribes_by', models.CharField(blank=True, choices=[('law', 'Article L. 5135-2'), ('delegation', 'Délégation (article D. 5135-7)')], max_length=12, verbose_name='à quel titre')),
                ('delegation_until', models.DateField(blank=True, null=True, verbose_name='fin de la délégation')),
                ('agreement_channel', models.CharField(blank=True, choices=[('immersion_facilitee', 'Sur Immersion Facilitée'), ('here', 'Ici')], help_text='Vide : Immersion Facilitée pour France Travail et les missions locales, ici sinon.', max_length=20, verbose_name='où se fait la convention')),
                ('is_open', models.BooleanField(default=True, verbose_name='ouverte')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='créée le')),
                ('commune', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territories.commune', verbose_name='commune')),
                ('organisation', models.ForeignKey(blank=True, help_text='Ses membres voient les personnes accompagnées.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='support_structures', to='accounts.organisation', verbose_name='entité légale')),
            ],
            options={
                'verbose_name': 'structure d’accompagnement',
                'verbose_name_plural': 'structures d’accompagnement',
                'ordering': ['name', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['france_travail', 'mission_locale', 'cap_emploi', 'siae', 'department', 'other'])), name='supportstructure_kind_is_known', violation_error_message='Cette valeur n’existe pas.'), models.CheckConstraint(condition=models.Q(('agreement_channel__in', ['immersion_facilitee', 'here'])), name='supportstructure_agreement_channel_is_known', violation_error_message='Cette valeur n’existe pas.'), models.UniqueConstraint(condition=models.Q(('external_code', ''), _negated=True), fields=('kind', 'external_code'), name='supportstructure_code_is_unique', violation_error_message='Une structure de cette sorte a déjà ce code.'), models.CheckConstraint(condition=models.Q(models.Q(('delegation_until', None), ('may_prescribe', False), ('prescribes_by', '')), models.Q(('delegation_until', None), ('may_prescribe', True), ('prescribes_by', 'law')), models.Q(('delegation_until__isnull', False), ('may_prescribe', True), ('prescribes_by', 'delegation')), _connector='OR'), name='supportstructure_prescribes_on_a_ground', violation_error_message='Une structure prescrit à un titre : l’article L. 5135-2, ou une délégation avec sa date de fin.')],
            },
        ),
        migrations.AddField(
            model_name='following',
            name='structure',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='followings', to='candidates.supportstructure', verbose_name='structure'),
        ),
        migrations.CreateModel(
            name='BasinDefault',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('basin', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='territories.employmentbasin', verbose_name='bassin d’emploi')),
                ('structure', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='basin_defaults', to='candidates.supportstructure', verbose_name='structure')),
            ],
            options={
                'verbose_name': 'structure par défaut d’un bassin',
                'verbose_name_plural': 'structures par défaut des bassins',
                'constraints': [models.UniqueConstraint(fields=('basin',), name='basindefault_one_per_basin', violation_error_message='Ce bassin a déjà une structure par défaut.')],
            },
        ),
        migrations.AddIndex(
            model_name='following',
            index=models.Index(models.F('structure'), models.F('status'), name='following_structure_status'),
        ),
        migrations.AddConstraint(
            model_name='following',
            constraint=models.UniqueConstraint(condition=models.Q(('status__in', ('asked', 'followed'))), fields=('candidate',), name='following_one_live_per_candidate', violation_error_message='Une structure vous accompagne déjà, ou va vous répondre.'),
        ),
    ])
