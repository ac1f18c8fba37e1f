"""What every store answers, and how it is asked."""

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol

from search.analysis import All, Any, Node
from search.documents import Document
from search.principals import Reader

PAGE = 20
# A page further than this is not asked: nobody reads there, and the deeper, the dearer.
MAX_DEPTH = 1000
FACETS = ("type", "famille", "etat", "periode", "piece", "objectif", "motcle")


class Unavailable(Exception):
    """The store does not answer: the page says so and the rest of it lives."""


@dataclass(frozen=True)
class Ask:
    """`groups` must all be met (any of them with `any_group`), in titles with `titles_only`; `authors`, the names that
    signed, and `excluded` are asked of whole documents. `chosen` are the values kept of each facet, `counted` the
    facets to count, each without its own filter; `typed` and `left_out`, those that the query itself names, narrow
    every count; `spaces` narrows to some places; moments are in microseconds. `is_common`: thousands of texts are known
    to hold what is asked.
    """

    reader: Reader
    groups: tuple[Node, ...] = ()
    authors: tuple[Node, ...] = ()
    excluded: tuple[Node, ...] = ()
    titles_only: bool = False
    chosen: dict[str, tuple] = field(default_factory=dict)
    left_out: dict[str, tuple] = field(default_factory=dict)
    counted: tuple[str, ...] = ()
    typed: tuple[tuple[str, tuple], ...] = ()
    periods: dict[str, int] = field(default_factory=dict)
    kinds: tuple[str, ...] = ()
    spaces: tuple[int, ...] | None = None
    before: int | None = None
    after: int | None = None
    any_group: bool = False
    is_common: bool = False
    offset: int = 0
    size: int = PAGE

    @property
    def node(self) -> Node | None:
        """What the words ask; none when nothing but names, exclusions and filters is asked."""
        if not self.groups:
            return None
        return Any(self.groups) if self.any_group else All(self.groups)


@dataclass(frozen=True)
class Hit:
    kind: str
    pk: int
    part: int
    thread: str
    title: str
    body: str
    score: float


@dataclass
class Found:
    """`total` and `facets` count documents, before they collapse on their threads; `more` when a page follows."""

    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    more: bool = False
    facets: dict[str, dict] = field(default_factory=dict)


@dataclass(frozen=True)
class Status:
    name: str
    documents: dict[str, int]
    detail: str = ""


class Engine(Protocol):
    """`is_transactional`: written with the content, in its transaction; otherwise through the outbox."""

    name: str
    is_transactional: bool

    def search(self, ask: Ask) -> Found: ...

    def resembling(self, ask: Ask) -> list[Hit]: ...

    def matching(self, ask: Ask, cap: int) -> list[tuple[str, int, str]]: ...

    def complete(self, ask: Ask) -> list[Hit]: ...

    def counts(self, asks: list[Ask], cap: int) -> list[int]: ...

    def rebuilding(self) -> AbstractContextManager["Engine"]: ...

    def settle(self) -> None: ...

    def write(self, documents: list[Document], *, anew: bool = False) -> list[Document]:
        """Those whose text is new to the store."""
        ...

    def remove(self, kind: str, pks: list[int]) -> None: ...

    def keys(self, kind: str) -> dict[tuple[int, int], str]: ...

    def status(self) -> Status: ...
