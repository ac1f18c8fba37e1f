"""The choices of the filters: reference data, the same for everyone, kept a few minutes."""

from collections.abc import Callable

from django.core.cache import cache
from django.utils.text import slugify

from community.members.models import Territory
from community.members.models.territory import TerritoryKind
from community.taxonomy.models import PurchaseFamily, Theme

KEPT_SECONDS = 300


def _kept(key: str, read: Callable[[], list]) -> list:
    found = cache.get(key)
    if found is None:
        found = read()
        cache.set(key, found, KEPT_SECONDS)
    return found


def families() -> list[dict]:
    """All of them, in order, as {pk, parent_id, slug, code, label, swatch}."""
    fields = ("pk", "parent_id", "slug", "code", "label", "swatch")
    return _kept("qa:families:coded", lambda: list(PurchaseFamily.objects.order_by("position", "pk").values(*fields)))


def family_slug(typed: str) -> str | None:
    """The slug of the family so named: by its slug, its code or its label, accents and capitals or not."""
    known = families()
    if any(family["slug"] == typed for family in known):
        return typed
    wanted, code = slugify(typed), typed.strip().casefold()
    for family in known:
        if (wanted and wanted in (family["slug"], slugify(family["label"]))) or family["code"].casefold() == code:
            return family["slug"]
    return None


def top_families() -> list[dict]:
    return [family for family in families() if family["parent_id"] is None]


def themes() -> list[dict]:
    return _kept("qa:themes", lambda: list(Theme.objects.order_by("position", "pk").values("pk", "code", "label")))


def regions() -> list[dict]:
    found = Territory.objects.filter(kind=TerritoryKind.REGION).order_by("name")
    return _kept("qa:regions", lambda: list(found.values("pk", "code", "name")))
