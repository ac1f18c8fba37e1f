"""What nobody holds any more is deleted: uploads no text took, files of deleted contents, files without a row."""

from collections.abc import Callable, Collection
from datetime import timedelta

from django.utils import timezone

from community.core import contents
from community.core.models import Attachment

from . import storage

PENDING_HOURS = 48
BATCH = 500

Keeper = Callable[[Collection[str]], set[str]]
_keepers: list[Keeper] = []


def register_keeper(keeper: Keeper) -> None:
    """`keeper(tokens)` returns those it still needs: drafts keep the uploads they mention."""
    if keeper not in _keepers:
        _keepers.append(keeper)


def purge_uploads() -> int:
    """The recurring job; idempotent. Returns how many attachments and files were deleted."""
    return purge_pending_uploads() + purge_orphan_attachments() + purge_stray_files()


def purge_pending_uploads() -> int:
    """Delete uploads that no text took within 48 hours, but those a keeper needs."""
    limit = timezone.now() - timedelta(hours=PENDING_HOURS)
    stale = Attachment.objects.filter(state=Attachment.State.PENDING, created_at__lt=limit)
    done = last = 0
    while batch := list(stale.filter(pk__gt=last).order_by("pk")[:BATCH]):
        tokens = [attachment.token for attachment in batch]
        kept = set().union(*(keeper(tokens) for keeper in _keepers))
        # The state again: a text may have taken one since the batch was read.
        done += _delete([row for row in batch if row.token not in kept], state=Attachment.State.PENDING)
        last = batch[-1].pk
    return done


def purge_orphan_attachments() -> int:
    """Delete attachments whose content is no longer in the database (hidden and placeholder contents still are)."""
    done = 0
    for kind in contents.kinds():
        living = kind.model._base_manager.values("pk")
        orphans = Attachment.objects.filter(content_kind=kind.name).exclude(content_id__in=living)
        while batch := list(orphans.order_by("pk")[:BATCH]):
            done += _delete(batch, state=Attachment.State.ATTACHED)
    return done


def purge_stray_files() -> int:
    """Delete files without a row (a process killed between the two writes), once they are two days old."""
    limit = (timezone.now() - timedelta(hours=PENDING_HOURS)).timestamp()
    done = 0
    batch: list[str] = []
    for path in storage.stored_before(limit):
        batch.append(path)
        if len(batch) == BATCH:
            done += _delete_strays(batch)
            batch = []
    return done + _delete_strays(batch)


def _delete_strays(paths: list[str]) -> int:
    known = set(Attachment.objects.filter(path__in=paths).values_list("path", flat=True))
    strays = [path for path in paths if path not in known]
    for path in strays:
        storage.delete(path)
    return len(strays)


def _delete(batch: list[Attachment], *, state: str) -> int:
    done = 0
    for attachment in batch:
        deleted, _detail = Attachment.objects.filter(pk=attachment.pk, state=state).delete()
        if deleted:
            storage.delete(attachment.path)
            done += 1
    return done
