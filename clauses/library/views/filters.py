"""The address of the library read into filters, and the filters written back as the choices of its form."""

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from community.spaces.models import Space
from community.taxonomy.models import Pillar

from .. import facets
from ..selectors.library import MAX_QUERY, OPEN_COMMUNITY, ORDERS, Filters, Library, Sight, spaces_seen
from ..vocabularies import Ambition, ClauseKind, Consolidation, ContractDocument, LegalState
from ..vocabulary import LIFE_SLUGS, by_slug, slug, slug_of

MAX_CHOICES = 30
VIEWS = ("cards", "compact")
# What an address of the library may hold; the rest is dropped, so that one list has one address.
PARAMETERS = ("q", *facets.FACETS, "espace", "tri", "vue")
# Facets whose words come from contents: one that no clause in sight carries is as if it were not.
FROM_CONTENTS = ("mot-cle", "territoire")
FROM_ROWS = ("famille", "objectif", *FROM_CONTENTS)
SHOWN_TAGS = 12


class ReadFilters:
    """An address, its filters, and the words it typed that mean nothing to this viewer."""

    def __init__(self, request: HttpRequest, sight: Sight):
        self.data, self.viewer, self.sight = request.GET, request.user, sight
        self.unknown: list[tuple[str, str]] = []
        self.filters = Filters(text=self.data.get("q", "").strip()[:MAX_QUERY], order=order_of(request))
        for facet in facets.FACETS:
            self.filters.chosen[facet] = self._chosen(facet)
        self._read_space()

    def _chosen(self, facet: str) -> list:
        found = []
        for typed in self.data.getlist(facet)[:MAX_CHOICES]:
            value = self._value(facet, typed.strip()[:100])
            if value is not None:
                found.append(value)
            elif facet in FROM_CONTENTS and typed.strip():
                self.unknown.append((facet, typed.strip()[:100]))
                self.filters.impossible = True
        return list(dict.fromkeys(found))

    def _value(self, facet: str, typed: str):
        if facet not in FROM_ROWS:
            return by_slug(facet).get(slug_of(typed))
        names = self.sight.index.by_name[facet]
        value = names.get(typed, names.get(slug_of(typed)))
        if value is not None and facet in FROM_CONTENTS and not self.sight.index.mask(facet, value) & self.sight.bits:
            return None
        return value

    def _read_space(self) -> None:
        typed = self.data.get("espace", "")[:80]
        if typed == OPEN_COMMUNITY:
            self.filters.open_community = True
        elif typed:
            self.filters.space = Space.objects.visible_to(self.viewer).filter(slug=typed).first()
            self.filters.impossible |= self.filters.space is None


def order_of(request: HttpRequest) -> str:
    typed = request.GET.get("tri", "")
    return typed if typed in ORDERS else "reprises"


class LibraryForm:
    """What the page shows of the filters: facets with their counts, active filters, each with its address."""

    def __init__(self, request: HttpRequest, read: ReadFilters, library: Library):
        self.request, self.read, self.filters, self.library = request, read, read.filters, library
        self.index = library.index
        self.view = request.GET.get("vue") if request.GET.get("vue") in VIEWS else "cards"
        self.query = QueryDict(mutable=True)
        for name in PARAMETERS:
            values = [value[:MAX_QUERY] for value in request.GET.getlist(name)[:MAX_CHOICES] if value]
            if values:
                self.query.setlist(name, values)

    def url(self, **changes: str | list[str]) -> str:
        """The address of the library with these changes; page cursors are left out."""
        query = self.query.copy()
        for name, value in changes.items():
            name = name.replace("_", "-")
            values = value if isinstance(value, list) else [value]
            query.pop(name, None)
            if any(values):
                query.setlist(name, values)
        return f"?{query.urlencode()}" if query else "?"

    def kept_by_sort(self) -> list[tuple[str, str]]:
        """What the form of the order and the view must send along."""
        return [(name, value) for name, values in self.query.lists() if name not in ("tri", "vue") for value in values]

    def sorts(self) -> list[dict]:
        labels = {
            "reprises": pgettext("tri des clauses", "Les plus reprises"),
            "recentes": pgettext("tri des clauses", "Les plus récentes"),
            "ambition": _("Ambition"),
        }
        return [
            {"value": value, "label": label, "selected": value == self.filters.order} for value, label in labels.items()
        ]

    def families(self) -> list[dict]:
        """The top families, each with those below it."""
        words = self.index.words["famille"]
        tops = []
        for value, word in words.items():
            if word.parent is None and (option := self._row("famille", value)):
                below = [
                    found for pk, each in words.items() if each.parent == value and (found := self._row("famille", pk))
                ]
                tops.append({**option, "below": below, "is_open": any(each["checked"] for each in below)})
        return tops

    def rows(self, facet: str) -> list[dict]:
        return [option for value in self.index.words[facet] if (option := self._row(facet, value))]

    def tags(self) -> list[dict]:
        """The most carried ones, and those chosen."""
        found = sorted(self.rows("mot-cle"), key=lambda option: (-option["checked"], -option["count"], option["label"]))
        return found[:SHOWN_TAGS]

    def listed(self, facet: str, labels: dict) -> list[dict]:
        return [
            option
            for value, label in labels.items()
            if (option := self._option(facet, value, slug(facet, value), label))
        ]

    def _row(self, facet: str, value) -> dict | None:
        word = self.index.words[facet][value]
        option = self._option(facet, value, word.slug, word.label)
        return option and {**option, "family": word.swatch if facet == "famille" else ""}

    def _option(self, facet: str, value, typed: str, label) -> dict | None:
        """Nothing for what would give nothing, unless it is chosen."""
        count = self.library.counts[facet].get(value, 0)
        checked = value in self.filters.chosen[facet]
        if not count and not checked:
            return None
        return {"value": typed, "label": str(label), "count": count, "checked": checked}

    def facets(self) -> list[dict]:
        """{name, legend, options} in the order of the page, without those that offer nothing."""
        groups = [
            ("famille", _("Famille d’achats"), self.families()),
            ("piece", _("Pièce du marché"), self.listed("piece", dict(ContractDocument.choices))),
            ("type", _("Type de clause"), self.listed("type", dict(ClauseKind.choices))),
            ("objectif", _("Objectif"), self.rows("objectif")),
            ("ambition", _("Ambition"), self._ambitions()),
            ("etat", _("État juridique"), self.listed("etat", dict(LegalState.choices))),
            ("relecture", _("Niveau de relecture"), self.listed("relecture", dict(Consolidation.choices))),
            ("territoire", _("Territoire"), self.rows("territoire")),
            ("nature", _("Nature du marché"), self.listed("nature", nature_labels())),
            ("volet", _("Volet"), self.listed("volet", pillar_labels())),
            ("mot-cle", _("Mots-clés"), self.tags()),
            ("vie", _("Pas encore, ou plus publiées"), self.listed("vie", life_labels())),
        ]
        return [{"name": name, "legend": legend, "options": options} for name, legend, options in groups if options]

    def _ambitions(self) -> list[dict]:
        found = self.listed("ambition", dict(Ambition.choices))
        levels = {slug("ambition", level): int(level) for level in Ambition}
        return [{**option, "level": levels[option["value"]]} for option in found]

    def places(self) -> list[dict]:
        """Where to look: everywhere, in the open community, in one of the spaces whose clauses the viewer sees."""
        spaces = spaces_seen(self.read.sight, self.request.user)
        current = self.filters.space
        if current is not None and current not in spaces:
            spaces.append(current)
        if not spaces:
            return []
        counts = self.library.space_counts
        everywhere = current is None and not self.filters.open_community
        rows = [
            ("", _("Partout"), sum(counts.values()), everywhere),
            (OPEN_COMMUNITY, _("Communauté ouverte"), counts.get(None, 0), self.filters.open_community),
            *((space.slug, space.name, counts.get(space.pk, 0), space == current) for space in spaces),
        ]
        return [
            {"value": value, "label": label, "count": count, "checked": checked}
            for value, label, count, checked in rows
        ]

    def active(self) -> list[dict]:
        """The filters in force, each with the address of the list without it."""
        found = []
        for facet in facets.FACETS:
            values = self.filters.chosen[facet]
            for value in values:
                rest = [self._slug(facet, other) for other in values if other != value]
                rest += [typed for name, typed in self.read.unknown if name == facet]
                found.append({"label": self._label(facet, value), "remove_url": self.url(**{facet: rest})})
        for facet, typed in self.read.unknown:
            # As it was typed: the right spelling would tell that a word of private clauses exists.
            rest = [self._slug(facet, value) for value in self.filters.chosen[facet]]
            found.append({"label": typed, "remove_url": self.url(**{facet: rest})})
        for name, label in (
            ("espace", self.filters.space.name if self.filters.space else ""),
            ("espace", _("Communauté ouverte") if self.filters.open_community else ""),
            ("q", f"«\u202f{self.filters.text}\u202f»" if self.filters.text else ""),
        ):
            if label:
                found.append({"label": label, "remove_url": self.url(**{name: ""})})
        return found

    def _slug(self, facet: str, value) -> str:
        return self.index.words[facet][value].slug if facet in FROM_ROWS else slug(facet, value)

    def _label(self, facet: str, value) -> str:
        if facet in FROM_ROWS:
            return self.index.words[facet][value].label
        labels = {
            "nature": nature_labels(),
            "volet": pillar_labels(),
            "vie": life_labels(),
            "etat": dict(LegalState.choices),
        }
        return str(labels[facet][value] if facet in labels else value.label)


def nature_labels() -> dict:
    return {
        "works": _("Travaux"),
        "supplies": _("Fournitures"),
        "services": _("Services"),
        "concessions": _("Concessions"),
    }


def pillar_labels() -> dict:
    return dict(Pillar.choices)


def life_labels() -> dict:
    labels = {
        "draft": _("Brouillon"),
        "in_review": _("En relecture"),
        "hidden": _("Masquée"),
        "archived": _("Archivée"),
    }
    return {life: labels[life] for life in LIFE_SLUGS}
