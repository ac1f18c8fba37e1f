"""Links between any two contents, recorded when a text is saved and shown both ways to those who may see them."""

from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q

from . import contents
from .models import Reference
from .prepared import Prepared

MAX_REFERENCES = 100
MAX_SHOWN = 20


def record_references(*, kind: str, pk: int, paths, text: str, keys: Iterable[tuple[str, int]] = ()) -> None:
    """Replaces what the content cites: `paths` are the addresses of its links, `text` its plain text, `keys` the
    (kind, pk) of what it names by a field of its own. Links that were imported beside the text stay.
    """
    own_host = urlsplit(settings.BASE_URL).netloc
    targets = set(contents.cited_in(text)) | set(keys)
    for path in paths:
        parts = urlsplit(path)
        if not parts.netloc or parts.netloc == own_host:
            target = contents.target_of_path(parts.path)
            if target:
                targets.add(target)
    targets.discard((kind, pk))
    rows = sorted(targets)[:MAX_REFERENCES]
    Reference.objects.filter(source_kind=kind, source_id=pk, imported=False, discusses=False).delete()
    Reference.objects.bulk_create(
        [Reference(source_kind=kind, source_id=pk, target_kind=name, target_id=target) for name, target in rows],
        # What the text cites may have come with an import as well.
        ignore_conflicts=True,
    )


def tie_discussion(*, kind: str, pk: int, about: tuple[str, int]) -> None:
    """Said once, when a thread is opened to speak of a content: editing the thread does not undo it."""
    Reference.objects.update_or_create(
        source_kind=kind, source_id=pk, target_kind=about[0], target_id=about[1], defaults={"discusses": True}
    )


def discussions_of(about: tuple[str, int], kind: str) -> list[int]:
    """The threads opened to speak of a content, the first one first, whoever may see them."""
    found = Reference.objects.filter(discusses=True, target_kind=about[0], target_id=about[1], source_kind=kind)
    return list(found.order_by("pk").values_list("source_id", flat=True)[:MAX_SHOWN])


def discussed_by(kind: str, pk: int) -> tuple[str, int] | None:
    """What a thread was opened to speak of."""
    found = Reference.objects.filter(discusses=True, source_kind=kind, source_id=pk)
    return found.order_by("pk").values_list("target_kind", "target_id").first()


def linked_keys(sources: dict[str, list[int]]) -> set[tuple[str, int]]:
    """The (kind, id) of what these contents (ids by kind) cite and of what cites them, whoever may see it."""
    own = {(kind, pk) for kind, pks in sources.items() for pk in pks}
    keys = set()
    for row in _rows_about(sources):
        keys |= {row[:2], row[2:]}
    return keys - own


def _about(kinds: tuple[str, ...], several: str, *, ids: Sequence[int] = (), **single: int):
    """One content of each of `kinds`, and several of another."""
    about = Q()
    for kind in kinds:
        about |= Q(source_kind=kind, source_id=single[kind]) | Q(target_kind=kind, target_id=single[kind])
    if several:
        about |= Q(source_kind=several, source_id__in=ids) | Q(target_kind=several, target_id__in=ids)
    rows = Reference.objects.filter(about)
    return rows.values_list("source_kind", "source_id", "target_kind", "target_id")[:MAX_REFERENCES]


_prepared_about = Prepared(_about)


def _rows_about(sources: dict[str, list[int]]) -> list[tuple]:
    single = {kind: pks[0] for kind, pks in sources.items() if len(pks) == 1}
    several = [kind for kind, pks in sources.items() if len(pks) > 1]
    if not several:
        return _prepared_about.rows(tuple(single), "", **single) if single else []
    found = _prepared_about.rows(tuple(single), several[0], ids=sources[several[0]], **single)
    for kind in several[1:]:
        found += _prepared_about.rows((), kind, ids=sources[kind])
    return found


def linked_contents(viewer, sources: dict[str, list[int]]) -> list:
    """What these contents (ids by kind) cite and what cites them, among what the viewer may see."""
    return list(contents.visible_in_bulk(viewer, linked_keys(sources)).values())[:MAX_SHOWN]
