from django import forms
from django.utils.translation import gettext_lazy as _

from community.members.models import ExpertiseKind
from community.taxonomy.models import PurchaseFamily


class DomainForm(forms.Form):
    domain = forms.CharField(
        label=_("Domaine de ses adresses"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"placeholder": "val-ormel.fr"}),
    )


class ExpertiseForm(forms.Form):
    kind = forms.ChoiceField(label=_("Reconnaissance"), choices=ExpertiseKind.choices)
    family = forms.ModelChoiceField(
        PurchaseFamily.objects.top(), label=_("Famille"), required=False, empty_label=_("Toutes les familles")
    )
    until = forms.DateField(label=_("Jusqu’au"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
