from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from community.core import contents
from community.core.richtext import excerpt

from .models import Flag

MAX_ITEMS = 50
EXCERPT = 300


@dataclass
class Item:
    """One flagged content with its open flags; who flagged is not shown to other members, nor here."""

    kind: str
    pk: int
    label: Any
    title: str
    url: str
    text: str
    latest: datetime
    reasons: list[str] = field(default_factory=list)
    details: list[str] = field(default_factory=list)
    count: int = 0


def review_queue(member) -> list[Item]:
    """The flagged contents that the member reviews, oldest flag first; what she may not read is not hers to review."""
    flags = list(Flag.objects.open().reviewable_by(member)[: MAX_ITEMS * 4])
    visible = contents.visible_in_bulk(member, {(flag.kind, flag.object_id) for flag in flags})
    items: dict[tuple[str, int], Item] = {}
    for flag in flags:
        key = (flag.kind, flag.object_id)
        if key not in visible:
            continue
        if key not in items:
            items[key] = item_of(flag, visible[key])
        item = items[key]
        item.count += 1
        item.latest = flag.created_at
        if flag.get_reason_display() not in item.reasons:
            item.reasons.append(flag.get_reason_display())
        if flag.detail:
            item.details.append(flag.detail)
    return list(items.values())[:MAX_ITEMS]


def item_of(flag: Flag, obj) -> Item:
    kind = contents.get(flag.kind)
    text: str = obj.body_text if hasattr(obj, "body_text") else getattr(obj, "text", "")
    return Item(
        kind=flag.kind,
        pk=flag.object_id,
        label=kind.label,
        title=kind.title(obj),
        url=kind.url(obj),
        text=excerpt(text, EXCERPT),
        latest=flag.created_at,
    )
