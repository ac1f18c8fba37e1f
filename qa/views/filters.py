"""The address of a list read into filters, and the filters written back as the choices of its form."""

from functools import lru_cache
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from community.core.slugs import slug_of
from community.members.models import Territory
from community.spaces.models import Space
from community.taxonomy.models import Tag

from ..models import Stage
from ..selectors import vocabularies
from ..selectors.lists import KINDS, MAX_QUERY, MEMBER_TABS, ORDERS, STAGES, TABS, Filters, is_common

OPEN_COMMUNITY = "ouverte"
SHOWN_FAMILIES = 8
SHOWN_THEMES = 4
MAX_CHOICES = 20
# What an address of a list may hold; the rest is dropped, so that one list has one address.
PARAMETERS = (
    "vue", "q", "famille", "theme", "type", "etape", "espace", "territoire", "mot-cle", "moi", "tri",
)  # fmt: skip


def family_slugs(data: QueryDict) -> list[str]:
    """What an address says of families, however it was typed, as the slugs that our links use."""
    typed = [value[:MAX_QUERY] for value in data.getlist("famille")[:MAX_CHOICES] if value]
    return list(dict.fromkeys(slug for slug in map(vocabularies.family_slug, typed) if slug))


def chosen(data: QueryDict, name: str, known: dict) -> list[str]:
    return list(dict.fromkeys(value for value in data.getlist(name)[:MAX_CHOICES] if value in known))


def read_filters(request: HttpRequest, spaces: list[Space]) -> Filters:
    """A space, a tag or a territory that cannot be seen, or is not, gives an empty list: both look the same."""
    data, viewer = request.GET, request.user
    families = {family["slug"]: family for family in vocabularies.families()} if "famille" in data else {}
    themes = {theme["code"]: theme["pk"] for theme in vocabularies.themes()} if "theme" in data else {}
    picked = [families[slug]["pk"] for slug in family_slugs(data)] if families else []
    filters = Filters(
        text=data.get("q", "").strip()[:MAX_QUERY],
        families=picked,
        families_below=not picked or any(family["parent_id"] in picked for family in families.values()),
        themes=[themes[code] for code in chosen(data, "theme", themes)],
        kinds=chosen(data, "type", KINDS),
        stages=chosen(data, "etape", STAGES),
    )
    if data.get("vue") in TABS and (viewer.is_authenticated or data["vue"] not in MEMBER_TABS):
        filters.tab = data["vue"]
    if data.get("tri") in ORDERS:
        filters.order = data["tri"]
    if viewer.is_authenticated:
        filters.mine = "miens" in data.getlist("moi")
        filters.waiting_for_me = "repondre" in data.getlist("moi")
    _read_places(filters, data, viewer, spaces)
    return filters


def _read_places(filters: Filters, data: QueryDict, viewer, spaces: list[Space]) -> None:
    slug = data.get("espace", "")[:80]
    if slug == OPEN_COMMUNITY:
        filters.open_community = True
    elif slug:
        known = {space.slug: space for space in spaces}
        # As its address says, or as one types it.
        slugs = [slug, slug_of(slug)]
        found = known.get(slug) or Space.objects.visible_to(viewer).filter(slug__in=slugs).order_by("pk").first()
        filters.space = found
        filters.impossible |= filters.space is None
    if name := data.get("mot-cle", "").strip()[:100]:
        tag = Tag.objects.spelled(name).select_related("stands_for").first()
        filters.tag = (tag.stands_for or tag) if tag else None
        filters.is_common_tag = bool(filters.tag) and is_common(filters.tag)
        filters.impossible |= filters.tag is None
    if code := data.get("territoire", "")[:5]:
        filters.territory = Territory.objects.filter(code=code).first()
        filters.impossible |= filters.territory is None


@lru_cache(maxsize=8)
def tab_labels(_language: str | None) -> dict[str, str]:
    return {
        "toutes": _("Toutes"),
        "nouveautes": _("Nouveautés"),
        "non-lus": _("Non lus"),
        "sans-reponse": _("Sans réponse"),
        "a-resoudre": _("À résoudre"),
        "resolues": _("Résolues"),
        "a-verifier": _("À vérifier"),
        "suivies": _("Suivies"),
        "miennes": _("Les miennes"),
    }


@lru_cache(maxsize=8)
def sort_labels(_language: str | None) -> dict[str, str]:
    return {
        "activite": _("Activité récente"),
        "date": _("Date de publication"),
        "besoin": _("Besoin partagé"),
        "utiles": _("Les plus utiles"),
    }


class ListForm:
    """What the page shows of the filters: tabs, facets, active filters, each with its address."""

    def __init__(self, request: HttpRequest, filters: Filters, spaces: list[Space]):
        self.request = request
        self.filters = filters
        self.spaces = spaces
        self.query = QueryDict(mutable=True)
        for name in PARAMETERS:
            values = [value[:MAX_QUERY] for value in request.GET.getlist(name)[:MAX_CHOICES] if value]
            if name == "famille":
                values = family_slugs(request.GET) if values else []
            if values:
                self.query.setlist(name, values)

    def url(self, **changes: str | list[str]) -> str:
        """The address of the list with these changes; page cursors are left out."""
        pairs = [(name, value) for name, values in self.query.lists() if name not in changes for value in values]
        for name, value in changes.items():
            pairs += [(name, each) for each in (value if isinstance(value, list) else [value]) if each]
        return f"?{urlencode(pairs)}" if pairs else "?"

    def tabs(self) -> list[dict]:
        labels = tab_labels(get_language())
        shown = [tab for tab in TABS if self.request.user.is_authenticated or tab not in MEMBER_TABS]
        urls = {tab: self.url(vue="" if tab == "toutes" else tab) for tab in shown}
        return [{"label": labels[tab], "url": urls[tab], "current": tab == self.filters.tab} for tab in shown]

    def sorts(self) -> list[dict]:
        labels = sort_labels(get_language())
        return [
            {"value": value, "label": label, "selected": value == self.filters.order} for value, label in labels.items()
        ]

    def kept_by_sort(self) -> list[dict]:
        """What the form of the order must send along."""
        kept = [(name, values) for name, values in self.query.lists() if name != "tri"]
        return [{"name": name, "value": value} for name, values in kept for value in values]

    def typed_tag(self) -> str:
        return self.query.get("mot-cle", "")

    def facet(self, name: str) -> dict:
        """What one group of filters shows: its options, and those that it folds."""
        if name in ("famille", "theme"):
            options, more = self.families() if name == "famille" else self.themes()
            return {"options": options, "more": more}
        return {"options": {"type": self.kinds, "etape": self.stages, "territoire": self.territories}[name]()}

    def chosen_facets(self) -> dict[str, list]:
        """What is chosen in each group of filters."""
        filters = self.filters
        return {
            "type": filters.kinds,
            "famille": filters.families,
            "theme": filters.themes,
            "etape": filters.stages,
            "territoire": [filters.territory.pk] if filters.territory else [],
        }

    def families(self) -> tuple[list[dict], list[dict]]:
        """The top families, each followed by the ones below it once it is chosen."""
        picked = set(self.filters.families)
        options = []
        for family, below in vocabularies.family_tree():
            is_open = family["pk"] in picked or any(each["pk"] in picked for each in below)
            options += [self._family(each, picked) for each in [family, *(below if is_open else [])]]
        return fold(options, SHOWN_FAMILIES)

    def _family(self, family: dict, picked: set[int]) -> dict:
        return {
            "value": family["slug"],
            "label": family["label"],
            "checked": family["pk"] in picked,
            "family": family["swatch"] or "autre",
            "below": family["parent_id"] is not None,
        }

    def themes(self) -> tuple[list[dict], list[dict]]:
        picked = set(self.filters.themes)
        options = [
            {"value": theme["code"], "label": theme["label"], "checked": theme["pk"] in picked, "theme": True}
            for theme in vocabularies.themes()
        ]
        return fold(options, SHOWN_THEMES)

    def kinds(self) -> list[dict]:
        labels = {"question": _("Questions"), "discussion": _("Discussions"), "annonce": _("Annonces")}
        return self._options(labels, self.filters.kinds)

    def stages(self) -> list[dict]:
        return self._options({name: Stage(stage).label for name, stage in STAGES.items()}, self.filters.stages)

    def _options(self, labels: dict, picked: list[str]) -> list[dict]:
        return [{"value": value, "label": label, "checked": value in picked} for value, label in labels.items()]

    def mine(self) -> list[dict]:
        picked = [name for name, on in (("miens", self.filters.mine), ("repondre", self.filters.waiting_for_me)) if on]
        labels = {"miens": _("Mes familles et mes thèmes"), "repondre": _("Sans réponse, dans mes familles")}
        return self._options(labels, picked)

    def places(self) -> list[dict]:
        current = self.filters.space
        spaces = self.spaces if current is None or current in self.spaces else [*self.spaces, current]
        options = [
            {
                "value": "",
                "label": _("Tous les espaces"),
                "checked": current is None and not self.filters.open_community,
            },
            {"value": OPEN_COMMUNITY, "label": _("Communauté ouverte"), "checked": self.filters.open_community},
        ]
        return options + [{"value": space.slug, "label": space.name, "checked": space == current} for space in spaces]

    def territories(self) -> list[dict]:
        current = self.filters.territory
        known = [{"value": each["code"], "label": each["name"]} for each in vocabularies.regions()]
        if current and all(each["value"] != current.code for each in known):
            known.append({"value": current.code, "label": current.name})
        return [{**each, "selected": bool(current) and each["value"] == current.code} for each in known]

    def active(self) -> list[dict]:
        """The filters in force, each with the address of the list without it."""
        found = []
        words = {
            "famille": lambda: {family["slug"]: family["label"] for family in vocabularies.families()},
            "theme": lambda: {theme["code"]: theme["label"] for theme in vocabularies.themes()},
            "type": lambda: {option["value"]: option["label"] for option in self.kinds()},
            "etape": lambda: {option["value"]: option["label"] for option in self.stages()},
            "moi": lambda: {option["value"]: option["label"] for option in self.mine()},
        }
        for name in (name for name in words if name in self.query):
            known = words[name]()
            values = [value for value in self.query.getlist(name) if value in known]
            for value in values:
                rest = [other for other in values if other != value]
                found.append({"label": known[value], "remove_url": self.url(**{name: rest})})
        for name, label in (
            ("espace", self.filters.space.name if self.filters.space else ""),
            ("espace", _("Communauté ouverte") if self.filters.open_community else ""),
            ("territoire", self.filters.territory.name if self.filters.territory else ""),
            # As it was typed: the right spelling would tell that a tag of private threads exists.
            ("mot-cle", self.typed_tag()),
            ("q", f"«\u202f{self.filters.text}\u202f»" if self.filters.text else ""),
        ):
            if label:
                found.append({"label": label, "remove_url": self.url(**{name: ""})})
        return found


def fold(options: list[dict], shown: int) -> tuple[list[dict], list[dict]]:
    """The first options and the chosen ones in sight, the others folded."""
    return (
        [option for rank, option in enumerate(options) if rank < shown or option["checked"]],
        [option for rank, option in enumerate(options) if rank >= shown and not option["checked"]],
    )
