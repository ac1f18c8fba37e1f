"""The dossier as it stands: contract documents in the order they are read in, their items, variables filled.

`assemble(viewer, dossier)` → `Assembled`:
    dossier        the Dossier
    lots           its lots, by number
    documents      [AssembledDocument]: only those that hold an item
        document   « rc » (ContractDocument), `label` « Règlement de la consultation », `short` « RC »
        items      [AssembledItem], in order
    slots          [FilledSlot]: every variable to give once, in the order of the text, with its value or ""

`AssembledItem`:
    pk, number     « RC 1 »; `rank` is the 1
    title          plain text
    html           safe HTML from the renderer, headings from h4 down (h2: the document, h3: the item); each variable is
                   `<mark class="variable" data-variable="key">[label]</mark>`, or with its value inside and
                   `data-state="filled"` added
    markdown       the same text as Markdown, filled; what is not filled stands as « [label] »
    missing        the variables that have no value: [{"key", "label", "unit", …}]
    is_own         written by the team; otherwise `reference` « CL-0318 » and `taken_version` 3
    lot            the Lot, or None for all of them
    weight         of a criterion, in per cent, or None
    notes          the team's own: never exported, never reviewed
    is_legible     False: it comes from a clause of a closed space that this viewer may not read; title and texts are
                   empty, and it keeps its number

Three queries, four when some clause belongs to a closed space. Nothing is rendered here: what is stored is filled in.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.safestring import SafeString, mark_safe

from clauses.library.models import Clause
from clauses.library.vocabularies import SHORT_DOCUMENTS, ContractDocument
from community.core.prepared import Prepared
from community.spaces.models import SpaceVisibility

from ..content import Slot, Values, fill_html, fill_markdown, slot_of, values_from, weight_of
from ..models import Dossier, DossierItem, DossierVariable, Lot
from ..vocabularies import DOCUMENT_ORDER

PLACES = {document.value: place for place, document in enumerate(DOCUMENT_ORDER)}


@dataclass(slots=True)
class AssembledItem:
    item: DossierItem
    rank: int
    number: str
    title: str
    html: SafeString
    values: dict[str, str]
    missing: list[dict[str, str]]
    lot: Lot | None
    weight: int | None
    is_legible: bool

    @property
    def pk(self) -> int:
        return self.item.pk

    @property
    def is_own(self) -> bool:
        return self.item.is_own

    @property
    def reference(self) -> str:
        return f"CL-{self.item.clause_id:04d}" if self.item.clause_id and self.is_legible else ""

    @property
    def taken_version(self) -> int | None:
        return self.item.taken_version

    @property
    def notes(self) -> str:
        return self.item.notes

    @property
    def markdown(self) -> str:
        return fill_markdown(self.item, self.values) if self.is_legible else ""


@dataclass(slots=True)
class AssembledDocument:
    document: str
    label: str
    short: str
    items: list[AssembledItem] = field(default_factory=list)


@dataclass(slots=True)
class FilledSlot:
    """One value to give; `numbers` are the items where it stands."""

    slot: Slot
    row: Mapping[str, str]
    value: str
    numbers: list[str]


@dataclass(slots=True)
class Assembled:
    dossier: Dossier
    lots: list[Lot]
    documents: list[AssembledDocument]
    slots: list[FilledSlot]

    @property
    def items(self) -> list[AssembledItem]:
        return [item for document in self.documents for item in document.items]


def assemble(viewer, dossier: Dossier, *, documents: Collection[str] = (), readable_only: bool = False) -> Assembled:
    """For a viewer who reads the dossier. `documents`: those only; `readable_only` leaves out what is not legible."""
    items = in_order(items_of(dossier), documents)
    values = values_of(dossier)
    lots = _lots.rows(dossier=dossier.pk)
    closed = closed_to(viewer, items)
    shown = Assembled(dossier=dossier, lots=lots, documents=[], slots=[])
    by_number = {lot.pk: lot for lot in lots}
    for item in items:
        legible = item.pk not in closed
        if readable_only and not legible:
            continue
        document = document_for(shown, item.document)
        document.items.append(assembled_item(item, document, values, by_number, legible=legible))
    shown.slots = slots_of(shown.items, values)
    return shown


def _items_of(*, dossier: int) -> QuerySet:
    """With what the page says of the clauses they come from."""
    clause = ("version", "state", "legal_state", "hidden_at", "space_id", "published_at", "slug", "title")
    return (
        DossierItem.objects.filter(dossier=dossier, removed_at=None)
        .select_related("clause__space")
        .only(
            *(field.attname for field in DossierItem._meta.concrete_fields),
            *(f"clause__{name}" for name in clause),
            "clause__space__visibility",
        )
    )


_items = Prepared(_items_of)
_lots = Prepared(lambda dossier: Lot.objects.filter(dossier=dossier))
_values = Prepared(
    lambda dossier: DossierVariable.objects.filter(dossier=dossier).values_list("item_id", "key", "label", "value")
)


def items_of(dossier: Dossier) -> list[DossierItem]:
    return _items.rows(dossier=dossier.pk)


def in_order(items: Iterable[DossierItem], documents: Collection[str]) -> list[DossierItem]:
    wanted = [item for item in items if not documents or item.document in documents]
    return sorted(wanted, key=lambda item: (PLACES.get(item.document, len(PLACES)), item.position, item.pk))


def values_of(dossier: Dossier) -> Values:
    return values_from(_values.rows(dossier=dossier.pk))


def closed_to(viewer, items: Iterable[DossierItem]) -> set[int]:
    """The items that this viewer may not read: taken by somebody else from a clause of a space she may not enter.

    What was taken from the open community is the dossier's own, whatever becomes of the clause.
    """
    held = [item for item in items if item.clause is not None and is_closed(item.clause)]
    held = [item for item in held if not viewer.is_authenticated or item.added_by_id != viewer.pk]
    if not held:
        return set()
    wanted = {item.clause_id for item in held}
    seen = set(Clause.objects.visible_to(viewer).filter(pk__in=wanted).values_list("pk", flat=True))
    return {item.pk for item in held if item.clause_id not in seen}


def is_closed(clause: Clause) -> bool:
    return clause.space is not None and clause.space.visibility != SpaceVisibility.OPEN


def document_for(shown: Assembled, document: str) -> AssembledDocument:
    if not shown.documents or shown.documents[-1].document != document:
        known = ContractDocument(document)
        shown.documents.append(AssembledDocument(document, str(known.label), str(SHORT_DOCUMENTS[known])))
    return shown.documents[-1]


def assembled_item(
    item: DossierItem, document: AssembledDocument, values: Values, lots: Mapping[int, Lot], *, legible: bool
) -> AssembledItem:
    rank = len(document.items) + 1
    filled: dict[str, str] = values.of(item) if legible else {}
    return AssembledItem(
        item=item,
        rank=rank,
        number=f"{document.short} {rank}",
        title=item.title if legible else "",
        html=mark_safe(fill_html(item.html, filled)) if legible else mark_safe(""),
        values=filled,
        missing=[row for row in item.variables if row["key"] not in filled] if legible else [],
        lot=lots.get(item.lot_id) if item.lot_id else None,
        weight=weight_of(item, filled) if legible else None,
        is_legible=legible,
    )


def slots_of(items: Iterable[AssembledItem], values: Values) -> list[FilledSlot]:
    """Each value to give, once; an item that has its own for it is not counted there."""
    found: dict[Slot, FilledSlot] = {}
    for shown in items:
        for row in shown.item.variables if shown.is_legible else ():
            key, label, own = slot = slot_of(shown.item, row)
            if not own and (key, label, shown.pk) in values.own:
                continue
            if slot not in found:
                value = values.own.get(slot, "") if own else values.shared.get((key, label), "")
                found[slot] = FilledSlot(slot=slot, row=row, value=value, numbers=[])
            found[slot].numbers.append(shown.number)
    return list(found.values())


def counted(slots: Iterable[FilledSlot]) -> dict[str, Any]:
    every = list(slots)
    return {"all": len(every), "filled": sum(1 for slot in every if slot.value)}
