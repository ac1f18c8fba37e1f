"""tsvector made of our tokens: PostgreSQL's own dictionaries are never asked."""

import re

from django.db import connection

from search.analysis import All, Any, Node, Phrase, Word
from search.documents import Document

from .base import Ask
from .pieces import Sql
from .sql import SqlEngine
from .writing import ROWS_A_STATEMENT, TEXT, text_values

# What each part of a text is worth, in the order that ts_rank wants: D, C, B, A.
WEIGHTS = "'{0.15, 0.3, 0.65, 1.0}'"
NORMALISED = 1  # divided by the logarithm of the length
LAST_POSITION = 16_383
MAX_LEXEMES = 40_000
GIN = ("search_document_vector", "search_document_title")
# Small tables too: no autovacuum looks at them.
ANALYSED = (
    "search_searchdocument", "search_searchtext", "search_searchfacet", "search_searchgroup", "search_searchacl",
    "search_searchaclname", "search_searchword",
)  # fmt: skip
_SAFE = re.compile(r"[\w@-]+")


def lexeme(token: str, *, prefix: bool = False) -> str:
    # Tokens have no quote; one that had would end here, not in the language.
    return f"'{token.replace(chr(39), '')}'" + ":*" * prefix


def expression(node: Node) -> str:
    """tsquery's own language, made of our tokens only: nothing typed reaches it."""
    if isinstance(node, Word):
        tokens = [lexeme(node.exact, prefix=node.prefix)] if node.exact else []
        return f"({' | '.join([*tokens, *map(lexeme, node.stems)])})"
    if isinstance(node, Phrase):
        return f"({' <-> '.join(map(lexeme, node.tokens))})"
    word = " & " if isinstance(node, All) else " | "
    return f"({word.join(map(expression, node.nodes))})"


def vector(doc: Document) -> str:
    """The text form of a tsvector: words and stems at their places, each part with its weight."""
    places: dict[str, list[str]] = {}
    tokens = doc.tokens

    def add(words: tuple[str, ...], first: int, weight: str, *, limit: int | None = None) -> None:
        for rank, word in enumerate(words):
            at = min(first + (rank if limit is None else min(rank, limit)), LAST_POSITION)
            if len(places) < MAX_LEXEMES and _SAFE.fullmatch(word):
                places.setdefault(word, []).append(f"{at}{weight}")

    title, body = tokens.title, tokens.body
    after_title = len(title.words) + 10
    after_body = after_title + len(body.words) + 10
    add(title.words, 1, "A")
    add(title.stems, 1, "B", limit=len(title.words) + 2)
    add(body.words, after_title, "C")
    add(body.stems, after_title, "D", limit=len(body.words) + 2)
    add(tokens.context, after_body, "D")
    return " ".join(f"'{word}':{','.join(found[:250])}" for word, found in places.items())


def title_vector(doc: Document) -> str:
    title = doc.tokens.title
    places: dict[str, list[str]] = {}
    for words in (title.words, title.stems):
        for rank, word in enumerate(words, start=1):
            if _SAFE.fullmatch(word):
                places.setdefault(word, []).append(str(min(rank, LAST_POSITION)))
    return " ".join(f"'{word}':{','.join(found[:250])}" for word, found in places.items())


class PostgresqlEngine(SqlEngine):
    """The vectors stand beside what is counted, and out of its pages (the migration says so): a word that thousands of
    texts hold is counted by reading small rows.
    """

    name = "postgresql"
    base = f"ts_rank({WEIGHTS}, d.vector, m.q, {NORMALISED})"
    many = 2_500
    candidates = 500
    vectors = (("vector", vector), ("title_vector", title_vector))

    def among(self, ask: Ask, *, titles: bool = False, further: str = "") -> Sql:
        if ask.node is not None and (titles or ask.titles_only):
            found = self._found("title_vector", expression(ask.node), further)
            if ask.authors:
                found += Sql(" AND d.vector @@ CAST(%s AS tsquery)", [expression(All(ask.authors))])
        else:
            words = [ask.node] if ask.node is not None else []
            found = self._found("vector", expression(All((*words, *ask.authors))), further)
        if ask.excluded:
            found += Sql(" AND NOT d.vector @@ CAST(%s AS tsquery)", [expression(Any(ask.excluded))])
        return found

    def beginning(self, ask: Ask) -> Sql:
        return self._found("title_vector", expression(All(ask.groups)))

    def without(self, excluded: tuple[Node, ...]) -> Sql:
        # By the index: of every document, each vector would be read.
        return Sql(" AND d.id NOT IN (SELECT d.id FROM ") + self._found("vector", expression(Any(excluded))) + Sql(")")

    def _found(self, column: str, text: str, further: str = "") -> Sql:
        return self._asking(text, f"search_searchdocument d {further}WHERE d.{column} @@ m.q")

    def among_chosen(self, ask: Ask, keys: list[int]) -> Sql:
        return self._asking(expression(ask.node), "search_searchdocument d WHERE d.id = ANY(%s)", keys)

    def _asking(self, text: str, found: str, *values: list[int]) -> Sql:
        # A value that is not known beforehand: for a word of a third of the texts, the plan would otherwise be to read
        # every vector rather than the index.
        return Sql(f"(SELECT CAST(%s AS tsquery) AS q OFFSET 0) m CROSS JOIN {found}", [text, *values])

    def write_text(self, cursor, rows: list[tuple[int, Document]], *, known: set[int]) -> None:
        changes = ", ".join(f"{name} = excluded.{name}" for name in TEXT)
        row = f"(%s{', %s' * len(TEXT)})"
        for start in range(0, len(rows), ROWS_A_STATEMENT):
            part = [(pk, *text_values(doc)) for pk, doc in rows[start : start + ROWS_A_STATEMENT]]
            cursor.execute(
                f"INSERT INTO search_searchtext (document_id, {', '.join(TEXT)}) VALUES {', '.join([row] * len(part))} "
                f"ON CONFLICT (document_id) DO UPDATE SET {changes}",
                [value for each in part for value in each],
            )

    def settle(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {', '.join(ANALYSED)}")
            # What an index did not sort yet is read through by each search.
            cursor.execute("SELECT gin_clean_pending_list(each) FROM unnest(%s::regclass[]) each", [list(GIN)])
