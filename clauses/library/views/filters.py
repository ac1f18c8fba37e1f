"""The address of the library read into filters, and the filters written back as the choices of its form."""

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from community.core.facet_forms import UNFOLD, FacetForm, ReadFilters, Vocabulary
from community.core.slugs import slug_of
from community.core.ui import labels
from community.spaces.models import Space
from community.taxonomy.models import Pillar

from .. import facets
from ..selectors.library import ORDERS, Library, Sight, spaces_seen
from ..vocabularies import Ambition, ClauseKind, Consolidation, ContractDocument, LegalState
from ..vocabulary import LIFE_SLUGS, by_slug, slug

VIEWS = ("cards", "compact")
# What an address of the library may hold; the rest is dropped, so that one list has one address.
PARAMETERS = ("q", *facets.FACETS, "espace", "tri", "vue", UNFOLD)
# Facets whose words come from contents: one that no clause in sight carries is as if it were not.
FROM_CONTENTS = ("mot-cle", "territoire")
FROM_ROWS = ("famille", "objectif", *FROM_CONTENTS)
SHOWN_TAGS = 12


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
    return typed if typed in ORDERS else "reprises"


class LibraryForm(FacetForm):
    """What the page shows of the filters: facets with their counts, active filters, each with its address."""

    parameters = PARAMETERS
    sorting = ("tri", "vue")

    def __init__(self, request: HttpRequest, read: ReadFilters, library: Library, sight: Sight):
        super().__init__(request, read, library.counts)
        self.library, self.sight = library, sight
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
            ("piece", _("Pièce du marché"), self.listed("piece", labels(ContractDocument))),
            ("type", _("Type de clause"), self.listed("type", labels(ClauseKind))),
            ("objectif", _("Objectif"), self.rows("objectif")),
            ("ambition", _("Ambition"), self._ambitions()),
            ("etat", _("État juridique"), self.listed("etat", labels(LegalState))),
            ("relecture", _("Niveau de relecture"), self.listed("relecture", labels(Consolidation))),
            ("territoire", _("Territoire"), self.rows("territoire")),
            ("nature", _("Nature du marché"), self.listed("nature", nature_labels())),
            ("volet", _("Volet"), self.listed("volet", pillar_labels())),
            ("mot-cle", _("Mots-clés"), self.most_carried("mot-cle", SHOWN_TAGS)),
            ("vie", _("Pas encore, ou plus publiées"), self.listed("vie", life_labels())),
        ]
        offering = (group for group in groups if group[2])
        return [{"name": name, "legend": legend, **self.folded(name, rows)} for name, legend, rows in offering]

    def _ambitions(self) -> list[dict]:
        found = self.listed("ambition", labels(Ambition))
        levels = {slug("ambition", level): int(level) for level in Ambition}
        return [{**option, "level": levels[option["value"]]} for option in found]

    def places(self) -> list[dict]:
        return self.place_options(spaces_seen(self.sight, self.request.user), self.library.space_counts)


def label(facet: str, value) -> str:
    words = {
        "nature": nature_labels(),
        "volet": pillar_labels(),
        "vie": life_labels(),
        "etat": labels(LegalState),
    }
    return str(words[facet][value] if facet in words else value.label)


def nature_labels() -> dict:
    return {
        "works": _("Travaux"),
        "supplies": _("Fournitures"),
        "services": _("Services"),
        "concessions": _("Concessions"),
    }


def pillar_labels() -> dict:
    return labels(Pillar)


def life_labels() -> dict:
    labels = {
        "draft": _("Brouillon"),
        "in_review": _("En relecture"),
        "hidden": _("Masquée"),
        "archived": _("Archivée"),
    }
    return {life: labels[life] for life in LIFE_SLUGS}


VOCABULARY = Vocabulary(
    facets=facets.FACETS,
    from_rows=FROM_ROWS,
    from_contents=FROM_CONTENTS,
    by_slug=by_slug,
    slug=slug,
    label=label,
    spelled=slug_of,
)
