"""The same as production, but fast, silent and cut off from the world."""

import os
import tempfile

os.environ.setdefault("SECRET_KEY", "only-for-tests")
os.environ.setdefault("SITE_URL", "http://testserver")
os.environ.setdefault("DB_POOL", "off")
os.environ.setdefault("SECURE_SSL_REDIRECT", "off")

from traitdunion.settings.base import *

DEMO = True  # The mailbox and the style guide are pages like the others: they are tested too.
ADMIN_MFA_REQUIRED = False
MEDIA_ROOT = Path(tempfile.gettempdir()) / f"traitdunion-media-{os.getpid()}"  # Never beside the code.
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
MIDDLEWARE.remove("core.typography.keep_words_together")  # Tests read words, however they are set.
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# Tables of ten rows: to weigh the orders of twenty joins costs ten times more than to read them as written.
DATABASES["default"].setdefault("OPTIONS", {})["options"] = (
    "-c join_collapse_limit=3 -c from_collapse_limit=3"
)

# Each process of a parallel run has its own numbers in Valkey: emptying a cache disturbs nobody.
WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
CELERY_BROKER_URL = f"{REDIS_URL}/{2 + 2 * WORKER}"
CACHES["default"]["LOCATION"] = f"{REDIS_URL}/{3 + 2 * WORKER}"
CACHES["default"]["OPTIONS"] = {"socket_timeout": 20}  # On a loaded machine, slow is not away.
WHITENOISE_AUTOREFRESH = True  # From the finders: tests collect nothing.
WHITENOISE_USE_FINDERS = True
