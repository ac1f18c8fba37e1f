"""The door of imports and of demo content: the invariants of the ordinary actions, one transaction and one event a
batch, and no guard, which each name says. What was already imported (`source_key`) is left as it is.

Contents are those of `content.to_content`, cleaned by `content.clean_content`, links apart.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from django.core.management.color import no_style
from django.db import connection, transaction

from clauses.library.content import apply_content, excerpt, plain_text, render_all, to_content
from clauses.library.models import Clause, ClauseLink, ClauseVersion
from clauses.library.vocabularies import READABLE_STATES, ClauseState, Consolidation, LegalState
from community.core.events import ContentsImported, emit
from community.core.richtext import RENDERER_VERSION
from community.core.slugs import slug_of

from .life import refresh_legal_states
from .publish import change_clause, record_clause_references, show

# Where each child keeps its clause.
CHILDREN = {
    "also_in": "clause",
    "wordings": "clause",
    "variables": "clause",
    "scale": "clause",
    "bases": "clause",
    "provenances": "clause",
    "links": "clause",
    "tagged_items": "content_object",
}
MANY = ("other_families", "cpv_codes", "objectives", "territories")


@dataclass(frozen=True, kw_only=True)
class ImportedVersion:
    """`content` is that of an earlier version; nothing: what the clause says now."""

    number: int
    created_at: datetime
    author_id: int
    note: str = ""
    content: dict[str, Any] | None = None


@dataclass(frozen=True, kw_only=True)
class ImportedClause:
    """`links` are (relation, source key of the other clause); `pk` keeps a reference, in a library that had none.

    `versions`, the oldest first, make it readable: without them it is a draft, or waits to be read again.
    """

    source_key: str
    author_id: int
    content: dict[str, Any]
    created_at: datetime
    links: tuple[tuple[str, str], ...] = ()
    space: Any = None
    pk: int | None = None
    state: str = ClauseState.DRAFT
    versions: tuple[ImportedVersion, ...] = ()
    replaced_by: str = ""
    consolidation: int = Consolidation.CONTRIBUTION
    reviewed_on: date | None = None
    # Nothing: as the calendar says.
    legal_state: str = ""
    use_count: int = 0


@dataclass
class Batch:
    """`missing`: the (source key, field, word) that name nothing known, left out of the clause."""

    clauses: dict[str, Clause] = field(default_factory=dict)
    missing: list[tuple[str, str, str]] = field(default_factory=list)


def already_imported(source_keys: Iterable[str]) -> dict[str, int]:
    return dict(Clause.objects.filter(source_key__in=list(source_keys)).values_list("source_key", "pk"))


@transaction.atomic
def import_clauses_unguarded(rows: list[ImportedClause]) -> Batch:
    """The clauses that were not there yet. The checklist is the caller's: an obsolete clause may cite a dead text."""
    known = already_imported(row.source_key for row in rows)
    rows = [row for row in rows if row.source_key not in known]
    batch = Batch()
    batch.clauses = {row.source_key: _built(row, batch) for row in rows}
    clauses = list(batch.clauses.values())
    Clause.objects.bulk_create(clauses)
    _link(rows, batch)
    _write_children(clauses)
    _bring_to_life(rows, batch)
    _replace(rows, batch)
    refresh_legal_states([clause for clause in clauses if clause.state in READABLE_STATES])
    _keep_to_review(rows, batch)
    if any(row.pk for row in rows):
        _catch_up_sequence()
    if clauses:
        emit(ContentsImported(kind="clause", ids=tuple(clause.pk for clause in clauses)))
    return batch


def _built(row: ImportedClause, batch: Batch) -> Clause:
    clause = Clause(
        pk=row.pk, author_id=row.author_id, space=row.space, source_key=row.source_key, use_count=row.use_count
    )
    missing = apply_content(clause, {**row.content, "links": []})
    batch.missing += [(row.source_key, name, word) for name, word in missing]
    for name in MANY:
        # As they will be read: what a version keeps is compared with the rows later.
        order = attrgetter(*getattr(clause, name).model._meta.ordering)
        setattr(clause, name, sorted(getattr(clause, name).all(), key=order))
    clause.slug = slug_of(clause.title)
    clause.live = False
    clause.state = row.state if row.state == ClauseState.IN_REVIEW else ClauseState.DRAFT
    if not row.versions:
        content = to_content(clause)
        clause.excerpt, clause.plain_text = excerpt(content), plain_text(content)
    return clause


def _link(rows: list[ImportedClause], batch: Batch) -> None:
    """Once all have their key: clauses of one file name one another."""
    pks = {key: clause.pk for key, clause in batch.clauses.items()}
    wanted = {key for row in rows for _relation, key in row.links if key not in pks}
    pks |= already_imported(wanted)
    for row in rows:
        clause = batch.clauses[row.source_key]
        found = dict.fromkeys((relation, pks[key]) for relation, key in row.links if key in pks)
        batch.missing += [(row.source_key, "links", key) for _relation, key in row.links if key not in pks]
        clause.links = [
            ClauseLink(relation=relation, target_id=pk, sort_order=place)
            for place, (relation, pk) in enumerate(found)
            if pk != clause.pk
        ]


def _write_children(clauses: list[Clause]) -> None:
    """What the clauses hold in memory, a table at a time: saving each one writes its children row by row."""
    for name, parent in CHILDREN.items():
        children = [(clause, child) for clause in clauses for child in getattr(clause, name).all()]
        for clause, child in children:
            setattr(child, parent, clause)
        if children:
            type(children[0][1]).objects.bulk_create([child for _clause, child in children])
    for name in MANY:
        through = getattr(Clause, name).through
        column = getattr(Clause, name).field.m2m_reverse_field_name()
        pairs = [(clause.pk, other.pk) for clause in clauses for other in getattr(clause, name).all()]
        through.objects.bulk_create([through(**{"clause_id": pk, f"{column}_id": other}) for pk, other in pairs])


def _bring_to_life(rows: list[ImportedClause], batch: Batch) -> None:
    for row in rows:
        clause = batch.clauses[row.source_key]
        content = to_content(clause)
        latest = None
        for version in row.versions:
            said = content if version.content is None else _named_alike(version.content, content)
            written = _version(clause, version, said)
            show(clause, said, written, latest)
            latest = written
        columns: dict[str, Any] = {"created_at": row.created_at}
        if latest is not None:
            columns |= {"consolidation": row.consolidation, "reviewed_on": row.reviewed_on}
            record_clause_references(clause, content)
        change_clause(clause, **columns)


def _named_alike(earlier: dict[str, Any], content: dict[str, Any]) -> dict[str, Any]:
    """The wordings of an earlier version bear the names of those that stand in their place, so that both are compared;
    links lead to what there is.
    """
    names = [wording["key"] for wording in content["wordings"]]
    wordings = [
        {**wording, "key": wording["key"] or (names[place] if place < len(names) else f"redaction-{place + 1}")}
        for place, wording in enumerate(earlier["wordings"])
    ]
    return {**earlier, "wordings": wordings, "links": content["links"]}


def _version(clause: Clause, version: ImportedVersion, content: dict[str, Any]) -> ClauseVersion:
    return ClauseVersion.objects.create(
        clause=clause,
        number=version.number,
        content=content,
        html=render_all(content),
        renderer_version=RENDERER_VERSION,
        author_id=version.author_id,
        published_by_id=version.author_id,
        note=version.note,
        created_at=version.created_at,
    )


def _replace(rows: list[ImportedClause], batch: Batch) -> None:
    successors = {row.replaced_by for row in rows if row.replaced_by}
    pks = already_imported(successors)
    for row in rows:
        clause = batch.clauses[row.source_key]
        if row.state == ClauseState.OBSOLETE and row.versions:
            change_clause(clause, state=ClauseState.OBSOLETE, replaced_by_id=pks.get(row.replaced_by))
            if row.replaced_by and row.replaced_by not in pks:
                batch.missing.append((row.source_key, "replaced_by", row.replaced_by))


def _keep_to_review(rows: list[ImportedClause], batch: Batch) -> None:
    """What was to be read again where it comes from is so here, though the move of the law is not known here."""
    for row in rows:
        clause = batch.clauses[row.source_key]
        if row.legal_state == LegalState.TO_REVIEW and clause.legal_state == LegalState.CURRENT:
            change_clause(clause, law_moved_on=row.created_at.date())
            refresh_legal_states([clause])


def _catch_up_sequence() -> None:
    """Keys given by hand leave PostgreSQL's counter behind."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [Clause]):
            cursor.execute(statement)
