from typing import Any

from django.http import Http404

from community.core.models import Attachment

from .permissions import can_view_attachment


def get_attachment_or_404(viewer: Any, token: str) -> Attachment:
    attachment = Attachment.objects.filter(token=token).first()
    if attachment is None or not can_view_attachment(viewer, attachment):
        raise Http404
    return attachment
