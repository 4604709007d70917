import core.fields
import core.points
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.utils.timezone
import trainings.models.organisations
from django.conf import settings
from django.db import migrations, models
from core.tables import tables_first


class Migration(migrations.Migration):

    replaces = [('trainings', '0001_initial'), ('trainings', '0002_sessionseats'), ('trainings', '0003_sessions_told'), ('trainings', '0004_skill_blocks'), ('trainings', '0005_target_publics')]

    initial = True

    dependencies = [
        ('accounts', '0001_squashed'),
        ('accounts', '__first__'),
        ('territories', '0002_squashed'),
    ]

    operations = tables_first([
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('external_id', models.CharField(default=trainings.models.organisations.new_number, editable=False, max_length=80, verbose_name='numéro au catalogue')),
                ('starts_on', models.DateField(blank=True, help_text='Vide : inconnu, ou entrée permanente.', null=True, verbose_name='premier jour')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='dernier jour')),
                ('is_start_in_month', models.BooleanField(default=False, help_text='On ne connaît que le mois.', verbose_name='premier jour non précisé')),
                ('is_end_in_month', models.BooleanField(default=False, help_text='On ne connaît que le mois.', verbose_name='dernier jour non précisé')),
                ('status', models.CharField(choices=[('open', 'Recrutement ouvert'), ('suspended', 'Recrutement suspendu'), ('closed', 'Recrutement fermé')], default='open', max_length=10, verbose_name='recrutement')),
                ('seats_total', models.IntegerField(blank=True, help_text='Vide : inconnu.', null=True, verbose_name='places')),
                ('seats_left', models.IntegerField(blank=True, help_text='Vide : inconnu.', null=True, verbose_name='places restantes')),
                ('registration_starts_on', models.DateField(blank=True, null=True, verbose_name='inscriptions du')),
                ('registration_ends_on', models.DateField(blank=True, null=True, verbose_name='inscriptions au')),
                ('address', models.TextField(blank=True, help_text='Si elle n’est pas celle de l’action.', verbose_name='adresse d’inscription')),
                ('url', core.fields.WebAddressField(blank=True, max_length=400, verbose_name='page')),
                ('cancelled_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='annulée le')),
                ('seen_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='dernier changement vu le')),
                ('closed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='fermée le')),
            ],
            options={
                'verbose_name': 'session',
                'verbose_name_plural': 'sessions',
                'ordering': ['starts_on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('starts_on', None), ('ends_on', None), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='session_ends_after_it_starts', violation_error_message='Le dernier jour ne peut pas précéder le premier.'), models.CheckConstraint(condition=models.Q(('registration_starts_on', None), ('registration_ends_on', None), ('registration_ends_on__gte', models.F('registration_starts_on')), _connector='OR'), name='session_registration_ends_after_it_starts', violation_error_message='Les inscriptions ne peuvent pas finir avant de commencer.'), models.CheckConstraint(condition=models.Q(models.Q(('seats_total', None), ('seats_total__gte', 0), _connector='OR'), models.Q(('seats_left', None), ('seats_left__gte', 0), _connector='OR')), name='session_seats_are_not_negative', violation_error_message='Un nombre de places ne peut pas être négatif.'), models.CheckConstraint(condition=models.Q(('seats_total', None), ('seats_left', None), ('seats_left__lte', models.F('seats_total')), _connector='OR'), name='session_seats_left_are_among_its_seats', violation_error_message='Il ne peut pas rester plus de places que la session n’en a.'), models.CheckConstraint(condition=models.Q(('status__in', ['open', 'suspended', 'closed'])), name='session_status_is_known', violation_error_message='Cette valeur n’existe pas.')],
            },
        ),
        migrations.CreateModel(
            name='TargetPublic',
            fields=[
                ('code', models.CharField(max_length=5, primary_key=True, serialize=False, verbose_name='code Formacode')),
                ('name', models.CharField(blank=True, help_text='Ce que lit un visiteur, par exemple « Demandeurs d’emploi ». Vide : le code n’est pas montré.', max_length=120, verbose_name='en clair')),
                ('is_priority', models.BooleanField(default=False, help_text='Dit sur la page des formations qui le visent.', verbose_name='public prioritaire')),
            ],
            options={
                'verbose_name': 'public visé',
                'verbose_name_plural': 'publics visés',
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='CatalogueImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file_name', models.CharField(max_length=255, verbose_name='fichier')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='le')),
                ('report', models.JSONField(default=dict, verbose_name='compte rendu')),
                ('region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territories.region', verbose_name='région')),
            ],
            options={
                'verbose_name': 'import du catalogue',
                'verbose_name_plural': 'imports du catalogue',
                'ordering': ['-at', '-pk'],
            },
        ),
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
        migrations.CreateModel(
            name='SkillBlock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(help_text='RNCP35190BC01', max_length=40, unique=True, verbose_name='code')),
                ('title', models.CharField(max_length=500, verbose_name='intitulé')),
                ('certification', models.CharField(blank=True, help_text='La fiche RNCP ou RS dont ce bloc fait partie.', max_length=12, verbose_name='fiche')),
            ],
            options={
                'verbose_name': 'bloc de compétences',
                'verbose_name_plural': 'blocs de compétences',
                'ordering': ['code'],
                'indexes': [models.Index(fields=['certification'], name='skillblock_certification')],
                'constraints': [models.CheckConstraint(condition=models.Q(('code__regex', '^[A-Z0-9][A-Z0-9-]{2,39}$')), name='skillblock_code_is_a_code', violation_error_message='Un code de bloc s’écrit en capitales et en chiffres : RNCP35190BC01.'), models.CheckConstraint(condition=models.Q(('title', ''), _negated=True), name='skillblock_has_a_title', violation_error_message='Un bloc a un intitulé.')],
            },
        ),
        migrations.CreateModel(
            name='Training',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=255, verbose_name='intitulé')),
                ('source', models.CharField(choices=[('catalogue', 'Catalogue régional'), ('manual', 'Saisie par un agent')], default='manual', max_length=10, verbose_name='origine')),
                ('external_id', models.CharField(default=trainings.models.organisations.new_number, editable=False, max_length=80, verbose_name='numéro au catalogue')),
                ('certification_title', models.CharField(blank=True, max_length=255, verbose_name='certification')),
                ('rncp_code', models.CharField(blank=True, help_text='RNCP38511', max_length=12, verbose_name='fiche RNCP')),
                ('rs_code', models.CharField(blank=True, help_text='RS5421', max_length=12, verbose_name='fiche RS')),
                ('certifinfo_code', models.CharField(blank=True, max_length=12, verbose_name='code Certif Info')),
                ('level_in', models.SmallIntegerField(blank=True, choices=[(0, 'Sans niveau exigé'), (1, 'Niveau 1 (savoirs de base)'), (2, 'Niveau 2'), (3, 'Niveau 3 (CAP, BEP)'), (4, 'Niveau 4 (bac)'), (5, 'Niveau 5 (bac + 2)'), (6, 'Niveau 6 (licence)'), (7, 'Niveau 7 (master)'), (8, 'Niveau 8 (doctorat)')], help_text='Vide : non précisé.', null=True, verbose_name='niveau demandé')),
                ('level_out', models.SmallIntegerField(blank=True, choices=[(0, 'Sans niveau exigé'), (1, 'Niveau 1 (savoirs de base)'), (2, 'Niveau 2'), (3, 'Niveau 3 (CAP, BEP)'), (4, 'Niveau 4 (bac)'), (5, 'Niveau 5 (bac + 2)'), (6, 'Niveau 6 (licence)'), (7, 'Niveau 7 (master)'), (8, 'Niveau 8 (doctorat)')], help_text='Vide : non précisé.', null=True, verbose_name='niveau de sortie')),
                ('objective', models.TextField(blank=True, verbose_name='objectif')),
                ('content', models.TextField(blank=True, help_text='Nettoyé : paragraphes, listes et gras seulement.', verbose_name='programme')),
                ('hours_total', models.IntegerField(blank=True, null=True, verbose_name='heures en tout')),
                ('hours_in_centre', models.IntegerField(blank=True, null=True, verbose_name='heures en centre')),
                ('hours_in_company', models.IntegerField(blank=True, null=True, verbose_name='heures en entreprise')),
                ('formacodes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=5), blank=True, default=list, size=None, verbose_name='Formacodes')),
                ('rome_codes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=5), blank=True, default=list, help_text='Tels qu’écrits au catalogue, y compris ceux que nous ne connaissons pas.', size=None, verbose_name='codes ROME annoncés')),
                ('url', core.fields.WebAddressField(blank=True, max_length=400, verbose_name='page de la formation')),
                ('search', models.GeneratedField(db_persist=True, expression=django.contrib.postgres.search.SearchVector('title', 'certification_title', config='public.fr'), output_field=django.contrib.postgres.search.SearchVectorField(), verbose_name='recherche')),
                ('seen_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='dernier changement vu le')),
                ('closed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='fermée le')),
                ('region', models.ForeignKey(blank=True, help_text='La région dont le catalogue annonce cette formation.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territories.region', verbose_name='catalogue de la région')),
            ],
            options={
                'verbose_name': 'formation',
                'verbose_name_plural': 'formations',
                'ordering': ['title', 'pk'],
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['formacodes'], name='training_formacodes'), django.contrib.postgres.indexes.GinIndex(fields=['search'], name='training_search'), models.Index(condition=models.Q(('closed_at', None)), fields=['title', 'id'], name='training_current')],
                'constraints': [models.UniqueConstraint(fields=('source', 'external_id'), name='training_number_is_unique', violation_error_message='Une formation porte déjà ce numéro.'), models.CheckConstraint(condition=models.Q(('level_in', None), ('level_in__range', (0, 8)), _connector='OR'), name='training_level_in_is_known', violation_error_message='Un niveau va de 0 à 8.'), models.CheckConstraint(condition=models.Q(('level_out', None), ('level_out__range', (0, 8)), _connector='OR'), name='training_level_out_is_known', violation_error_message='Un niveau va de 0 à 8.'), models.CheckConstraint(condition=models.Q(models.Q(('hours_total', None), ('hours_total__gte', 0), _connector='OR'), models.Q(('hours_in_centre', None), ('hours_in_centre__gte', 0), _connector='OR'), models.Q(('hours_in_company', None), ('hours_in_company__gte', 0), _connector='OR')), name='training_hours_are_not_negative', violation_error_message='Un nombre d’heures ne peut pas être négatif.'), models.CheckConstraint(condition=models.Q(('source__in', ['catalogue', 'manual'])), name='training_source_is_known', violation_error_message='Cette valeur n’existe pas.')],
            },
        ),
        migrations.CreateModel(
            name='TrainingAction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('external_id', models.CharField(default=trainings.models.organisations.new_number, editable=False, max_length=80, verbose_name='numéro au catalogue')),
                ('place_name', models.CharField(blank=True, max_length=255, verbose_name='lieu')),
                ('address', models.TextField(blank=True, verbose_name='adresse')),
                ('postcode', models.CharField(blank=True, max_length=10, verbose_name='code postal')),
                ('town', models.CharField(blank=True, max_length=100, verbose_name='ville')),
                ('other_places', models.TextField(blank=True, help_text='Un par ligne, quand l’action en a plusieurs.', verbose_name='autres lieux')),
                ('latitude', models.FloatField(blank=True, null=True, verbose_name='latitude')),
                ('longitude', models.FloatField(blank=True, null=True, verbose_name='longitude')),
                ('x', models.FloatField(blank=True, editable=False, null=True, verbose_name='x (Lambert-93, m)')),
                ('y', models.FloatField(blank=True, editable=False, null=True, verbose_name='y (Lambert-93, m)')),
                ('position', models.GeneratedField(db_persist=True, expression=models.Func('x', 'y', function='point'), output_field=core.points.PointField(), verbose_name='position')),
                ('is_approximate', models.BooleanField(default=False, help_text='Le centre de la commune, faute de l’adresse exacte.', verbose_name='position approchée')),
                ('funders', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), blank=True, default=list, size=None, verbose_name='financeurs')),
                ('is_region_funded', models.BooleanField(default=False, verbose_name='financée par la Région')),
                ('funded_seats', models.IntegerField(blank=True, help_text='Vide : inconnu.', null=True, verbose_name='places financées par la Région')),
                ('has_permanent_entry', models.BooleanField(default=False, verbose_name='entrées permanentes')),
                ('teaching_mode', models.CharField(choices=[('on_site', 'Sur place'), ('mixed', 'Sur place et à distance'), ('remote', 'Entièrement à distance')], default='on_site', max_length=10, verbose_name='enseignement')),
                ('pace', models.TextField(blank=True, verbose_name='rythme')),
                ('conditions', models.TextField(blank=True, verbose_name='conditions d’accès')),
                ('publics', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=5), blank=True, default=list, help_text='Tels qu’écrits au catalogue. Leurs noms sont dans « Publics visés ».', size=None, verbose_name='publics visés (codes)')),
                ('public_details', models.TextField(blank=True, verbose_name='publics visés, en clair')),
                ('costs_may_be_covered', models.BooleanField(blank=True, help_text='Vide : non précisé.', null=True, verbose_name='prise en charge des frais possible')),
                ('costs_details', models.TextField(blank=True, verbose_name='conditions de prise en charge')),
                ('disability_access', models.CharField(blank=True, max_length=250, verbose_name='accès des personnes handicapées')),
                ('hours_total', models.IntegerField(blank=True, null=True, verbose_name='heures en tout')),
                ('hours_in_centre', models.IntegerField(blank=True, null=True, verbose_name='heures en centre')),
                ('hours_in_company', models.IntegerField(blank=True, null=True, verbose_name='heures en entreprise')),
                ('url', core.fields.WebAddressField(blank=True, max_length=400, verbose_name='page')),
                ('phone', models.CharField(blank=True, max_length=30, verbose_name='téléphone')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='adresse électronique')),
                ('seen_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='dernier changement vu le')),
                ('closed_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='fermée le')),
                ('commune', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territories.commune', verbose_name='commune')),
                ('training', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='actions', to='trainings.training', verbose_name='formation')),
            ],
            options={
                'verbose_name': 'action de formation',
                'verbose_name_plural': 'actions de formation',
                'ordering': ['training_id', 'pk'],
                'indexes': [django.contrib.postgres.indexes.GistIndex(fields=['position'], name='trainingaction_position'), models.Index(condition=models.Q(('closed_at', None), ('is_region_funded', True)), fields=['training'], name='trainingaction_region_funded')],
                'constraints': [models.UniqueConstraint(fields=('training', 'external_id'), name='trainingaction_number_is_unique', violation_error_message='Cette formation a déjà une action de ce numéro.'), models.CheckConstraint(condition=models.Q(models.Q(('latitude', None), ('longitude', None), ('x', None), ('y', None)), models.Q(('latitude__isnull', False), ('longitude__isnull', False), ('x__isnull', False), ('y__isnull', False)), _connector='OR'), name='trainingaction_position_is_whole', violation_error_message='Une position a une latitude et une longitude.'), models.CheckConstraint(condition=models.Q(models.Q(('hours_total', None), ('hours_total__gte', 0), _connector='OR'), models.Q(('hours_in_centre', None), ('hours_in_centre__gte', 0), _connector='OR'), models.Q(('hours_in_company', None), ('hours_in_company__gte', 0), _connector='OR')), name='trainingaction_hours_are_not_negative', violation_error_message='Un nombre d’heures ne peut pas être négatif.'), models.CheckConstraint(condition=models.Q(('funded_seats', None), ('funded_seats__gte', 0), _connector='OR'), name='trainingaction_funded_seats_are_not_negative', violation_error_message='Un nombre de places ne peut pas être négatif.'), models.CheckConstraint(condition=models.Q(('teaching_mode__in', ['on_site', 'mixed', 'remote'])), name='trainingaction_teaching_mode_is_known', violation_error_message='Cette valeur n’existe pas.')],
            },
        ),
        migrations.AddField(
            model_name='session',
            name='action',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to='trainings.trainingaction', verbose_name='action'),
        ),
        migrations.CreateModel(
            name='TrainingBlock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('origin', models.CharField(choices=[('catalogue', 'Catalogue'), ('agent', 'Agent')], default='agent', max_length=10, verbose_name='origine')),
                ('block', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='links', to='trainings.skillblock', verbose_name='bloc de compétences')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='fait par')),
                ('training', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='block_links', to='trainings.training', verbose_name='formation')),
            ],
            options={
                'verbose_name': 'bloc enseigné',
                'verbose_name_plural': 'blocs enseignés',
                'ordering': ['block_id'],
                'constraints': [models.UniqueConstraint(fields=('training', 'block'), name='trainingblock_is_unique', violation_error_message='Cette formation enseigne déjà ce bloc.'), models.CheckConstraint(condition=models.Q(('origin__in', ['catalogue', 'agent'])), name='trainingblock_origin_is_known', violation_error_message='Cette valeur n’existe pas.')],
            },
        ),
        migrations.AddField(
            model_name='training',
            name='blocks',
            field=models.ManyToManyField(related_name='trainings', through='trainings.TrainingBlock', to='trainings.skillblock', verbose_name='blocs de compétences'),
        ),
        migrations.CreateModel(
            name='TrainingOccupation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('origin', models.CharField(choices=[('catalogue', 'Catalogue'), ('agent', 'Agent')], default='agent', max_length=10, verbose_name='origine')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='fait par')),
                ('occupation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='training_links', to='territories.occupation', verbose_name='métier')),
                ('training', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='trainings.training', verbose_name='formation')),
            ],
            options={
                'verbose_name': 'métier préparé',
                'verbose_name_plural': 'métiers préparés',
                'ordering': ['occupation_id'],
                'constraints': [models.UniqueConstraint(fields=('training', 'occupation'), name='trainingoccupation_is_unique', violation_error_message='Cette formation mène déjà à ce métier.'), models.CheckConstraint(condition=models.Q(('origin__in', ['catalogue', 'agent'])), name='trainingoccupation_origin_is_known', violation_error_message='Cette valeur n’existe pas.')],
            },
        ),
        migrations.AddField(
            model_name='training',
            name='occupations',
            field=models.ManyToManyField(related_name='trainings', through='trainings.TrainingOccupation', to='territories.occupation', verbose_name='métiers'),
        ),
        migrations.CreateModel(
            name='TrainingOrganisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=255, verbose_name='nom')),
                ('siret', models.CharField(blank=True, max_length=14, verbose_name='SIRET')),
                ('activity_number', models.CharField(blank=True, max_length=11, verbose_name='numéro de déclaration d’activité')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='adresse électronique')),
                ('phone', models.CharField(blank=True, max_length=30, verbose_name='téléphone')),
                ('website', core.fields.WebAddressField(blank=True, max_length=400, verbose_name='site')),
                ('requests_email', models.EmailField(blank=True, help_text='Dite par l’organisme : aucun import ne la change.', max_length=254, verbose_name='adresse pour les demandes de place')),
                ('requests_phone', models.CharField(blank=True, max_length=30, verbose_name='téléphone pour les demandes')),
                ('source', models.CharField(choices=[('catalogue', 'Catalogue régional'), ('manual', 'Saisie par un agent')], default='manual', max_length=10, verbose_name='origine')),
                ('external_id', models.CharField(default=trainings.models.organisations.new_number, editable=False, max_length=80, verbose_name='numéro')),
                ('organisation', models.OneToOneField(blank=True, help_text='L’entité légale dont les membres se connectent ici.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='training_organisation', to='accounts.organisation', verbose_name='compte de l’organisme')),
            ],
            options={
                'verbose_name': 'organisme de formation',
                'verbose_name_plural': 'organismes de formation',
                'ordering': ['name', 'pk'],
                'indexes': [models.Index(fields=['siret'], name='trainingorganisation_siret')],
                'constraints': [models.UniqueConstraint(fields=('source', 'external_id'), name='trainingorganisation_number_is_unique', violation_error_message='Cet organisme existe déjà.'), models.CheckConstraint(condition=models.Q(('siret', ''), ('siret__regex', '^\\d{14}$'), _connector='OR'), name='trainingorganisation_siret_has_14_digits', violation_error_message='Un SIRET compte 14 chiffres.'), models.CheckConstraint(condition=models.Q(('source__in', ['catalogue', 'manual'])), name='trainingorganisation_source_is_known', violation_error_message='Cette valeur n’existe pas.')],
            },
        ),
        migrations.AddField(
            model_name='training',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='trainings', to='trainings.trainingorganisation', verbose_name='organisme'),
        ),
        migrations.CreateModel(
            name='SessionSeats',
            fields=[
                ('session', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='seats', serialize=False, to='trainings.session', verbose_name='session')),
                ('places', models.PositiveSmallIntegerField(blank=True, help_text='Vide : la session ne dit pas combien elle en a.', null=True, verbose_name='places')),
                ('taken', models.PositiveSmallIntegerField(default=0, verbose_name='places prises')),
            ],
            options={
                'verbose_name': 'places d’une session',
                'verbose_name_plural': 'places des sessions',
                'constraints': [models.CheckConstraint(condition=models.Q(('places', None), ('taken__lte', models.F('places')), _connector='OR'), name='sessionseats_never_exceed_the_session', violation_error_message='Cette session est complète : choisissez-en une autre.')],
            },
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
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='incompanyperiod_ends_after_it_starts', violation_error_message='Une période en entreprise finit après avoir commencé.'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('session', '='), (models.Func('starts_on', 'ends_on', models.Value('[]'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='incompanyperiod_never_twice_at_once', violation_error_message='Deux périodes en entreprise se chevauchent.')],
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
                'constraints': [models.CheckConstraint(condition=models.Q(('said_by__in', ['organisation', 'agent', 'catalogue'])), name='sessionchange_said_by_is_known', violation_error_message='Cette valeur n’existe pas.'), models.CheckConstraint(condition=models.Q(models.Q(('by__isnull', True), ('said_by', 'catalogue')), models.Q(models.Q(('said_by', 'catalogue'), _negated=True), ('by__isnull', False)), _connector='OR'), name='sessionchange_a_person_has_a_name', violation_error_message='Un changement dit par qui il a été fait.')],
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
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['information', 'test', 'interview'])), name='sessionmeeting_kind_is_known', violation_error_message='Cette valeur n’existe pas.'), models.UniqueConstraint(fields=('session', 'kind', 'at'), name='sessionmeeting_is_said_once', violation_error_message='Ce rendez-vous est déjà écrit.')],
            },
        ),
        migrations.AddIndex(
            model_name='session',
            index=models.Index(condition=models.Q(('cancelled_at', None), ('closed_at', None), ('status', 'open')), fields=['action', 'starts_on', 'ends_on'], name='session_may_be_eligible'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.UniqueConstraint(fields=('action', 'external_id'), name='session_number_is_unique', violation_error_message='Cette action a déjà une session de ce numéro.'),
        ),
    ])
