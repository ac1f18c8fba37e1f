"""The rows of a dump's XML file, one at a time, in constant memory; what is hostile is refused, not read."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from community.core.progress import Bar, Report

# A row holds one post: beyond this, the file is made to fill the memory.
MAX_ROW_BYTES = 4_000_000
MAX_DEPTH = 3


class HostileFile(Exception):
    """A DOCTYPE, entities, or a row or a nesting that no dump has: nothing of the dump is taken."""


class _Meter:
    """The open file, counting what was read since the last row."""

    def __init__(self, file: BinaryIO, bar: Bar | None):
        self._file, self._bar, self._since_row = file, bar, 0

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self._since_row += len(data)
        if self._since_row > MAX_ROW_BYTES:
            raise HostileFile("une ligne dépasse la taille admise")
        if self._bar:
            self._bar.advance(len(data))
        return data

    def row_ended(self) -> None:
        self._since_row = 0


def read_rows(path: Path, report: Report, bar: Bar | None = None) -> Iterator[dict[str, str]]:
    """The attributes of each whole `<row/>`. A truncated or broken file gives what stands before the fault, and the
    report says so; a hostile one raises HostileFile.
    """
    with path.open("rb") as file:
        meter = _Meter(file, bar)
        try:
            yield from _rows(meter)
        except DefusedXmlException as error:
            raise HostileFile(f"{path.name} déclare un DOCTYPE ou des entités") from error
        except HostileFile as error:
            raise HostileFile(f"{path.name} : {error}") from error
        except (ParseError, UnicodeError, LookupError) as error:
            report.skip(f"{path.name} est tronqué ou mal formé : lu jusqu’à la faute ({error})")


def _rows(meter: _Meter) -> Iterator[dict[str, str]]:
    root = None
    depth = 0
    for event, element in iterparse(meter, events=("start", "end"), forbid_dtd=True):
        if event == "start":
            depth += 1
            root = element if root is None else root
            if depth > MAX_DEPTH:
                raise HostileFile("des éléments sont imbriqués sans fin")
            continue
        depth -= 1
        if depth == 1 and element.tag == "row":
            yield dict(element.attrib)
        if depth <= 1:
            # What was read is let go, the root keeping no trace of its children.
            root.clear()
            meter.row_ended()
