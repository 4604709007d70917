import core.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models
from core.tables import tables_first


class Migration(migrations.Migration):

    replaces = [('companies', '0001_initial'), ('companies', '0002_appointments')]

    initial = True

    dependencies = [
        ('accounts', '0001_squashed'),
        ('territories', '0002_squashed'),
    ]

    operations = tables_first([
        migrations.CreateModel(
            name='Company',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='nom affiché')),
                ('description', models.TextField(blank=True, max_length=1500, verbose_name='présentation')),
                ('website', core.fields.WebAddressField(blank=True, verbose_name='site web')),
                ('is_trusted', models.BooleanField(default=False, help_text='Ses offres paraissent sans modération.', verbose_name='de confiance')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='créée le')),
                ('organisation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='company', to='accounts.organisation', verbose_name='entité légale')),
            ],
            options={
                'verbose_name': 'entreprise',
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Workplace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='nom du lieu')),
                ('address', models.CharField(blank=True, max_length=200, verbose_name='adresse')),
                ('postcode', models.CharField(max_length=5, verbose_name='code postal')),
                ('latitude', models.FloatField(verbose_name='latitude')),
                ('longitude', models.FloatField(verbose_name='longitude')),
                ('x', models.FloatField(verbose_name='x (Lambert-93, m)')),
                ('y', models.FloatField(verbose_name='y (Lambert-93, m)')),
                ('is_approximate', models.BooleanField(default=False, help_text='Le centre de la commune, ou moins précis.', verbose_name='position approchée')),
                ('commune', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='territories.commune', verbose_name='commune')),
                ('company', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='workplaces', to='companies.company', verbose_name='entreprise')),
            ],
            options={
                'verbose_name': 'lieu de travail',
                'verbose_name_plural': 'lieux de travail',
            },
        ),
    ])
