"""The registry of kinds: what a lower room needs to know of a higher room's contents, through one door.

Each app registers its kinds in `AppConfig.ready`. References, embeds, mentions, attachments, flags, bookmarks,
notifications, feeds and the leak matrix go through here, so that a new kind is one registration.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet, Value
from django.urls import Resolver404, resolve
from django.utils import timezone

from .prepared import Prepared
from .sight import PreparedSight, reader_like


@dataclass(frozen=True, kw_only=True)
class DisplayedAuthor:
    """How an author appears to one viewer; an anonymous one carries nothing that leads to the member."""

    name: str
    detail: str = ""
    url: str = ""
    initials: str = ""
    hue: int = 1
    anonymous: bool = False


@dataclass(frozen=True, kw_only=True)
class ContentKind:
    """One kind of content and its rights.

    `readers(obj, members)` narrows a queryset of members to those who may read `obj`, in one query.
    `recipient(obj)` is the member to be told of what happens to `obj`: never displayed, so that telling the author
    of an anonymous post reveals nobody. `hide(obj, actor=, reason=)` is the action that a moderator's decision calls,
    for kinds that can be hidden. `url_names` are the views whose `pk` is the object's, for references found in
    texts; `pk_of_slug` finds it where the address says a slug instead. `is_prepared` says that what `visible_to` asks
    of a signed-in viewer is her key, whether she is verified, whether she is staff, and the day: it is then
    compiled once. `is_discussed` says that a thread may be opened about it, tied to it by `references`.
    `mend(obj, actor=, mending=)` is the action that replaces words of it in one go, for those of `mendable_by(viewer)`;
    `mended_texts(obj)` are these words, as near as a list can tell.
    `details(obj)` are the words under its title in a list of titles (document, state, uses).
    `hides_author(obj)`: whoever moderates it writes to its author (`author_id`) by a private exchange without names.
    """

    name: str
    label: Any
    model: type[Model]
    visible_to: Callable[[Any], QuerySet]
    can_view: Callable[[Any, Any], bool]
    readers: Callable[[Any, QuerySet], QuerySet]
    can_moderate: Callable[[Any, Any], bool]
    displayed_author: Callable[[Any], DisplayedAuthor]
    recipient: Callable[[Any], Any]
    title: Callable[[Any], str]
    url: Callable[[Any], str]
    space_id: Callable[[Any], int | None]
    icon: str = "file-text"
    card_template: str = ""
    card_related: tuple[str, ...] = ()
    text_fields: tuple[str, ...] = ()
    url_names: tuple[str, ...] = ()
    pk_of_slug: Callable[[str], int | None] | None = None
    hide: Callable[..., None] | None = None
    mend: Callable[..., None] | None = None
    mendable_by: Callable[[Any], QuerySet] | None = None
    mended_texts: Callable[[Any], list[str]] | None = None
    is_prepared: bool = False
    is_discussed: bool = False
    details: Callable[[Any], list[str]] | None = None
    hides_author: Callable[[Any], bool] | None = None


_kinds: dict[str, ContentKind] = {}
_recognisers: list[Callable[[str], Iterable[tuple[str, int]]]] = []


class UnknownKind(LookupError):
    pass


def register(kind: ContentKind) -> None:
    _kinds[kind.name] = kind


def register_recogniser(find: Callable[[str], Iterable[tuple[str, int]]]) -> None:
    """`find(text)` yields the (kind name, pk) of what a plain text cites; law registers its citations so."""
    _recognisers.append(find)


def kinds() -> tuple[ContentKind, ...]:
    return tuple(_kinds.values())


def get(name: str) -> ContentKind:
    try:
        return _kinds[name]
    except KeyError:
        raise UnknownKind(name) from None


def kind_of(obj: Model) -> ContentKind:
    for kind in _kinds.values():
        if isinstance(obj, kind.model):
            return kind
    raise UnknownKind(type(obj).__name__)


def find_visible(viewer: Any, name: str, pk: int) -> Model | None:
    """The object, or nothing: absent and forbidden are the same answer."""
    try:
        kind = get(name)
    except UnknownKind:
        return None
    return kind.visible_to(viewer).filter(pk=pk).first()


def visible_in_bulk(viewer: Any, keys: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Model]:
    """Those of the (kind name, pk) pairs that the viewer may see; one query a kind."""
    by_kind: dict[str, list[int]] = {}
    for name, pk in keys:
        by_kind.setdefault(name, []).append(pk)
    found = {}
    for name, pks in by_kind.items():
        if name not in _kinds:
            continue
        objects = _cards.rows(viewer, name, ids=pks) if _kinds[name].is_prepared else _cards_of(viewer, name, pks)
        found.update({(name, obj.pk): obj for obj in objects})
    return found


def _cards_of(viewer: Any, name: str, ids: list[int]) -> QuerySet:
    kind = _kinds[name]
    return kind.visible_to(viewer).filter(pk__in=ids).select_related(*kind.card_related)


_cards = PreparedSight(_cards_of)


def visible_keys(viewer: Any, keys: Iterable[tuple[str, int]]) -> set[tuple[str, int]]:
    """Those of the (kind name, pk) pairs that the viewer may see, in two queries at most: one for all the kinds that
    are prepared, one for all the others.
    """
    wanted = {key for key in keys if key[0] in _kinds}
    # Every kind is asked about every number, so that the query is the same whatever was asked.
    ids = sorted({pk for _name, pk in wanted})
    prepared = {name for name, _pk in wanted if viewer.is_authenticated and _kinds[name].is_prepared}
    others = {name for name, _pk in wanted} - prepared
    found: set[tuple[str, int]] = set()
    if prepared:
        shape = (tuple(sorted(prepared)), viewer.is_verified, viewer.is_staff, timezone.localdate())
        found.update(_prepared_keys.rows(*shape, viewer=viewer.pk, ids=ids))
    if others:
        found.update(_seen(viewer, sorted(others), ids))
    return wanted & found


def _seen(viewer: Any, names: Iterable[str], ids: list[int]) -> QuerySet:
    first, *others = [
        _kinds[name].visible_to(viewer).filter(pk__in=ids).order_by().values_list(Value(name), "pk") for name in names
    ]
    return first.union(*others, all=True)


def _seen_by_member(
    names: tuple[str, ...], is_verified: bool, is_staff: bool, _today, *, viewer: int, ids: list[int]
) -> QuerySet:
    """`_today` is in the key because expertises have an end."""
    reader = reader_like(is_verified=is_verified, pk=viewer)
    reader.is_staff = is_staff
    return _seen(reader, names, ids)


_prepared_keys = Prepared(_seen_by_member)


def target_of_path(path: str) -> tuple[str, int] | None:
    """The (kind name, pk) that a path of this site shows; nothing of its existence or rights is checked."""
    try:
        match = resolve(path.split("?")[0].split("#")[0])
    except (Resolver404, ValueError):
        return None
    for kind in _kinds.values():
        if match.view_name not in kind.url_names:
            continue
        if "pk" in match.kwargs:
            return kind.name, match.kwargs["pk"]
        if kind.pk_of_slug and (pk := kind.pk_of_slug(match.kwargs.get("slug", ""))):
            return kind.name, pk
    return None


def cited_in(text: str) -> set[tuple[str, int]]:
    return {key for find in _recognisers for key in find(text)}
