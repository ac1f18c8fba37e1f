"""What a long command shows: a bar while it runs, and at the end what was done and what was left out, by kind."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TextIO, TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from .ui import number

Item = TypeVar("Item")


@dataclass
class Report:
    """Counts by the sentence that names them: what was done, and what was left out and why."""

    done: Counter = field(default_factory=Counter)
    skipped: Counter = field(default_factory=Counter)

    def did(self, what: str, times: int = 1) -> None:
        if times:
            self.done[what] += times

    def skip(self, why: str, times: int = 1) -> None:
        if times:
            self.skipped[why] += times

    def lines(self) -> Iterator[str]:
        for counts, title in ((self.done, ""), (self.skipped, "Laissé de côté :")):
            if counts and title:
                yield title
            for what, times in counts.items():
                yield f"  {what} : {number(times)}"


@contextmanager
def bar(label: str, *, total: int | None, stream: TextIO) -> Iterator["Bar"]:
    """A bar on a terminal; elsewhere (logs, tests) nothing, so that output stays readable."""
    console = Console(file=stream)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        yield Bar(progress, progress.add_task(label, total=total))


class Bar:
    def __init__(self, progress: Progress, task):
        self._progress, self._task = progress, task

    def advance(self, steps: int = 1) -> None:
        self._progress.advance(self._task, steps)


def track(items: Iterable[Item], label: str, *, total: int | None, stream: TextIO) -> Iterator[Item]:
    with bar(label, total=total, stream=stream) as shown:
        for item in items:
            yield item
            shown.advance()
