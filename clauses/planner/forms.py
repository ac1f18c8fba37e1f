"""The forms of the planner; all work without JavaScript."""

from django import forms
from django.utils.translation import gettext_lazy as _

from clauses.library.forms.obligations import MAX_TYPED, AmountField
from community.core.form_fields import DayField, TokenField
from community.law.obligations.purchase import PurchaseNature
from community.taxonomy.fields import CpvField, FamilyField

from .actions.plan import PurchaseFields
from .imports.cells import FIRST_YEAR, LAST_YEAR
from .models import MAX_NOTES, MAX_ORGANISATION, MAX_STEP_NOTE, MAX_TITLE, PlannedPurchase
from .vocabularies import Procedure, ShareRole, Status

UNKNOWN = ("", _("Je ne sais pas encore"))
BAD_DATE = _("Cette date n’existe pas. Écrivez-la ainsi : 30/06/2027.")
DAY_FORMATS = ["%Y-%m-%d", "%d/%m/%Y"]


def day_field(label, **more) -> DayField:
    return DayField(label=label, input_formats=DAY_FORMATS, error_messages={"invalid": BAD_DATE}, **more)


class PurchaseForm(forms.Form):
    """Adds or changes a purchase. Only its owner says whether her peers see it."""

    title = forms.CharField(
        label=_("Objet"),
        max_length=MAX_TITLE,
        error_messages={"required": _("Dites en quelques mots ce que vous achetez.")},
    )
    family = FamilyField(help_text=_("Sans réponse, nous en proposons une d’après l’objet et le code."))
    cpv = CpvField()
    nature = forms.ChoiceField(label=_("Nature"), choices=[UNKNOWN, *PurchaseNature.choices], required=False)
    amount = AmountField(
        label=_("Montant estimé, en euros HT"),
        help_text=_("Sur toute la durée, tous lots, reconductions comprises."),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "maxlength": MAX_TYPED}),
    )
    starts_on = day_field(_("Début du nouveau marché"), help_text=_("Une date approximative suffit."))
    launch_on = day_field(
        _("Publication de l’avis"), help_text=_("Si vous la connaissez ; sinon nous la comptons d’après le début.")
    )
    procedure = forms.ChoiceField(label=_("Procédure"), choices=[UNKNOWN, *Procedure.choices], required=False)
    organisation = forms.CharField(label=_("Organisation qui achète"), max_length=MAX_ORGANISATION, required=False)
    social_clause = forms.BooleanField(
        label=_("Prévoir une clause sociale"),
        help_text=_("Ajoute l’étape « prévenir le facilitateur », quatre mois avant le lancement."),
        required=False,
    )
    notes = forms.CharField(
        label=_("Notes"), max_length=MAX_NOTES, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    visible_to_peers = forms.BooleanField(
        label=_("Me montrer à celles et ceux qui achètent la même chose"),
        help_text=_(
            "S’ils l’acceptent aussi, ils voient votre nom, votre organisation si votre profil la montre, la famille "
            "et l’année : ni l’objet, ni le montant, ni les notes. Vous pouvez revenir sur ce choix."
        ),
        required=False,
    )
    status = forms.ChoiceField(label=_("État"), choices=Status.choices, required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    client_token = TokenField()

    def __init__(self, *args, is_owner: bool = True, is_new: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["family"].group()
        self.fields["starts_on"].required = True
        self.fields["starts_on"].error_messages["required"] = _("Donnez le jour, même approximatif.")
        if not is_owner:
            del self.fields["visible_to_peers"]
        if is_new:
            del self.fields["status"], self.fields["version"]
        else:
            del self.fields["client_token"]

    @classmethod
    def of(cls, purchase: PlannedPurchase, data=None, *, is_owner: bool) -> "PurchaseForm":
        initial = {name: getattr(purchase, name) for name in PurchaseFields.__dataclass_fields__}
        initial |= {name: getattr(purchase, name) for name in ("visible_to_peers", "status", "version")}
        initial["family"] = purchase.family_id
        return cls(data, initial=initial, is_owner=is_owner)

    def clean_starts_on(self):
        return self.plausible("starts_on")

    def clean_launch_on(self):
        return self.plausible("launch_on")

    def plausible(self, name: str):
        day = self.cleaned_data[name]
        if day and not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise forms.ValidationError(
                _("L’année doit être comprise entre %(first)d et %(last)d."),
                params={"first": FIRST_YEAR, "last": LAST_YEAR},
            )
        return day

    def clean(self):
        cleaned = super().clean()
        starts_on, launch_on = cleaned.get("starts_on"), cleaned.get("launch_on")
        if starts_on and launch_on and launch_on > starts_on:
            self.add_error("launch_on", _("L’avis part avant le début du marché : vérifiez les deux dates."))
        if cleaned.get("visible_to_peers") and not cleaned.get("family") and "family" not in self.errors:
            self.add_error("family", _("Choisissez une famille : c’est elle qui vous rapproche de vos pairs."))
        return cleaned

    def purchase(self) -> PurchaseFields:
        return PurchaseFields(**{name: self.cleaned_data[name] for name in PurchaseFields.__dataclass_fields__})


class StepForm(forms.Form):
    done_on = day_field(_("Fait le"))
    note = forms.CharField(label=_("Ce qui a été fait"), max_length=MAX_STEP_NOTE, required=False)


class ShareForm(forms.Form):
    member = forms.CharField(max_length=12)
    role = forms.ChoiceField(choices=ShareRole.choices)


class ImportForm(forms.Form):
    """Size and kind are said before the bytes are read."""

    file = forms.FileField(
        label=_("Fichier CSV"),
        help_text=_("Point-virgule, virgule ou tabulation ; accents acceptés ; 1 Mo et 300 lignes au plus."),
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv,text/plain"}),
        error_messages={
            "required": _("Choisissez le fichier à lire."),
            "empty": _("Ce fichier est vide."),
            "max_length": _("Le nom de ce fichier est trop long."),
        },
    )
    client_token = TokenField()


class RemindersForm(forms.Form):
    remind_before = forms.BooleanField(label=_("Quinze jours avant chaque étape"), required=False)
    remind_same_day = forms.BooleanField(label=_("Le jour même"), required=False)
    weekly_mail = forms.BooleanField(label=_("Un point chaque lundi, par courriel"), required=False)
