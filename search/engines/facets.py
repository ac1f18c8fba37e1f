"""The counts of the facets, from those of the groups that documents are in: a statement counts each group once."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from .base import FACETS, Ask
from .pieces import COUNTED_VALUES


class Counted(NamedTuple):
    """How many documents of a group match: all of them, and those of each period."""

    pk: int
    kind: str
    family_id: int | None
    top_family_id: int | None
    state: str
    spelled: str
    number: int
    by_period: tuple[int, ...]

    def of(self, name: str) -> tuple:
        """Its values of a facet."""
        if name == "type":
            return (self.kind,)
        if name == "famille":
            return (self.top_family_id,)
        if name == "etat":
            return (self.state,)
        return tuple(value for each, value in self.values() if each == name)

    def values(self) -> list[list[str]]:
        return json.loads(self.spelled) if self.spelled else []

    def is_kept_by(self, name: str, wanted: tuple) -> bool:
        if name == "famille":
            return self.family_id in wanted or self.top_family_id in wanted
        return not set(wanted).isdisjoint(self.of(name))

    def is_asked_by(self, ask: Ask) -> bool:
        """By the fields of the query itself."""
        typed = all(self.is_kept_by(name, values) for name, values in ask.typed)
        return typed and not any(self.is_kept_by(name, values) for name, values in ask.left_out.items())


@dataclass
class Matched:
    """What matches a search: `groups` are those that the reader may find, `every` and `number` count the others too."""

    groups: list[Counted] = field(default_factory=list)
    every: int = 0
    number: int = 0

    def add(self, group: Counted, *, is_allowed: bool) -> None:
        self.every += 1
        self.number += group.number
        if is_allowed:
            self.groups.append(group)

    def kept_by(self, ask: Ask) -> list[int]:
        """The groups that all the filters keep; dates are asked of each document."""
        chosen = filters_of_groups(ask)
        return [
            group.pk for group in self.groups if all(group.is_kept_by(name, values) for name, values in chosen.items())
        ]


def filters_of_groups(ask: Ask) -> dict[str, tuple]:
    """Tags are not counted: what has none of those wanted is in no group; dates are counted in each."""
    return {name: values for name, values in ask.chosen.items() if values and name not in ("periode", "motcle")}


def spelled(rows: list[tuple[str, str]]) -> str:
    """The values that a group keeps, as `Counted` reads them."""
    kept = [row for row in rows if row[0] in COUNTED_VALUES]
    return json.dumps(kept, ensure_ascii=False) if kept else ""


def count(ask: Ask, groups: Iterable[Counted]) -> tuple[int, dict[str, dict[str, int]]]:
    """The total, and each facet without its own filter."""
    total, chosen, periods = 0, filters_of_groups(ask), list(ask.periods)
    facets: dict[str, Counter[str]] = {name: Counter() for name in (*FACETS, *ask.counted)}
    types, families, states, dates = (facets[name] for name in ("type", "famille", "etat", "periode"))
    period = periods.index(ask.chosen["periode"][0]) if ask.chosen.get("periode") else None
    for group in groups:
        number = group.number if period is None else group.by_period[period]
        out = [name for name, values in chosen.items() if not group.is_kept_by(name, values)] if chosen else ()
        if len(out) == 1:
            facets[out[0]].update(dict.fromkeys(group.of(out[0]), number))
        if out:
            continue
        # Hundreds of groups a search: no more is done for each than must be.
        total += number
        types[group.kind] += number
        families[group.top_family_id] += number
        states[group.state] += number
        for name, number_then in zip(periods, group.by_period, strict=True):
            dates[name] += number_then
        for name, value in group.values():
            facets[name][value] += number
    return total, {
        name: {str(value): number for value, number in facets[name].items() if number and value not in (None, "")}
        for name in ask.counted
    }
