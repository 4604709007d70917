"""The demo's site as it is, for one person's whole path: every sweep of every night is there."""

from tests.drill import settings as storm
from traitdunion.settings.demo import *  # noqa: F403

STORAGES, STATICFILES_DIRS = storm.STORAGES, storm.STATICFILES_DIRS
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
OUTBOX_SWEEP_EVERY = 3
