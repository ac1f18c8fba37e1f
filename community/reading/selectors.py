from collections.abc import Iterable
from dataclasses import dataclass

from community.core import contents
from community.core.prepared import Prepared

from .drafts import DraftPlace, excerpt_of, places_of
from .models import Bookmark, Draft, ReadMark

PER_PAGE = 50

find_visible = contents.find_visible


_position = Prepared(
    lambda kind, member, pk: ReadMark.objects.filter(member=member, kind=kind, object_id=pk).values_list(
        "position", flat=True
    )
)


def get_draft(member, key: str) -> Draft | None:
    """The member's own draft of a form; a visitor has none."""
    if not member.is_authenticated:
        return None
    return Draft.objects.filter(member=member, key=key).first()


def read_position(member, kind: str, pk: int) -> int:
    """The number of the last post read; 0 for a thread never opened, and for visitors."""
    if not member.is_authenticated:
        return 0
    found = _position.rows(kind, member=member.pk, pk=pk)
    return found[0] if found else 0


def bookmarked_ids(member, kind: str, pks: Iterable[int]) -> set[int]:
    """Which of these contents the member keeps; one query whatever their number."""
    if not member.is_authenticated:
        return set()
    kept = Bookmark.objects.filter(member=member, kind=kind, object_id__in=list(pks))
    return set(kept.values_list("object_id", flat=True))


def title_of(member, kind: str, pk: int) -> str:
    """Empty for what the member cannot see."""
    obj = find_visible(member, kind, pk)
    return contents.get(kind).title(obj) if obj is not None else ""


def bookmark_count(member) -> int:
    return Bookmark.objects.filter(member=member).count()


@dataclass(frozen=True, kw_only=True)
class OwnDraft:
    """A draft as its writer finds it; without `place` when its thread can no longer be seen."""

    key: str
    updated_at: object
    excerpt: str
    place: DraftPlace | None


def drafts_of(member) -> list[OwnDraft]:
    drafts = list(Draft.objects.filter(member=member))
    places = places_of(member, [draft.key for draft in drafts])
    return [
        OwnDraft(key=draft.key, updated_at=draft.updated_at, excerpt=excerpt_of(draft), place=places.get(draft.key))
        for draft in drafts
    ]


@dataclass(frozen=True, kw_only=True)
class KeptContent:
    """A bookmark as its owner sees it today; without `title` when the content can no longer be seen."""

    kind: str
    pk: int
    kept_at: object
    label: str = ""
    icon: str = ""
    title: str = ""
    url: str = ""


@dataclass(frozen=True)
class KeptPage:
    rows: list[KeptContent]
    newer: int | None
    older: int | None


def bookmarks_of(member, *, before: int | None = None, after: int | None = None) -> KeptPage:
    """A page of the member's bookmarks, newest first, each shown through the rights she has now."""
    mine = Bookmark.objects.filter(member=member)
    if after is not None:
        page = list(mine.filter(pk__gt=after).order_by("pk")[:PER_PAGE])[::-1]
    else:
        page = list((mine if before is None else mine.filter(pk__lt=before)).order_by("-pk")[:PER_PAGE])
    if not page:
        return KeptPage([], None, None)
    newer = page[0].pk if mine.filter(pk__gt=page[0].pk).exists() else None
    older = page[-1].pk if mine.filter(pk__lt=page[-1].pk).exists() else None
    found = contents.visible_in_bulk(member, [(mark.kind, mark.object_id) for mark in page])
    return KeptPage([_as_seen(mark, found.get((mark.kind, mark.object_id))) for mark in page], newer, older)


def _as_seen(mark: Bookmark, obj) -> KeptContent:
    if obj is None:
        return KeptContent(kind=mark.kind, pk=mark.object_id, kept_at=mark.created_at)
    kind = contents.get(mark.kind)
    return KeptContent(
        kind=mark.kind,
        pk=mark.object_id,
        kept_at=mark.created_at,
        label=str(kind.label),
        icon=kind.icon,
        title=kind.title(obj),
        url=kind.url(obj),
    )
