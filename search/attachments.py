"""The text of files, found with the post that carries them."""

import subprocess
import sys

from django.conf import settings
from django.db import transaction

from community.core.models import Attachment
from community.core.uploads import storage

from . import file_reader
from .index import refresh
from .models import AttachmentText
from .unread import FORMATS, unread_files

SECONDS = 30
BATCH = 20


def read_some() -> int:
    """Reads a few files; each is kept with what it gave, nothing at worst, so that none is tried for ever."""
    batch = list(unread_files()[:BATCH])
    for attachment in batch:
        text = text_of(attachment)
        with transaction.atomic():
            # Gone meanwhile, perhaps, with its post.
            if Attachment.objects.filter(pk=attachment.pk).exists():
                AttachmentText.objects.update_or_create(attachment=attachment, defaults={"text": text})
                if text:
                    refresh([(attachment.content_kind, attachment.content_id)])
    return len(batch)


def text_of(attachment: Attachment) -> str:
    """The beginning of its text; empty when it is damaged, protected, too heavy, or takes too long."""
    if attachment.size > file_reader.MAX_BYTES or not storage.exists(attachment.path):
        return ""
    data = storage.read(attachment.path, 0, attachment.size)
    try:
        done = subprocess.run(  # noqa: S603  our own program, the file on its input
            [sys.executable, "-m", "search.file_reader", FORMATS[attachment.content_type]],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            cwd=settings.BASE_DIR,
            # Nothing of our environment (secrets, database) is within reach of what a file might exploit.
            env={"PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.decode("utf-8", "replace").replace("\x00", " ") if done.returncode == 0 else ""
