"""FTS5: two indexes without a copy of the text, written with its table; a trigger forgets the rows that go."""

from django.db import connection

from search.analysis import All, Any, Node, Phrase, Word
from search.documents import Document

from .base import Ask
from .pieces import Sql, among
from .sql import SqlEngine
from .writing import TEXT, text_values

# Beginnings of words are asked of titles only, which have an index of their own, made for it.
INDEXES = (
    ("search_index", "title_words, body_words, title_stems, body_stems, context", ""),
    ("search_titles", "title_words, title_stems", " AND title_words <> ''"),
)
TITLES = "{title_words title_stems} : "


def expression(node: Node) -> str:
    """FTS5's own language, made of our tokens only: nothing typed reaches it."""
    if isinstance(node, Word):
        tokens = [quoted(node.exact, prefix=node.prefix)] if node.exact else []
        return f"({' OR '.join([*tokens, *map(quoted, node.stems)])})"
    if isinstance(node, Phrase):
        return quoted(" ".join(node.tokens))
    word = " AND " if isinstance(node, All) else " OR "
    return f"({word.join(map(expression, node.nodes))})"


def quoted(token: str, *, prefix: bool = False) -> str:
    return f'"{token}"*' if prefix else f'"{token}"'


def asked(ask: Ask, *, titles: bool = False) -> str:
    parts = list(map(expression, ask.authors))
    if ask.node is not None:
        words = expression(ask.node)
        parts.append(f"({TITLES}{words})" if titles or ask.titles_only else words)
    text = " AND ".join(parts)
    return f"({text}) NOT {expression(Any(ask.excluded))}" if ask.excluded else text


class SqliteEngine(SqlEngine):
    name = "sqlite"
    base = "m.base"
    by_group = " INDEXED BY search_document_by_group"

    def among(self, ask: Ask, *, titles: bool = False, further: str = "") -> Sql:
        return self._found("search_index", "-rank", asked(ask, titles=titles), further)

    def beginning(self, ask: Ask) -> Sql:
        return self._found("search_titles", "1.0", expression(All(ask.groups)))

    def without(self, excluded: tuple[Node, ...]) -> Sql:
        return Sql(
            " AND d.id NOT IN (SELECT rowid FROM search_index WHERE search_index MATCH %s)", [expression(Any(excluded))]
        )

    def _found(self, index: str, base: str, text: str, further: str = "") -> Sql:
        # The rank is computed where it is used, and costs more than all the rest.
        return Sql(
            f"(SELECT rowid AS id, {base} AS base FROM {index} WHERE {index} MATCH %s) m "
            f"CROSS JOIN search_searchdocument d INDEXED BY search_document_narrow {further}WHERE d.id = m.id",
            [text],
        )

    def among_chosen(self, ask: Ask, keys: list[int]) -> Sql:
        # Without the sign, each would be a search of its own.
        return self.among(ask) + f" AND +m.id IN ({', '.join(map(str, keys))})"

    def write_text(self, cursor, rows: list[tuple[int, Document]], *, known: set[int]) -> None:
        """The indexes are told of a whole batch at once: half the price of a trigger for each row."""
        if known:
            # They have no copy of the text: what they forget is told to them, before it changes.
            self._tell(cursor, sorted(known), forgetting=True)
        changes = ", ".join(f"{name} = excluded.{name}" for name in TEXT)
        cursor.executemany(
            f"INSERT INTO search_searchtext (document_id, {', '.join(TEXT)}) VALUES (%s{', %s' * len(TEXT)}) "
            f"ON CONFLICT (document_id) DO UPDATE SET {changes}",
            [(pk, *text_values(doc)) for pk, doc in rows],
        )
        self._tell(cursor, [pk for pk, _doc in rows])

    def _tell(self, cursor, keys: list[int], *, forgetting: bool = False) -> None:
        which = among("document_id", keys)
        for table, columns, where in INDEXES:
            first, value = (f"{table}, ", "'delete', ") if forgetting else ("", "")
            cursor.execute(
                f"INSERT INTO {table} ({first}rowid, {columns}) SELECT {value}document_id, {columns} "
                f"FROM search_searchtext WHERE {which.text}{where} ORDER BY document_id",
                which.params,
            )

    def settle(self) -> None:
        """After many writes: the indexes in one piece."""
        with connection.cursor() as cursor:
            for table, _columns, _where in INDEXES:
                cursor.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")
