"""One file; every difference between places is a variable (see .env.example)."""

from urllib.parse import urlparse

from csp.constants import NONCE, NONE, SELF

from brokerage import env

BASE_DIR = env.BASE_DIR
VAR_DIR = env.folder("VAR_DIR", BASE_DIR / "var")

# -- where we are
DEBUG = env.flag("DEBUG")
SECRET_KEY = env.required("SECRET_KEY", "Use 50 or more random characters, and keep them: sessions are signed with it.")
LINK_KEY = env.required("LINK_KEY", "Use 50 or more random characters, and keep them: providers' links depend on it.")
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")  # keys in use until lately: what they signed still counts
LINK_KEY_FALLBACKS = env.words("LINK_KEY_FALLBACKS")
SITE_URL = env.text("SITE_URL", f"http://127.0.0.1:{env.number('PORT', 8000)}").rstrip("/")
HTTPS = urlparse(SITE_URL).scheme == "https"
_host = urlparse(SITE_URL).hostname or "127.0.0.1"
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "127.0.0.1,localhost" if _host in {"127.0.0.1", "localhost"} else _host)
TRUSTED_PROXIES = env.words("TRUSTED_PROXIES")
DEMONSTRATION = env.flag("DEMONSTRATION")
DEMONSTRATION_PASSWORD = env.text("DEMONSTRATION_PASSWORD") or "try-the-demonstration"
DEV_MAILBOX = env.text("DEV_MAILBOX")

# -- what is installed
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "rest_framework",
    "crispy_forms",
    "crispy_forms_gds",
    "django_htmx",
    "pgtrigger",
    "pghistory",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "brokerage.council",
    "brokerage.clocks",
    "brokerage.links",
    "brokerage.paper",
    "brokerage.design",
    "brokerage.audit",
    "brokerage.notify",
    "brokerage.accounts",
    "brokerage.deadlines",
    "brokerage.oncall",
    "brokerage.files",
    "brokerage.health",
    "referrals",
    "providers",
    "placements",
    "brokerage.home",
    "brokerage.profiles",
    "brokerage.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "brokerage.files.middleware.files_host_alone",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "brokerage.design.middleware.no_nul",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "brokerage.accounts.middleware.session_ends",
    "brokerage.accounts.middleware.second_factor",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "brokerage.audit.middleware.EvidenceMiddleware",
    "brokerage.design.middleware.kept_nowhere",
]

ROOT_URLCONF = "brokerage.urls"
WSGI_APPLICATION = "brokerage.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

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
                "csp.context_processors.nonce",
                "brokerage.design.context.page",
            ],
        },
    }
]

# -- where things are kept
DATABASES = {
    "default": {
        **env.database("DATABASE_URL"),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 5,
            "options": "-c statement_timeout=15000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=30000"
            " -c timezone=UTC",
        },
        "DISABLE_SERVER_SIDE_CURSORS": env.flag("PGBOUNCER"),
    }
}
REDIS_URL = env.required("REDIS_URL", "For example redis://127.0.0.1:6379/0. `bin/run` sets it itself.")
CACHES = {"default": {"BACKEND": "brokerage.cache.FailOpenRedisCache", "LOCATION": REDIS_URL}}

# -- who signs in
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "brokerage.accounts.adapter.ClosedAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_FORMS = {
    "login": "brokerage.accounts.sign_in_forms.SignInForm",
    "reset_password": "brokerage.accounts.sign_in_forms.ForgottenPasswordForm",
    "change_password": "brokerage.accounts.sign_in_forms.ChangePasswordForm",
    "reauthenticate": "brokerage.accounts.sign_in_forms.PasswordAgainForm",
}
# a whole council may sign in from one address at nine o'clock; guesses at one account are what is few
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": "30/m/ip,5/5m/key"}
MFA_ADAPTER = "brokerage.accounts.adapter.SecondFactorAdapter"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an administrator vouches for every address
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "brokerage.accounts.sign_in_forms.CodeForm",
    "reauthenticate": "brokerage.accounts.sign_in_forms.CodeAgainForm",
    "activate_totp": "brokerage.accounts.sign_in_forms.SetUpSecondFactorForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
SECOND_FACTOR_REQUIRED = env.flag("SECOND_FACTOR_REQUIRED", True)
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_IDLE_MINUTES = env.number("SESSION_IDLE_MINUTES", 30)

# -- the door
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = ["^healthz$", "^readyz$", "^metrics$"]  # asked from inside, in plain http
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_REFERRER_POLICY = "same-origin"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "brokerage.design.failures.csrf"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
    }
}

# -- time and words
USE_TZ = True
TIME_ZONE = "Europe/London"
LANGUAGE_CODE = "en-gb"
USE_I18N = False

# -- static files
STATIC_URL = "/static/"
STATIC_ROOT = env.folder("STATIC_ROOT", VAR_DIR / "static")
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": VAR_DIR / "files"}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
NAVIGATION = "brokerage.navigation.ITEMS"
LETTERS_VISIBLE_TO = "brokerage.home.letters.visible_to"
CRISPY_FAIL_SILENTLY = False  # a question misspelt in a layout is a fault, not a question left out
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "gds"

# -- letters
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
globals().update(env.email("EMAIL_URL"))
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "brokerage@council.example")
SENDING_PAUSED = env.flag("SENDING_PAUSED")
MAIL_ALLOW_LIST = env.words("MAIL_ALLOW_LIST")
NOTIFY_URL = (env.text("NOTIFY_URL") or "https://api.notifications.service.gov.uk").rstrip("/")
NOTIFY_API_KEY = env.text("NOTIFY_API_KEY")
NOTIFY_EMAIL_TEMPLATE = env.text("NOTIFY_EMAIL_TEMPLATE")  # with it letters go by GOV.UK Notify and not by SMTP
NOTIFY_SMS_TEMPLATE = env.text("NOTIFY_SMS_TEMPLATE")
SMS_COMMAND = env.text("SMS_COMMAND")  # the council's own way to send a text message

# -- out of hours: minutes from the first page until it is repeated, until the second line and the head of service hear
PAGE_AGAIN_AFTER = env.number("PAGE_AGAIN_AFTER", 5)
SECOND_LINE_AFTER = env.number("SECOND_LINE_AFTER", 10)
HEAD_OF_SERVICE_AFTER = env.number("HEAD_OF_SERVICE_AFTER", 15)

# -- what people hand in: kept in the database, given out as a download, from a host of its own where there is one
FILES_URL = env.text("FILES_URL").rstrip("/")
ALLOWED_HOSTS += [urlparse(FILES_URL).hostname] if FILES_URL else []
SCANNER_URL = env.text("SCANNER_URL")
LARGEST_FILE = env.number("LARGEST_FILE_MB", 25) * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "brokerage.files.uploading.ToDisk",
]

# -- agreements
SEAL_KEY = env.text("SEAL_KEY", str(VAR_DIR / "seal.key.pem"))
SEAL_CERTIFICATE = env.text("SEAL_CERTIFICATE", str(VAR_DIR / "seal.cert.pem"))

# -- the worker: Redis is a doorbell, so everything in it may be lost, repeated or late
CELERY_BROKER_URL = REDIS_URL
CELERY_TIMEZONE = "UTC"
TIMETABLE = "brokerage.timetable.DUTIES"
CELERY_BEAT_SCHEDULE = {  # the second ringer: everything here is safe to do twice
    "sweep": {"task": "deadlines.sweep", "schedule": 30.0},
    "pages": {"task": "oncall.page", "schedule": 30.0},
    "outbox": {"task": "notify.empty_the_outbox", "schedule": 30.0},
}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 60
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 20
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 300,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "health_check_interval": 15,
    "socket_timeout": 2,
    "socket_connect_timeout": 1,
}

REST_FRAMEWORK = {"DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"]}

PGTRIGGER_MIGRATIONS = False
PGTRIGGER_INSTALL_ON_MIGRATE = True
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "no_tokens": {"()": "brokerage.links.logs.NoTokens"},
        "no_rows": {"()": "brokerage.health.logs.NoRows"},
    },
    "formatters": {"plain": {"format": "%(levelname)s %(name)s %(message)s"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["no_tokens", "no_rows"]}
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"pgtrigger": {"level": "WARNING"}},
}
