"""Pages by key, not by number: constant cost at any depth, and nothing shifts when rows arrive meanwhile.

A cursor is what the last row shown holds in the fields of the order. It carries no right: a made-up one only moves
within what its reader sees anyway, and one that cannot be read gives the first page.
"""

import base64
import binascii
import json
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q, QuerySet

MAX_CURSOR = 160
MAX_NUMBER = 2**62


@dataclass(frozen=True)
class Page:
    rows: list
    previous: str = ""
    next: str = ""


@dataclass(frozen=True)
class Keyset:
    """`order` is as for `order_by`, its last field unique; `moments` names the fields that hold a moment."""

    order: tuple[str, ...]
    moments: frozenset[str] = field(default_factory=frozenset)

    def encode(self, row) -> str:
        return self.encode_values([getattr(row, name.lstrip("-")) for name in self.order])

    def encode_values(self, values: list) -> str:
        plain = [value.isoformat() if isinstance(value, datetime) else value for value in values]
        return base64.urlsafe_b64encode(json.dumps(plain, separators=(",", ":")).encode()).rstrip(b"=").decode()

    def decode(self, cursor: str | None) -> list | None:
        if not cursor or len(cursor) > MAX_CURSOR:
            return None
        try:
            values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
            if not isinstance(values, list) or len(values) != len(self.order):
                return None
            return [self._value(name.lstrip("-"), value) for name, value in zip(self.order, values, strict=True)]
        except (ValueError, TypeError, binascii.Error, RecursionError):
            return None

    def _value(self, name: str, value):
        if name in self.moments:
            moment = datetime.fromisoformat(value)
            if moment.tzinfo is None:
                raise ValueError(value)
            return moment
        if type(value) is not int or abs(value) > MAX_NUMBER:
            raise ValueError(value)
        return value

    def beyond(self, values: list, *, backwards: bool) -> Q:
        """The rows after those values in the order, or before them."""
        condition = Q()
        for rank in range(len(self.order) - 1, -1, -1):
            name = self.order[rank].lstrip("-")
            falls = self.order[rank].startswith("-")
            strictly = "lt" if falls != backwards else "gt"
            further = Q(**{f"{name}__{strictly}": values[rank]})
            # The bound beside the alternative lets the database start its index scan there.
            condition = (
                further
                if not condition
                else Q(**{f"{name}__{strictly}e": values[rank]}) & (further | (Q(**{name: values[rank]}) & condition))
            )
        return condition

    def page(self, rows: QuerySet, *, after: str | None, before: str | None, size: int) -> Page:
        after_values = self.decode(after)
        before_values = None if after_values else self.decode(before)
        if before_values:
            found = self._take(rows.filter(self.beyond(before_values, backwards=True)), size, backwards=True)
            more, found = len(found) > size, found[:size][::-1]
            return self._page(found, has_previous=more, has_next=bool(found))
        if after_values:
            rows = rows.filter(self.beyond(after_values, backwards=False))
        found = self._take(rows, size, backwards=False)
        return self._page(found[:size], has_previous=bool(after_values), has_next=len(found) > size)

    def first_page(self, found: list, size: int) -> Page:
        """From the first `size + 1` rows of the order, read by the caller."""
        return self._page(found[:size], has_previous=False, has_next=len(found) > size)

    def _take(self, rows: QuerySet, size: int, *, backwards: bool) -> list:
        order = self.order
        if backwards:
            order = tuple(name[1:] if name.startswith("-") else f"-{name}" for name in order)
        return list(rows.order_by(*order)[: size + 1])

    def _page(self, rows: list, *, has_previous: bool, has_next: bool) -> Page:
        if not rows:
            return Page(rows=[])
        return Page(
            rows=rows,
            previous=self.encode(rows[0]) if has_previous else "",
            next=self.encode(rows[-1]) if has_next else "",
        )
