"""Tests: a cheap password hash, mails in memory, tasks run by the test that wants them."""

import os
import tempfile

os.environ["VAR_DIR"] = os.environ.get("TEST_VAR_DIR") or tempfile.mkdtemp(prefix="entraide-test-")
os.environ.setdefault("SECRET_KEY", "test-only-secret-key-of-more-than-fifty-characters-0123456789")
for name in ("SMTP_URL", "BASE_URL", "HOST", "PORT"):
    os.environ.pop(name, None)

from .base import *  # noqa: E402, F403  settings are assembled by star import

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = ""  # noqa: F405
# A pool would keep connections to the base that the end of the run drops.
DATABASES["default"]["OPTIONS"].pop("pool", None)  # noqa: F405
STATIC_ROOT.mkdir(exist_ok=True)  # noqa: F405  whitenoise warns of a missing folder
