"""Renderings that a row keeps elsewhere than in a `RichTextModel`: each room says how its own are made again."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model


@dataclass(frozen=True)
class Rendering:
    """`reads`: the columns that say that the row is still the one that was read; `again(row)`: those to write.

    The model has a `renderer_version`.
    """

    model: type[Model]
    reads: tuple[str, ...]
    again: Callable[[Any], dict[str, Any]]


_renderings: dict[type[Model], Rendering] = {}


def register_rendering(model: type[Model], *, reads: tuple[str, ...], again: Callable[[Any], dict[str, Any]]) -> None:
    _renderings[model] = Rendering(model, reads, again)


def renderings() -> tuple[Rendering, ...]:
    return tuple(_renderings.values())
