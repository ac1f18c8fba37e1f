"""Which files are to be read."""

from django.db.models import QuerySet

from community.core.models import Attachment

from . import documents

OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMATS = {"application/pdf": "pdf", OFFICE: "docx", "application/vnd.oasis.opendocument.text": "odt"}


def unread_files() -> QuerySet[Attachment]:
    """Files of posts that are searched and whose text was not looked for yet."""
    kinds = [kind.name for kind in documents.kinds() if kind.carries_files]
    readable = Attachment.objects.filter(content_type__in=FORMATS, state=Attachment.State.ATTACHED)
    return readable.filter(content_kind__in=kinds, search_text__isnull=True).order_by("pk")
