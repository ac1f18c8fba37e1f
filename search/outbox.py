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
        versions: dict[tuple[str, int], int] = {}
        by_kind: dict[str, list[int]] = defaultdict(list)
        for number, kind, pk in rows:
            if (kind, pk) not in versions:
                by_kind[kind].append(pk)
            versions[kind, pk] = number
        for kind, pks in by_kind.items():
            write_now(store, kind, pks, versions=versions)
        OutboxEntry.objects.filter(pk__in=[row[0] for row in rows]).delete()
        done += len(rows)
    return done
