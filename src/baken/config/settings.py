"""All settings of Baken, from the environment, each with a default that works. ``docs/settings.md`` lists them."""

from __future__ import annotations

import re
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from baken.config import content_policy, env, installation, logs
from baken.config.database import database

PACKAGE = Path(__file__).resolve().parent.parent
BASE = installation.home()
VAR = BASE / "var"
VAR.mkdir(parents=True, exist_ok=True)

# --- What this installation is -------------------------------------------------------------------------------------

DEBUG = env.read_bool("BAKEN_DEBUG", "false", "Show tracebacks in the browser. Only on a developer's machine.")
BAKEN_DEMO = installation.demo()
BAKEN_COUNTRY = installation.country()
BAKEN_LOCAL_PACKS = installation.local_packs()
BAKEN_EXIT_URL = env.read("BAKEN_EXIT_URL", "https://www.knmi.nl/", "Neutral page to which quick exit leads.")
BAKEN_EMBED_ORIGINS = env.read_list(
    "BAKEN_EMBED_ORIGINS", "*", "Sites that may show the check in a frame: origins separated by commas, or * for all."
)
BAKEN_CONTACT_EMAIL = env.read(
    "BAKEN_CONTACT_EMAIL", "", "E-mail address of who runs this installation, for the description of the API."
)
if not BAKEN_EXIT_URL.startswith(("https://", "http://127.0.0.1", "http://localhost")):
    raise env.SettingError("BAKEN_EXIT_URL", BAKEN_EXIT_URL, "an address that begins with https://")
SECRET_KEY = env.read(
    "BAKEN_SECRET_KEY", "", "Secret of this installation; made and kept in var/ when empty."
) or installation.secret_key(VAR)
BAKEN_AUDIT_KEY = env.read(
    "BAKEN_AUDIT_KEY", "", "Key that signs the audit, 64 hexadecimal digits; made and kept in var/audit-key when empty."
)
BAKEN_AUDIT_KEY_PATH = VAR / "audit-key"
if BAKEN_AUDIT_KEY and not re.fullmatch(r"[0-9a-fA-F]{64}", BAKEN_AUDIT_KEY):
    raise env.SettingError("BAKEN_AUDIT_KEY", "another text", "64 hexadecimal digits")
ALLOWED_HOSTS = env.read_list(
    "BAKEN_HOSTS", "localhost,127.0.0.1,[::1]", "Names under which the site is reached, separated by commas."
)

# --- Database -------------------------------------------------------------------------------------------------------

_database_url = env.read(
    "DATABASE_URL", "sqlite:///var/baken.sqlite3", "sqlite:///FILE or postgresql://USER:PASSWORD@HOST:PORT/NAME."
)
try:
    DATABASES = {"default": database(_database_url, BASE)}
except ValueError:
    raise env.SettingError(
        "DATABASE_URL",
        _database_url.partition("://")[0] + "://…",
        "sqlite:///FILE or postgresql://USER:PASSWORD@HOST:PORT/NAME",
    ) from None
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Mail -----------------------------------------------------------------------------------------------------------

EMAIL_HOST = env.read("BAKEN_MAIL_HOST", "", "Mail server; when empty, mail is printed on the console.")
EMAIL_PORT = env.read_int("BAKEN_MAIL_PORT", "587", "Port of the mail server.")
EMAIL_HOST_USER = env.read("BAKEN_MAIL_USER", "", "User name for the mail server.")
EMAIL_HOST_PASSWORD = env.read("BAKEN_MAIL_PASSWORD", "", "Password for the mail server.")
EMAIL_USE_TLS = env.read_bool("BAKEN_MAIL_TLS", "true", "Use STARTTLS to the mail server.")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.read("BAKEN_MAIL_FROM", "baken@localhost", "Address that mail comes from.")
BAKEN_SITE = env.read("BAKEN_SITE", "http://127.0.0.1:8000", "Address of the site, for links in mail and calendars.")
if not re.fullmatch(r"https?://[^\s/]+/?", BAKEN_SITE):
    raise env.SettingError("BAKEN_SITE", BAKEN_SITE, "an address such as https://baken.example.org")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"

# --- Background jobs ------------------------------------------------------------------------------------------------

TASKS = {"default": {"BACKEND": "baken.notices.backend.OnlyIds"}}

# --- The social map -------------------------------------------------------------------------------------------------

BAKEN_LINK_CHECK = env.read_bool(
    "BAKEN_LINK_CHECK", "true", "Look each week whether the web pages in the social map still answer."
)

# --- The application ------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "whitenoise.runserver_nostatic",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "ninja",
    "baken.config",
    "baken.ui",
    "baken.people",
    "baken.notices",
    "baken.directory",
    "baken.vault",
    "baken.reports",
    "baken.routes",
    "baken.recognise",
    "baken.audit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "django_tasks",
    "django_tasks_db",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "baken.ui.middleware.clear_errors",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "baken.ui.middleware.public_headers",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "baken.vault.middleware.keys",
    "baken.vault.middleware.damage",
    "baken.people.middleware.gatekeeper",
    "baken.ui.middleware.help_languages",
]
ROOT_URLCONF = "baken.config.urls"
WSGI_APPLICATION = "baken.config.wsgi.application"
ASGI_APPLICATION = "baken.config.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "baken.ui.context.page",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "baken.ui.templatetags.baken"],
        },
    }
]

# --- Members and sign-in --------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.Member"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["baken.people.hashers.SlowArgon2Hasher"]
BAKEN_HASHES_AT_ONCE = env.read_int(
    "BAKEN_HASHES_AT_ONCE", "2", "Passwords that are checked at once, per process; each takes 256 MiB for a moment."
)
BAKEN_HASH_WAIT = env.read_int(
    "BAKEN_HASH_WAIT", "20", "Seconds that a sign-in waits for its turn before it is refused."
)
if BAKEN_HASHES_AT_ONCE < 1:
    raise env.SettingError("BAKEN_HASHES_AT_ONCE", str(BAKEN_HASHES_AT_ONCE), "1 or more")
_VALIDATORS = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": _VALIDATORS + "MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": _VALIDATORS + "UserAttributeSimilarityValidator", "OPTIONS": {"user_attributes": ["email"]}},
    {"NAME": _VALIDATORS + "CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "people:home"
SESSION_ENGINE = "baken.people.sessions"
SESSION_COOKIE_AGE = 15 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# Only failed attempts to sign in are kept here, so that they count over all processes.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "people_attempts", "TIMEOUT": 300}
}
ACCOUNT_FORMS = {
    "login": "baken.people.sign_in_form.SignInForm",
    "change_password": "baken.people.sign_in_form.ChangePasswordForm",
    "reset_password": "baken.people.sign_in_form.ResetPasswordForm",
}
ACCOUNT_ADAPTER = "baken.people.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
# By default the host that a request names stands before each subject.
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# By address that is tried and by member, never by network address: Baken does not look at that.
ACCOUNT_RATE_LIMITS = {
    "login": "",
    "signup": "",
    "reset_password": "5/m/key",
    "reset_password_from_key": "",
    "login_failed": "5/300s/key",
}
# OpenID Connect, for organisations that have their own. Tokens, names and pictures are not kept.
SOCIALACCOUNT_ADAPTER = "baken.people.openid.exchange.ProviderAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_AUTO_SIGNUP = False
MFA_ADAPTER = "baken.people.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_RATE_LIMITS = {"webauthn_login": ""}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_ISSUER = "Baken"

# --- Languages ------------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "nl"
LANGUAGES = [
    ("nl", _("Dutch")),
    ("en", _("English")),
    ("hu", _("Hungarian")),
    ("bg", _("Bulgarian")),
    ("mk", _("Macedonian")),
    ("ar", _("Arabic")),
]
BAKEN_HELP_LANGUAGES = ("ar",)
"""Languages that only the page for people who need help themselves speaks."""
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = ["baken.config.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"

# --- Static files ---------------------------------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STORAGES = {
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "baken.config.storage.StaticStorage"
    }
}
WHITENOISE_MAX_AGE = 0 if DEBUG else 60 * 60
WHITENOISE_USE_FINDERS = DEBUG

# --- Safety ---------------------------------------------------------------------------------------------------------

HTTPS = env.read_bool("BAKEN_HTTPS", "false", "The site is reached over https only: redirect, HSTS, secure cookies.")
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 63072000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_AGE = None
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
# Browsers allow passkeys on http only for this machine itself.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
SECURE_REFERRER_POLICY = "no-referrer"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {"DIRECTIVES": content_policy.DIRECTIVES}
# A check with every sign ticked is about 10 kB; more is not a check.
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 5
# No view takes files, and nothing is spooled to disk in clear; `accepts_files` puts the sealing handler in its place.
FILE_UPLOAD_HANDLERS = ["baken.vault.files.upload.RefusingUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = DATA_UPLOAD_MAX_MEMORY_SIZE
SILENCED_SYSTEM_CHECKS: list[str] = []

# --- Attachments ----------------------------------------------------------------------------------------------------

BAKEN_FILES = BASE / env.read("BAKEN_FILES", "var/files", "Folder for attached files; all of them are sealed.")
BAKEN_FILE_MAX_MB = env.read_int("BAKEN_FILE_MAX_MB", "100", "Largest attached file, in MB.")
BAKEN_CLAMD = env.read(
    "BAKEN_CLAMD", "", "ClamAV daemon that looks at attached files: HOST:PORT or unix:/PATH; not asked when empty."
)
if BAKEN_FILE_MAX_MB < 1:
    raise env.SettingError("BAKEN_FILE_MAX_MB", str(BAKEN_FILE_MAX_MB), "1 or more")
if BAKEN_CLAMD and not re.fullmatch(r"unix:/.+|.+:\d{1,5}", BAKEN_CLAMD):
    raise env.SettingError("BAKEN_CLAMD", BAKEN_CLAMD, "HOST:PORT or unix:/PATH")

# --- Logging --------------------------------------------------------------------------------------------------------

LOG_LEVEL = env.read_choice("BAKEN_LOG_LEVEL", "WARNING", "How much is logged.", ("DEBUG", "INFO", "WARNING", "ERROR"))
LOGGING = logs.configured(LOG_LEVEL)
