"""Purchases as a CSV file that spreadsheets open and that the import reads back; the lines that were refused."""

import csv
import io
from collections.abc import Iterable

from clauses.library.opendata.cells import guard

from .imports.columns import NAMES, STATUS
from .models import PurchaseImport
from .selectors.purchases import PlannedRow

# French spreadsheets take a file for UTF-8 by this mark only, and cut cells at semicolons.
BOM = "\ufeff"


def csv_of(rows: Iterable[PlannedRow]) -> str:
    return written([[*NAMES, STATUS], *(cells_of(row) for row in rows)])


def model_file() -> str:
    """One invented line, that shows how each column is written."""
    example = ["Nettoyage de douze sites", "640000", "01/09/2027", "90910000", "NET", "services", "open_call"]
    return written([list(NAMES), [*example, "", "", "oui", "Marché actuel : deux lots"]])


def refused_lines(batch: PurchaseImport) -> str:
    """What was read of them and why they were not taken: to put right beside the original file."""
    refused = [each for each in batch.lines if each["outcome"] == "refused"]
    return written([["ligne", "lue_ainsi", "pour_corriger"], *([e["line"], e["read"], e["why"]] for e in refused)])


def cells_of(row: PlannedRow) -> list[str]:
    purchase = row.purchase
    return [
        purchase.title,
        "" if purchase.amount is None else f"{purchase.amount:f}".replace(".", ","),
        f"{purchase.starts_on:%d/%m/%Y}",
        purchase.cpv.code if purchase.cpv else "",
        purchase.family.code if purchase.family else "",
        purchase.nature,
        purchase.procedure,
        purchase.organisation,
        f"{purchase.launch_on:%d/%m/%Y}" if purchase.launch_on else "",
        "oui" if purchase.social_clause else "non",
        purchase.notes,
        str(purchase.get_status_display()),
    ]


def written(table: Iterable[Iterable]) -> str:
    """Every cell goes through the guard: what a spreadsheet would take for a formula is not one any more."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    for cells in table:
        writer.writerow([guard(str(cell)) for cell in cells])
    return BOM + file.getvalue()
