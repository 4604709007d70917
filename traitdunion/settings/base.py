"""Production. `demo.py` and `test.py` change a few lines. Every value that differs from one
deployment to the next comes from the environment: the README's table lists them.
"""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()


def required(name: str) -> str:
    """A secret has no default: a missing one stops the start with one clear sentence."""
    value = env.str(name, default="")
    if not value:
        raise ImproperlyConfigured(
            f"Le réglage {name} manque dans l’environnement : voir le tableau du README."
        )
    return value


DEBUG = False
DEMO = False
VERSION = env.str("VERSION", default="dev")
SECRET_KEY = required("SECRET_KEY")
SITE_URL = required("SITE_URL").rstrip("/")  # Messages are written without a request.
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[SITE_URL.split("//")[-1].split(":")[0]])
CSRF_TRUSTED_ORIGINS = [SITE_URL] if SITE_URL.startswith("https://") else []

INSTALLED_APPS = [
    "traitdunion.apps.RegionAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "anymail",
    "pgtrigger",
    "pghistory",
    # The house, from the ground up.
    "core",
    "accounts",
    "territories",
    "trainings",
    "companies",
    "candidates",
    "immersions",
    "commitments",
    "traitdunion",
]

MIDDLEWARE = [
    "core.logs.request_context",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",  # Static files, compressed and far-dated.
    "core.requests.refuse_null_bytes",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "core.typography.keep_words_together",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",  # Django 5.2 has no policy of its own.
    "allauth.account.middleware.AccountMiddleware",
    # Closed by default: a public page says so with @login_not_required.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
]

ROOT_URLCONF = "traitdunion.urls"
WSGI_APPLICATION = "traitdunion.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "traitdunion.context.site",
            ],
            "builtins": ["core.templatetags.french"],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "td"
CRISPY_TEMPLATE_PACK = "td"

# --- Data ---------------------------------------------------------------------------------------
DATABASES = {"default": env.db_url_config(required("DATABASE_URL"))}
DATABASES["default"]["CONN_MAX_AGE"] = 0
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True  # A connection cut by a restart is never handed out.
if env.str("DB_POOL", default="on") != "off":  # Off under PgBouncer.
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {
        "min_size": 1,
        "max_size": 8,
        "timeout": 5,  # Seconds for a connection, then an error page: better than a site that hangs.
        "reconnect_timeout": 10,  # Then ask again at the next page, not minutes after the server is back.
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = required("REDIS_URL").rstrip("/")
CACHES = {
    "default": {
        "BACKEND": "core.cache.PatientCache",  # A stopped cache stops no page.
        "LOCATION": env.str("CACHE_URL", default=f"{REDIS_URL}/1"),
        "OPTIONS": {"socket_connect_timeout": 0.4, "socket_timeout": 0.4},
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"  # A stopped cache logs nobody out.
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(BASE_DIR / "media")))  # Never served as such.

# --- Messages -----------------------------------------------------------------------------------
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="smtp://localhost:25")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 10
EMAIL_BACKEND = env.str("EMAIL_BACKEND", default=EMAIL_CONFIG["EMAIL_BACKEND"])
ANYMAIL = env.json("ANYMAIL", default={})
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Trait d’Union <ne-pas-repondre@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
OUTBOX_SWEEP_EVERY = 30  # Seconds.
OUTBOX_LOST_AFTER = 5 * 60  # Seconds; above the hard time limit of a task.

CELERY_BROKER_URL = env.str("BROKER_URL", default=f"{REDIS_URL}/0")
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
    "visibility_timeout": 900,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_step": 0.2}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_SOFT_TIME_LIMIT = 90
CELERY_TASK_TIME_LIMIT = 120
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Europe/Paris"
CELERY_BEAT_SCHEDULER = "core.beat:NotedScheduler"
CELERY_BEAT_SCHEDULE = {
    # It expires: after a night without worker one sweep is enough, a thousand would each ring for all.
    "sweep-outbox": {
        "task": "core.tasks.sweep_outbox",
        "schedule": OUTBOX_SWEEP_EVERY,
        "options": {"expires": OUTBOX_SWEEP_EVERY},
    },
    "worker-is-alive": {"task": "core.tasks.note_heartbeat", "schedule": 20},
    "forget-unused-accounts": {"task": "traitdunion.tasks.forget_unused_accounts", "schedule": 86_400},
    "sweep-waits": {"task": "core.tasks.sweep_waits", "schedule": 600},
    "follow-stays": {"task": "immersions.tasks.follow_stays", "schedule": 600},
    "follow-training-catalogue": {
        "task": "immersions.tasks.follow_training_catalogue",
        "schedule": 3600,
    },
    "follow-catalogue-files": {"task": "trainings.tasks.follow_catalogue_files", "schedule": 300},
    "follow-appointments": {"task": "immersions.tasks.follow_appointments", "schedule": 900},
    "read-external-agreements": {"task": "immersions.tasks.read_external_agreements", "schedule": 3600},
    "follow-seats": {"task": "commitments.tasks.follow_seats", "schedule": 600},
    "follow-courses": {"task": "commitments.tasks.follow_courses", "schedule": 600},
    "follow-contracts": {"task": "commitments.tasks.follow_contracts", "schedule": 600},
    "forget-old-agreements": {"task": "immersions.tasks.forget_old_agreements", "schedule": 86_400},
    "forget-old-outcomes": {"task": "commitments.tasks.forget_old_outcomes", "schedule": 86_400},
    "follow-proposed-dates": {"task": "immersions.tasks.follow_proposed_dates", "schedule": 1800},
}

# --- Accounts -----------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "after_login"
LOGOUT_REDIRECT_URL = "/"
# One logs in by a code sent by e-mail: there is no password, and receiving the code proves the
# address, so that allauth keeps no list of addresses beside ours.
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_TIMEOUT = 60 * 60  # Longer than a code: a late one is told why it is refused.
ACCOUNT_SESSION_REMEMBER = True
# Five tries a code, thirty codes an hour: a million codes are out of reach.
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "60/m/ip,5/m/key,30/h/key",
    "confirm_login_code": "10/m/key",
    "issue_code": "5/m/key,20/h/key",
    "confirm_code": "10/m/key",
    "sign_code": "3/m/key,10/h/key",
    "sign_try": "10/m/key",
    "verify_document": "60/m/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
ADMIN_MFA_REQUIRED = not DEMO
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  # Whoever is logged in has just read a code there.
MFA_TOTP_ISSUER = "Trait d’Union"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14

# --- Language, time, static files ---------------------------------------------------------------
LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- Outside services: each is off when its setting is empty ------------------------------------
TILE_URL = env.str("TILE_URL", default="")
TILE_ATTRIBUTION = env.str("TILE_ATTRIBUTION", default="")
GEOCODER_URL = env.str("GEOCODER_URL", default="")
# Immersion Facilitée: the address of its form, and its partners' API (off without a key).
IF_FORM_URL = env.str("IF_FORM_URL", default="https://immersion-facile.beta.gouv.fr/demande-immersion")
IF_API_URL = env.str("IF_API_URL", default="")
IF_API_KEY = env.str("IF_API_KEY", default="")
COMPANY_REGISTER_URL = env.str("COMPANY_REGISTER_URL", default="")

# --- Who publishes (legal notice, personal data) ------------------------------------------------
PUBLISHER_NAME = env.str("PUBLISHER_NAME", default="Région Grand Est")
PUBLISHER_ADDRESS = env.str(
    "PUBLISHER_ADDRESS", default="1 place Adrien-Zeller, BP 91006, 67070 Strasbourg Cedex"
)
PUBLISHER_DIRECTOR = env.str(
    "PUBLISHER_DIRECTOR", default="le président ou la présidente du Conseil régional"
)
HOSTED_BY = env.str("HOSTED_BY", default="")
DPO_EMAIL = env.str("DPO_EMAIL", default="")

# --- Safety -------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_REDIRECT_EXEMPT = [r"^sante/"]  # The load balancer asks in clear, from inside.
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
CSRF_FAILURE_VIEW = "traitdunion.views.csrf_failure"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
TILE_ORIGIN = "/".join(TILE_URL.split("/")[:3]) if TILE_URL else ""
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", *([TILE_ORIGIN] if TILE_ORIGIN else [])],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "core.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"django.server": {"propagate": True, "handlers": []}},
}
