"""Keeping the store in step with the contents: what may be found is written, the rest is taken out."""

from collections import defaultdict
from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import QuerySet

from community.taxonomy.models import Tag

from . import documents, vocabulary
from .documents import Document, DocumentKind
from .engines import Engine, engine
from .models import OutboxEntry

BATCH = 500


def refresh(keys: Iterable[tuple[str, int]]) -> None:
    """Writes anew the documents of these objects, in the transaction of what changed them; safe to do twice."""
    by_kind: dict[str, set[int]] = defaultdict(set)
    for kind, pk in keys:
        if documents.get(kind):
            by_kind[kind].add(pk)
    if not by_kind:
        return
    store = engine()
    if not store.is_transactional:
        OutboxEntry.objects.bulk_create(
            [OutboxEntry(kind=kind, object_id=pk) for kind, pks in by_kind.items() for pk in sorted(pks)]
        )
        transaction.on_commit(_wake_drain)
        return
    for kind, pks in by_kind.items():
        write_now(store, kind, sorted(pks))


def _wake_drain() -> None:
    from .tasks import drain_outbox

    drain_outbox.enqueue()


def write_now(store: Engine, kind: str, pks: list[int], **options: int) -> list[Document]:
    """Eligible: written; otherwise: removed, with the parts that an object no longer has."""
    found = documents.documents_of(kind, pks)
    parts = defaultdict(set)
    for document in found:
        parts[document.pk].add(document.part)
    expected = documents.get(kind).parts
    gone = [pk for pk in pks if len(parts[pk]) < expected and (expected > 1 or not parts[pk])]
    if gone:
        store.remove(kind, gone, **options)
    if found:
        vocabulary.learn(store.write(found, **options))
    return found


def forget(kind: str, pk: int) -> None:
    """The object is gone."""
    store = engine()
    if store.is_transactional:
        store.remove(kind, [pk])
    else:
        refresh([(kind, pk)])


def refresh_thread(kind: str, pks: list[int], *, around: bool) -> None:
    """The objects and, when `around`, those whose documents carry something of theirs."""
    keys = [(kind, pk) for pk in pks]
    if around:
        keys += documents.get(kind).related_keys(pks)
    refresh(keys)


def refresh_tagged(tag_id: int) -> int:
    """Whatever is filed under the tag, and what carries its words; a batch a transaction, which holds its rows."""
    done = 0
    for items in Tag.item_models():
        model = items._meta.get_field("content_object").related_model
        for kind in documents.kinds():
            if kind.model is model:
                filed = items._base_manager.filter(tag=tag_id).values("content_object")
                done += _refresh_all(kind, kind.model._base_manager.filter(pk__in=filed), around=True)
    return done


def refresh_signed(member_id: int) -> int:
    """Whatever the member wrote: the name that she had is no longer a way to find it."""
    return sum(
        _refresh_all(kind, kind.model._base_manager.filter(**{kind.signer: member_id}), around=False)
        for kind in documents.kinds()
        if kind.signer
    )


def _refresh_all(kind: DocumentKind, chosen: QuerySet, *, around: bool) -> int:
    done = last = 0
    while True:
        with transaction.atomic():
            rows = chosen.filter(pk__gt=last).order_by("pk")
            if connection.features.has_select_for_update_of:
                rows = rows.select_for_update(of=("self",))
            pks = list(rows.values_list("pk", flat=True)[:BATCH])
            if not pks:
                return done
            refresh_thread(kind.name, pks, around=around)
        done += len(pks)
        last = pks[-1]


def number_of(kind: DocumentKind) -> int:
    return kind.model._default_manager.count()
