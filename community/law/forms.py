from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Audience, LegalProvision, LegalText, Obligation, Threshold

SOURCED = ("source", "source_url", "verified_on", "to_check")
MAX_NOTE = 600
SLUG_LABEL = _("Nom dans l’adresse de la page")
NOTHING = _("Rien ne le remplace")
CHOOSE = _("Choisir")


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class LawForm(forms.ModelForm):
    """`seen`: the latest change that the form shows, so that two jurists do not overwrite each other."""

    why = forms.CharField(
        label=_("Pourquoi ce changement"),
        help_text=_("Gardé dans l’historique de la fiche."),
        required=False,
        max_length=MAX_NOTE,
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    source_url = forms.URLField(label=_("Adresse de la source"), required=False, max_length=500, assume_scheme="https")

    def __init__(self, *args, seen: int | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["seen"] = seen
        for field in self.fields.values():
            if isinstance(field, forms.DateField):
                field.widget = day_input()
            elif isinstance(field, forms.TypedChoiceField):
                field.choices = [(value, label if value else CHOOSE) for value, label in field.choices]

    def _post_clean(self):
        """The action checks the model, under its lock."""
        opts = self._meta
        self.instance = forms.models.construct_instance(self, self.instance, opts.fields, opts.exclude)


class LinesField(forms.CharField):
    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        return [line.strip() for line in (super().to_python(value) or "").splitlines() if line.strip()]


class TextForm(LawForm):
    aliases = LinesField(
        label=_("Autres noms"),
        help_text=_("Un par ligne, tels qu’on les écrit : « loi Climat ». Ils servent à reconnaître les citations."),
        required=False,
        max_length=2_000,
    )

    class Meta:
        model = LegalText
        fields = (
            "slug",
            "nature",
            "number",
            "short_title",
            "title",
            "aliases",
            "in_force_from",
            "repealed_on",
            "replaced_by",
            "scope",
            "note",
            *SOURCED,
        )
        labels = {"slug": SLUG_LABEL}
        widgets = {"note": forms.Textarea(attrs={"rows": 3}), "title": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            # Its address lasts.
            del self.fields["slug"]
            self.fields["replaced_by"].queryset = LegalText.objects.exclude(pk=self.instance.pk)
        self.fields["replaced_by"].empty_label = NOTHING


class ProvisionForm(LawForm):
    class Meta:
        model = LegalProvision
        fields = ("label", "title", "summary", "changed", "in_force_from", "repealed_on", "replaced_by", *SOURCED)
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 4}),
            "changed": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["replaced_by"].queryset = LegalProvision.objects.select_related("text").exclude(pk=self.instance.pk)
        self.fields["replaced_by"].empty_label = NOTHING


class ThresholdForm(LawForm):
    class Meta:
        model = Threshold
        fields = ("key", "label", "amount", "applies_from", "applies_until", "concerns", "provisions", *SOURCED)
        help_texts = {
            "provisions": _(
                "Ceux qui fixent ce seuil ou en dépendent : ce qui les cite est à relire quand le montant ou la "
                "période change."
            )
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["provisions"].queryset = LegalProvision.objects.select_related("text")


class ObligationForm(LawForm):
    audiences = forms.MultipleChoiceField(
        label=_("Concerne"),
        help_text=_("Aucun choix : tous les acheteurs."),
        choices=Audience.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Obligation
        fields = (
            "slug",
            "title",
            "starts_on",
            "year_only",
            "ends_on",
            "summary",
            "scope",
            "threshold_text",
            "audiences",
            "texts",
            "provisions",
            "is_essential",
            *SOURCED,
        )
        labels = {"slug": SLUG_LABEL}
        widgets = {"summary": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["provisions"].queryset = LegalProvision.objects.select_related("text")
        if self.instance.pk:
            del self.fields["slug"]


class RepealForm(forms.Form):
    on = forms.DateField(label=_("Abrogé à compter du"), widget=day_input())
    replaced_by = forms.ModelChoiceField(
        label=_("Remplacé par"), queryset=LegalText.objects.none(), required=False, empty_label=NOTHING
    )
    why = forms.CharField(
        label=_("Pourquoi, sur quelle source"), required=False, max_length=MAX_NOTE, widget=forms.Textarea
    )

    def __init__(self, *args, successors, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["replaced_by"].queryset = successors


class RestoreForm(forms.Form):
    why = forms.CharField(label=_("Pourquoi ce texte est remis en vigueur"), max_length=MAX_NOTE, widget=forms.Textarea)
