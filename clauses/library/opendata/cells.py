"""Cells of a CSV file: what a spreadsheet would take for a formula is written so that it is not one."""

import json
from typing import Any

from .schema import FIELDS, Field

# What spreadsheets evaluate, full-width forms included; a tab or a return before them is skipped by some.
_FORMULA = tuple("=+-@＝＋－＠\t\r\n")
_GUARD = "'"


def guard(text: str) -> str:
    """One apostrophe more before what begins like a formula, apostrophes apart: `unguard` takes that one back."""
    return f"{_GUARD}{text}" if text.lstrip(_GUARD).startswith(_FORMULA) else text


def unguard(text: str) -> str:
    if text.startswith(_GUARD) and text.lstrip(_GUARD).startswith(_FORMULA):
        return text[1:]
    return text


def to_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return guard(str(value))


def row_of(record: dict[str, Any]) -> list[str]:
    return [to_cell(record[field.name]) for field in FIELDS]


def from_cell(field: Field, cell: str) -> Any:
    """Raises ValueError, with a French sentence, when the cell is not of the field's type."""
    text = unguard(cell)
    if field.nested:
        return _array(field, text.strip())
    text = text if field.type == "string" else text.strip()
    if text == "":
        return "" if field.type == "string" else None
    if field.type == "integer":
        return _integer(field, text)
    if field.type == "boolean":
        return _boolean(field, text)
    return text


def _array(field: Field, text: str) -> list:
    if not text:
        return []
    if not text.startswith("["):
        # What people type in a spreadsheet: codes between bars.
        return [word for part in text.split("|") if (word := part.strip())]
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        raise ValueError(f"« {field.name} » : le tableau JSON ne se lit pas") from None
    return found


def _integer(field: Field, text: str) -> int:
    if not text.isascii() or not text.lstrip("-").isdigit() or len(text) > 9:
        raise ValueError(f"« {field.name} » : « {text[:20]} » n’est pas un nombre entier")
    return int(text)


def _boolean(field: Field, text: str) -> bool:
    known = {
        "true": True,
        "vrai": True,
        "oui": True,
        "1": True,
        "false": False,
        "faux": False,
        "non": False,
        "0": False,
    }
    if text.lower() not in known:
        raise ValueError(f"« {field.name} » : « {text[:20]} » n’est ni vrai ni faux")
    return known[text.lower()]
