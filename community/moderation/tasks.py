"""What follows a change of the law: the contents that cite it wait to be read again."""

from django_tasks import task

from community.core.models import Reference
from community.law.models import LegalChange
from community.law.selectors.citing import moved_with

from .actions import queue_contents_unguarded, refile_items_unguarded

BATCH = 400


@task()
def queue_citing(*, cause_kind: str, cause_id: int, change_id: int) -> int:
    """Queues every content that refers to the text or the article; running it twice queues nothing more."""
    change = LegalChange.objects.values_list("change", flat=True).filter(pk=change_id).first() or ""
    citing = Reference.objects.filter(moved_with(cause_kind, cause_id, change))
    queued, last = 0, 0
    while rows := list(citing.filter(pk__gt=last).order_by("pk").values_list("pk", "source_kind", "source_id")[:BATCH]):
        last = rows[-1][0]
        keys = sorted({(kind, pk) for _row, kind, pk in rows})
        queued += queue_contents_unguarded(cause_kind=cause_kind, cause_id=cause_id, change_id=change_id, keys=keys)
    return queued


@task()
def refile_items(*, space_id: int | None) -> None:
    refile_items_unguarded(space_id=space_id)
