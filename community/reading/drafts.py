"""What the list of drafts knows of forms: each room that has some says how to name and reopen them."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .models import Draft

MAX_EXCERPT = 200
# Fields whose value is a person's own words, in the order in which they make the better excerpt.
TEXT_FIELDS = ("title", "body", "text", "tried")


@dataclass(frozen=True, kw_only=True)
class DraftPlace:
    """Where a draft belongs: what is being written, where, and the address of its form."""

    label: str
    title: str = ""
    url: str = ""


Describe = Callable[[Any, list[str]], dict[str, DraftPlace]]
_describers: dict[str, Describe] = {}


def register_form(prefix: str, describe: Describe) -> None:
    """`describe(member, keys)` is asked for all keys that are `prefix` or begin with `prefix:`, at once.

    It checks the member's rights of the day and leaves out what she can no longer see.
    """
    _describers[prefix] = describe


def places_of(member, keys: list[str]) -> dict[str, DraftPlace]:
    by_prefix: dict[str, list[str]] = {}
    for key in keys:
        by_prefix.setdefault(key.split(":")[0], []).append(key)
    places: dict[str, DraftPlace] = {}
    for prefix, own in by_prefix.items():
        if prefix in _describers:
            places.update(_describers[prefix](member, own))
    return places


def excerpt_of(draft: Draft) -> str:
    values = (draft.fields.get(name, "") for name in TEXT_FIELDS)
    texts = [re.sub(r"\s+", " ", value).strip() for value in values if isinstance(value, str)]
    return next((text[:MAX_EXCERPT] for text in texts if text), "")
