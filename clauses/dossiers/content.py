"""The texts of a dossier: what is taken of a version, how variables are named and filled."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import escape

from clauses.library.content import BRACES, VARIABLE_FIELDS, clean_text, labels_of, render_text, variables_in
from clauses.library.exports.clause import relevel
from clauses.library.models import Clause, ClauseVersion
from clauses.library.vocabularies import CRITERIA, MAX_VARIABLES
from community.core.richtext import RENDERER_VERSION
from community.core.ui import typography
from community.law import citations
from community.law.models import LegalProvision, LegalText

from .models import DossierItem
from .vocabularies import MAX_LABEL, MAX_TITLE

# Under the title of a contract document (h2) and that of the item (h3).
FIRST_HEADING = 4
# What weighs one criterion weighs that one alone: never shared between items.
_WEIGHT = re.compile(r"^(ponderation|poids)")
_MARK = re.compile(r'<mark class="variable" data-variable="([a-z0-9_]+)">([^<]*)</mark>')
_NUMBER = re.compile(r"^\s*(\d{1,3})(?:[.,]0+)?\s*%?\s*$")

# (key, label, item or 0): one value to give.
Slot = tuple[str, str, int]


@dataclass(frozen=True)
class Taken:
    """A wording of a version, before it becomes an item."""

    title: str
    document: str
    kind: str
    pillar: str
    wording_key: str
    text: str
    variables: list[dict[str, str]]
    bases: list[dict[str, str]] = field(default_factory=list)


def take(content: dict[str, Any], wording_key: str = "") -> Taken:
    """The wording of that name, or the first."""
    wordings = content["wordings"]
    wording = next((each for each in wordings if each["key"] == wording_key), wordings[0] if wordings else None)
    text = wording["text"] if wording else ""
    return Taken(
        title=content["title"][:MAX_TITLE],
        document=content["document"],
        kind=content["kind"],
        pillar=content["pillar"],
        wording_key=wording["key"] if wording else "",
        text=clean_text(text),
        variables=described(text, content),
        bases=content["bases"],
    )


def described(text: str, content: dict[str, Any]) -> list[dict[str, str]]:
    """What is known of the variables that stand in a text."""
    known = {row["key"]: row for row in content["variables"]}
    labels = labels_of(content)
    rows = []
    for key in variables_in(text)[:MAX_VARIABLES]:
        row = known.get(key, {})
        label = typography(labels.get(key) or words_of(key))[:MAX_LABEL]
        rows.append({name: row.get(name, "") for name in VARIABLE_FIELDS} | {"key": key, "label": label})
    return rows


def words_of(key: str) -> str:
    return key.replace("_", " ")


def described_again(text: str, before: list[dict[str, str]]) -> list[dict[str, str]]:
    """After an edit of the text: those that stay keep their description, those that come are named by their key."""
    known = {row["key"]: row for row in before}
    empty = dict.fromkeys(VARIABLE_FIELDS, "")
    return [known.get(key, empty | {"key": key, "label": words_of(key)}) for key in variables_in(text)[:MAX_VARIABLES]]


def render_item(item: DossierItem, *, bases: list[dict[str, str]] | None = None) -> None:
    """Stores what the page prints; `bases` are those of a version that was just taken, otherwise they stay."""
    labels = {row["key"]: row["label"] for row in item.variables}
    item.html = relevel(render_text(item.text, labels), FIRST_HEADING)
    item.renderer_version = RENDERER_VERSION
    kept = [tuple(key) for key in item.cited if key[2:] == ["basis"]] if bases is None else keys_of_bases(bases)
    found = [(citation.kind, citation.pk) for citation in citations.find(item.text)]
    item.cited = [list(key) for key in dict.fromkeys([*kept, *(key for key in found if (*key, "basis") not in kept)])]


def rendered_again(item: DossierItem) -> dict[str, Any]:
    render_item(item)
    return {"html": item.html}


def keys_of_bases(bases: list[dict[str, str]]) -> list[tuple]:
    slugs = {row["text"] for row in bases}
    if not slugs:
        return []
    texts = dict(LegalText.objects.filter(slug__in=slugs).values_list("slug", "pk"))
    keys = {row.get("provision", "") for row in bases}
    provisions = {
        (slug, key): pk
        for pk, slug, key in LegalProvision.objects.filter(text__slug__in=slugs, key__in=keys).values_list(
            "pk", "text__slug", "key"
        )
    }
    found: list[tuple] = []
    for row in bases:
        if row.get("provision"):
            pk, kind = provisions.get((row["text"], row["provision"])), citations.PROVISION
        else:
            pk, kind = texts.get(row["text"]), citations.TEXT
        if pk:
            found.append((kind, pk, "basis"))
    return found


def version_content(clause: Clause, number: int) -> dict[str, Any] | None:
    return ClauseVersion.objects.filter(clause=clause, number=number).values_list("content", flat=True).first()


def taken_content(item: DossierItem) -> dict[str, Any] | None:
    """What the library says at the version that the item took, if it came from there and the clause still exists."""
    if item.clause is None or item.taken_version is None:
        return None
    return version_content(item.clause, item.taken_version)


def slot_of(item: DossierItem, row: Mapping[str, str]) -> Slot:
    own = item.kind in CRITERIA and _WEIGHT.match(row["key"])
    return row["key"], row["label"], item.pk if own else 0


def slots_of(item: DossierItem) -> list[Slot]:
    return [slot_of(item, row) for row in item.variables]


@dataclass(frozen=True)
class Values:
    """What was filled in: `shared` by (key, label), `own` by (key, label, item)."""

    shared: dict[tuple[str, str], str] = field(default_factory=dict)
    own: dict[Slot, str] = field(default_factory=dict)

    def get(self, item: DossierItem, row: Mapping[str, str]) -> str:
        key, label = row["key"], row["label"]
        found = self.own.get((key, label, item.pk))
        if found is not None or slot_of(item, row)[2]:
            return found or ""
        return self.shared.get((key, label), "")

    def of(self, item: DossierItem) -> dict[str, str]:
        """By key, as the text of this item names them."""
        return {row["key"]: value for row in item.variables if (value := self.get(item, row))}


def values_from(rows) -> Values:
    """`rows`: (item_id, key, label, value)."""
    values = Values()
    for item_id, key, label, value in rows:
        if item_id is None:
            values.shared[key, label] = value
        else:
            values.own[key, label, item_id] = value
    return values


def fill_html(html: str, values: Mapping[str, str]) -> str:
    """As `library.exports.clause.fill_html`, for the many texts of a page."""
    if not values or "<mark" not in html:
        return html

    def filled(found: re.Match) -> str:
        value = values.get(found[1])
        if not value:
            return found[0]
        return f'<mark class="variable" data-state="filled" data-variable="{found[1]}">{escape(value)}</mark>'

    return _MARK.sub(filled, html)


def fill_markdown(item: DossierItem, values: Mapping[str, str]) -> str:
    """What is not filled stands by its label between brackets."""
    return named_text(item.text, item.variables, values)


def named_text(text: str, variables: Iterable[Mapping[str, str]], values: Mapping[str, str] | None = None) -> str:
    """The Markdown of a text as people read it: values, or labels between brackets, in place of the braces."""
    labels, known = {row["key"]: row["label"] for row in variables}, values or {}
    return BRACES.sub(lambda found: known.get(found[1]) or f"[{labels.get(found[1], words_of(found[1]))}]", text)


def weight_of(item: DossierItem, values: Mapping[str, str]) -> int | None:
    """Of a criterion, in per cent: the value of its « pondération », or what was typed for it."""
    for row in item.variables:
        if _WEIGHT.match(row["key"]) and (found := _NUMBER.match(values.get(row["key"], ""))):
            return int(found[1])
    return item.weight
