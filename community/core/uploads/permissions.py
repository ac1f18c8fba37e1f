from typing import Any

from django.core.exceptions import PermissionDenied

from community.core import contents
from community.core.models import Attachment


def can_upload(actor: Any) -> bool:
    return bool(actor.is_authenticated and actor.is_active)


def require_can_upload(actor: Any) -> None:
    if not can_upload(actor):
        raise PermissionDenied


def can_view_attachment(viewer: Any, attachment: Attachment) -> bool:
    """An attachment has no right of its own, and nobody has it by having sent it, once its content has spoken."""
    if attachment.state == Attachment.State.PENDING:
        # Not yet in any text: a preview, for the person who writes.
        return bool(viewer.is_authenticated and viewer.is_active and attachment.owner_id == viewer.pk)
    if attachment.content_id is None:
        return False
    # A deleted content, or a kind that no longer exists, denies.
    content = contents.find_visible(viewer, attachment.content_kind, attachment.content_id)
    if content is None:
        return False
    # What no text that readers may open shows (hidden versions, corrections without trace) is its moderators’.
    return not attachment.is_withheld or contents.get(attachment.content_kind).can_moderate(viewer, content)
