"""The address of the library read into filters, and the filters written back as the choices of its form."""

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from community.core.facet_forms import MAX_CHOICES, OPEN_COMMUNITY, UNFOLD, FacetForm
from community.spaces.models import Space
from community.taxonomy.models import Pillar

from .. import facets
from ..selectors.library import MAX_QUERY, ORDERS, Filters, Library, Sight, spaces_seen
from ..vocabularies import Ambition, ClauseKind, Consolidation, ContractDocument, LegalState
from ..vocabulary import LIFE_SLUGS, by_slug, slug, slug_of

VIEWS = ("cards", "compact")
# What an address of the library may hold; the rest is dropped, so that one list has one address.
PARAMETERS = ("q", *facets.FACETS, "espace", "tri", "vue", UNFOLD)
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


class LibraryForm(FacetForm):
    """What the page shows of the filters: facets with their counts, active filters, each with its address."""

    parameters = PARAMETERS
    sorting = ("tri", "vue")

    def __init__(self, request: HttpRequest, read: ReadFilters, library: Library):
        super().__init__(request, library.index, read.filters.chosen, library.counts)
        self.read, self.filters, self.library = read, read.filters, library
        self.view = request.GET.get("vue") if request.GET.get("vue") in VIEWS else "cards"

    def sorts(self) -> list[dict]:
        labels = {
            "reprises": pgettext("tri des clauses", "Les plus reprises"),
            "recentes": pgettext("tri des clauses", "Les plus récentes"),
            "ambition": _("Ambition"),
        }
        return [
            {"value": value, "label": label, "selected": value == self.filters.order} for value, label in labels.items()
        ]

    def facets(self) -> list[dict]:
        """{name, legend, options, more} in the order of the page, without those that offer nothing."""
        groups = [
            ("famille", _("Famille d’achats"), self.tree("famille", a_level_at_a_time=True)),
            ("piece", _("Pièce du marché"), self.listed("piece", dict(ContractDocument.choices), slug)),
            ("type", _("Type de clause"), self.listed("type", dict(ClauseKind.choices), slug)),
            ("objectif", _("Objectif"), self.rows("objectif")),
            ("ambition", _("Ambition"), self._ambitions()),
            ("etat", _("État juridique"), self.listed("etat", dict(LegalState.choices), slug)),
            ("relecture", _("Niveau de relecture"), self.listed("relecture", dict(Consolidation.choices), slug)),
            ("territoire", _("Territoire"), self.rows("territoire")),
            ("nature", _("Nature du marché"), self.listed("nature", nature_labels(), slug)),
            ("volet", _("Volet"), self.listed("volet", pillar_labels(), slug)),
            ("mot-cle", _("Mots-clés"), self.most_carried("mot-cle", SHOWN_TAGS)),
            ("vie", _("Pas encore, ou plus publiées"), self.listed("vie", life_labels(), slug)),
        ]
        offering = (group for group in groups if group[2])
        return [{"name": name, "legend": legend, **self.folded(name, rows)} for name, legend, rows in offering]

    def _ambitions(self) -> list[dict]:
        found = self.listed("ambition", dict(Ambition.choices), slug)
        levels = {slug("ambition", level): int(level) for level in Ambition}
        return [{**option, "level": levels[option["value"]]} for option in found]

    def places(self) -> list[dict]:
        spaces = spaces_seen(self.read.sight, self.request.user)
        counts = self.library.space_counts
        return self.place_options(spaces, self.filters.space, counts, open_community=self.filters.open_community)

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
