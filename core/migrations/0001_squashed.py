import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models
from core.tables import tables_first


class Migration(migrations.Migration):

    replaces = [('core', '0001_initial'), ('core', '0002_letters_in_time')]

    initial = True

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = tables_first([
        migrations.CreateModel(
            name='ReceivedMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('message_id', models.CharField(blank=True, max_length=200)),
                ('to', models.EmailField(db_index=True, max_length=254, verbose_name='à')),
                ('subject', models.CharField(max_length=250, verbose_name='objet')),
                ('text', models.TextField(verbose_name='texte')),
                ('html', models.TextField(blank=True, verbose_name='html')),
                ('attachments', models.JSONField(default=list, verbose_name='pièces jointes')),
                ('headers', models.JSONField(default=dict, verbose_name='en-têtes')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='reçu le')),
            ],
            options={
                'verbose_name': 'courriel de démonstration',
                'ordering': ['-at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='OutgoingMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='référence')),
                ('key', models.CharField(max_length=200, unique=True, verbose_name='clé')),
                ('kind', models.CharField(max_length=80, verbose_name='type')),
                ('to', models.EmailField(max_length=254, verbose_name='à')),
                ('scope', models.CharField(blank=True, help_text='Le département de ce dont il parle.', max_length=10, verbose_name='territoire')),
                ('context', models.JSONField(blank=True, default=dict, verbose_name='contenu')),
                ('attachments', models.JSONField(blank=True, default=list, verbose_name='pièces jointes')),
                ('is_secret', models.BooleanField(default=False, verbose_name='secret')),
                ('useless_after', models.DateTimeField(blank=True, help_text='Vide : il partira même tard.', null=True, verbose_name='inutile après le')),
                ('subject', models.CharField(blank=True, max_length=250, verbose_name='objet')),
                ('text', models.TextField(blank=True, verbose_name='texte')),
                ('html', models.TextField(blank=True, verbose_name='html')),
                ('status', models.CharField(choices=[('queued', 'À envoyer'), ('sending', 'En cours d’envoi'), ('sent', 'Envoyé'), ('failed', 'Abandonné'), ('useless', 'Périmé, pas envoyé')], default='queued', max_length=10, verbose_name='état')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='essais')),
                ('repeats', models.PositiveSmallIntegerField(default=0, help_text='Reprises après un travailleur disparu.', verbose_name='remises répétées')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='créé le')),
                ('next_attempt_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='prochain essai')),
                ('claimed_at', models.DateTimeField(blank=True, null=True, verbose_name='pris le')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='envoyé le')),
                ('provider_id', models.CharField(blank=True, max_length=200, verbose_name='référence du prestataire')),
                ('error', models.TextField(blank=True, verbose_name='erreur')),
                ('to_user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='compte')),
            ],
            options={
                'verbose_name': 'message',
                'ordering': ['-created_at', '-pk'],
                'indexes': [models.Index(models.F('next_attempt_at'), condition=models.Q(('status__in', ['queued', 'sending'])), name='outgoing_message_unsent'), models.Index(models.OrderBy(models.F('created_at'), descending=True), name='outgoing_message_recent')],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['queued', 'sending', 'sent', 'failed', 'useless'])), name='outgoing_message_status_is_known', violation_error_message='Cette valeur n’existe pas.'), models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('status', 'sent')), models.Q(models.Q(('status', 'sent'), _negated=True), ('sent_at__isnull', True)), _connector='OR'), name='outgoing_message_sent_has_date', violation_error_message='Un message envoyé a une date d’envoi, et lui seul.')],
            },
        ),
    ])
