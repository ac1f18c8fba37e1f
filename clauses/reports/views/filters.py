"""The address of the library of reports read into filters, and the filters written back as choices."""

from functools import lru_cache

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from clauses.library.vocabulary import slug_of
from community.core.facet_forms import MAX_CHOICES, OPEN_COMMUNITY, FacetForm
from community.spaces.models import Space
from community.taxonomy.procurement import AmountBracket

from .. import facets
from ..selectors.library import MAX_QUERY, ORDERS, Filters, ReportPage, Sight, spaces_seen
from ..vocabularies import SHORT_SUBJECTS, TOLD_OUTCOMES, Buyer

PARAMETERS = ("q", *facets.FACETS, "espace", "tri")
# Facets whose words come from contents: one that no report in sight carries is as if it were not.
FROM_CONTENTS = ("mot-cle", "territoire")
FROM_ROWS = ("famille", "theme", *FROM_CONTENTS)
SHOWN_TAGS = 10
YEARS = range(2000, 2100)


def labels_of(facet: str) -> dict:
    """The values of a facet that is a short list, with their words."""
    if facet == "annee":
        return {year: str(year) for year in reversed(YEARS)}
    lists = {
        "sujet": SHORT_SUBJECTS,
        "resultat": dict(TOLD_OUTCOMES),
        "acheteur": dict(Buyer.choices),
        "montant": dict(AmountBracket.choices),
    }
    return {str(value): label for value, label in lists[facet].items()}


@lru_cache(maxsize=1)
def slugs() -> dict[str, dict]:
    """Value → word of an address, by facet; French, and the same in every language of the pages."""
    short = ("sujet", "resultat", "acheteur", "montant", "annee")
    return {facet: {value: slug_of(label) for value, label in labels_of(facet).items()} for facet in short}


def slug(facet: str, value) -> str:
    return slugs()[facet][value]


@lru_cache(maxsize=8)
def by_slug(facet: str) -> dict:
    return {text: value for value, text in slugs()[facet].items()}


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
        for typed in (each.strip()[:100] for each in self.data.getlist(facet)[:MAX_CHOICES]):
            value = self._value(facet, typed)
            if value is not None:
                found.append(value)
            elif facet in FROM_CONTENTS and typed:
                self.unknown.append((facet, typed))
                self.filters.impossible = True
        return list(dict.fromkeys(found))

    def _value(self, facet: str, typed: str):
        if facet not in FROM_ROWS:
            return by_slug(facet).get(slug_of(typed))
        index = self.sight.index
        value = index.by_name[facet].get(typed, index.by_name[facet].get(slug_of(typed)))
        if value is not None and facet in FROM_CONTENTS and not index.mask(facet, value) & self.sight.bits:
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
    return typed if typed in ORDERS else "recents"


class ReportsForm(FacetForm):
    parameters = PARAMETERS

    def __init__(self, request: HttpRequest, read: ReadFilters, page: ReportPage):
        super().__init__(request, page.index, read.filters.chosen, page.counts)
        self.read, self.filters, self.page = read, read.filters, page

    def sorts(self) -> list[dict]:
        labels = {
            "recents": pgettext("tri des récits", "Les plus récents"),
            "utiles": pgettext("tri des récits", "Les plus utiles"),
            "ecart": _("Écart de prix"),
        }
        return [
            {"value": value, "label": label, "selected": value == self.filters.order} for value, label in labels.items()
        ]

    def facets(self) -> list[dict]:
        """{name, legend, options} in the order of the page, without those that offer nothing."""
        groups = [
            ("resultat", _("Résultat"), self._short("resultat")),
            ("sujet", _("Le récit porte sur"), self._short("sujet")),
            ("famille", _("Famille d’achats"), self.tree("famille", a_level_at_a_time=True)),
            ("theme", _("Thème"), self.rows("theme")),
            ("territoire", _("Territoire"), self.tree("territoire", a_level_at_a_time=True)),
            ("acheteur", _("Type d’acheteur"), self._short("acheteur")),
            ("annee", _("Année"), self._years()),
            ("montant", _("Montant"), self._short("montant")),
            ("mot-cle", _("Mots-clés"), self.most_carried("mot-cle", SHOWN_TAGS)),
        ]
        found = [{"name": name, "legend": legend, "options": options} for name, legend, options in groups if options]
        if places := self.places():
            found.append({"name": "espace", "legend": _("Espace"), "options": places, "kind": "radio"})
        return found

    def _short(self, facet: str) -> list[dict]:
        return self.listed(facet, labels_of(facet), slug)

    def _years(self) -> list[dict]:
        """Those there are, and those chosen; latest first."""
        years = sorted({*self.index.masks["annee"], *self.chosen["annee"]}, reverse=True)
        return self.listed("annee", {year: str(year) for year in years}, lambda _facet, year: str(year))

    def places(self) -> list[dict]:
        spaces = spaces_seen(self.read.sight, self.request.user)
        counts = self.page.space_counts
        return self.place_options(spaces, self.filters.space, counts, open_community=self.filters.open_community)

    def active(self) -> list[dict]:
        """The filters in force, each with the address of the list without it."""
        found = []
        for facet in facets.FACETS:
            typed = {value: self._slug(facet, value) for value in self.chosen[facet]}
            unknown = [each for name, each in self.read.unknown if name == facet]
            for value in typed:
                rest = [each for other, each in typed.items() if other != value] + unknown
                found.append({"label": self._label(facet, value), "remove_url": self.url(**{facet: rest})})
            # As it was typed: the right spelling would tell that a word of private reports exists.
            found += [{"label": each, "remove_url": self.url(**{facet: [*typed.values()]})} for each in unknown]
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
        return str(labels_of(facet)[value])
