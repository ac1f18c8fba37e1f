from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from community.core import contents
from community.core.prepared import Prepared

from .models import Level, Notification, Subscription
from .reasons import Reason, reason_of

PAGE = 40
# The bell says « 99+ » past this.
MAX_COUNTED = 100


@dataclass
class Line:
    notification: Notification
    reason: Reason
    sentence: str
    url: str


@dataclass
class Group:
    """What was said of one subject, latest first."""

    kind: str
    pk: int
    title: str
    url: str
    label: Any
    latest: datetime
    lines: list[Line] = field(default_factory=list)

    @property
    def has_unseen(self) -> bool:
        return any(line.notification.seen_at is None for line in self.lines)


def level_of(member, kind: str, pk: int) -> str:
    if not member.is_authenticated:
        return Level.NONE
    level = Subscription.objects.filter(member=member).to(kind, pk).values_list("level", flat=True).first()
    return level or Level.NONE


def watcher_count(kind: str, pk: int, *, besides=None) -> int:
    """Those who are told of each answer; not `besides`, who writes it."""
    watchers = Subscription.objects.to(kind, pk).listening(essential=False)
    return watchers.exclude(member=besides).count() if besides else watchers.count()


_unseen_keys = Prepared(
    lambda member: (
        Notification.objects.of(member)
        .unseen()
        .values_list("subject_kind", "subject_id", "target_kind", "target_id")
        .order_by("-pk")[:MAX_COUNTED]
    )
)


def unseen_keys(member) -> list[tuple[str, int, str, int]]:
    """Subject and target of the latest unseen rows, `MAX_COUNTED` at most, whether or not they may still be seen."""
    return _unseen_keys.rows(member=member.pk) if member.is_authenticated else []


def is_unseen(rows: list[tuple[str, int, str, int]], kind: str, pk: int) -> bool:
    """Whether something about that subject is among `unseen_keys`; past what these hold, it may be."""
    return len(rows) == MAX_COUNTED or (kind, pk) in {row[:2] for row in rows}


def unseen_count(member, rows: list[tuple[str, int, str, int]]) -> int:
    """How many of `unseen_keys` are of what the member may still see."""
    visible = contents.visible_keys(member, {row[:2] for row in rows} | {row[2:] for row in rows})
    return sum(row[:2] in visible and row[2:] in visible for row in rows)


def notification_page(member, *, unseen_only: bool, before: int | None) -> tuple[list[Group], int | None]:
    """Groups by subject of at most PAGE rows older than the row `before`, and the row to continue from.

    Only what may be seen now is shown: the rest stays silent, whatever it was when it was written.
    """
    rows = Notification.objects.of(member).order_by("-pk")
    if unseen_only:
        rows = rows.unseen()
    if before is not None:
        rows = rows.filter(pk__lt=before)
    page = list(rows[: PAGE + 1])
    following = page[PAGE - 1].pk if len(page) > PAGE else None
    return group_by_subject(member, page[:PAGE]), following


def group_by_subject(member, rows: list[Notification]) -> list[Group]:
    keys = {(row.subject_kind, row.subject_id) for row in rows} | {(row.target_kind, row.target_id) for row in rows}
    visible = contents.visible_in_bulk(member, keys)
    groups: dict[tuple[str, int], Group] = {}
    for row in rows:
        subject_key = (row.subject_kind, row.subject_id)
        subject, target = visible.get(subject_key), visible.get((row.target_kind, row.target_id))
        if subject is None or target is None:
            continue
        kind = contents.get(row.subject_kind)
        if subject_key not in groups:
            groups[subject_key] = Group(
                kind=row.subject_kind,
                pk=row.subject_id,
                title=kind.title(subject),
                url=kind.url(subject),
                label=kind.label,
                latest=row.created_at,
            )
        groups[subject_key].lines.append(line_of(row, target))
    return list(groups.values())


def line_of(row: Notification, target) -> Line:
    kind = contents.get(row.target_kind)
    reason = reason_of(row.reason)
    author = kind.displayed_author(target).name
    return Line(
        notification=row, reason=reason, sentence=str(reason.sentence) % {"author": author}, url=kind.url(target)
    )
