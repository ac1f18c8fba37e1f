"""What the two database stores share: one statement counts every facet and picks the page."""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from operator import itemgetter
from typing import Any

from django.db import connection
from django.utils import timezone

from search.documents import Document, microseconds

from .base import MAX_DEPTH, Ask, Found, Hit, Status

YEAR = 365 * 24 * 3600 * 1_000_000
# A first guess of how many rows make a page once those of one thread are one.
COLLAPSING = 4
ROWS_A_STATEMENT = 200
MULTIPLE = ("piece", "objectif", "motcle")
COLUMNS = {"type": "kind", "famille": "top_family_id", "etat": "state"}
HIT = "d.id, d.kind, d.thread, d.family_id, d.top_family_id, d.state, d.written"
DOCUMENT = (
    "kind", "object_id", "part", "thread", "acl_id", "space_id", "owner_id", "family_id", "top_family_id", "state",
    "written", "opened", "weight", "digest",
)  # fmt: skip
TEXT = ("title", "body", "title_words", "body_words", "title_stems", "body_stems", "context")


class Sql:
    """A piece of SQL and its parameters, put together in the order of the text."""

    def __init__(self, text: str = "", params: Iterable = ()):
        self.text, self.params = text, list(params)

    def __add__(self, other: "Sql | str") -> "Sql":
        if isinstance(other, str):
            return Sql(self.text + other, self.params)
        return Sql(self.text + other.text, [*self.params, *other.params])


def joined(parts: Sequence[Sql], word: str) -> Sql:
    return Sql(word.join(part.text for part in parts), [value for part in parts for value in part.params])


def among(column: str, values: Sequence) -> Sql:
    if not values:
        return Sql("1 = 0")
    return Sql(f"{column} IN ({', '.join(['%s'] * len(values))})", values)


class SqlEngine(ABC):
    name = "sql"
    is_transactional = True

    @abstractmethod
    def matches(self, ask: Ask) -> Sql:
        """Rows (id, base): the documents whose text is asked, and how well they match."""

    @abstractmethod
    def completes(self, ask: Ask) -> Sql:
        """As `matches`, for what is being typed."""

    @abstractmethod
    def write_text(self, cursor, rows: list[tuple[int, Document]], *, known: set[int]) -> None: ...

    def search(self, ask: Ask) -> Found:
        hits_cte = self._hits(ask)
        wanted = ask.offset + ask.size + 1
        rows = self._run(self._counted(ask, hits_cte, wanted * COLLAPSING))
        found = Found(facets={name: {} for name in ask.counted})
        best: list[tuple[int, str, float]] = []
        for section, value, number, thread in rows:
            if section == "hit":
                best.append((int(value), thread, number))
            elif section == "total":
                found.total = int(number)
            elif number:
                found.facets[section][value] = int(number)
        collapsed = collapse(best)
        if len(collapsed) < wanted and len(best) == wanted * COLLAPSING:
            further = self._run(hits_cte + self._page(ask, MAX_DEPTH * COLLAPSING))
            collapsed = collapse([(int(row[1]), row[3], row[2]) for row in further])
        page = collapsed[ask.offset : ask.offset + ask.size]
        found.more = len(collapsed) > ask.offset + ask.size and wanted < MAX_DEPTH
        found.hits = self._read(page)
        return found

    def resembling(self, ask: Ask) -> list[Hit]:
        statement = self._hits(ask) + self._page(ask, ask.size * COLLAPSING)
        rows = collapse([(int(row[1]), row[3], row[2]) for row in self._run(statement)])
        return self._read(rows[: ask.size])

    def complete(self, ask: Ask) -> list[Hit]:
        rows = self._run(self._hits(ask, self.completes(ask)) + self._page(ask, ask.size * 2))
        return self._read(collapse([(int(row[1]), row[3], row[2]) for row in rows])[: ask.size])

    def matching(self, ask: Ask, cap: int) -> list[tuple[str, int, str]]:
        """(kind, pk, thread) of what matches, the best first."""
        statement = self._hits(ask, columns=f"{HIT}, d.object_id") + Sql(
            "SELECT kind, object_id, thread FROM hit ORDER BY score DESC LIMIT %s", [cap]
        )
        return [tuple(row) for row in self._run(statement)]

    def counts(self, asks: list[Ask], cap: int) -> list[int]:
        """How many documents meet each, counted up to `cap`."""
        parts = [
            Sql("SELECT count(*) FROM (SELECT d.id FROM (")
            + self.matches(ask)
            + Sql(") m CROSS JOIN search_searchdocument d WHERE d.id = m.id AND ")
            + self._allowed(ask)
            + Sql(" LIMIT %s) counted", [cap])
            for ask in asks
        ]
        return [self._run(part)[0][0] for part in parts]

    def _hits(self, ask: Ask, matches: Sql | None = None, columns: str = HIT) -> Sql:
        """`hit`: what matches and may be read, before the filters of facets."""
        now = microseconds(timezone.now())
        fresh = f"(1.0 + 0.2 / (1.0 + ({now} - d.written) / {YEAR}.0))"
        if ask.groups or matches is not None:
            text = Sql("WITH m AS MATERIALIZED (") + (matches or self.matches(ask)) + Sql(")")
            score = f"m.base * d.weight * {fresh} AS score"
            source = "m CROSS JOIN search_searchdocument d WHERE d.id = m.id AND "
        else:
            text, score, source = (
                Sql("WITH m AS (SELECT 1)"),
                "d.written / 1.0e15 AS score",
                "search_searchdocument d WHERE ",
            )
        return (
            text
            + Sql(f", hit AS MATERIALIZED (SELECT {columns}, {score} FROM {source}")
            + self._allowed(ask)
            + Sql(") ")
        )

    def _allowed(self, ask: Ask) -> Sql:
        """Rights, place, dates: what narrows every count."""
        reader = ask.reader
        conditions = [
            Sql("d.acl_id IN (SELECT acl_id FROM search_searchaclname WHERE ") + among("name", reader.names) + ")",
            Sql("(d.space_id IS NULL OR ") + among("d.space_id", reader.spaces) + ")",
        ]
        for space_id, floor in reader.floors.items():
            conditions.append(
                Sql(
                    "NOT (COALESCE(d.space_id, 0) = %s AND d.opened < %s AND COALESCE(d.owner_id, 0) <> %s)",
                    [space_id, floor, reader.member_id],
                )
            )
        if ask.kinds:
            conditions.append(among("d.kind", ask.kinds))
        if ask.spaces is not None:
            conditions.append(among("d.space_id", ask.spaces))
        if ask.before is not None:
            conditions.append(Sql("d.written < %s", [ask.before]))
        if ask.after is not None:
            conditions.append(Sql("d.written >= %s", [ask.after]))
        return joined(conditions, " AND ")

    def _kept(self, ask: Ask, without: str = "") -> Sql:
        """The filters of facets, but one: each facet counts what it would add."""
        conditions = [Sql("1 = 1")]
        for name, values in ask.chosen.items():
            if name == without or not values:
                continue
            if name == "periode":
                conditions.append(Sql("h.written >= %s", [ask.periods[values[0]]]))
            elif name == "famille":
                # The filter of the page is a top family, that of the query any family.
                either = joined([among("h.family_id", values), among("h.top_family_id", values)], " OR ")
                conditions.append(Sql("(") + either + ")")
            elif name in MULTIPLE:
                conditions.append(
                    Sql(
                        "EXISTS (SELECT 1 FROM search_searchfacet f WHERE f.document_id = h.id AND f.name = %s AND ",
                        [name],
                    )
                    + among("f.value", values)
                    + ")"
                )
            else:
                conditions.append(among(f"h.{COLUMNS[name]}", values))
        return joined(conditions, " AND ")

    def _counted(self, ask: Ask, hits: Sql, limit: int) -> Sql:
        parts = [Sql("SELECT * FROM (") + self._page(ask, limit) + Sql(") page")]
        parts.append(Sql("SELECT 'total', '', count(*) * 1.0, '' FROM hit h WHERE ") + self._kept(ask))
        for name in ask.counted:
            kept = self._kept(ask, without=name)
            if name == "periode":
                for label, since in ask.periods.items():
                    parts.append(
                        Sql(
                            f"SELECT 'periode', '{label}', count(*) * 1.0, '' FROM hit h WHERE h.written >= %s AND ",
                            [since],
                        )
                        + kept
                    )
            elif name in MULTIPLE:
                parts.append(
                    Sql(
                        f"SELECT '{name}', f.value, count(*) * 1.0, '' FROM hit h "
                        f"JOIN search_searchfacet f ON f.document_id = h.id AND f.name = '{name}' WHERE "
                    )
                    + kept
                    + Sql(" GROUP BY f.value")
                )
            else:
                column = f"h.{COLUMNS[name]}"
                parts.append(
                    Sql(
                        f"SELECT '{name}', CAST({column} AS text), count(*) * 1.0, '' FROM hit h "
                        f"WHERE {column} IS NOT NULL AND "
                    )
                    + kept
                    + Sql(f" GROUP BY {column}")
                )
        return hits + joined(parts, " UNION ALL ")

    def _page(self, ask: Ask, limit: int) -> Sql:
        return (
            Sql("SELECT 'hit' AS section, CAST(h.id AS text) AS value, h.score AS number, h.thread FROM hit h WHERE ")
            + self._kept(ask)
            + Sql(" ORDER BY h.score DESC, h.id DESC LIMIT %s", [limit])
        )

    def _read(self, page: list[tuple[int, str, float]]) -> list[Hit]:
        if not page:
            return []
        statement = Sql(
            "SELECT d.id, d.kind, d.object_id, d.part, d.thread, t.title, t.body FROM search_searchdocument d "
            "JOIN search_searchtext t ON t.document_id = d.id WHERE "
        ) + among("d.id", [each[0] for each in page])
        rows = {row[0]: row for row in self._run(statement)}
        return [Hit(*rows[pk][1:], score) for pk, _thread, score in page if pk in rows]

    def _run(self, statement: Sql) -> list[tuple]:
        with connection.cursor() as cursor:
            cursor.execute(statement.text, statement.params)
            return cursor.fetchall()

    @contextmanager
    def rebuilding(self) -> Iterator["SqlEngine"]:
        """Written in place, batch by batch, each in its transaction: nothing is ever absent nor there twice."""
        yield self

    @abstractmethod
    def settle(self) -> None:
        """After many writes."""

    def write(self, documents: list[Document], *, anew: bool = False) -> list[Document]:
        """Adds or replaces; what did not change is left as it is, unless everything is written anew."""
        if not documents:
            return []
        with connection.cursor() as cursor:
            known = self._known(cursor, documents)
            changed = [doc for doc in documents if anew or known.get(doc.key, (0, ""))[1] != doc.digest]
            if not changed:
                return []
            acls = self._acl_ids(cursor, {doc.acl_names for doc in changed})
            ids = self._write_documents(cursor, changed, acls)
            # In the order of their keys: the index of SQLite then takes them in one piece.
            written = sorted(((ids[doc.key], doc) for doc in changed), key=itemgetter(0))
            before = {known[doc.key][0] for doc in changed if doc.key in known}
            self._write_facets(cursor, written, before)
            reworded = [row for row in written if anew or not row[1].has_text_of(known.get(row[1].key, (0, ""))[1])]
            if reworded:
                self.write_text(cursor, reworded, known=before & {row[0] for row in reworded})
            return [doc for _pk, doc in reworded]

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

    def _acl_ids(self, cursor, names: set[str]) -> dict[str, int]:
        wanted = among("names", sorted(names))
        cursor.execute(f"SELECT names, id FROM search_searchacl WHERE {wanted.text}", wanted.params)
        found = dict(cursor.fetchall())
        for missing in sorted(names - found.keys()):
            # Two writers may add the same list at once: the update of nothing gives back the row of the first.
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

    def _write_documents(self, cursor, changed: list[Document], acls: dict[str, int]) -> dict[tuple, int]:
        changes = ", ".join(f"{name} = excluded.{name}" for name in DOCUMENT[3:])
        row = f"({', '.join(['%s'] * len(DOCUMENT))})"
        found = {}
        for start in range(0, len(changed), ROWS_A_STATEMENT):
            part = changed[start : start + ROWS_A_STATEMENT]
            cursor.execute(
                f"INSERT INTO search_searchdocument ({', '.join(DOCUMENT)}) VALUES {', '.join([row] * len(part))} "
                f"ON CONFLICT (kind, object_id, part) DO UPDATE SET {changes} RETURNING kind, object_id, part, id",
                [value for doc in part for value in document_values(doc, acls[doc.acl_names])],
            )
            found.update({(kind, pk, rank): key for kind, pk, rank, key in cursor.fetchall()})
        return found

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

    def keys(self, kind: str) -> dict[tuple[int, int], str]:
        rows = self._run(Sql("SELECT object_id, part, digest FROM search_searchdocument WHERE kind = %s", [kind]))
        return {(pk, part): digest for pk, part, digest in rows}

    def status(self) -> Status:
        rows = self._run(Sql("SELECT kind, count(*) FROM search_searchdocument GROUP BY kind ORDER BY kind"))
        return Status(self.name, dict(rows))


def collapse(rows: list[tuple[int, str, float]]) -> list[tuple[int, str, float]]:
    """The best of each thread, in order."""
    best: dict[str, tuple[int, str, float]] = {}
    for row in rows:
        best.setdefault(row[1], row)
    return list(best.values())


def document_values(doc: Document, acl_id: int) -> tuple[Any, ...]:
    return (
        doc.kind, doc.pk, doc.part, doc.thread_key, acl_id, doc.space_id, doc.owner_id, doc.family_id,
        doc.top_family_id, doc.state, doc.written_at, doc.opened_at, doc.weight, doc.digest,
    )  # fmt: skip


def text_values(doc: Document) -> tuple[Any, ...]:
    tokens = doc.tokens
    title, body = tokens.title, tokens.body
    return (
        doc.title, doc.body, " ".join(title.words), " ".join(body.words), " ".join(title.stems), " ".join(body.stems),
        " ".join(tokens.context),
    )  # fmt: skip
