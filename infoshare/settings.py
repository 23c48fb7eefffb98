"""All settings of InfoShare. Safe unless told otherwise; README lists every variable."""

import secrets
from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from infoshare import environment as env
from infoshare.embedded_postgres import driver  # noqa: F401  (Django's driver, before its engine)

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.text("INFOSHARE_DATA", str(BASE_DIR / "var"))).resolve()

# --- What this process is -------------------------------------------------------------
DEMO = env.flag("INFOSHARE_DEMO", False)
DEBUG = False
HTTPS = env.flag("INFOSHARE_HTTPS", not DEMO)

# Commands that serve nothing need no secret: they get one that dies with the process.
# infoshare/wsgi.py refuses to serve with it.
SECRET_KEY = env.secret("SECRET_KEY", shortest=50)
SECRET_KEY_IS_LASTING = bool(SECRET_KEY)
SECRET_KEY = SECRET_KEY or secrets.token_urlsafe(48)
ALLOWED_HOSTS = env.hosts("ALLOWED_HOSTS") or (["127.0.0.1", "localhost"] if DEMO else [])

# --- Parts ----------------------------------------------------------------------------
INSTALLED_APPS = [
    "infoshare.ledger",
    "infoshare.people",
    "guidance",
    "decisions",
    "infoshare",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "formtools",
    "procrastinate.contrib.django",
    "csp",
    "allauth",
    "allauth.account",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "infoshare.middleware.Compress",
    "csp.middleware.CSPMiddleware",
    "infoshare.middleware.NoStore",
    "infoshare.middleware.SaveByScript",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "infoshare.middleware.StrictText",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "infoshare.middleware.SignInFirst",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "decisions.wizard.unavailable.UnavailableDrafts",
]

ROOT_URLCONF = "infoshare.urls"
WSGI_APPLICATION = "infoshare.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "infoshare.jinja.environment",
            "globals": {
                "library_about": "guidance.reading.shelf.about",
                "adoption_day": "guidance.adoption.words.day",
                "edition_review": "guidance.adoption.words.review",
                "sealed_review": "guidance.adoption.words.sealed_review",
                "short_digest": "guidance.adoption.words.short",
                "own_words": "guidance.local.shown.own_words",
            },
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# --- Data -----------------------------------------------------------------------------
DATABASES = {
    "default": {
        "ENGINE": "infoshare.embedded_postgres",
        "CONN_MAX_AGE": env.number("INFOSHARE_CONN_MAX_AGE", 60),
        "CONN_HEALTH_CHECKS": True,
        **env.database(env.text("DATABASE_URL"), env.text("DATABASE_OWNER_URL")),
    }
}
# The bundled server keeps its files here; tests have a cluster of their own.
EMBEDDED_POSTGRES_DIR = DATA_DIR / "postgres"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Sign-in limits must hold over all worker processes, so the cache is in the database.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "infoshare_cache",
        # Room enough that nobody can push the sign-in limits out by filling it.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# Signing keys and the last checkpoint: outside the database, for the worker's account alone.
LEDGER_FOLDER = Path(env.text("INFOSHARE_LEDGER", str(DATA_DIR / "ledger"))).resolve()

# Exports until they expire. Workers and web servers on several hosts share this folder.
EXPORTS_FOLDER = Path(env.text("INFOSHARE_EXPORTS", str(DATA_DIR / "exports"))).resolve()
EXPORT_DAYS = env.number("INFOSHARE_EXPORT_DAYS", 7, least=1, most=90)

# --- PDFs of records ----------------------------------------------------------------------
# Where people reach this installation; the code on a PDF's first page leads there.
ADDRESS = env.address("INFOSHARE_ADDRESS")
# The organisation's seal. Without it, PDFs are not signed.
PDF_SEAL_KEY_FILE, PDF_SEAL_CERTIFICATE_FILE = env.both_files(
    "PDF_SEAL_KEY_FILE", "PDF_SEAL_CERTIFICATE_FILE"
)
PDF_SEAL_PASSPHRASE = env.secret("PDF_SEAL_PASSPHRASE", shortest=1)
# No name that ends in .key: those are the ledger's.
DEMO_SEAL = (LEDGER_FOLDER / "demo-pdf-seal-key.pem", LEDGER_FOLDER / "demo-pdf-seal.pem")
if DEMO and PDF_SEAL_KEY_FILE is None:
    PDF_SEAL_KEY_FILE, PDF_SEAL_CERTIFICATE_FILE = DEMO_SEAL

# --- Jobs -----------------------------------------------------------------------------
# Each app's jobs are in its module of this name.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_ON_APP_READY = "infoshare.jobs.failing.stand_around_every_job"
# Seconds: what was due while no worker ran is made up for, up to a day later.
PROCRASTINATE_PERIODIC_DEFAULTS = {"max_delay": 24 * 3600}

# --- People and sign-in -----------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["name", "email"]},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "infoshare.people.sign_in.ClosedSignUp"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "InfoShare: "
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_FORMS = {
    "login": "infoshare.people.forms.SignIn",
    "change_password": "infoshare.people.forms.ChangePassword",
    "reauthenticate": "infoshare.people.forms.SayItIsYou",
    "reset_password": "infoshare.people.forms.AskForReset",
    "reset_password_from_key": "infoshare.people.forms.SetPassword",
}
# Django's own: allauth's would keep a second copy of each address in a table of its own.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
PASSWORD_RESET_TIMEOUT = 24 * 3600
# A whole office may share one address (ip); one email address (key) is guarded closely.
# "Check a record" is open to anybody, and each check is work.
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "30/m/ip,5/5m/key",
    "check_record": "30/10m/ip",
    "reauthenticate": "20/5m/user",
}

# --- Sessions, cookies, headers -----------------------------------------------------------
SESSION_COOKIE_AGE = env.number("INFOSHARE_IDLE_MINUTES", 30, least=5, most=720) * 60
SESSION_ENGINE = "infoshare.people.sessions"  # renewed by use
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "infoshare-session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "infoshare-csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "infoshare.errors.stale_form"
CSRF_TRUSTED_ORIGINS = env.origins("CSRF_TRUSTED_ORIGINS")
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = ["^health/(jobs/)?$"]  # a load balancer asks inside, without TLS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
BEHIND_PROXY = env.flag("INFOSHARE_BEHIND_PROXY", False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
# Sign-in limits count the address that the proxy saw, not the proxy's own.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# --- Text that people send ---------------------------------------------------------------
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
FILE_UPLOAD_HANDLERS: list[str] = []

# --- Mail ---------------------------------------------------------------------------------
EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_PORT = env.number("EMAIL_PORT", 587, least=1, most=65535)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.secret("EMAIL_HOST_PASSWORD", shortest=1)
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", True)
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "infoshare@localhost")
# Without a mail server, letters are written to a folder instead of being lost.
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"

# --- Words, time, files ----------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/London"
# Whom people should ask, shown on the help, privacy and accessibility pages.
CONTACT = env.text(
    "INFOSHARE_CONTACT",
    "Ask the information governance lead or the data protection officer of your organisation.",
)
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    # Where checkpoints of the ledger go; a second place should be out of this server's reach.
    "checkpoints": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": LEDGER_FOLDER / "checkpoints"},
    },
    **env.storage("checkpoints-second", "LEDGER_SECOND_STORAGE"),
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
