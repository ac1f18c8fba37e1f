"""The address of the library of reports read into filters, and the filters written back as choices."""

from functools import lru_cache

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from clauses.library.selectors.library import spaces_seen
from community.core.facet_forms import UNFOLD, FacetForm, ReadFilters, Vocabulary
from community.core.slugs import slug_of
from community.spaces.models import Space
from community.taxonomy.procurement import AmountBracket

from .. import facets
from ..selectors.library import ORDERS, ReportPage, Sight
from ..vocabularies import FIRST_YEAR, LAST_YEAR, SHORT_SUBJECTS, TOLD_OUTCOMES, Buyer

PARAMETERS = ("q", *facets.FACETS, "espace", "tri", UNFOLD)
# Facets whose words come from contents: one that no report in sight carries is as if it were not.
FROM_CONTENTS = ("mot-cle", "territoire")
FROM_ROWS = ("famille", "theme", *FROM_CONTENTS)
SHOWN_TAGS = 10


def labels_of(facet: str) -> dict:
    """The values of a facet that is a short list, with their words."""
    if facet == "annee":
        return {year: str(year) for year in range(LAST_YEAR, FIRST_YEAR - 1, -1)}
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


def label(facet: str, value) -> str:
    return str(labels_of(facet)[value])


VOCABULARY = Vocabulary(
    facets=facets.FACETS,
    from_rows=FROM_ROWS,
    from_contents=FROM_CONTENTS,
    by_slug=by_slug,
    slug=slug,
    label=label,
    spelled=slug_of,
)


def read_filters(request: HttpRequest, sight: Sight) -> ReadFilters:
    return ReadFilters(
        request.GET,
        VOCABULARY,
        sight.index,
        sight.bits,
        order=order_of(request),
        find_space=lambda typed: Space.objects.visible_to(request.user).filter(slug=typed).first(),
    )


def order_of(request: HttpRequest) -> str:
    typed = request.GET.get("tri", "")
    return typed if typed in ORDERS else "recents"


class ReportsForm(FacetForm):
    parameters = PARAMETERS

    def __init__(self, request: HttpRequest, read: ReadFilters, page: ReportPage, sight: Sight):
        super().__init__(request, read, page.counts)
        self.page, self.sight = page, sight

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
        """{name, legend, options, more} in the order of the page, without those that offer nothing."""
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
        offering = (group for group in groups if group[2])
        found = [{"name": name, "legend": legend, **self.folded(name, rows)} for name, legend, rows in offering]
        if places := self.places():
            found.append({"name": "espace", "legend": _("Espace"), "options": places, "kind": "radio"})
        return found

    def _short(self, facet: str) -> list[dict]:
        return self.listed(facet, labels_of(facet))

    def _years(self) -> list[dict]:
        """Those there are, and those chosen; latest first."""
        years = sorted({*self.index.masks["annee"], *self.chosen["annee"]}, reverse=True)
        return self.listed("annee", {year: str(year) for year in years})

    def places(self) -> list[dict]:
        return self.place_options(spaces_seen(self.sight, self.request.user), self.page.space_counts)
