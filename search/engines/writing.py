"""How the two database stores are written: in the transaction of the content."""

import hashlib
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from operator import itemgetter
from typing import Any, Self

from django.db import connection

from search.documents import Document

from .facets import spelled
from .pieces import Sql, among

ROWS_A_STATEMENT = 200
DOCUMENT = ("kind", "object_id", "part", "thread", "group_id", "owner_id", "written", "opened", "weight", "digest")
TEXT = ("title", "body", "title_words", "body_words", "title_stems", "body_stems", "context")
GROUP = ("acl_id", "kind", "space_id", "family_id", "top_family_id", "state", "facets")

Vectors = tuple[tuple[str, Callable[[Document], str]], ...]


class SqlWriter(ABC):
    # What a database keeps of the text beside what is counted: columns, and what they hold of a document.
    vectors: Vectors = ()

    @abstractmethod
    def write_text(self, cursor, rows: list[tuple[int, Document]], *, known: set[int]) -> None: ...

    @abstractmethod
    def settle(self) -> None:
        """After many writes."""

    @contextmanager
    def rebuilding(self) -> Iterator[Self]:
        """Written in place, batch by batch, each in its transaction: nothing is ever absent nor there twice."""
        yield self

    def _run(self, statement: Sql) -> list[tuple]:
        with connection.cursor() as cursor:
            cursor.execute(statement.text, statement.params)
            return cursor.fetchall()

    def write(self, documents: list[Document], *, anew: bool = False) -> list[Document]:
        """Adds or replaces; what did not change is left as it is, unless everything is written anew."""
        if not documents:
            return []
        with connection.cursor() as cursor:
            known = self._known(cursor, documents)
            changed = [doc for doc in documents if anew or known.get(doc.key, (0, ""))[1] != doc.digest]
            if not changed:
                return []
            reworded = [doc for doc in changed if anew or not doc.has_text_of(known.get(doc.key, (0, ""))[1])]
            ids = self._write_documents(cursor, changed, {doc.key for doc in reworded})
            # In the order of their keys: the index of SQLite then takes them in one piece.
            written = sorted(((ids[doc.key], doc) for doc in changed), key=itemgetter(0))
            before = {known[doc.key][0] for doc in changed if doc.key in known}
            self._write_facets(cursor, written, before)
            if reworded:
                texts = sorted(((ids[doc.key], doc) for doc in reworded), key=itemgetter(0))
                self.write_text(cursor, texts, known=before & {row[0] for row in texts})
            return reworded

    def _known(self, cursor, documents: list[Document]) -> dict[tuple, tuple[int, str]]:
        by_kind = defaultdict(list)
        for doc in documents:
            by_kind[doc.kind].append(doc.pk)
        found = {}
        for kind, pks in by_kind.items():
            chosen = among("object_id", pks)
            cursor.execute(
                f"SELECT object_id, part, id, digest FROM search_searchdocument WHERE kind = %s AND {chosen.text}",
                [kind, *chosen.params],
            )
            found.update({(kind, pk, part): (key, digest) for pk, part, key, digest in cursor.fetchall()})
        return found

    def _group_ids(self, cursor, changed: list[Document]) -> dict[tuple, int]:
        """By what each document shares with others; those that are not there yet are added."""
        names = {shared: name_of(shared) for shared in map(shared_by, changed)}
        wanted = among("name", sorted(names.values()))
        cursor.execute(f"SELECT name, id FROM search_searchgroup WHERE {wanted.text}", wanted.params)
        found = dict(cursor.fetchall())
        missing = {name: shared for shared, name in names.items() if name not in found}
        acls = self._acl_ids(cursor, {shared[0] for shared in missing.values()}) if missing else {}
        # In one order for all writers, who would otherwise wait for one another.
        for name, (acl, *others) in sorted(missing.items()):
            # Two may add the same at once: the update of nothing gives back the row of the first.
            cursor.execute(
                f"INSERT INTO search_searchgroup (name, {', '.join(GROUP)}) "
                f"VALUES (%s{', %s' * len(GROUP)}) ON CONFLICT (name) DO UPDATE SET name = excluded.name "
                "RETURNING id",
                [name, acls[acl], *others],
            )
            found[name] = cursor.fetchone()[0]
        return {shared: found[name] for shared, name in names.items()}

    def _acl_ids(self, cursor, names: set[str]) -> dict[str, int]:
        wanted = among("names", sorted(names))
        cursor.execute(f"SELECT names, id FROM search_searchacl WHERE {wanted.text}", wanted.params)
        found = dict(cursor.fetchall())
        for missing in sorted(names - found.keys()):
            cursor.execute(
                "INSERT INTO search_searchacl (names) VALUES (%s) "
                "ON CONFLICT (names) DO UPDATE SET names = excluded.names RETURNING id",
                [missing],
            )
            found[missing] = cursor.fetchone()[0]
            for name in missing.split():
                cursor.execute(
                    "INSERT INTO search_searchaclname (name, acl_id) VALUES (%s, %s) ON CONFLICT DO NOTHING",
                    [name, found[missing]],
                )
        return found

    def _write_documents(self, cursor, changed: list[Document], reworded: set[tuple]) -> dict[tuple, int]:
        groups, found = self._group_ids(cursor, changed), {}
        for vectors, kept in self._by_columns(changed, reworded):
            names = (*DOCUMENT, *(name for name, _made in vectors))
            changes = ", ".join(f"{name} = excluded.{name}" for name in names[3:])
            row = f"({', '.join(['%s'] * len(DOCUMENT))}{', CAST(%s AS tsvector)' * len(vectors)})"
            for start in range(0, len(kept), ROWS_A_STATEMENT):
                part = kept[start : start + ROWS_A_STATEMENT]
                values = [document_values(doc, groups[shared_by(doc)], vectors) for doc in part]
                cursor.execute(
                    f"INSERT INTO search_searchdocument ({', '.join(names)}) VALUES {', '.join([row] * len(part))} "
                    f"ON CONFLICT (kind, object_id, part) DO UPDATE SET {changes} RETURNING kind, object_id, part, id",
                    [value for each in values for value in each],
                )
                found.update({(kind, pk, rank): key for kind, pk, rank, key in cursor.fetchall()})
        return found

    def _by_columns(self, changed: list[Document], reworded: set[tuple]) -> list[tuple[Vectors, list[Document]]]:
        """What is written with its vectors, and what leaves those of a text that did not change as they are."""
        if not self.vectors:
            return [((), changed)]
        anew = [doc for doc in changed if doc.key in reworded]
        return [(self.vectors, anew), ((), [doc for doc in changed if doc.key not in reworded])]

    def _write_facets(self, cursor, written: list[tuple[int, Document]], before: set[int]) -> None:
        if before:
            old = among("document_id", sorted(before))
            cursor.execute(f"DELETE FROM search_searchfacet WHERE {old.text}", old.params)
        rows = [(pk, *row) for pk, doc in written for row in doc.facet_rows()]
        if rows:
            cursor.executemany("INSERT INTO search_searchfacet (document_id, name, value) VALUES (%s, %s, %s)", rows)

    def remove(self, kind: str, pks: list[int]) -> None:
        chosen = among("object_id", pks)
        which = f"SELECT id FROM search_searchdocument WHERE kind = %s AND {chosen.text}"
        params = [kind, *chosen.params]
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM search_searchfacet WHERE document_id IN ({which})", params)
            cursor.execute(f"DELETE FROM search_searchtext WHERE document_id IN ({which})", params)
            cursor.execute(f"DELETE FROM search_searchdocument WHERE kind = %s AND {chosen.text}", params)


def shared_by(doc: Document) -> tuple:
    """In the order of GROUP, the list of those who may find it as its names."""
    return (
        doc.acl_names, doc.kind, doc.space_id, doc.family_id, doc.top_family_id, doc.state, spelled(doc.facet_rows()),
    )  # fmt: skip


def name_of(shared: tuple) -> str:
    """Long enough that two groups never have the same: their readers are not the same."""
    return hashlib.blake2b(repr(shared).encode(), digest_size=16).hexdigest()


def document_values(doc: Document, group_id: int, vectors: Vectors) -> tuple[Any, ...]:
    return (
        doc.kind, doc.pk, doc.part, doc.thread_key, group_id, doc.owner_id, doc.written_at, doc.opened_at, doc.weight,
        doc.digest, *(made(doc) for _name, made in vectors),
    )  # fmt: skip


def text_values(doc: Document) -> tuple[Any, ...]:
    tokens = doc.tokens
    title, body = tokens.title, tokens.body
    return (
        doc.title, doc.body, " ".join(title.words), " ".join(body.words), " ".join(title.stems), " ".join(body.stems),
        " ".join(tokens.context),
    )  # fmt: skip
