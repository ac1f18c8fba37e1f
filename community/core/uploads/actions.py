from collections.abc import Collection, Iterable
from datetime import timedelta
from hashlib import sha256
from math import ceil
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.core.errors import TooOften
from community.core.models import Attachment
from community.core.ratelimits import Limit, delay_words, spend

from . import storage
from .documents import clean_document
from .errors import UploadError
from .images import CleanFile, clean_image
from .naming import clean_name
from .permissions import require_can_upload
from .typing import FileType, detect

MAX_PER_CONTENT = 20
DAY = timedelta(days=1)
MAX_PER_DAY = 100
MAX_BYTES_PER_DAY = 300 * 1024 * 1024
UPLOADS = Limit("upload", times=60, seconds=600, newcomer=15)
_HEAD = 4096


def store_upload(*, actor: Any, uploaded_file: UploadedFile) -> Attachment:
    """Clean a file and keep it, seen by its owner only until a text that mentions it is saved.

    Raises `UploadError` (what is wrong and how to mend it) or `TooOften`. Viruses are not looked for here.
    """
    require_can_upload(actor)
    spend(UPLOADS, actor=actor)
    kind = detect(uploaded_file.name or "", uploaded_file.read(_HEAD))
    _check_size(uploaded_file.size or 0, kind)
    _check_day(actor, uploaded_file.size or 0)
    uploaded_file.seek(0)
    data = uploaded_file.read()
    clean = clean_image(data, kind) if kind.family == "image" else clean_document(data, kind)
    return _keep(clean, owner=actor, name=clean_name(uploaded_file.name or "", clean.extension))


def _check_size(size: int, kind: FileType) -> None:
    image = kind.family == "image"
    most = settings.UPLOAD_MAX_IMAGE_BYTES if image else settings.UPLOAD_MAX_DOCUMENT_BYTES
    if size == 0:
        raise UploadError(_("Ce fichier est vide."))
    if size <= most:
        return
    megabytes = most // (1024 * 1024)
    if image:
        raise UploadError(
            _("Cette image dépasse %(size)d Mo. Réduisez-la, puis joignez-la à nouveau.") % {"size": megabytes}
        )
    raise UploadError(
        _("Ce document dépasse %(size)d Mo. Allégez-le ou découpez-le, puis joignez-le à nouveau.")
        % {"size": megabytes}
    )


def _check_day(actor: Any, size: int) -> None:
    now = timezone.now()
    recent = Attachment.objects.filter(owner=actor, created_at__gte=now - DAY).order_by("created_at", "pk")
    rows = list(recent.values_list("created_at", "size"))
    count, total, freed = len(rows), sum(each for _sent, each in rows) + size, None
    for sent, each in rows:
        if count < MAX_PER_DAY and total <= MAX_BYTES_PER_DAY:
            break
        # The oldest leave the day first, one after the other.
        count, total, freed = count - 1, total - each, sent + DAY
    if freed is None:
        return
    wait = max(ceil((freed - now).total_seconds()), 1)
    sentence = _("Vous avez joint beaucoup de fichiers en un jour. Réessayez dans %(delay)s.")
    raise TooOften(sentence % {"delay": delay_words(wait)}, retry_after=wait)


def _keep(clean: CleanFile, *, owner: Any, name: str) -> Attachment:
    path = storage.save(clean.data)
    try:
        return Attachment.objects.create(
            owner=owner,
            name=name,
            content_type=clean.content_type,
            size=len(clean.data),
            width=clean.width,
            height=clean.height,
            sha256=sha256(clean.data).hexdigest(),
            path=path,
        )
    except BaseException:
        storage.delete(path)
        raise


def attach_uploads(*, content_kind: str, content_id: int, tokens: Iterable[str], actor: Any) -> int:
    """Give the actor's pending uploads that a text mentions to the content it belongs to; returns how many.

    Called by the action that saves the text, in its transaction and after its guard. Somebody else's upload and one
    already attached are left as they are: mentioning a file never opens it, nor moves its right.
    """
    wanted = list(dict.fromkeys(tokens))[: MAX_PER_CONTENT * 10]
    if not wanted:
        return 0
    with transaction.atomic():
        pending = Attachment.objects.select_for_update().filter(
            token__in=wanted, owner=actor, state=Attachment.State.PENDING
        )
        keys = list(pending.values_list("pk", flat=True))
        if keys:
            _check_room(content_kind, content_id, len(keys))
        return Attachment.objects.filter(pk__in=keys, state=Attachment.State.PENDING).update(
            state=Attachment.State.ATTACHED, content_kind=content_kind, content_id=content_id
        )


def _check_room(content_kind: str, content_id: int, more: int) -> None:
    already = Attachment.objects.filter(content_kind=content_kind, content_id=content_id).count()
    if already + more > MAX_PER_CONTENT:
        raise UploadError(
            ngettext(
                "Un texte porte au plus %(count)d fichier. Retirez-en.",
                "Un texte porte au plus %(count)d fichiers. Retirez-en.",
                MAX_PER_CONTENT,
            )
            % {"count": MAX_PER_CONTENT}
        )


def withhold_uploads(*, content_kind: str, content_id: int, tokens: Collection[str]) -> None:
    """Of the files of a content, `tokens` alone are now its moderators’: the others are read again as it is.

    Called by the action that changes what the content shows, in its transaction, after its guard and under its lock.
    """
    with transaction.atomic():
        files = Attachment.objects.filter(content_kind=content_kind, content_id=content_id)
        files.filter(token__in=tokens, is_withheld=False).update(is_withheld=True)
        files.filter(is_withheld=True).exclude(token__in=tokens).update(is_withheld=False)
