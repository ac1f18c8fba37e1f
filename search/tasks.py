"""What the search does in the background."""

from django.db import transaction
from django_tasks import task

from community.core.jobs import job

from . import actions, attachments, index, outbox, rebuild
from .index import refresh
from .models import OutboxEntry, SavedSearch, SearchMiss
from .unread import unread_files


@task()
def reconcile_index() -> dict:
    """The night's comparison of the index with the contents; the drift it mended is its result."""
    return dict(rebuild.reconcile(lambda _steps: None).done)


@job(attempts=5)
def refresh_tagged(*, tag_id: int) -> int:
    """A word took the place of another: whatever it files is written with it."""
    return index.refresh_tagged(tag_id)


@job(attempts=5)
def refresh_signed(*, member_id: int) -> int:
    """Whoever changed her name is found by the other no more."""
    return index.refresh_signed(member_id)


def enqueue_drain() -> None:
    """Should the task that a change enqueued have been lost."""
    if OutboxEntry.objects.exists():
        drain_outbox.enqueue()


def enqueue_reconcile() -> None:
    reconcile_index.enqueue()


@job(attempts=12)
def drain_outbox() -> int:
    """Tells the search server of what changed; away, it is told later."""
    return outbox.drain()


@job(attempts=5)
def index_imported(kind: str, ids: list[int]) -> None:
    """What an import brought, batch by batch."""
    with transaction.atomic():
        refresh([(kind, pk) for pk in ids])


def enqueue_reading() -> None:
    if unread_files().exists():
        read_attachments.enqueue()


@job(attempts=3)
def read_attachments() -> int:
    """A few files; the next ones in a task of their own."""
    read = attachments.read_some()
    if unread_files().exists():
        read_attachments.enqueue()
    return read


@task()
def tell_saved_searches(after: int = 0) -> int:
    """The saved searches, a few at a time: each task enqueues the next."""
    wanted = SavedSearch.objects.select_related("member").filter(member__is_active=True, pk__gt=after)
    batch = list(wanted.order_by("pk")[:ALERTS_A_TASK])
    until = actions.known_until()
    told = sum(actions.tell_saved_search(saved=saved, until=until) for saved in batch)
    if len(batch) == ALERTS_A_TASK:
        tell_saved_searches.enqueue(after=batch[-1].pk)
    return told


ALERTS_A_TASK = 200


def enqueue_alerts() -> None:
    if SavedSearch.objects.exists():
        tell_saved_searches.enqueue()


def purge_misses() -> None:
    SearchMiss.objects.out_of_date().delete()
