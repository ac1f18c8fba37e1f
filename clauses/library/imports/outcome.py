"""What an import says in the end: every place of the files, what became of it and why."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

MAX_SHOWN = 400


@dataclass(frozen=True)
class Entry:
    """`place` is a line or a heading."""

    file: str
    place: str
    said: str


@dataclass
class Outcome:
    taken: list[Entry] = field(default_factory=list)
    skipped: list[Entry] = field(default_factory=list)
    # Taken, or left, but worth a look: a dead text that is cited, what the checklist would refuse.
    noted: list[Entry] = field(default_factory=list)

    def take(self, file: str, place: str, said: str) -> None:
        self.taken.append(Entry(file, place, said))

    def skip(self, file: str, place: str, why: str) -> None:
        self.skipped.append(Entry(file, place, why))

    def note(self, file: str, place: str, said: str) -> None:
        self.noted.append(Entry(file, place, said))

    def lines(self) -> Iterator[str]:
        for title, entries in (("Repris", self.taken), ("Laissé de côté", self.skipped), ("À regarder", self.noted)):
            yield f"{title} : {len(entries)}"
            yield from self._by_file(entries)

    @staticmethod
    def _by_file(entries: list[Entry]) -> Iterator[str]:
        files = Counter(entry.file for entry in entries)
        shown: Counter = Counter()
        for file in files:
            yield f"  {file}"
            for entry in entries:
                if entry.file == file and shown[file] < MAX_SHOWN:
                    shown[file] += 1
                    yield f"    {entry.place} : {entry.said}"
            if files[file] > MAX_SHOWN:
                yield f"    … et {files[file] - MAX_SHOWN} autres"
