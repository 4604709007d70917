import core.tokens
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from core.tables import tables_first


class Migration(migrations.Migration):

    replaces = [('accounts', '0001_initial'), ('accounts', '0002_invitations'), ('accounts', '0003_letters_in_time')]

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = tables_first([
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='adresse e-mail')),
                ('first_name', models.CharField(blank=True, max_length=80, verbose_name='prénom')),
                ('last_name', models.CharField(blank=True, max_length=80, verbose_name='nom')),
                ('phone', models.CharField(blank=True, max_length=20, verbose_name='téléphone')),
                ('is_active', models.BooleanField(default=True, verbose_name='actif')),
                ('is_staff', models.BooleanField(default=False, verbose_name='agent de la Région')),
                ('date_joined', models.DateTimeField(default=django.utils.timezone.now, verbose_name='inscrit le')),
                ('erased_at', models.DateTimeField(blank=True, null=True, verbose_name='effacé le')),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'verbose_name': 'compte',
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='user_email_is_unique_whatever_the_case', violation_error_message='Cette adresse a déjà un compte.')],
            },
        ),
        migrations.CreateModel(
            name='CodeTries',
            fields=[
                ('key', models.CharField(max_length=64, primary_key=True, serialize=False, verbose_name='empreinte')),
                ('used', models.PositiveSmallIntegerField(default=0, verbose_name='essais')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='depuis')),
            ],
            options={
                'verbose_name': 'essais d’un code',
                'constraints': [models.CheckConstraint(condition=models.Q(('used__lte', 5)), name='code_tries_are_five_at_most', violation_error_message='Un code se tape cinq fois au plus.')],
            },
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('siret', models.CharField(max_length=14, unique=True, verbose_name='SIRET')),
                ('name', models.CharField(max_length=200, verbose_name='nom')),
                ('published_email', models.EmailField(blank=True, help_text='Sert à vérifier le premier membre.', max_length=254, verbose_name='adresse publiée')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='créée le')),
            ],
            options={
                'verbose_name': 'entité légale',
                'verbose_name_plural': 'entités légales',
                'ordering': ['name', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('siret__regex', '^[0-9]{14}$')), name='organisation_siret_has_14_digits', violation_error_message='Un SIRET a 14 chiffres.')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('manager', 'Responsable'), ('member', 'Membre')], default='member', max_length=10, verbose_name='rôle')),
                ('is_active', models.BooleanField(default=True, verbose_name='actif')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmé le')),
                ('confirmed_by', models.CharField(blank=True, choices=[('mail_domain', 'Même domaine que l’adresse publiée'), ('code', 'Code envoyé à l’adresse publiée'), ('agent', 'Agent de la Région'), ('manager', 'Responsable de l’entité')], max_length=12, verbose_name='confirmé par')),
                ('asked_at', models.DateTimeField(blank=True, help_text='Vide : n’attend pas de réponse.', null=True, verbose_name='demande à rejoindre le')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='depuis')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL, verbose_name='compte')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='accounts.organisation', verbose_name='entité')),
            ],
            options={
                'verbose_name': 'membre',
                'constraints': [models.UniqueConstraint(fields=('organisation', 'user'), name='membership_once_per_person', violation_error_message='Cette personne est déjà membre.'), models.CheckConstraint(condition=models.Q(('role__in', ['manager', 'member'])), name='membership_role_is_known', violation_error_message='Cette valeur n’existe pas.'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at__isnull', True), ('confirmed_by', '')), models.Q(('confirmed_at__isnull', False), models.Q(('confirmed_by', ''), _negated=True)), _connector='OR'), name='membership_confirmation_says_how', violation_error_message='Une confirmation dit quand et par qui.'), models.CheckConstraint(condition=models.Q(('asked_at__isnull', True), ('is_active', False), _connector='OR'), name='membership_asking_is_not_yet_active', violation_error_message='Qui demande à rejoindre n’est pas encore membre.')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254, verbose_name='adresse invitée')),
                ('role', models.CharField(choices=[('manager', 'Responsable'), ('member', 'Membre')], default='member', max_length=10, verbose_name='rôle')),
                ('token', models.CharField(default=core.tokens.new_token, editable=False, max_length=40, unique=True, verbose_name='jeton')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='envoyée le')),
                ('accepted_at', models.DateTimeField(blank=True, null=True, verbose_name='acceptée le')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='retirée le')),
                ('invited_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='invité par')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='accounts.organisation', verbose_name='entité')),
            ],
            options={
                'verbose_name': 'invitation',
                'ordering': ['-created_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['manager', 'member'])), name='invitation_role_is_known', violation_error_message='Cette valeur n’existe pas.'), models.UniqueConstraint(condition=models.Q(('accepted_at', None), ('withdrawn_at', None)), fields=('organisation', 'email'), name='invitation_waits_once_per_address', violation_error_message='Cette personne a déjà une invitation.')],
            },
        ),
    ])
