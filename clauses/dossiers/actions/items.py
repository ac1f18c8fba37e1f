"""Texts come into a dossier, are adapted, ordered, taken out and brought back."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from clauses.dossiers import permissions
from clauses.dossiers.content import (
    clean_text,
    described_again,
    render_item,
    take,
    taken_content,
    version_content,
)
from clauses.dossiers.models import Dossier, DossierItem, DossierVariable, Lot
from clauses.dossiers.vocabularies import DOCUMENT_ORDER, MAX_ITEMS, MAX_ROWS, MAX_TEXT, MAX_TITLE
from clauses.library.models import Clause
from clauses.library.permissions import can_view_clause
from community.core.errors import Invalid, Refused
from community.core.events import DossierChanged, emit

from .locks import Conflict, bump, lock_dossier, lock_item, require_version, touch

RETAKEN = (
    *("text", "variables", "taken_version", "wording_key", "kind", "pillar", "title", "is_adapted", "kept_version"),
    *("html", "renderer_version", "cited"),
)


@dataclass(frozen=True, kw_only=True)
class Words:
    """What the team writes of an item; `kind` and `pillar`, what an own article counts as: a clause's are its own."""

    title: str
    text: str
    document: str
    lot: Lot | None = None
    weight: int | None = None
    notes: str = ""
    kind: str = ""
    pillar: str = ""


@transaction.atomic
def add_clause(
    *, dossier: Dossier, actor, clause: Clause, wording_key: str = "", client_token: UUID | None = None
) -> DossierItem:
    """Its present version, at the end of its contract document."""
    permissions.require(permissions.can_edit_dossier(actor, dossier) and can_view_clause(actor, clause))
    dossier = lock_dossier(dossier.pk)
    if sent := _sent(dossier, client_token):
        return sent
    content = version_content(clause, clause.version) if clause.version else None
    if content is None:
        raise Refused(_("Cette clause n’est pas publiée : elle ne peut pas encore entrer dans un dossier."))
    taken = take(content, wording_key)
    standing = dossier.items.filter(removed_at=None)
    if standing.filter(clause=clause, wording_key=taken.wording_key).exists():
        raise Refused(_("Cette rédaction est déjà dans le dossier."))
    item = DossierItem(
        dossier=dossier,
        clause=clause,
        taken_version=clause.version,
        wording_key=taken.wording_key,
        kind=taken.kind,
        pillar=taken.pillar,
        title=taken.title,
        text=taken.text,
        variables=taken.variables,
        document=taken.document,
    )
    return _added(item, actor=actor, client_token=client_token, bases=taken.bases)


@transaction.atomic
def write_article(*, dossier: Dossier, actor, words: Words, client_token: UUID | None = None) -> DossierItem:
    """An own article, beside the clauses."""
    permissions.require(permissions.can_edit_dossier(actor, dossier))
    dossier = lock_dossier(dossier.pk)
    if sent := _sent(dossier, client_token):
        return sent
    _require_sound(dossier, words)
    item = DossierItem(dossier=dossier, kind=words.kind, pillar=words.pillar, **_fields(words))
    item.variables = described_again(item.text, _described_elsewhere(dossier))
    return _added(item, actor=actor, client_token=client_token, bases=[])


def _sent(dossier: Dossier, client_token: UUID | None) -> DossierItem | None:
    return dossier.items.filter(client_token=client_token).first() if client_token else None


def _added(item: DossierItem, *, actor, client_token: UUID | None, bases: list) -> DossierItem:
    dossier = item.dossier
    _require_place(dossier)
    _require_room(dossier)
    item.position = _last_place(dossier, item.document) + 1
    item.added_by = item.edited_by = actor
    item.client_token = client_token
    render_item(item, bases=bases)
    try:
        with transaction.atomic():
            item.save(force_insert=True)
    except IntegrityError:
        if client_token is None:
            raise
        return dossier.items.get(client_token=client_token)
    touch(dossier.pk)
    emit(DossierChanged(dossier_id=dossier.pk, by_id=actor.pk))
    return item


def _require_place(dossier: Dossier) -> None:
    """What was taken out leaves its place to another."""
    if dossier.items.filter(removed_at=None).count() >= MAX_ITEMS:
        raise Refused(_("Un dossier compte au plus %(count)d articles : retirez-en un d’abord.") % {"count": MAX_ITEMS})


def _require_room(dossier: Dossier) -> None:
    if dossier.items.count() >= MAX_ROWS:
        raise Refused(
            _("Ce dossier garde déjà %(count)d articles, retirés compris : poursuivez dans un autre dossier.")
            % {"count": MAX_ROWS}
        )


def _last_place(dossier: Dossier, document: str) -> int:
    return dossier.items.filter(document=document).aggregate(last=Max("position"))["last"] or 0


def _described_elsewhere(dossier: Dossier) -> list[dict[str, str]]:
    """What the other texts of the dossier say of their variables: the same word means the same thing."""
    rows = dossier.items.filter(removed_at=None).values_list("variables", flat=True)
    return [row for variables in rows for row in variables]


def _require_sound(dossier: Dossier, words: Words) -> None:
    if not words.title.strip():
        raise Invalid(_("Donnez un titre à l’article."), field="title")
    if not words.text.strip():
        raise Invalid(_("Écrivez le texte de l’article."), field="text")
    if len(words.text) > MAX_TEXT:
        raise Invalid(_("Ce texte est trop long."), field="text")
    if words.document not in DOCUMENT_ORDER:
        raise Invalid(_("Choisissez une pièce du marché."), field="document")
    if words.lot is not None and words.lot.dossier_id != dossier.pk:
        raise Invalid(_("Choisissez un lot de ce dossier."), field="lot")


def _fields(words: Words) -> dict[str, Any]:
    return {
        "title": words.title.strip()[:MAX_TITLE],
        "text": clean_text(words.text),
        "document": words.document,
        "lot": words.lot,
        "weight": words.weight,
        "notes": words.notes.strip(),
    }


@transaction.atomic
def edit_item(*, item: DossierItem, actor, words: Words, expected: int | None) -> DossierItem:
    """`expected`: the version that the form started from."""
    permissions.require(permissions.can_edit_dossier(actor, item.dossier))
    row = lock_item(item)
    require_version(row, expected)
    _require_sound(row.dossier, words)
    moved = row.document != words.document
    fields = _fields(words)
    if fields["text"] != row.text:
        fields |= retext(row, fields["text"], before=[*row.variables, *_described_elsewhere(row.dossier)])
        fields["is_adapted"] = not row.is_own and fields["text"] != taken_text(row)
    if row.is_own:
        fields |= {"kind": words.kind, "pillar": words.pillar}
    if moved:
        fields["position"] = _last_place(row.dossier, words.document) + 1
    bump(row, actor=actor, **fields)
    touch(row.dossier_id)
    emit(DossierChanged(dossier_id=row.dossier_id, by_id=actor.pk))
    return row


def retext(row: DossierItem, text: str, *, before: list[dict[str, str]]) -> dict[str, Any]:
    row.text, row.variables = text, described_again(text, before)
    render_item(row)
    return {name: getattr(row, name) for name in ("text", "variables", "html", "renderer_version", "cited")}


def taken_text(row: DossierItem) -> str:
    """What the library says at the version that was taken."""
    content = taken_content(row)
    return take(content, row.wording_key).text if content else ""


@transaction.atomic
def choose_wording(*, item: DossierItem, actor, wording_key: str, expected: int | None) -> DossierItem:
    """Another way to write the clause, at the version that was taken. What the team had adapted is set aside."""
    permissions.require(permissions.can_edit_dossier(actor, item.dossier))
    row = lock_item(item)
    require_version(row, expected)
    content = taken_content(row)
    if content is None or wording_key not in {each["key"] for each in content["wordings"]}:
        raise Invalid(_("Choisissez une des rédactions de la clause."), field="wording")
    retake(row, content, actor=actor, number=row.taken_version or 0, wording_key=wording_key)
    return row


def retake(row: DossierItem, content: dict, *, actor, number: int, wording_key: str) -> None:
    """The text of a version takes the place of the item's; values follow their word when its label changed."""
    if row.is_adapted:
        set_aside(row, actor=actor)
    taken = take(content, wording_key)
    carry_values(row, taken.variables)
    row.text, row.variables = taken.text, taken.variables
    row.taken_version, row.wording_key = number, taken.wording_key
    row.kind, row.pillar, row.title = taken.kind, taken.pillar, taken.title
    row.is_adapted, row.kept_version = False, None
    render_item(row, bases=taken.bases)
    bump(row, actor=actor, **{name: getattr(row, name) for name in RETAKEN})
    touch(row.dossier_id)
    emit(DossierChanged(dossier_id=row.dossier_id, by_id=actor.pk))


def set_aside(row: DossierItem, *, actor) -> None:
    """A text of the team's own never vanishes: it waits among the articles that were taken out."""
    _require_room(row.dossier)
    DossierItem.objects.create(
        dossier=row.dossier,
        document=row.document,
        position=row.position,
        lot=row.lot,
        title=(_("%(title)s (votre rédaction)") % {"title": row.title})[:MAX_TITLE],
        text=row.text,
        html=row.html,
        renderer_version=row.renderer_version,
        variables=row.variables,
        cited=row.cited,
        weight=row.weight,
        kind=row.kind,
        pillar=row.pillar,
        notes=row.notes,
        added_by=actor,
        edited_by=actor,
        removed_at=timezone.now(),
    )


def carry_values(row: DossierItem, variables: list[dict[str, str]]) -> None:
    old = {each["key"]: each["label"] for each in row.variables}
    values = DossierVariable.objects.filter(dossier_id=row.dossier_id)
    for each in variables:
        key, label, before = each["key"], each["label"], old.get(each["key"])
        if before is None or before == label:
            continue
        for value in values.filter(key=key, label=before):
            if value.item_id not in (None, row.pk) or values.filter(item=value.item_id, key=key, label=label).exists():
                continue
            DossierVariable.objects.create(
                dossier_id=row.dossier_id,
                item_id=value.item_id,
                key=key,
                label=label,
                value=value.value,
                edited_by=value.edited_by,
            )


@transaction.atomic
def take_version(*, item: DossierItem, actor, expected: int | None, seen: int) -> DossierItem:
    """The present version of the clause, in the same wording when it still has it; `seen` is the one that was compared:
    a later one that appeared since is compared first.
    """
    permissions.require(permissions.can_edit_dossier(actor, item.dossier))
    row = lock_item(item)
    require_version(row, expected)
    clause = row.clause
    if clause is None or not can_view_clause(actor, clause):
        raise Refused(_("Cette clause n’est plus dans la bibliothèque : le dossier garde ce qu’il en a pris."))
    content = version_content(clause, clause.version)
    if content is None or clause.version <= (row.taken_version or 0):
        raise Refused(_("Le dossier tient déjà la dernière version de cette clause."))
    if clause.version != seen:
        raise Conflict(row)
    retake(row, content, actor=actor, number=clause.version, wording_key=row.wording_key)
    return row


@transaction.atomic
def keep_version(*, item: DossierItem, actor, seen: int) -> None:
    """The later version `seen` is not wanted; the next one will be told again."""
    permissions.require(permissions.can_edit_dossier(actor, item.dossier))
    row = lock_item(item)
    if row.clause is None:
        return
    DossierItem.objects.filter(pk=row.pk).update(kept_version=min(seen, row.clause.version))
    emit(DossierChanged(dossier_id=row.dossier_id, by_id=actor.pk))


@transaction.atomic
def move_item(*, item: DossierItem, actor, step: int) -> None:
    """One place up (-1) or down (+1) among the items of its contract document, as they stand when the lock is had: two
    moves at once both count. At the edge nothing moves.
    """
    permissions.require(permissions.can_edit_dossier(actor, item.dossier))
    item = lock_item(item)
    found = DossierItem.objects.filter(dossier=item.dossier_id, document=item.document, removed_at=None)
    order = list(found.order_by("position", "pk").values_list("pk", flat=True))
    if item.pk not in order:
        return
    place = order.index(item.pk)
    wanted = min(max(place + step, 0), len(order) - 1)
    if wanted == place:
        return
    order.insert(wanted, order.pop(place))
    rows = [DossierItem(pk=pk, position=position) for position, pk in enumerate(order, start=1)]
    DossierItem.objects.bulk_update(rows, ["position"])
    touch(item.dossier_id)
    emit(DossierChanged(dossier_id=item.dossier_id, by_id=actor.pk))


@transaction.atomic
def remove_item(*, item: DossierItem, actor) -> None:
    """Taken out with its notes and its reviews; it may come back."""
    permissions.require(permissions.can_edit_dossier(actor, item.dossier))
    lock_dossier(item.dossier_id)
    if DossierItem.objects.filter(pk=item.pk, removed_at=None).update(
        removed_at=timezone.now(), version=F("version") + 1, edited_by=actor
    ):
        touch(item.dossier_id)
        emit(DossierChanged(dossier_id=item.dossier_id, by_id=actor.pk))


@transaction.atomic
def restore_item(*, item: DossierItem, actor) -> None:
    """At the end of its contract document."""
    permissions.require(permissions.can_edit_dossier(actor, item.dossier))
    row = lock_item(item)
    if row.removed_at is None:
        return
    _require_place(row.dossier)
    bump(row, actor=actor, removed_at=None, position=_last_place(row.dossier, row.document) + 1)
    touch(row.dossier_id)
    emit(DossierChanged(dossier_id=row.dossier_id, by_id=actor.pk))
