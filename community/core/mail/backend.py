"""Mails kept as files where no SMTP server is configured; /dev/mail/ shows them on a laptop."""

from django.conf import settings
from django.core.mail.backends.filebased import EmailBackend


class KeptMailBackend(EmailBackend):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, file_path=settings.MAIL_DIR, **kwargs)
