"""What of the law that a content cites was replaced, and what would be written instead: shown before it is done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from community.core import contents
from community.core.addresses import address
from community.core.contents import ContentKind
from community.core.mending import digest_of
from community.core.models import Reference
from community.law.replacing import changes_in, pairs_among
from community.law.vocabulary import Vocabulary, current_vocabulary

Key = tuple[str, int]
LEGAL_KINDS = ("legal_text", "legal_provision")


@dataclass(frozen=True)
class Proposal:
    """`lines` are what would be written over, and by what, once each; `seen` tells which texts were read."""

    lines: list[tuple[str, str]]
    seen: str


def proposals(member, objects: Mapping[Key, Any], cited: Mapping[Key, set[Key]] | None = None) -> dict[Key, Proposal]:
    """By (kind, pk) of the contents whose citations the member may replace, where the successor is known. `cited` is
    what `cited_by` said of them, for who has asked it.
    """
    law = current_vocabulary()
    cited = cited_by(objects) if cited is None else cited
    replaced = {key: pairs_among(targets, law, timezone.localdate()) for key, targets in cited.items()}
    mendable = mendable_keys(member, [key for key, found in replaced.items() if found])
    found = {key: proposal(contents.get(key[0]), objects[key], law, replaced[key]) for key in mendable}
    return {key: each for key, each in found.items() if each.lines}


def is_cited(cause: Key, cited: Iterable[Key], law: Vocabulary) -> bool:
    """A text is cited by its articles too, an article by itself alone."""
    return cause in cited or (
        cause[0] == "legal_text" and any(law.facts[each].text == cause[1] for each in cited if each in law.facts)
    )


def cited_by(keys: Iterable[Key]) -> dict[Key, set[Key]]:
    """What of the law each content cites; one query a kind."""
    by_kind: dict[str, list[int]] = {}
    for kind, pk in keys:
        by_kind.setdefault(kind, []).append(pk)
    found: dict[Key, set[Key]] = {}
    for kind, pks in by_kind.items():
        rows = Reference.objects.filter(source_kind=kind, source_id__in=pks, target_kind__in=LEGAL_KINDS)
        for pk, target_kind, target_id in rows.values_list("source_id", "target_kind", "target_id"):
            found.setdefault((kind, pk), set()).add((target_kind, target_id))
    return found


def mendable_keys(member, keys: Iterable[Key]) -> list[Key]:
    by_kind: dict[str, list[int]] = {}
    for kind, pk in keys:
        by_kind.setdefault(kind, []).append(pk)
    found: list[Key] = []
    for name, pks in by_kind.items():
        kind = contents.get(name)
        if kind.mendable_by is not None:
            mendable = kind.mendable_by(member).filter(pk__in=pks).order_by("pk")
            found += [(name, pk) for pk in mendable.values_list("pk", flat=True)]
    return found


def mend_urls(member, keys: Iterable[Key]) -> dict[Key, str]:
    """Where the member replaces citations, for those of the contents that are hers to mend."""
    if not member.is_authenticated:
        return {}
    return {key: address("law_replace", kind=key[0], pk=key[1]) for key in mendable_keys(member, keys)}


def proposal(kind: ContentKind, obj: Any, law: Vocabulary, pairs: dict[Key, Key]) -> Proposal:
    texts = kind.mended_texts(obj) if kind.mended_texts else []
    changes = [change for text in texts for change in changes_in(text, law, pairs)]
    lines = list(dict.fromkeys((change.old, change.new) for change in changes))
    # What is cited by a field and not in words: the legal basis of a clause.
    written = {key for text in texts for key in contents.cited_in(text)}
    lines += [(law.facts[old].name, law.facts[new].name) for old, new in sorted(pairs.items()) if old not in written]
    return Proposal(lines, digest_of(texts))
