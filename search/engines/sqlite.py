"""FTS5: two indexes without a copy of the text, written with its table; a trigger forgets the rows that go."""

from django.db import connection

from search.analysis import All, Any, Node, Phrase, Word
from search.documents import Document

from .base import Ask
from .sql import TEXT, Sql, SqlEngine, among, text_values

# Beginnings of words are asked of titles only, which have an index of their own, made for it.
INDEXES = (
    ("search_index", "title_words, body_words, title_stems, body_stems, context", ""),
    ("search_titles", "title_words", " AND title_words <> ''"),
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


def asked(ask: Ask) -> str:
    node: Node = Any(ask.groups) if ask.any_group else All(ask.groups)
    text = expression(node)
    if ask.titles_only:
        text = f"{TITLES}{text}"
    for excluded in ask.excluded:
        text = f"({text}) NOT {expression(excluded)}"
    return text


class SqliteEngine(SqlEngine):
    name = "sqlite"

    def matches(self, ask: Ask) -> Sql:
        return Sql("SELECT rowid AS id, -rank AS base FROM search_index WHERE search_index MATCH %s", [asked(ask)])

    def completes(self, ask: Ask) -> Sql:
        """Titles are short: what they hold counts the same wherever it stands, and ranking them all would be slow."""
        text = expression(All(ask.groups))
        return Sql("SELECT rowid AS id, 1.0 AS base FROM search_titles WHERE search_titles MATCH %s", [text])

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
