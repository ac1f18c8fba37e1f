"""Every setting, from the environment; `dev` and `test` only change what their names say.

A variable that cannot be used stops the process with one line (`env.SettingError`).
"""

import secrets
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from . import env, security

try:
    BASE_DIR = Path(__file__).resolve().parent.parent.parent
    VAR_DIR = env.directory("VAR_DIR", BASE_DIR / "var")

    DEBUG = env.flag("DEBUG")
    HOST = env.text("HOST", "localhost")
    PORT = env.integer("PORT", 8000, minimum=1, maximum=65535)
    BASE_URL = env.site("BASE_URL", f"http://[{HOST}]:{PORT}" if ":" in HOST else f"http://{HOST}:{PORT}")
    HTTPS = BASE_URL.startswith("https://")
    # Loopback is a laptop: demo accounts, kept mails and a generated secret are allowed there only.
    LOOPBACK = HOST in ("localhost", "127.0.0.1", "::1")
    DEMO = env.flag("DEMO", True)
    ALLOWED_HOSTS = env.words("ALLOWED_HOSTS") or [HOST, "localhost", "127.0.0.1", "[::1]"]
    CSRF_TRUSTED_ORIGINS = [BASE_URL]

    SECRET_KEY = env.text("SECRET_KEY")
    if not SECRET_KEY:
        if not LOOPBACK:
            raise env.SettingError("SECRET_KEY is needed outside localhost: give it 50 random characters or more.")
        secret_file = VAR_DIR / "secret_key"
        if not secret_file.exists():
            secret_file.touch(mode=0o600)
            secret_file.write_text(secrets.token_urlsafe(64))
        SECRET_KEY = secret_file.read_text()

    DATABASES = {"default": env.database("DATABASE_URL", f"sqlite:///{VAR_DIR}/entraide.sqlite3")}
    REDIS_URL = env.text("REDIS_URL")
    if REDIS_URL and not REDIS_URL.startswith(("redis://", "rediss://", "unix://")):
        raise env.SettingError(f"REDIS_URL={REDIS_URL!r}: expected redis://host:port/base.")
    SEARCH_URL = env.server("SEARCH_URL")
    SMTP_URL = env.text("SMTP_URL")
    EMAIL = env.smtp(SMTP_URL) if SMTP_URL else {}
    TRUSTED_PROXIES = env.integer("TRUSTED_PROXIES", 0, maximum=10)
    # Not named SENDFILE_BACKEND, which Wagtail reads as a dotted path.
    UPLOADS_HANDED_BY = env.choice("SENDFILE_BACKEND", ("", "nginx"))
except env.SettingError as error:
    env.stop(error)

INSTALLED_APPS = [
    "daphne",
    "community.core",
    "community.taxonomy",
    "community.members",
    "community.spaces",
    "community.law",
    "community.reading",
    "community.notifications",
    "community.moderation",
    "community.editorial",
    "qa",
    "clauses.library",
    "clauses.dossiers",
    "clauses.planner",
    "clauses.calibration",
    "clauses.reports",
    "search",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "django_htmx",
    "template_partials",
    "channels",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "community.core.middleware.PolicyMiddleware",
    "community.core.pagecache.PageCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "community.core.typed.KeptFormMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "community.members.middleware.SecondFactorMiddleware",
    "community.members.middleware.ActivityMiddleware",
    "community.members.middleware.OwnSiteMiddleware",
    "community.core.middleware.LoginRequiredMiddleware",
    "community.core.middleware.RefusalMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "community.editorial.middleware.ClosedPagesMiddleware",
    "community.editorial.middleware.RedirectsMiddleware",
]

ROOT_URLCONF = "community.urls"
WSGI_APPLICATION = "community.wsgi.application"
ASGI_APPLICATION = "community.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "community.core.context_processors.site",
            ],
            "builtins": ["community.core.templatetags.ui", "community.core.templatetags.links"],
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "community.core.template_loader.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

AUTH_USER_MODEL = "members.Member"
AUTHENTICATION_BACKENDS = ["community.members.backends.MemberBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"

ACCOUNT_ADAPTER = "community.members.adapter.AccountAdapter"
ACCOUNT_SIGNUP_FORM_CLASS = "community.members.forms.signup.SignupForm"
ACCOUNT_FORMS = {
    "login": "community.members.forms.account.LoginForm",
    "signup": "community.members.forms.account.SignupForm",
    "add_email": "community.members.forms.account.AddEmailForm",
    "change_password": "community.members.forms.account.ChangePasswordForm",
    "reset_password": "community.members.forms.account.ResetPasswordForm",
    "reset_password_from_key": "community.members.forms.account.ResetPasswordKeyForm",
    "request_login_code": "community.members.forms.account.RequestLoginCodeForm",
    "reauthenticate": "community.members.forms.account.ReauthenticateForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Entraide"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOOPBACK
USERSESSIONS_TRACK_ACTIVITY = False

SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_NAME = "entraide_session"

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 5000}},
    # Whole pages, apart from sessions and rate limits: whoever asks for many addresses evicts only pages.
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 500},
    },
}
CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
if REDIS_URL:
    REDIS_CACHE = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    CACHES = {"default": REDIS_CACHE, "pages": {**REDIS_CACHE, "KEY_PREFIX": "pages"}}
    CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
            "CONFIG": {"hosts": [REDIS_URL], "capacity": 10_000},
        }
    }

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "mail"]}}

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", _("Français"))]
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False
FORMAT_MODULE_PATH = ["community.settings.formats"]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
# Members' files: never under MEDIA_ROOT, served only after the right to the content that holds them was checked.
UPLOADS_ROOT = VAR_DIR / "uploads"
# After how many days who took a clause away is asked what became of it: four months, the time to write a consultation,
# to publish it and to award it; sooner, nobody would know.
USAGE_ASK_DAYS = 120
UPLOAD_MAX_IMAGE_BYTES = 8 * 1024 * 1024
UPLOAD_MAX_DOCUMENT_BYTES = 15 * 1024 * 1024
UPLOAD_MAX_REQUEST_BYTES = 64 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "community.core.uploads.handlers.CappedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "Entraide <ne-pas-repondre@entraide.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
MAIL_DIR = VAR_DIR / "mail"
EMAIL_BACKEND = "community.core.mail.backend.KeptMailBackend"
EMAIL_TIMEOUT = 10
if EMAIL:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    globals().update(EMAIL)

WAGTAIL_SITE_NAME = "Entraide"
WAGTAIL_PAGE_MODEL = "editorial.BasePage"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database"}}
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
# A password shared by the readers of a page would be stored in clear.
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "key", "odt", "ods", "pdf", "pptx", "txt", "xlsx"]
WAGTAIL_USAGE_COUNT_ENABLED = True

TAGGIT_CASE_INSENSITIVE = True

CONTENT_SECURITY_POLICY = security.PUBLIC_POLICY
CMS_CONTENT_SECURITY_POLICY = security.CMS_POLICY
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "community.core.views.csrf_failure"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
if HTTPS:
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    # The search says itself, in one line, that its server does not answer.
    "loggers": {"elastic_transport": {"level": "ERROR"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "WARNING").upper()},
}
