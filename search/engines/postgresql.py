"""tsvector made of our tokens: PostgreSQL's own dictionaries are never asked."""

import re

from django.db import connection

from search.analysis import All, Any, Node, Phrase, Word
from search.documents import Document

from .base import Ask
from .sql import TEXT, Sql, SqlEngine, text_values

# What each part of a text is worth, in the order that ts_rank wants: D, C, B, A.
WEIGHTS = "'{0.15, 0.3, 0.65, 1.0}'"
NORMALISED = 1  # divided by the logarithm of the length
LAST_POSITION = 16_383
MAX_LEXEMES = 40_000
_SAFE = re.compile(r"[\w@-]+")


def lexeme(token: str, *, weights: str = "", prefix: bool = False) -> str:
    suffix = ("*" if prefix else "") + weights
    return f"'{token}'" + (f":{suffix}" if suffix else "")


def expression(node: Node, weights: str = "") -> str:
    """tsquery's own language, made of our tokens only: nothing typed reaches it."""
    if isinstance(node, Word):
        tokens = [lexeme(node.exact, weights=weights, prefix=node.prefix)] if node.exact else []
        return f"({' | '.join([*tokens, *(lexeme(stem, weights=weights) for stem in node.stems)])})"
    if isinstance(node, Phrase):
        return f"({' <-> '.join(lexeme(token, weights=weights) for token in node.tokens)})"
    word = " & " if isinstance(node, All) else " | "
    return f"({word.join(expression(each, weights) for each in node.nodes)})"


def asked(ask: Ask) -> str:
    node: Node = Any(ask.groups) if ask.any_group else All(ask.groups)
    text = expression(node, "AB" if ask.titles_only else "")
    for excluded in ask.excluded:
        text = f"{text} & !{expression(excluded)}"
    return text


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


class PostgresqlEngine(SqlEngine):
    name = "postgresql"

    def matches(self, ask: Ask) -> Sql:
        return Sql(
            f"SELECT document_id AS id, ts_rank({WEIGHTS}, vector, q, {NORMALISED}) AS base "
            "FROM search_searchtext, CAST(%s AS tsquery) q WHERE vector @@ q",
            [asked(ask)],
        )

    def completes(self, ask: Ask) -> Sql:
        return Sql(
            "SELECT document_id AS id, 1.0 AS base FROM search_searchtext WHERE vector @@ CAST(%s AS tsquery)",
            [expression(All(ask.groups), "A")],
        )

    def write_text(self, cursor, rows: list[tuple[int, Document]], *, known: set[int]) -> None:
        changes = ", ".join(f"{name} = excluded.{name}" for name in (*TEXT, "vector"))
        cursor.executemany(
            f"INSERT INTO search_searchtext (document_id, {', '.join(TEXT)}, vector) "
            f"VALUES (%s{', %s' * len(TEXT)}, CAST(%s AS tsvector)) ON CONFLICT (document_id) DO UPDATE SET {changes}",
            [(pk, *text_values(doc), vector(doc)) for pk, doc in rows],
        )

    def settle(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE search_searchdocument, search_searchtext, search_searchfacet, search_searchaclname")
