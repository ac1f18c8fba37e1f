"""HTTP by Django; sockets join here when the live room arrives."""

import os

from channels.routing import ProtocolTypeRouter
from django.core.asgi import get_asgi_application

from community.core.body_cap import BodyCap

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings.base")
application = ProtocolTypeRouter({"http": BodyCap(get_asgi_application())})
