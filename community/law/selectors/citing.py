"""What refers to the law: by name to who may see it, by number to everyone, of what everyone reads."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db.models import Q, Value

from community.core import contents
from community.core.models import Reference

from ..models import ChangeKind, LegalProvision, LegalText, Nature

Key = tuple[str, int]
LEGAL_KINDS = ("legal_text", "legal_provision")
PAGE = 20
MAX_READ = 400
COUNT_SECONDS = 300


@dataclass(frozen=True)
class Citing:
    kind: str
    label: Any
    icon: str
    title: str
    url: str


def cited_as(causes: Iterable[Key]) -> Q:
    wanted = Q(pk__in=[])
    by_kind: dict[str, list[int]] = {}
    for kind, pk in causes:
        by_kind.setdefault(kind, []).append(pk)
    for kind, pks in by_kind.items():
        wanted |= Q(target_kind=kind, target_id__in=pks)
    return wanted & ~Q(source_kind__in=LEGAL_KINDS)


def reaches_articles(text_id: int, change: str) -> bool:
    """Whether a change of a text concerns who cites one of its articles. A repealed text takes its articles with it;
    a code that merely changes does not: half the library cites its articles, and each has changes of its own.
    """
    if change in (ChangeKind.REPEALED, ChangeKind.RESTORED):
        return True
    return not LegalText.objects.filter(pk=text_id, nature=Nature.CODE).exists()


def moved_with(cause_kind: str, cause_id: int, change: str) -> Q:
    """The references that a change concerns. A text takes its articles with it, when `reaches_articles` says so. An
    article's change also concerns who cites its text as a whole, unless that text is a code, which says nothing of one
    article.
    """
    if cause_kind == "legal_text":
        if not reaches_articles(cause_id, change):
            return Q(target_kind="legal_text", target_id=cause_id)
        articles = LegalProvision.objects.filter(text=cause_id).values("pk")
        return Q(target_kind="legal_text", target_id=cause_id) | Q(
            target_kind="legal_provision", target_id__in=articles
        )
    texts = LegalText.objects.filter(provisions=cause_id).exclude(nature=Nature.CODE).values("pk")
    return Q(target_kind="legal_provision", target_id=cause_id) | Q(target_kind="legal_text", target_id__in=texts)


def contents_citing(viewer, causes: Iterable[Key], *, kind: str = "") -> list[Citing]:
    """The latest of those that cite one of `causes` and that the viewer may see."""
    rows = Reference.objects.filter(cited_as(causes)).order_by("-pk")
    if kind:
        rows = rows.filter(source_kind=kind)
    keys = list(dict.fromkeys(rows.values_list("source_kind", "source_id")[:MAX_READ]))
    visible = contents.visible_in_bulk(viewer, keys)
    shown = [(key, visible[key]) for key in keys if key in visible][:PAGE]
    return [citing(key[0], obj) for key, obj in shown]


def citing(name: str, obj: Any) -> Citing:
    kind = contents.get(name)
    return Citing(kind=name, label=kind.label, icon=kind.icon, title=kind.title(obj), url=kind.url(obj))


def open_citing_counts(groups: dict[int, set[Key]]) -> dict[int, int]:
    """How many contents that a visitor may read cite something of each group; one query, whatever the kinds.

    Counted for everybody alike: a member's private space must not show through a figure.
    """
    wanted = sorted({key for group in groups.values() for key in group})
    if not wanted:
        return {}
    name = f"law-citing:{hashlib.blake2b(repr(wanted).encode(), digest_size=12).hexdigest()}"
    sources = cache.get(name)
    if sources is None:
        sources = _open_sources(wanted)
        cache.set(name, sources, COUNT_SECONDS)
    return {
        group: len({source for key in causes for source in sources.get(key, ())}) for group, causes in groups.items()
    }


def _open_sources(wanted: list[Key]) -> dict[Key, set[Key]]:
    cited = Reference.objects.filter(cited_as(wanted))
    asked = [
        cited.filter(source_kind=kind.name, source_id__in=kind.visible_to(AnonymousUser()).order_by().values("pk"))
        .order_by()
        .values_list("target_kind", "target_id", Value(kind.name), "source_id")
        for kind in contents.kinds()
        if kind.name not in LEGAL_KINDS
    ]
    found: dict[Key, set[Key]] = {}
    for target_kind, target_id, source_kind, source_id in asked[0].union(*asked[1:], all=True):
        found.setdefault((target_kind, target_id), set()).add((source_kind, source_id))
    return found
