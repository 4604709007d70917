"""The Celery application: it only rings bells, what is owed stands in rows (see core/outbox.py)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "traitdunion.settings.base")

app = Celery("traitdunion")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
