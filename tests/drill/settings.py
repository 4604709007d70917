"""The demo's site, with a slow mail provider and a clock that runs faster."""

from traitdunion.settings.demo import *  # noqa: F403
from traitdunion.settings.demo import BASE_DIR, CELERY_BEAT_SCHEDULE

EMAIL_BACKEND = "tests.drill.mailbox.SlowMailbox"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_AUTOREFRESH = True  # From the finders: nothing is collected.
WHITENOISE_USE_FINDERS = True

# In production: 90 and 120 seconds for a task, five minutes for a vanished worker, 30 for a sweep.
CELERY_TASK_SOFT_TIME_LIMIT, CELERY_TASK_TIME_LIMIT, OUTBOX_LOST_AFTER = 8, 10, 12
OUTBOX_SWEEP_EVERY = 3
FASTER = {
    "sweep-outbox": {"schedule": OUTBOX_SWEEP_EVERY, "options": {"expires": OUTBOX_SWEEP_EVERY}},
    "worker-is-alive": {"schedule": 3},
}
CELERY_BEAT_SCHEDULE = {name: CELERY_BEAT_SCHEDULE[name] | faster for name, faster in FASTER.items()}
