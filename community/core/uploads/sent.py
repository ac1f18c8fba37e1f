"""The files of a form without JavaScript, stored one by one."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from community.core.errors import Invalid, TooOften
from community.core.form_fields import MAX_FILES
from community.core.form_pages import TooSoon
from community.core.models import Attachment

from .actions import store_upload


def store_sent(request: HttpRequest) -> tuple[list[Attachment], list[ValidationError]]:
    """Those of the field `files` that could be kept, and what was wrong with the others."""
    kept, errors = [], []
    files = request.FILES.getlist("files")
    if len(files) > MAX_FILES:
        errors.append(ValidationError(_("Joignez au plus %(count)d fichiers à la fois.") % {"count": MAX_FILES}))
    for uploaded in files[:MAX_FILES]:
        name = (uploaded.name or "")[:80]
        try:
            kept.append(store_upload(actor=request.user, uploaded_file=uploaded))
        except Invalid as refusal:
            errors.append(ValidationError(f"{name}\u00a0: {refusal.message}"))
        except TooOften as refusal:
            errors.append(TooSoon(f"{name}\u00a0: {refusal.message}", retry_after=refusal.retry_after))
    return kept, errors


def with_stored_files(request: HttpRequest, data: Any, *, field: str = "body") -> tuple[Any, list[ValidationError]]:
    """The posted values with the files of a form without JavaScript stored and their links put at the end of the text;
    and what was wrong with the others. The text alone then carries the form from page to page.
    """
    kept, errors = store_sent(request)
    for attachment in kept:
        data[field] = f"{data.get(field, '').rstrip()}\n\n{attachment.markdown}\n"
    return data, errors
