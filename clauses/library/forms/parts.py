"""The rows and the lines that the form of a clause is made of."""

from django import forms
from django.utils.translation import gettext_lazy as _

from clauses.library.vocabularies import (
    MAX_CONTEXT,
    MAX_LINE,
    MAX_LINKS,
    MAX_PROVENANCES,
    MAX_STEPS,
    MAX_WORDING,
    MAX_WORDINGS,
    Ambition,
    ProvenanceMode,
    Relation,
)
from community.core.form_fields import DayField

from .rows import Rows

NATURE_LABELS = {
    "works": _("Travaux"),
    "supplies": _("Fournitures"),
    "services": _("Services"),
    "concessions": _("Concessions"),
}
NOT_SAID = [("", _("Non précisé"))]


def text(label, *, rows: int = 3, **kwargs) -> forms.CharField:
    kwargs.setdefault("max_length", MAX_CONTEXT)
    return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


def line(label, most: int = MAX_LINE, *, width: int | None = None, **kwargs) -> forms.CharField:
    widget = forms.TextInput(attrs={"size": width} if width else {})
    return forms.CharField(label=label, required=False, max_length=most, widget=widget, **kwargs)


WORDINGS = Rows(
    prefix="wording",
    first=1,
    most=MAX_WORDINGS,
    fields={
        "title": lambda: line(_("Intitulé de la rédaction"), 120),
        "text": lambda: text(
            _("Texte de la clause"),
            rows=9,
            max_length=MAX_WORDING,
            help_text=_("Écrivez comme dans la pièce. Mettez entre accolades ce que chacun devra compléter : {delai}."),
        ),
        "ambition": lambda: forms.TypedChoiceField(
            label=_("Ambition de cette rédaction"),
            choices=[("", _("Celle de la clause")), *Ambition.choices],
            coerce=int,
            empty_value=None,
            required=False,
        ),
        "conditions": lambda: line(_("Dans quel cas la prendre")),
        "key": lambda: forms.SlugField(required=False, max_length=40, widget=forms.HiddenInput),
    },
)
STEPS = Rows(
    prefix="scale",
    first=4,
    most=MAX_STEPS,
    fields={
        "score": lambda: line(_("Note attribuée"), 20, width=6),
        "description": lambda: line(_("Ce qui la justifie"), width=60),
    },
)
LINKS = Rows(
    prefix="link",
    first=2,
    most=MAX_LINKS,
    fields={
        "relation": lambda: forms.ChoiceField(label=_("Lien"), choices=Relation.choices, required=False),
        "reference": lambda: line(_("Référence de l’autre clause"), 160),
    },
)
PROVENANCES = Rows(
    prefix="provenance",
    first=1,
    most=MAX_PROVENANCES,
    fields={
        "organisation": lambda: line(_("D’où vient-elle"), 160),
        "document": lambda: line(_("Document"), 200),
        "url": lambda: forms.URLField(label=_("Adresse"), required=False, max_length=300, assume_scheme="https"),
        "licence": lambda: line(_("Licence du document"), 60),
        "dated": lambda: DayField(label=_("Date du document")),
        "mode": lambda: forms.ChoiceField(
            label=_("Reprise"), choices=[("", _("Choisissez")), *ProvenanceMode.choices], required=False
        ),
    },
)
EVERY_ROWS = (WORDINGS, STEPS, LINKS, PROVENANCES)
VARIABLE_COLUMNS = {"label": 120, "unit": 40, "minimum": 40, "maximum": 40, "default": 120, "guidance": MAX_LINE}
VARIABLE_WIDTHS = {"label": 18, "unit": 6, "minimum": 5, "maximum": 5, "default": 8, "guidance": 40}
VARIABLE_LABELS = {
    "label": _("Libellé"),
    "unit": _("Unité"),
    "minimum": _("Minimum"),
    "maximum": _("Maximum"),
    "default": _("Valeur courante"),
    "guidance": _("Ce qui guide le choix"),
}
# Where the finding of a list shows: its first field.
ANCHORS = {
    "wordings": "wording_0_text",
    "scale": "scale_0_description",
    "links": "link_0_reference",
    "provenances": "provenance_0_organisation",
}
