"""The contents that wait because the law moved, as those in charge of them see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from community.core import contents
from community.core.models import Reference
from community.law.citations import find
from community.law.models import LegalChange, LegalText
from community.law.vocabulary import Fact, Vocabulary, current_vocabulary
from community.members.models import Expertise, ExpertiseKind, Member
from community.spaces.models import Membership

from .models import ReviewItem
from .replacing import LEGAL_KINDS, Proposal, proposals

Key = tuple[str, int]
PAGE = 20
BATCH = 60
MAX_BATCHES = 8
MAX_COUNTED = 1_000
AROUND = 90
MAX_PERSONS = 60


@dataclass(frozen=True)
class ReviewLine:
    """`before`, `mark`, `after`: the sentence that cites, when the text still does. `proposal` is what one click would
    write instead, where the successor is known and the reader may change the content. `is_apart`: what is
    cited is not in the words of the text. `why`: what was noted of the change.
    """

    item: ReviewItem
    label: Any
    icon: str
    title: str
    url: str
    cause: str
    cause_url: str
    why: str
    successor: str
    before: str
    mark: str
    after: str
    is_apart: bool
    proposal: Proposal | None


@dataclass(frozen=True)
class ReviewPage:
    lines: list[ReviewLine]
    next: int | None


@dataclass(frozen=True)
class Progress:
    done: int
    total: int
    entrusted: int

    @property
    def left(self) -> int:
        return self.total - self.done


def review_page(
    member, *, causes: Iterable[Key] | None = None, mine: bool = False, after: int | None = None
) -> ReviewPage:
    """What the member may read again and sees, oldest first; rows are read until a page is full."""
    items = ReviewItem.objects.open().reviewable_by(member).select_related("assigned_to").order_by("pk")
    if causes is not None:
        items = items.caused_by(causes)
    if mine:
        items = items.filter(assigned_to=member)
    found: list[tuple[ReviewItem, Any]] = []
    last = after or 0
    for _turn in range(MAX_BATCHES):
        batch = list(items.filter(pk__gt=last)[:BATCH])
        if not batch:
            return ReviewPage(lines_of(member, found), None)
        last = batch[-1].pk
        found += shown(member, batch)
        if len(found) > PAGE:
            return ReviewPage(lines_of(member, found[:PAGE]), found[PAGE - 1][0].pk)
    return ReviewPage(lines_of(member, found), last)


def shown(member, items: list[ReviewItem]) -> list[tuple[ReviewItem, Any]]:
    """Those whose content the member may see, and that still stands where it did when it was queued."""
    visible = contents.visible_in_bulk(member, {(item.kind, item.object_id) for item in items})
    pairs = ((item, visible.get((item.kind, item.object_id))) for item in items)
    return [(item, obj) for item, obj in pairs if obj is not None and stands(item, obj)]


def stands(item: ReviewItem, obj: Any) -> bool:
    return contents.get(item.kind).space_id(obj) == item.space_id


def lines_of(member, pairs: list[tuple[ReviewItem, Any]]) -> list[ReviewLine]:
    if not pairs:
        return []
    law = current_vocabulary()
    ready = proposals(member, {(item.kind, item.object_id): obj for item, obj in pairs})
    cited = cited_texts([(item.kind, item.object_id) for item, _obj in pairs], law)
    changes = LegalChange.objects.filter(pk__in={item.change_id for item, _obj in pairs})
    notes = dict(changes.values_list("pk", "note"))
    return [
        line_of(
            item,
            obj,
            law,
            ready.get((item.kind, item.object_id)),
            cited=cited.get((item.kind, item.object_id), set()),
            why=notes.get(item.change_id, ""),
        )
        for item, obj in pairs
    ]


def cited_texts(sources: list[Key], law: Vocabulary) -> dict[Key, set[int]]:
    """By content, the texts that it cites wherever it does: in its words, in its legal basis, by a link."""
    wanted = Q()
    for kind, pk in sources:
        wanted |= Q(source_kind=kind, source_id=pk)
    rows = Reference.objects.filter(wanted, target_kind__in=LEGAL_KINDS)
    found: dict[Key, set[int]] = {}
    for source_kind, source_id, kind, pk in rows.values_list("source_kind", "source_id", "target_kind", "target_id"):
        if (fact := law.facts.get((kind, pk))) is not None:
            found.setdefault((source_kind, source_id), set()).add(fact.text)
    return found


def line_of(
    item: ReviewItem, obj: Any, law: Vocabulary, proposal: Proposal | None, *, cited: set[int], why: str
) -> ReviewLine:
    kind = contents.get(item.kind)
    fact = law.facts.get((item.cause_kind, item.cause_id)) or Fact("", "", 0)
    successor = law.facts.get(fact.successor) if fact.successor else None
    text = "\n".join(str(getattr(obj, name, "")) for name in kind.text_fields)
    before, mark, after = excerpt_around(text, (item.cause_kind, item.cause_id), law)
    return ReviewLine(
        item=item,
        label=kind.label,
        icon=kind.icon,
        title=kind.title(obj),
        url=kind.url(obj),
        cause=fact.name,
        cause_url=fact.url,
        why=why,
        successor=successor.name if successor else "",
        before=before,
        mark=mark,
        after=after,
        is_apart=not mark and fact.text in cited,
        proposal=proposal,
    )


def excerpt_around(text: str, cause: Key, law: Vocabulary) -> tuple[str, str, str]:
    """The first citation of the cause, or of another part of its text; nothing when it is no longer there."""
    fact = law.facts.get(cause)
    if fact is None:
        return "", "", ""
    for citation in find(text, law):
        cited = law.facts.get((citation.kind, citation.pk))
        if cited is not None and ((citation.kind, citation.pk) == cause or cited.text == fact.text):
            before = text[max(0, citation.start - AROUND) : citation.start]
            after = text[citation.end : citation.end + AROUND]
            return before.replace("\n", " "), text[citation.start : citation.end], after.replace("\n", " ")
    return "", "", ""


def causes_of(text: LegalText) -> list[Key]:
    articles = text.provisions.values_list("pk", flat=True)
    return [("legal_text", text.pk), *(("legal_provision", pk) for pk in articles)]


def progress_of(member, causes: Iterable[Key]) -> Progress:
    """How far the reading has come, of what the member has to read and may see."""
    items = ReviewItem.objects.reviewable_by(member).caused_by(causes).order_by("pk")
    rows = list(items.values_list("kind", "object_id", "decided_at", "assigned_to")[:MAX_COUNTED])
    visible = contents.visible_keys(member, {row[:2] for row in rows})
    seen = [row for row in rows if row[:2] in visible]
    return Progress(
        done=sum(row[2] is not None for row in seen),
        total=len(seen),
        entrusted=sum(row[2] is None and row[3] is not None for row in seen),
    )


def get_item_or_404(member, pk: int) -> tuple[ReviewItem, Any]:
    """The item and its content; absent, out of reach and moved elsewhere are the same."""
    item = ReviewItem.objects.reviewable_by(member).select_related("assigned_to", "decided_by").filter(pk=pk).first()
    pairs = shown(member, [item]) if item else []
    if not pairs:
        raise Http404
    return pairs[0]


def chosen_items(member, pks: Iterable[int]) -> list[ReviewItem]:
    """Those of these that she may read again and sees, a page's worth at most; the others are as if absent."""
    wanted = sorted(set(pks))[:PAGE]
    return [item for item, _obj in shown(member, list(ReviewItem.objects.reviewable_by(member).filter(pk__in=wanted)))]


def who_may_be_entrusted(item: ReviewItem) -> QuerySet:
    persons = Member.objects.persons().select_related("organisation").order_by("last_name", "first_name", "pk")
    if item.space_id is None:
        granted = Expertise.objects.current().filter(kind=ExpertiseKind.JURIST).values("member")
        return persons.filter(pk__in=granted)
    return persons.filter(pk__in=Membership.objects.moderating().filter(space=item.space_id).values("member"))
