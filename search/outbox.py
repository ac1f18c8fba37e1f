"""What changed and the search server has not been told of: rows written with the content, drained by a task."""

from collections import defaultdict

from .engines import engine
from .index import write_now
from .models import OutboxEntry

BATCH = 500


def drain() -> int:
    """Until none is left; two at once do no harm. Raises `Unavailable`: the task is tried again, nothing is lost."""
    store = engine()
    done = 0
    while rows := list(OutboxEntry.objects.order_by("pk").values_list("pk", "kind", "object_id")[:BATCH]):
        # After what the rows say was committed, before it is read. A site that left its server has rows left over.
        options = {} if store.is_transactional else {"version": OutboxEntry.objects.next_version()}
        by_kind: dict[str, set[int]] = defaultdict(set)
        for _number, kind, pk in rows:
            by_kind[kind].add(pk)
        for kind, pks in by_kind.items():
            write_now(store, kind, sorted(pks), **options)
        OutboxEntry.objects.filter(pk__in=[row[0] for row in rows]).delete()
        done += len(rows)
    return done
