from django import forms
from django.utils.translation import gettext_lazy as _

from clauses.dossiers.actions.dossier import Description
from clauses.dossiers.models import Dossier
from clauses.dossiers.vocabularies import MAX_LOTS, MAX_NEED, MAX_TITLE, Procedure
from clauses.library.forms.obligations import MAX_MONTHS, AmountField
from community.core.form_fields import DayField, TokenField
from community.core.pages import MAX_KEY
from community.core.richtext import normalise_text
from community.law.models import Audience
from community.law.obligations import PurchaseNature
from community.members.models import Territory
from community.taxonomy.fields import CpvField, FamilyField, grouped
from community.taxonomy.suggest import Suggestion, suggest_families

NOT_SAID = [("", _("Non précisé"))]


class DossierForm(forms.Form):
    """What is known of the procurement. `suggested`: a family proposed for its object or its code, if she picks it."""

    title = forms.CharField(
        label=_("Nom du dossier"),
        max_length=MAX_TITLE,
        error_messages={"required": _("Donnez un nom au dossier.")},
    )
    need = forms.CharField(
        label=_("Objet du marché"),
        help_text=_("Tel qu’il sera écrit dans l’avis."),
        required=False,
        max_length=MAX_NEED,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    cpv = CpvField(help_text=_("Huit chiffres, par exemple 55524000."))
    suggested = forms.TypedChoiceField(
        label=_("Familles possibles, à vous de choisir"),
        required=False,
        coerce=int,
        empty_value=None,
        widget=forms.RadioSelect,
    )
    family = FamilyField()
    nature = forms.ChoiceField(label=_("Nature"), choices=NOT_SAID + PurchaseNature.choices, required=False)
    procedure = forms.ChoiceField(label=_("Procédure"), choices=NOT_SAID + Procedure.choices, required=False)
    buyer = forms.ChoiceField(label=_("Acheteur"), choices=NOT_SAID + Audience.choices, required=False)
    amount = AmountField(
        label=_("Montant estimé, en euros HT"),
        help_text=_("Sur toute la durée, tous lots, reconductions comprises."),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
    duration_months = forms.IntegerField(
        label=_("Durée, en mois"),
        required=False,
        min_value=1,
        max_value=MAX_MONTHS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    launch_on = DayField(label=_("Publication prévue le"))
    notified_on = DayField(label=_("Notification prévue le"))
    territory = forms.ModelChoiceField(
        Territory.objects.all(), label=_("Territoire"), required=False, empty_label=_("Toute la France")
    )
    lots = forms.CharField(
        label=_("Lots"),
        help_text=_("Un lot par ligne, dans l’ordre de leurs numéros. Laissez vide si le marché n’est pas alloti."),
        required=False,
        max_length=MAX_LOTS * (MAX_TITLE + 2),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    client_token = TokenField()

    def __init__(self, *args, suggestions: list[Suggestion] = (), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["family"].group()
        territories = grouped(Territory.objects.all(), _("toute la région"))
        self.fields["territory"].choices = [("", _("Toute la France")), *territories]
        self.offer(suggestions)

    def offer(self, suggestions) -> None:
        field = self.fields["suggested"]
        field.choices = [(each.family.pk, each.family.label) for each in suggestions]
        field.choice_hints = {each.family.pk: each.why for each in suggestions}

    @classmethod
    def sent(cls, data) -> "DossierForm":
        """What was proposed is proposed again: the choice must be one of those."""
        form = cls(data, suggestions=suggestions_for(data.get("need", ""), data.get("cpv", "")))
        if data.get("suggested") not in {str(pk) for pk, _label in form.fields["suggested"].choices}:
            form.data = form.data.copy()
            form.data.pop("suggested", None)
        return form

    def clean_title(self) -> str:
        return normalise_text(self.cleaned_data["title"]).strip()

    def clean_need(self) -> str:
        return normalise_text(self.cleaned_data["need"]).strip()

    def clean_lots(self) -> tuple[str, ...]:
        lines = (" ".join(line.split()) for line in normalise_text(self.cleaned_data["lots"]).splitlines())
        return tuple(line for line in lines if line)

    def clean(self) -> dict:
        told = super().clean()
        if told.get("family") is None and told.get("suggested"):
            known = {family.pk: family for family in self.fields["family"].queryset}
            told["family"] = known.get(told["suggested"])
        return told

    def description(self) -> Description:
        told = self.cleaned_data
        return Description(**{name: told[name] for name in Description.__dataclass_fields__})


def suggestions_for(need: str, cpv: str) -> list[Suggestion]:
    return suggest_families(cpv=cpv[:12], text=need[:MAX_NEED]) if need or cpv else []


def initial_of(dossier: Dossier) -> dict:
    names = [name for name in Description.__dataclass_fields__ if name != "lots"]
    lots = "\n".join(lot.title for lot in dossier.lots.all())
    return {**{name: getattr(dossier, name) for name in names}, "lots": lots, "version": dossier.version}


class AddForm(forms.Form):
    """Where a clause goes: one of the member's dossiers, or one that is opened for it."""

    dossier = forms.ChoiceField(
        label=_("Dossier"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez un dossier, ou ouvrez-en un.")},
    )
    title = forms.CharField(label=_("Nom du nouveau dossier"), required=False, max_length=MAX_TITLE)
    wording = forms.SlugField(required=False, widget=forms.HiddenInput, max_length=40)
    # The other half of a pair, which goes there too.
    also = forms.IntegerField(required=False, widget=forms.HiddenInput, min_value=1, max_value=MAX_KEY)
    client_token = TokenField()

    def __init__(self, *args, dossiers: list[Dossier], **kwargs):
        super().__init__(*args, **kwargs)
        offered = [(str(dossier.pk), dossier.title) for dossier in dossiers]
        self.fields["dossier"].choices = [*offered, ("nouveau", _("Nouveau dossier"))]
        self.fields["dossier"].choice_hints = {str(each.pk): hint_of(each) for each in dossiers}
        without = (str(dossier.pk) for dossier in dossiers if not dossier.has_it)
        self.fields["dossier"].initial = next(without, "nouveau")

    def clean(self) -> dict:
        told = super().clean()
        if told.get("dossier") == "nouveau" and not told.get("title", "").strip():
            self.add_error("title", _("Donnez un nom au nouveau dossier."))
        return told


def hint_of(dossier: Dossier) -> str:
    if dossier.has_it:
        return _("La clause y est déjà")
    count = dossier.item_count or 0
    return (_("%(count)d articles") if count > 1 else _("%(count)d article")) % {"count": count}
