"""Vocabularies shipped with the product: each room says how its own come in, `load_reference` runs them in order."""

from collections.abc import Callable

from .progress import Report

Loader = Callable[[Report], None]

_loaders: dict[str, Loader] = {}


def register_loader(label: str, load: Loader) -> None:
    """`load(report)` may run again and again without harm."""
    _loaders[label] = load


def loaders() -> tuple[tuple[str, Loader], ...]:
    return tuple(_loaders.items())
