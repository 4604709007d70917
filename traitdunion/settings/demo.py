"""`dev.py run`: the whole product on one machine, with a mailbox page instead of a mail provider."""

import os

os.environ.setdefault("EMAIL_BACKEND", "core.mailbox.MailboxBackend")
os.environ.setdefault("SECURE_SSL_REDIRECT", "off")

from traitdunion.settings.base import *

DEMO = True
ADMIN_MFA_REQUIRED = False
ALLOWED_HOSTS = ["*"]
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
