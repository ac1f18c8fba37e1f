"""The bytes of a CSV file as rows of cells: encodings, separators and caps. Nothing is guessed beyond that."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .columns import REQUIRED, column_of

MAX_BYTES = 1_000_000
MAX_ROWS = 300
MAX_CELL = 5_000
SEPARATORS = ";,\t|"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class Unreadable(Exception):
    """The file is not taken at all: the message says why and what to do."""


@dataclass(frozen=True)
class RawRow:
    """`cells` by column. `problem` when the line itself is not whole."""

    line: int
    said: str
    cells: dict[str, str]
    problem: str = ""


def read_rows(data: bytes) -> list[RawRow]:
    """Raises Unreadable before anything is read when the file is not a table of purchases."""
    if len(data) > MAX_BYTES:
        raise Unreadable(_("Ce fichier dépasse 1 Mo : coupez-le."))
    text = decoded(data)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(text), strict=False)
    columns = header_of(reader)
    found = []
    for row in body_of(reader, columns):
        if len(found) >= MAX_ROWS:
            raise Unreadable(
                _("Ce fichier a plus de %(count)d lignes : coupez-le, rien n’a été ajouté.") % {"count": MAX_ROWS}
            )
        found.append(row)
    if not found:
        raise Unreadable(_("Ce fichier n’a que sa première ligne : ajoutez un achat par ligne."))
    return found


def decoded(data: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 with it, else what French spreadsheets write (Windows-1252)."""
    if not data.strip():
        raise Unreadable(_("Ce fichier est vide."))
    try:
        text = data.decode("utf-16" if data.startswith(_UTF16) else "utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError:
            raise Unreadable(_("Encodage illisible : enregistrez le fichier en CSV UTF-8.")) from None
    if "\0" in text:
        raise Unreadable(_("Ce fichier n’est pas un texte : enregistrez votre tableau au format CSV."))
    return text


def separator_of(text: str) -> str:
    """The one that the first line holds most of; quotes around headings hold none."""
    header = text.partition("\n")[0]
    return max(SEPARATORS, key=lambda mark: (header.count(mark), -SEPARATORS.index(mark)))


def header_of(reader) -> list[str]:
    try:
        headings = next(reader)
    except (StopIteration, csv.Error):
        raise Unreadable(_("La première ligne ne se lit pas.")) from None
    columns = [column_of(heading) for heading in headings]
    missing = [name for name in REQUIRED if name not in columns]
    if missing:
        raise Unreadable(
            _("La première ligne doit nommer les colonnes. Il manque : %(names)s. Partez du modèle de fichier.")
            % {"names": ", ".join(missing)}
        )
    known = [name for name in columns if name]
    if len(set(known)) != len(known):
        raise Unreadable(_("Deux colonnes portent le même nom : gardez-en une."))
    return columns


def body_of(reader, columns: list[str]) -> Iterator[RawRow]:
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield RawRow(line, "", {}, _("Cette ligne ne se lit pas : vérifiez ses guillemets."))
            continue
        if any(cell.strip() for cell in cells):
            yield raw_row(line, columns, cells)


def raw_row(line: int, columns: list[str], cells: list[str]) -> RawRow:
    said = " ; ".join(" ".join(cell.split())[:60] for cell in cells if cell.strip())[:160]
    if any(len(cell) > MAX_CELL for cell in cells):
        return RawRow(line, said, {}, _("Une cellule est trop longue : 5 000 caractères au plus."))
    if any(cell.strip() for cell in cells[len(columns) :]):
        return RawRow(
            line, said, {}, _("Cette ligne a plus de cellules que de colonnes : mettez les textes entre guillemets.")
        )
    pairs = zip(columns, cells, strict=False)
    return RawRow(line, said, {name: cell.strip() for name, cell in pairs if name})
