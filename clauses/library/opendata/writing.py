"""The files themselves, written as they are read: nothing of the library is held whole in memory."""

import csv
import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings

from .cells import row_of
from .records import last_published, public_records
from .schema import NAMES, SCHEMA_FILE, schema

LICENCE = "CC BY 4.0 ou Licence Ouverte 2.0, clause par clause"
ATTRIBUTION = "Entraide, bibliothèque de clauses de la commande publique durable"


class _Line:
    """What `csv.writer` writes to: gives back each line."""

    def write(self, line: str) -> str:
        return line


def csv_lines() -> Iterator[str]:
    writer = csv.writer(_Line())
    yield writer.writerow(NAMES)
    for record in public_records():
        yield writer.writerow(row_of(record))


def json_pieces() -> Iterator[str]:
    head = json.dumps(header(), ensure_ascii=False, indent=1)
    yield head.removesuffix("\n}") + ',\n "clauses": ['
    separator = "\n"
    for record in public_records():
        yield separator + json.dumps(record, ensure_ascii=False)
        separator = ",\n"
    yield "\n]}\n"


def header() -> dict[str, Any]:
    last = last_published()
    return {
        "titre": "Clauses publiques d’Entraide",
        "schema": f"{settings.BASE_URL}/clauses/donnees/schema.json",
        "licence": LICENCE,
        "attribution": ATTRIBUTION,
        "mise_a_jour": last.date().isoformat() if last else None,
    }


def schema_text() -> str:
    return json.dumps(schema(base_url=settings.BASE_URL), ensure_ascii=False, indent=2) + "\n"


def write_schema_file() -> None:
    """After a change of the schema: the file that is read without the site."""
    SCHEMA_FILE.write_text(json.dumps(schema(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
