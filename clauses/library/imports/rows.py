"""Rows of a CSV or JSON file, one at a time, with their line: what cannot be read is told and the rest goes on."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from clauses.library.opendata.cells import from_cell
from clauses.library.opendata.schema import FIELDS, NAMES

MAX_FILE = 200_000_000
MAX_ROWS = 5_000
# A clause with its eight longest wordings and every advice stays below.
MAX_RECORD = 400_000
CHUNK = 65_536

BAD_ENCODING = "encodage illisible : UTF-8 est attendu"
TOO_LONG = "ligne trop longue"


class NotATable(Exception):
    """The file is not one of the two formats: the message says why, in French."""


@dataclass(frozen=True)
class Row:
    """`record` or `problem`."""

    line: int
    record: dict[str, Any] | None = None
    problem: str = ""


def read_rows(path: Path) -> Iterator[Row]:
    """Raises NotATable before the first row when the file is not read at all."""
    if not path.is_file():
        raise NotATable(f"{path} est introuvable")
    if path.stat().st_size > MAX_FILE:
        raise NotATable("il dépasse 200 Mo")
    readers = {".csv": csv_rows, ".json": json_rows}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise NotATable("son nom ne finit ni par .csv ni par .json")
    # What is not UTF-8 comes through as lone halves of characters, told row by row.
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
        yield from reader(file)


def csv_rows(file: TextIO) -> Iterator[Row]:
    header = file.readline(MAX_RECORD)
    file.seek(0)
    previous = csv.field_size_limit(MAX_RECORD)
    try:
        reader = csv.reader(file, delimiter=";" if header.count(";") > header.count(",") else ",")
        names = _header(reader)
        # A lone quote swallows what follows it: the reader's line tells where the row began.
        while True:
            start = reader.line_num + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                yield Row(start, problem=TOO_LONG)
                continue
            if any(cells):
                yield _csv_row(start, names, cells)
    finally:
        csv.field_size_limit(previous)


def _header(reader) -> list[str]:
    try:
        names = [name.strip() for name in next(reader)]
    except StopIteration:
        raise NotATable("il est vide") from None
    except csv.Error:
        raise NotATable("sa première ligne est trop longue") from None
    if "titre" not in names or "redactions" not in names:
        raise NotATable("sa première ligne ne nomme pas les colonnes du schéma (titre, redactions…)")
    if len(set(names)) != len(names):
        raise NotATable("deux colonnes portent le même nom")
    return names


def _csv_row(line: int, names: list[str], cells: list[str]) -> Row:
    if sum(map(len, cells)) > MAX_RECORD:
        return Row(line, problem=TOO_LONG)
    if len(cells) > len(names):
        return Row(line, problem=f"{len(cells)} cellules pour {len(names)} colonnes")
    if not all(map(_is_utf8, cells)):
        return Row(line, problem=BAD_ENCODING)
    given = dict(zip(names, cells, strict=False))
    try:
        return Row(line, {field.name: from_cell(field, given.get(field.name, "")) for field in FIELDS})
    except ValueError as error:
        return Row(line, problem=str(error))


def _is_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def json_rows(file: TextIO) -> Iterator[Row]:
    for line, text in json_objects(file):
        yield _json_row(line, text)


def _json_row(line: int, text: str | None) -> Row:
    if text is None:
        return Row(line, problem=TOO_LONG)
    if not _is_utf8(text):
        return Row(line, problem=BAD_ENCODING)
    try:
        record = json.loads(text, parse_constant=_refuse)
        # Halves of characters written as escapes.
        json.dumps(record, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return Row(line, problem=BAD_ENCODING)
    except (ValueError, RecursionError):
        return Row(line, problem="JSON mal formé")
    if not isinstance(record, dict):
        return Row(line, problem="un objet est attendu")
    given = {name: record[name] for name in NAMES if name in record}
    return Row(line, {field.name: given.get(field.name, [] if field.nested else None) for field in FIELDS})


def _refuse(constant: str):
    raise ValueError(constant)


def json_objects(file: TextIO) -> Iterator[tuple[int, str | None]]:
    """The text of each element of the list, cut without reading the whole file; None for one that is too long.

    The list is the file itself, or the « clauses » of an object.
    """
    scanner = _Scanner()
    while chunk := file.read(CHUNK):
        yield from scanner.feed(chunk)
    if not scanner.opened:
        raise NotATable("il ne contient pas de liste « clauses »")
    if scanner.depth > 0 or scanner.piece:
        yield scanner.started, "…"


class _Scanner:
    """Follows strings, braces and brackets only: what stands between is read by the json module."""

    def __init__(self) -> None:
        self.line, self.depth, self.base = 1, 0, 0
        self.in_string = self.escaped = self.opened = self.closed = False
        self.piece: list[str] = []
        self.length, self.started = 0, 1
        self.word: list[str] = []
        self.last_word = ""

    def feed(self, chunk: str) -> Iterator[tuple[int, str | None]]:
        for character in chunk:
            self.line += character == "\n"
            if self.closed:
                return
            if self.opened:
                yield from self._inside(character)
            else:
                self._before(character)

    def _before(self, character: str) -> None:
        if self._string(character):
            return
        if character in "[{":
            if character == "[" and (self.depth == 0 or (self.depth == 1 and self.last_word == "clauses")):
                self.opened = True
                self.depth = 0
                return
            self.depth += 1
        elif character in "]}":
            self.depth -= 1
        elif character == ",":
            self.last_word = ""

    def _string(self, character: str) -> bool:
        """Says whether the character belongs to a string, whose first fifty characters are kept."""
        if self.in_string:
            if self.escaped:
                self.escaped = False
            elif character == "\\":
                self.escaped = True
            elif character == '"':
                self.in_string = False
                self.last_word = "".join(self.word)
                return True
            if len(self.word) < 50:
                self.word.append(character)
            return True
        if character == '"':
            self.in_string, self.word = True, []
            return True
        return False

    def _inside(self, character: str) -> Iterator[tuple[int, str | None]]:
        if not self._string(character):
            if character in "[{":
                self.depth += 1
            elif character in "]}":
                if self.depth == 0:
                    self.closed = True
                    yield from self._end()
                    return
                self.depth -= 1
            elif character == "," and self.depth == 0:
                yield from self._end()
                return
            if not self.piece and character.isspace():
                return
        if not self.piece:
            self.started = self.line
        self.length += 1
        if self.length <= MAX_RECORD:
            self.piece.append(character)

    def _end(self) -> Iterator[tuple[int, str | None]]:
        if self.piece:
            yield self.started, "".join(self.piece) if self.length <= MAX_RECORD else None
        self.piece, self.length = [], 0
