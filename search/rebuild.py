"""The whole index written anew, or compared with the contents and mended; the site reads and writes meanwhile."""

from collections import Counter
from collections.abc import Callable, Iterator

from django.db import connection, transaction

from community.core.progress import Report

from . import documents, vocabulary
from .documents import Document, DocumentKind
from .engines import engine
from .index import BATCH, number_of

Advance = Callable[[int], None]


def total() -> int:
    return sum(number_of(kind) for kind in documents.kinds())


def walk(kind: DocumentKind) -> Iterator[tuple[list[int], list[Document]]]:
    """Batches by key, each in a transaction that holds its rows: no action is written over."""
    last = 0
    while True:
        with transaction.atomic():
            rows = kind.queryset_of_many().filter(pk__gt=last).order_by("pk")
            if connection.features.has_select_for_update_of:
                rows = rows.select_for_update(of=kind.locks)
            batch = list(rows[:BATCH])
            if not batch:
                return
            yield [obj.pk for obj in batch], documents.documents_from(kind, batch)
            last = batch[-1].pk


def rebuild(advance: Advance) -> Report:
    """Every document written again, what no longer has a content taken out, the words counted."""
    store = engine()
    report = Report()
    counts: Counter[str] = Counter()
    with store.rebuilding() as target:
        for kind in documents.kinds():
            known = set(target.keys(kind.name))
            for pks, found in walk(kind):
                target.write(found, anew=True)
                for document in found:
                    counts.update(vocabulary.words_of(document))
                known -= {(document.pk, document.part) for document in found}
                report.did(kind.name, len(found))
                advance(len(pks))
            remove_strays(target, kind.name, known)
    vocabulary.recount(counts)
    store.settle()
    return report


def reconcile(advance: Advance) -> Report:
    """Drift reported and mended: missing, changed and stray documents; then the words are counted again."""
    store = engine()
    report = Report()
    counts: Counter[str] = Counter()
    for kind in documents.kinds():
        known = store.keys(kind.name)
        for pks, found in walk(kind):
            changed = [doc for doc in found if known.get((doc.pk, doc.part)) != doc.digest]
            report.did("absents", sum((doc.pk, doc.part) not in known for doc in changed))
            report.did("différents", sum((doc.pk, doc.part) in known for doc in changed))
            if changed:
                store.write(changed)
            for document in found:
                counts.update(vocabulary.words_of(document))
                known.pop((document.pk, document.part), None)
            advance(len(pks))
        report.did("en trop", remove_strays(store, kind.name, set(known)))
    vocabulary.recount(counts)
    return report


def remove_strays(store, kind: str, keys: set[tuple[int, int]]) -> int:
    """Documents of objects that are gone, or that may no longer be found; the other parts of an object come back."""
    if not keys:
        return 0
    pks = sorted({pk for pk, _part in keys})
    for start in range(0, len(pks), BATCH):
        batch = pks[start : start + BATCH]
        with transaction.atomic():
            # Written a moment ago, perhaps: eligible again, they are written again.
            store.remove(kind, batch)
            store.write(documents.documents_of(kind, batch))
    return len(keys)
