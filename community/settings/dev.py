"""Development: autoreload, tracebacks, files served as they are."""

import os

os.environ.setdefault("DEBUG", "1")

from .base import *  # noqa: E402, F403  settings are assembled by star import

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
