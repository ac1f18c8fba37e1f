"""What happened, said once by the action that did it: frozen facts in the past tense, holding ids only.

Handlers run at once, in the action's transaction, in the order they were registered. A handler may write our own
database or enqueue a task (the queue is a table); whatever leaves the process waits for commit.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar


@dataclass(frozen=True, kw_only=True)
class Event:
    pass


EventType = TypeVar("EventType", bound=Event)
_handlers: dict[type[Event], list[Callable]] = defaultdict(list)


def handles(*kinds: type[Event]) -> Callable:
    """Registers a function as handler of these events; used as a decorator in a room's `handlers.py`."""

    def register(handler: Callable) -> Callable:
        for kind in kinds:
            if handler not in _handlers[kind]:
                _handlers[kind].append(handler)
        return handler

    return register


def emit(event: Event) -> None:
    for handler in _handlers[type(event)]:
        handler(event)
