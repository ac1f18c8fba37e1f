from django import forms
from django.utils.translation import gettext_lazy as _

from clauses.dossiers.actions.items import Words
from clauses.dossiers.models import Dossier, DossierItem
from clauses.dossiers.vocabularies import DOCUMENT_ORDER, MAX_NOTE, MAX_NOTES, MAX_TEXT, MAX_TITLE, MAX_VALUE
from clauses.library.exports.blocks import clean
from clauses.library.vocabularies import CRITERIA, ClauseKind
from community.core.form_fields import TokenField
from community.core.richtext import normalise_text
from community.taxonomy.models import Pillar

# What an own article stands for, so that the checks count it: (kind, pillar).
COUNTS_AS = {
    "condition_env": (ClauseKind.ENVIRONMENTAL_CONDITION, Pillar.ENVIRONMENT),
    "criterion_env": (ClauseKind.CRITERION, Pillar.ENVIRONMENT),
    "condition_social": (ClauseKind.SOCIAL_CONDITION, Pillar.SOCIAL),
    "criterion_social": (ClauseKind.CRITERION, Pillar.SOCIAL),
    "criterion": (ClauseKind.CRITERION, Pillar.ECONOMY),
    "reservation": (ClauseKind.RESERVATION, Pillar.SOCIAL),
}
COUNTS_AS_WORDS = [
    ("", _("Rien de particulier")),
    ("condition_env", _("Une condition environnementale")),
    ("criterion_env", _("Un critère environnemental")),
    ("condition_social", _("Une condition sociale")),
    ("criterion_social", _("Un critère social")),
    ("criterion", _("Un autre critère d’attribution")),
    ("reservation", _("Une réservation du marché")),
]


class ItemForm(forms.Form):
    """A text of the dossier: where it stands and what it says."""

    title = forms.CharField(
        label=_("Titre"), max_length=MAX_TITLE, error_messages={"required": _("Donnez un titre à l’article.")}
    )
    document = forms.ChoiceField(
        label=_("Pièce du marché"), choices=[(document.value, document.label) for document in DOCUMENT_ORDER]
    )
    lot = forms.ModelChoiceField(None, label=_("Lot"), required=False, empty_label=_("Tous les lots"))
    text = forms.CharField(
        label=_("Texte"),
        help_text=_("Mettez entre accolades ce qui reste à compléter, sans accent : {delai_de_reponse}."),
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={"required": _("Écrivez le texte de l’article.")},
    )
    counts_as = forms.ChoiceField(
        label=_("Cet article compte comme"),
        help_text=_("Pour les contrôles et les données essentielles."),
        choices=COUNTS_AS_WORDS,
        required=False,
    )
    weight = forms.IntegerField(
        label=_("Poids dans la note, en %"),
        help_text=_("Pour un critère d’attribution."),
        required=False,
        min_value=1,
        max_value=100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    notes = forms.CharField(
        label=_("Vos notes"),
        help_text=_("Pour l’équipe : ni dans les pièces du marché, ni dans une relecture."),
        required=False,
        max_length=MAX_NOTES,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    client_token = TokenField()

    def __init__(self, *args, dossier: Dossier, item: DossierItem | None = None, **kwargs):
        if item is not None:
            kwargs.setdefault("initial", initial_of(item))
        super().__init__(*args, **kwargs)
        self.fields["lot"].queryset = dossier.lots.all()
        if not dossier.lots.all():
            del self.fields["lot"]
        if item is not None and not item.is_own:
            # What a clause counts as, its library says; the weight of a criterion is one of its variables.
            del self.fields["counts_as"]
            weighs = any(row["key"].startswith(("ponderation", "poids")) for row in item.variables)
            if weighs or item.kind not in CRITERIA:
                del self.fields["weight"]

    def clean_text(self) -> str:
        return normalise_text(self.cleaned_data["text"])

    def words(self) -> Words:
        told = self.cleaned_data
        kind, pillar = COUNTS_AS.get(told.get("counts_as", ""), ("", ""))
        return Words(
            title=normalise_text(told["title"]),
            text=told["text"],
            document=told["document"],
            lot=told.get("lot"),
            weight=told.get("weight"),
            notes=normalise_text(told["notes"]),
            kind=str(kind),
            pillar=str(pillar),
        )


def initial_of(item: DossierItem) -> dict:
    pair = (item.kind, item.pillar)
    return {
        "title": item.title,
        "document": item.document,
        "lot": item.lot_id,
        "text": item.text,
        "counts_as": next((name for name, known in COUNTS_AS.items() if known == pair), ""),
        "weight": item.weight,
        "notes": item.notes,
        "version": item.version,
    }


class NoteForm(forms.Form):
    text = forms.CharField(
        label=_("Une note pour l’équipe"),
        max_length=MAX_NOTE,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Écrivez la note.")},
    )
    client_token = TokenField()

    def clean_text(self) -> str:
        return normalise_text(self.cleaned_data["text"])


def clean_value(text: str) -> str:
    """A value stays on one line, without what no contract holds (control characters, bidirectional marks)."""
    return " ".join(clean(normalise_text(text)).split())[:MAX_VALUE]
