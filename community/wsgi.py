"""The application for a WSGI server whose threads live as long as it does, such as gunicorn's gthread worker."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.db import connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings.base")
application = get_wsgi_application()

for connection in connections.all():
    if connection.vendor == "sqlite":
        # Opening the file and reading its schema costs more than a page's queries. Only here: under ASGI each request
        # has a thread of its own, and a connection kept would be lost with it.
        connection.settings_dict["CONN_MAX_AGE"] = None

# What is loaded stays: the collector need not go through it again while pages are made, nor so often.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
