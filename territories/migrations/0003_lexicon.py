"""The words of titles in a table of their own: `load_reference` fills it again."""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('territories', '0002_territories'),
    ]

    operations = [
        migrations.DeleteModel(name='OccupationWord'),
        migrations.CreateModel(
            name='LexiconWord',
            fields=[
                ('word', models.CharField(max_length=60, primary_key=True, serialize=False)),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('word', name='gin_trgm_ops'), name='lexiconword_trigrams', fastupdate=False)],
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
                'constraints': [models.UniqueConstraint(fields=('occupation', 'word'), name='occupationword_is_unique')],
            },
        ),
    ]
