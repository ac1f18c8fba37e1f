"""Rows of a form whose number is the writer's: as many as were posted or kept, one more when she asks, a few at first.

Their fields are `<prefix>_<n>_<name>`. Without JavaScript, « Ajouter » sends the form, which comes back longer.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms


@dataclass(frozen=True, kw_only=True)
class Rows:
    prefix: str
    fields: dict[str, Callable[[], forms.Field]]
    first: int
    most: int


def count_rows(rows: Rows, names: Any, *, added: str = "") -> int:
    """One more than the highest number that a field of these rows carries."""
    pattern = re.compile(rf"{rows.prefix}_(\d{{1,2}})_({'|'.join(rows.fields)})")
    numbers = [int(found[1]) for name in names if (found := pattern.fullmatch(name))]
    count = max([number + 1 for number in numbers], default=0)
    return min(max(count, rows.first) + (1 if added == rows.prefix else 0), rows.most)


def add_rows(form: forms.Form, rows: Rows, count: int) -> None:
    for number in range(count):
        for name, make in rows.fields.items():
            form.fields[f"{rows.prefix}_{number}_{name}"] = make()


def bound_rows(form: forms.Form, rows: Rows, count: int) -> list[dict[str, Any]]:
    """For the template: each row's bound fields by name, and its number from 1."""
    return [
        {"number": number + 1, **{name: form[f"{rows.prefix}_{number}_{name}"] for name in rows.fields}}
        for number in range(count)
    ]


def values_of_rows(cleaned: Mapping[str, Any], rows: Rows, count: int) -> list[dict[str, Any]]:
    """The rows where something was written."""
    found = [{name: cleaned.get(f"{rows.prefix}_{number}_{name}") for name in rows.fields} for number in range(count)]
    return [row for row in found if any(value not in ("", None) for name, value in row.items() if name != "relation")]


def initial_of_rows(rows: Rows, values: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        f"{rows.prefix}_{number}_{name}": row.get(name) for number, row in enumerate(values) for name in rows.fields
    }
