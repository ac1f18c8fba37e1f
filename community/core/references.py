"""Links between any two contents, recorded when a text is saved and shown both ways to those who may see them."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q

from . import contents
from .models import Reference

MAX_REFERENCES = 100
MAX_SHOWN = 20


def record_references(*, kind: str, pk: int, paths, text: str) -> None:
    """Replaces what the content cites: `paths` are the addresses of its links, `text` its plain text."""
    own_host = urlsplit(settings.BASE_URL).netloc
    targets = set(contents.cited_in(text))
    for path in paths:
        parts = urlsplit(path)
        if not parts.netloc or parts.netloc == own_host:
            target = contents.target_of_path(parts.path)
            if target:
                targets.add(target)
    targets.discard((kind, pk))
    rows = sorted(targets)[:MAX_REFERENCES]
    Reference.objects.filter(source_kind=kind, source_id=pk).delete()
    Reference.objects.bulk_create(
        [Reference(source_kind=kind, source_id=pk, target_kind=name, target_id=target) for name, target in rows]
    )


def linked_keys(sources: dict[str, list[int]]) -> set[tuple[str, int]]:
    """The (kind, id) of what these contents (ids by kind) cite and of what cites them, whoever may see it."""
    cites, cited = Q(), Q()
    for kind, pks in sources.items():
        cites |= Q(source_kind=kind, source_id__in=pks)
        cited |= Q(target_kind=kind, target_id__in=pks)
    rows = Reference.objects.filter(cites | cited)
    own = {(kind, pk) for kind, pks in sources.items() for pk in pks}
    keys = set()
    for row in rows.values_list("source_kind", "source_id", "target_kind", "target_id")[:MAX_REFERENCES]:
        keys |= {row[:2], row[2:]}
    return keys - own


def linked_contents(viewer, sources: dict[str, list[int]]) -> list:
    """What these contents (ids by kind) cite and what cites them, among what the viewer may see."""
    return list(contents.visible_in_bulk(viewer, linked_keys(sources)).values())[:MAX_SHOWN]
