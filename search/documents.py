"""What is searched: each kind of content declares one class, and nothing else of the search changes."""

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.safestring import SafeString

from community.core.prepared import Prepared

from .analysis import VERSION, Analysed, analyse
from .analysis.tokens import names_in
from .selectors import attached_texts

MAX_BODY = 200_000
HALF = 16
PUBLIC = "public"
SIGNED_IN = "signed-in"
VERIFIED = "verified"


def in_space(space_id: int | None) -> str:
    """Those who read a place, whatever its visibility today."""
    return PUBLIC if space_id is None else f"space:{space_id}"


def moderators_of(space_id: int | None) -> str:
    return f"moderators:{space_id or 0}"


def only(member_id: int) -> str:
    return f"member:{member_id}"


def microseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1_000_000)


def digest_of(values: tuple) -> str:
    return hashlib.blake2b(repr(values).encode(), digest_size=HALF // 2).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Document:
    """One text to find. `acl` says who may, as names that do not change with a space's visibility; it narrows, and
    `visible_to` decides. `opened` is the moment that a space which protects its past compares with a newcomer's
    arrival, `owner_id` is who keeps her own nevertheless. `signed` is the name shown with it, empty for whoever is not
    named. `context` are words of what surrounds it (thread, family, tags), worth less than its own.
    """

    kind: str
    pk: int
    thread: tuple[str, int]
    acl: tuple[str, ...]
    written: datetime
    title: str
    body: str = ""
    part: int = 0
    space_id: int | None = None
    opened: datetime | None = None
    owner_id: int | None = None
    signed: str = ""
    family_id: int | None = None
    top_family_id: int | None = None
    state: str = ""
    context: str = ""
    weight: float = 1.0
    facets: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, int, int]:
        return self.kind, self.pk, self.part

    @property
    def thread_key(self) -> str:
        return f"{self.thread[0]}:{self.thread[1]}"

    @property
    def acl_names(self) -> str:
        return " ".join(sorted(self.acl))

    @property
    def written_at(self) -> int:
        return microseconds(self.written)

    @property
    def opened_at(self) -> int:
        return microseconds(self.opened or self.written)

    @cached_property
    def tokens(self) -> "Tokens":
        title, body = analyse(self.title), analyse(self.body[:MAX_BODY])
        around = analyse(self.context)
        return Tokens(title, body, (*around.words, *around.stems, *names_in(self.signed)))

    def facet_rows(self) -> list[tuple[str, str]]:
        return sorted({(name, value[:60]) for name, values in self.facets.items() for value in values if value})

    @cached_property
    def digest(self) -> str:
        """Of the text, then of the rest: a vote or a move changes the second half only."""
        text = self.title, self.body, self.context, self.signed, VERSION
        rest = (
            self.thread_key, self.acl_names, self.space_id, self.owner_id, self.family_id, self.top_family_id,
            self.state, self.weight, self.facet_rows(), self.written_at, self.opened_at,
        )  # fmt: skip
        return digest_of(text) + digest_of(rest)

    def has_text_of(self, digest: str) -> bool:
        return self.digest[:HALF] == digest[:HALF]


@dataclass(frozen=True, slots=True)
class Tokens:
    title: Analysed
    body: Analysed
    context: tuple[str, ...]

    @property
    def all_words(self) -> set[str]:
        return {*self.title.words, *self.body.words}


class DocumentKind(ABC):
    """How one kind of content is searched. `tab` groups kinds on the results page; `parts` is how many documents one
    object may have.
    """

    name: str
    model: type[Model]
    tab: str
    parts: int = 1
    # Files may be attached to it: the text of those that it cites is added to its first document.
    carries_files: bool = False
    # The field of whoever may have signed it: her posts are found by the name that she has now.
    signer: str = ""
    # What an action holds while it changes an object: held too while a rebuild reads it.
    locks: tuple[str, ...] = ("self",)

    def queryset(self) -> QuerySet:
        """Every row, with what `build` reads of it joined or prefetched."""
        return self.model._default_manager.all()

    def queryset_of_many(self) -> QuerySet:
        """The same for batches of hundreds, where what rows share is better read once than joined to each."""
        return self.queryset()

    @abstractmethod
    def build(self, obj: Any) -> Iterable[Document]:
        """The documents of one object; none when it is not to be found at all."""

    def cites_files(self, obj: Any) -> bool:
        """Asked of each object of a kind that carries files: most cite none, and nothing is read for them."""
        return False

    def related_keys(self, keys: Iterable[int]) -> Iterable[tuple[str, int]]:
        """Other objects whose documents change when these do."""
        return ()

    def line(self, obj: Any) -> list[str]:
        """The words of the line under a result."""
        return []

    def decorated(self, excerpt: SafeString) -> SafeString:
        """The excerpt with what its own pages mark in such texts."""
        return excerpt


_kinds: dict[str, DocumentKind] = {}


def register(kind: DocumentKind) -> None:
    _kinds[kind.name] = kind


def kinds() -> tuple[DocumentKind, ...]:
    return tuple(_kinds.values())


def get(name: str) -> DocumentKind | None:
    return _kinds.get(name)


# Written in the transaction of each change: joining what `build` reads costs more to put in words than to run.
_objects = Prepared(lambda name, ids: _kinds[name].queryset().filter(pk__in=ids))


def documents_of(name: str, pks: Iterable[int]) -> list[Document]:
    """The documents of these objects, read now; objects that are gone have none."""
    return documents_from(_kinds[name], _objects.rows(name, ids=list(pks)))


def documents_from(kind: DocumentKind, objects: Iterable[Any]) -> list[Document]:
    objects = list(objects)
    found = [document for obj in objects for document in kind.build(obj)]
    citing = {obj.pk for obj in objects if kind.carries_files and kind.cites_files(obj)}
    if not citing:
        return found
    said = attached_texts(kind.name, citing)
    return [
        replace(each, body=f"{each.body}\n{said[each.pk]}") if each.pk in said and each.part == 0 else each
        for each in found
    ]
