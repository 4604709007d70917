import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models
from core.tables import tables_first


class Migration(migrations.Migration):

    replaces = [('territories', '0002_territories'), ('territories', '0003_lexicon'), ('territories', '0004_index_at_once'), ('territories', '0005_words_have_names'), ('territories', '0006_stays'), ('territories', '0007_delays'), ('territories', '0008_occupationtension'), ('territories', '0009_region_waits'), ('territories', '0010_waits_kept'), ('territories', '0011_one_table_of_waits')]

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('territories', '0001_text_search'),
    ]

    operations = tables_first([
        migrations.CreateModel(
            name='Department',
            fields=[
                ('code', models.CharField(max_length=3, primary_key=True, serialize=False, verbose_name='code')),
                ('name', models.CharField(max_length=80, verbose_name='nom')),
                ('slug', models.SlugField(max_length=80, unique=True, verbose_name='adresse')),
            ],
            options={
                'verbose_name': 'département',
                'verbose_name_plural': 'départements',
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='Epci',
            fields=[
                ('code', models.CharField(max_length=9, primary_key=True, serialize=False, verbose_name='SIREN')),
                ('name', models.CharField(max_length=150, verbose_name='nom')),
            ],
            options={
                'verbose_name': 'intercommunalité',
                'verbose_name_plural': 'intercommunalités',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='OccupationFamily',
            fields=[
                ('letter', models.CharField(max_length=1, primary_key=True, serialize=False, verbose_name='lettre')),
                ('name', models.CharField(max_length=120, verbose_name='nom')),
                ('slug', models.SlugField(max_length=120, unique=True, verbose_name='adresse')),
            ],
            options={
                'verbose_name': 'famille de métiers',
                'verbose_name_plural': 'familles de métiers',
                'ordering': ['letter'],
            },
        ),
        migrations.CreateModel(
            name='Commune',
            fields=[
                ('code', models.CharField(max_length=5, primary_key=True, serialize=False, verbose_name='code INSEE')),
                ('name', models.CharField(max_length=80, verbose_name='nom')),
                ('search_name', models.CharField(editable=False, max_length=80, verbose_name='nom sans accents')),
                ('slug', models.SlugField(max_length=90, verbose_name='adresse')),
                ('population', models.PositiveIntegerField(default=0, verbose_name='habitants')),
                ('latitude', models.FloatField(verbose_name='latitude')),
                ('longitude', models.FloatField(verbose_name='longitude')),
                ('x', models.FloatField(editable=False, verbose_name='x (Lambert-93, m)')),
                ('y', models.FloatField(editable=False, verbose_name='y (Lambert-93, m)')),
                ('is_approximate', models.BooleanField(default=False, help_text='Déduite des communes voisines, faute de mieux.', verbose_name='position approchée')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='communes', to='territories.department', verbose_name='département')),
                ('epci', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='communes', to='territories.epci', verbose_name='intercommunalité')),
            ],
            options={
                'verbose_name': 'commune',
                'verbose_name_plural': 'communes',
                'ordering': ['search_name', 'code'],
                'indexes': [django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('search_name', name='gin_trgm_ops'), fastupdate=False, name='commune_search_name_trigrams'), models.Index(fields=['search_name', 'code'], name='commune_search_name')],
            },
        ),
        migrations.CreateModel(
            name='FormerCommune',
            fields=[
                ('code', models.CharField(max_length=5, primary_key=True, serialize=False, verbose_name='ancien code INSEE')),
                ('name', models.CharField(blank=True, max_length=80, verbose_name='ancien nom')),
                ('search_name', models.CharField(blank=True, editable=False, max_length=80, verbose_name='nom sans accents')),
                ('commune', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former', to='territories.commune', verbose_name='commune')),
            ],
            options={
                'verbose_name': 'ancienne commune',
                'verbose_name_plural': 'anciennes communes',
                'ordering': ['code'],
                'indexes': [models.Index(fields=['search_name'], name='formercommune_search_name')],
            },
        ),
        migrations.CreateModel(
            name='LexiconWord',
            fields=[
                ('word', models.CharField(max_length=60, primary_key=True, serialize=False)),
            ],
            options={
                'verbose_name': 'mot du lexique',
                'verbose_name_plural': 'mots du lexique',
                'indexes': [django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('word', name='gin_trgm_ops'), fastupdate=False, name='lexiconword_trigrams')],
            },
        ),
        migrations.CreateModel(
            name='Occupation',
            fields=[
                ('code', models.CharField(max_length=5, primary_key=True, serialize=False, verbose_name='code ROME')),
                ('label', models.CharField(max_length=200, verbose_name='libellé officiel')),
                ('title', models.CharField(help_text='Aux deux genres : « Maçon / Maçonne ».', max_length=200, verbose_name='nom affiché')),
                ('slug', models.SlugField(max_length=100, verbose_name='adresse')),
                ('parent_code', models.CharField(blank=True, db_index=True, help_text='Le code de la génération précédente : les métiers qui le partagent se valent.', max_length=5, verbose_name='code parent')),
                ('definition', models.TextField(blank=True, verbose_name='définition')),
                ('search_words', models.TextField(blank=True, editable=False, verbose_name='mots de recherche')),
                ('family', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='occupations', to='territories.occupationfamily', verbose_name='famille')),
            ],
            options={
                'verbose_name': 'métier',
                'verbose_name_plural': 'métiers',
                'ordering': ['title', 'code'],
            },
        ),
        migrations.CreateModel(
            name='OccupationTask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=150, verbose_name='tâche')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='ordre')),
                ('occupation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tasks', to='territories.occupation', verbose_name='métier')),
            ],
            options={
                'verbose_name': 'tâche proposée',
                'verbose_name_plural': 'tâches proposées',
                'ordering': ['order', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('occupation', 'text'), name='occupationtask_is_unique', violation_error_message='Ce métier a déjà cette tâche.')],
            },
        ),
        migrations.CreateModel(
            name='OccupationTension',
            fields=[
                ('code', models.CharField(max_length=5, primary_key=True, serialize=False, verbose_name='code ROME')),
                ('tense_areas', models.PositiveSmallIntegerField(verbose_name='bassins en tension')),
                ('areas', models.PositiveSmallIntegerField(verbose_name='bassins observés')),
                ('year', models.PositiveSmallIntegerField(verbose_name='année des données')),
                ('source', models.CharField(max_length=120, verbose_name='source')),
            ],
            options={
                'verbose_name': 'tension d’un métier',
                'verbose_name_plural': 'tensions des métiers',
                'ordering': ['code'],
                'constraints': [models.CheckConstraint(condition=models.Q(('areas__gte', 1), ('tense_areas__lte', models.F('areas'))), name='occupationtension_areas_are_among_those_observed', violation_error_message='Les bassins en tension sont parmi les bassins observés.'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='occupationtension_says_its_source', violation_error_message='Une tension dit d’où elle vient.')],
            },
        ),
        migrations.CreateModel(
            name='OccupationTitle',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(max_length=250, verbose_name='appellation')),
                ('search', models.CharField(editable=False, max_length=250, verbose_name='sans accents')),
                ('occupation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='titles', to='territories.occupation', verbose_name='métier')),
            ],
            options={
                'verbose_name': 'appellation',
                'verbose_name_plural': 'appellations',
                'ordering': ['label'],
                'constraints': [models.UniqueConstraint(fields=('occupation', 'label'), name='occupationtitle_is_unique', violation_error_message='Ce métier a déjà cette appellation.')],
            },
        ),
        migrations.CreateModel(
            name='OccupationWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_main', models.BooleanField(default=False)),
                ('occupation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='words', to='territories.occupation')),
                ('word', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='occupations', to='territories.lexiconword')),
            ],
            options={
                'verbose_name': 'mot d’un métier',
                'verbose_name_plural': 'mots des métiers',
                'constraints': [models.UniqueConstraint(fields=('occupation', 'word'), name='occupationword_is_unique', violation_error_message='Ce mot mène déjà à ce métier.')],
            },
        ),
        migrations.CreateModel(
            name='Region',
            fields=[
                ('code', models.CharField(max_length=3, primary_key=True, serialize=False, verbose_name='code INSEE')),
                ('name', models.CharField(max_length=80, unique=True, verbose_name='nom')),
                ('slug', models.SlugField(max_length=80, unique=True, verbose_name='adresse')),
                ('accent_color', models.CharField(default='#4a2a6b', help_text='Celle des boutons et des liens. Elle doit se lire sur un fond clair.', max_length=7, validators=[django.core.validators.RegexValidator('^#[0-9a-f]{6}$', 'Une couleur s’écrit #4a2a6b, en minuscules.')], verbose_name='couleur principale')),
                ('highlight_color', models.CharField(default='#f2a900', help_text='Celle du trait d’union. Un texte foncé doit se lire dessus.', max_length=7, validators=[django.core.validators.RegexValidator('^#[0-9a-f]{6}$', 'Une couleur s’écrit #4a2a6b, en minuscules.')], verbose_name='couleur de mise en valeur')),
                ('publication_radius_km', models.PositiveSmallIntegerField(default=60, help_text='Une offre se publie si une formation financée existe à cette distance au plus.', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(300)], verbose_name='distance entre l’immersion et la formation (km)')),
                ('booking_notice_working_days', models.PositiveSmallIntegerField(default=5, validators=[django.core.validators.MaxValueValidator(30)], verbose_name='délai avant un créneau avec convention (jours ouvrés)')),
                ('agreement_first_reminder_days', models.PositiveSmallIntegerField(default=5, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(30)], verbose_name='premier rappel de convention (jours avant le début)')),
                ('agreement_second_reminder_days', models.PositiveSmallIntegerField(default=2, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(30)], verbose_name='second rappel de convention (jours avant le début)')),
                ('sheet_days', models.PositiveSmallIntegerField(default=3, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(15)], verbose_name='fiche pratique (jours avant le début)')),
                ('proposal_first_reminder_days', models.PositiveSmallIntegerField(default=7, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)], verbose_name='premier rappel d’un projet à signer (jours avant sa date limite)')),
                ('proposal_agent_days', models.PositiveSmallIntegerField(default=4, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)], verbose_name='tâche confiée à un agent (jours avant la date limite)')),
                ('proposal_second_reminder_days', models.PositiveSmallIntegerField(default=2, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)], verbose_name='second rappel d’un projet à signer (jours avant sa date limite)')),
                ('travel_euros_a_km', models.DecimalField(decimal_places=3, default=Decimal('0.2'), help_text='Carburant et usure d’une petite voiture : un ordre de grandeur, annoncé comme tel.', max_digits=4, validators=[django.core.validators.MinValueValidator(Decimal('0.01')), django.core.validators.MaxValueValidator(2)], verbose_name='coût d’un kilomètre en voiture (€)')),
                ('travel_km_an_hour', models.PositiveSmallIntegerField(default=50, validators=[django.core.validators.MinValueValidator(10), django.core.validators.MaxValueValidator(130)], verbose_name='vitesse moyenne en voiture (km/h)')),
                ('travel_detour', models.DecimalField(decimal_places=2, default=Decimal('1.3'), help_text='Une route n’est pas droite : environ 1,3 en plaine, davantage en montagne.', max_digits=3, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(3)], verbose_name='longueur de la route pour un kilomètre à vol d’oiseau (km)')),
                ('contact_email', models.EmailField(blank=True, max_length=254, verbose_name='adresse de contact')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='téléphone')),
                ('is_open', models.BooleanField(default=False, verbose_name='ouverte')),
            ],
            options={
                'verbose_name': 'région',
                'verbose_name_plural': 'régions',
                'ordering': ['name'],
                'constraints': [models.CheckConstraint(condition=models.Q(('agreement_first_reminder_days__gt', models.F('agreement_second_reminder_days')), ('agreement_second_reminder_days__gte', 1)), name='region_stay_delays_follow_each_other', violation_error_message='Les délais se suivent : un premier rappel, puis un second.'), models.CheckConstraint(condition=models.Q(('agreement_first_reminder_days__lte', 30), ('booking_notice_working_days__lte', 30), ('sheet_days__range', (1, 15))), name='region_delays_have_an_end', violation_error_message='Un de ces délais est trop long : personne n’attend sans fin.'), models.CheckConstraint(condition=models.Q(('proposal_agent_days__gt', models.F('proposal_second_reminder_days')), ('proposal_first_reminder_days__gt', models.F('proposal_agent_days')), ('proposal_first_reminder_days__lte', 60), ('proposal_second_reminder_days__gte', 1)), name='region_proposal_delays_follow_each_other', violation_error_message='Avant la date limite d’un projet viennent un premier rappel, un agent, puis un second rappel.'), models.CheckConstraint(condition=models.Q(('travel_detour__range', (1, 3)), ('travel_euros_a_km__range', (Decimal('0.01'), 2)), ('travel_km_an_hour__range', (10, 130))), name='region_travel_makes_sense', violation_error_message='Un trajet en voiture coûte de 0,01 à 2 € le kilomètre, à une vitesse de 10 à 130 km/h ; la route fait 1 à 3 fois le vol d’oiseau.'), models.CheckConstraint(condition=models.Q(('publication_radius_km__gte', 1)), name='region_publication_radius_is_positive', violation_error_message='La distance est d’au moins 1 km.')],
            },
        ),
        migrations.CreateModel(
            name='EmploymentBasin',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='nom')),
                ('slug', models.SlugField(max_length=80, unique=True, verbose_name='adresse')),
                ('epcis', models.ManyToManyField(blank=True, related_name='basins', to='territories.epci', verbose_name='intercommunalités')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='basins', to='territories.region', verbose_name='région')),
            ],
            options={
                'verbose_name': 'bassin d’emploi',
                'verbose_name_plural': 'bassins d’emploi',
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(fields=('region', 'name'), name='employmentbasin_name_is_unique_in_region', violation_error_message='Cette région a déjà un bassin de ce nom.')],
            },
        ),
        migrations.AddField(
            model_name='department',
            name='region',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='departments', to='territories.region', verbose_name='région'),
        ),
        migrations.CreateModel(
            name='AgentTerritory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='agent_territory', to=settings.AUTH_USER_MODEL, verbose_name='agent')),
                ('departments', models.ManyToManyField(blank=True, related_name='+', to='territories.department', verbose_name='départements')),
                ('region', models.ForeignKey(blank=True, help_text='Sans département choisi, l’agent voit toute la région.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territories.region', verbose_name='région')),
            ],
            options={
                'verbose_name': 'territoire d’un agent',
                'verbose_name_plural': 'territoires des agents',
            },
        ),
        migrations.CreateModel(
            name='RegionDelays',
            fields=[
            ],
            options={
                'verbose_name': 'délais d’une région',
                'verbose_name_plural': 'délais des régions',
                'proxy': True,
                'indexes': [],
                'constraints': [],
            },
            bases=('territories.region',),
        ),
        migrations.CreateModel(
            name='RegionWait',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, verbose_name='attente')),
                ('first_reminder', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(120)], verbose_name='premier rappel')),
                ('second_reminder', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(120)], verbose_name='second rappel')),
                ('agent', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(120)], verbose_name='relais (un agent, un conseiller)')),
                ('end', models.PositiveSmallIntegerField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(120)], verbose_name='fin')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='waits', to='territories.region', verbose_name='région')),
            ],
            options={
                'verbose_name': 'délai d’attente',
                'verbose_name_plural': 'délais d’attente',
                'constraints': [models.UniqueConstraint(fields=('region', 'name'), name='regionwait_once_per_region', violation_error_message='Ce délai est déjà choisi pour cette région.'), models.CheckConstraint(condition=models.Q(('second_reminder__gt', models.F('first_reminder')), ('agent__gt', models.F('first_reminder')), ('end__gt', models.F('first_reminder')), ('agent__gte', models.F('second_reminder')), ('end__gt', models.F('second_reminder')), ('end__gt', models.F('agent'))), name='regionwait_steps_follow_each_other', violation_error_message='Les délais se suivent : premier rappel, second rappel, relais, fin.'), models.CheckConstraint(condition=models.Q(('first_reminder__range', (1, 120)), ('second_reminder__range', (1, 120)), ('agent__range', (1, 120)), ('end__range', (1, 120))), name='regionwait_steps_are_days', violation_error_message='Un délai va de 1 à 120 jours : personne n’attend sans fin.')],
            },
        ),
        migrations.CreateModel(
            name='CommunePostcode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('postcode', models.CharField(db_index=True, max_length=5, verbose_name='code postal')),
                ('commune', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='postcodes', to='territories.commune', verbose_name='commune')),
            ],
            options={
                'verbose_name': 'code postal',
                'verbose_name_plural': 'codes postaux',
                'ordering': ['postcode'],
                'constraints': [models.UniqueConstraint(fields=('commune', 'postcode'), name='communepostcode_is_unique', violation_error_message='Cette commune a déjà ce code postal.')],
            },
        ),
        migrations.CreateModel(
            name='AgentTask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40, verbose_name='sorte')),
                ('title', models.CharField(max_length=200, verbose_name='à faire')),
                ('detail', models.TextField(blank=True, verbose_name='précisions')),
                ('url', models.CharField(blank=True, max_length=300, verbose_name='page')),
                ('unique_key', models.CharField(editable=False, max_length=200, unique=True, verbose_name='clé')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='créée le')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='pour le')),
                ('done_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='faite le')),
                ('outcome', models.TextField(blank=True, verbose_name='suite donnée')),
                ('done_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='faite par')),
                ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territories.department', verbose_name='département')),
            ],
            options={
                'verbose_name': 'tâche d’agent',
                'verbose_name_plural': 'tâches des agents',
                'ordering': ['due_on', 'created_at', 'pk'],
                'indexes': [models.Index(condition=models.Q(('done_at', None)), fields=['department', 'due_on'], name='agenttask_open')],
            },
        ),
    ])
