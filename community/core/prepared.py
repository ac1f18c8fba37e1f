"""Queries whose SQL is compiled once: on busy pages, building a queryset costs more than running it.

The rule stays a queryset, written with the same words as everywhere; only its compilation is kept. What varies is
given as whole numbers (keys of rows, counts), for which marks stand in the kept SQL. A queryset that depends on the
clock, or on anything that is neither in its `key` nor a number, must not be prepared. A number that the SQL does not
hold as a parameter of its own (lost in a word, in a limit, or not used at all) is refused when the query is compiled:
it would be the same for everyone.
"""

from collections.abc import Callable, Hashable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import QuerySet

from .prepared_rows import Convert, Make, converter_of, maker_of

_FIRST_MARK = 4_000_000_000_000_000_001
# Lists of ids are padded to one of these lengths, so that few shapes of SQL exist.
_LENGTHS = (8, 24, 64, 200)
# Past this many shapes of one query, whoever asks for every combination of filters only empties what is kept.
MAX_KEPT = 512


class LostMark(RuntimeError):
    """A number given to a prepared query that its SQL does not take as a parameter."""


@dataclass(frozen=True, slots=True)
class _Statement:
    """`places` are the parameters: (True, rank of the number given) or (False, the value)."""

    sql: str
    places: list[tuple[bool, Any]]
    using: str
    convert: Convert
    make: Make


# Of a rule that gives nothing (`none()`): there is no SQL to run.
_NOTHING = _Statement("", [], "", lambda rows, connection: [], lambda rows: [])


class Prepared:
    """`build(*key, **numbers)` gives the queryset; `ids`, when used, arrives as a list of numbers.

    Numbers are compared with columns of 64 bits, as keys are: LostMark where a smaller one could not hold the marks.
    """

    def __init__(self, build: Callable[..., QuerySet]):
        self.build = build
        self._kept: dict[Hashable, _Statement] = {}

    def rows(self, *key: Hashable, ids: Sequence[int] | None = None, **numbers: int) -> list:
        if ids is not None and not ids:
            return []
        if ids is not None and len(ids) > _LENGTHS[-1]:
            return list(self.build(*key, ids=list(ids), **numbers))
        kept, params = self._find(key, ids, numbers)
        return [] if kept is _NOTHING else self._run(kept, params)

    def statement(self, *key: Hashable, ids: Sequence[int] | None = None, **numbers: int) -> tuple[str, tuple]:
        """The SQL and its parameters, for who runs it later. EmptyResultSet when there is nothing to run."""
        kept, params = self._find(key, ids, numbers)
        if kept is _NOTHING:
            raise EmptyResultSet
        return kept.sql, params

    def _find(self, key: tuple, ids: Sequence[int] | None, numbers: dict[str, int]):
        padded = pad(ids) if ids else []
        full_key = (*key, tuple(numbers), len(padded))
        kept = self._kept.get(full_key)
        if kept is None:
            if len(self._kept) >= MAX_KEPT:
                self._kept.clear()
            kept = self._kept[full_key] = self._prepare(key, numbers, len(padded))
        values = [*numbers.values(), *padded]
        return kept, tuple(values[at] if is_mark else at for is_mark, at in kept.places)

    def _prepare(self, key: tuple, numbers: dict[str, int], length: int) -> "_Statement":
        marks = {name: _FIRST_MARK + rank for rank, name in enumerate(numbers)}
        first_id = _FIRST_MARK + len(marks)
        lists = {"ids": [first_id + rank for rank in range(length)]} if length else {}
        template = self.build(*key, **marks, **lists)
        compiler = template.query.get_compiler(using=template.db)
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:
            _refuse_too_large(self.build(*key, **dict.fromkeys(marks, 1), **{name: [1] for name in lists}))
            return _NOTHING
        places = []
        for value in params:
            # Drivers may wrap whole numbers in types of their own (psycopg does).
            rank = int(value) - _FIRST_MARK if isinstance(value, int) else -1
            is_mark = 0 <= rank < len(marks) + length
            places.append((is_mark, rank if is_mark else value))
        _refuse_lost([*marks, *(f"ids[{rank}]" for rank in range(length))], places)
        return _Statement(sql, places, template.db, converter_of(compiler), maker_of(template, compiler))

    def _run(self, kept: "_Statement", params: tuple) -> list:
        connection = connections[kept.using]
        with connection.cursor() as cursor:
            cursor.execute(kept.sql, params)
            rows = cursor.fetchall()
        return kept.make(kept.convert(rows, connection))


def _refuse_lost(names: list[str], places: list[tuple[bool, Any]]) -> None:
    kept = {rank for is_mark, rank in places if is_mark}
    lost = [name for rank, name in enumerate(names) if rank not in kept]
    if lost:
        raise LostMark(f"{', '.join(lost)}: not a parameter of the SQL")


def _refuse_too_large(small: QuerySet) -> None:
    """A column smaller than the marks makes nothing of a query that finds rows with small numbers."""
    with suppress(EmptyResultSet):
        small.query.get_compiler(using=small.db).as_sql()
        raise LostMark("a number is compared with a column that does not hold 64 bits")


def pad(ids: Sequence[int]) -> list[int]:
    length = next((each for each in _LENGTHS if each >= len(ids)), len(ids))
    return [*ids, *([ids[-1]] * (length - len(ids)))]
