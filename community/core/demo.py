"""The demonstration: each room says how its part comes in, the `demo` command runs the parts in order."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .progress import Report


@dataclass
class Demo:
    """One run. Parts leave what the next ones need: people and spaces by their short name, contents by « kind:key »."""

    now: datetime
    report: Report = field(default_factory=Report)
    members: dict[str, Any] = field(default_factory=dict)
    spaces: dict[str, Any] = field(default_factory=dict)
    contents: dict[str, Any] = field(default_factory=dict)


Account = tuple[str, str, str]


@dataclass(frozen=True)
class Part:
    name: str
    order: int
    load: Callable[[Demo], None]
    accounts: tuple[Account, ...]


_parts: dict[str, Part] = {}


def register_demo(name: str, *, order: int, load: Callable[[Demo], None], accounts: tuple[Account, ...] = ()) -> None:
    """`load(demo)` may run again without harm: what is there already is left as it is.

    `accounts` are (e-mail, password, what the account shows), printed by `serve`.
    """
    _parts[name] = Part(name, order, load, accounts)


def parts() -> list[Part]:
    return sorted(_parts.values(), key=lambda part: part.order)


def demo_accounts() -> Iterator[Account]:
    for part in parts():
        yield from part.accounts
