"""The choices of the filters: reference data, the same for everyone, kept a few minutes."""

import json
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.core.cache import cache

from community.core.slugs import slug_of
from community.members.models import Territory
from community.members.models.territory import TerritoryKind
from community.taxonomy.models import PurchaseFamily, Theme

KEPT_SECONDS = 300


def _kept(key: str, read: Callable[[], Iterable[Mapping[str, Any]]]) -> str:
    found = cache.get(key)
    if found is None:
        found = json.dumps(list(read()))
        cache.set(key, found, KEPT_SECONDS)
    return found


@lru_cache(maxsize=16)
def _parsed(kept: str) -> list[dict]:
    """A page asks several times for the same choices, which nobody changes: they are read once."""
    return json.loads(kept)


@lru_cache(maxsize=4)
def _tree(kept: str) -> list[tuple[dict, list[dict]]]:
    below: dict[int | None, list[dict]] = {}
    for family in _parsed(kept):
        below.setdefault(family["parent_id"], []).append(family)
    return [(family, below.get(family["pk"], [])) for family in below.get(None, [])]


def _families() -> str:
    fields = ("pk", "parent_id", "slug", "code", "label", "swatch")
    return _kept("qa:families:coded", lambda: PurchaseFamily.objects.order_by("position", "pk").values(*fields))


def families() -> list[dict]:
    """All of them, in order, as {pk, parent_id, slug, code, label, swatch}."""
    return _parsed(_families())


def family_tree() -> list[tuple[dict, list[dict]]]:
    """The top families, in order, each with those below it."""
    return _tree(_families())


def family_slug(typed: str) -> str | None:
    """The slug of the family so named: by its slug, its code or its label, accents and capitals or not."""
    known = families()
    if any(family["slug"] == typed for family in known):
        return typed
    wanted, code = slug_of(typed), typed.strip().casefold()
    for family in known:
        if (wanted and wanted in (family["slug"], slug_of(family["label"]))) or family["code"].casefold() == code:
            return family["slug"]
    return None


def top_families() -> list[dict]:
    return [family for family, _below in family_tree()]


def themes() -> list[dict]:
    found = Theme.objects.order_by("position", "pk")
    return _parsed(_kept("qa:themes", lambda: found.values("pk", "code", "label")))


def regions() -> list[dict]:
    found = Territory.objects.filter(kind=TerritoryKind.REGION).order_by("name")
    return _parsed(_kept("qa:regions", lambda: found.values("pk", "code", "name")))
