from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from community.members.models import Territory
from community.taxonomy.models import PurchaseFamily, Theme


@dataclass(frozen=True, kw_only=True)
class PeopleCriteria:
    name: str = ""
    territory: Territory | None = None
    family: PurchaseFamily | None = None
    theme: Theme | None = None
    available: bool = False


class PeopleForm(forms.Form):
    """Who « a déjà fait ce type de marché », near here. An unreadable filter is as if it were not there."""

    nom = forms.CharField(label=_("Nom"), required=False, max_length=120, widget=forms.TextInput({"type": "search"}))
    territoire = forms.ModelChoiceField(
        Territory.objects.order_by("-kind", "name"),
        label=_("Territoire"),
        required=False,
        to_field_name="code",
        empty_label=_("Tous les territoires"),
    )
    famille = forms.ModelChoiceField(
        PurchaseFamily.objects.top(),
        label=_("A déjà acheté"),
        required=False,
        to_field_name="slug",
        empty_label=_("Toutes les familles"),
    )
    theme = forms.ModelChoiceField(
        Theme.objects.all(),
        label=_("A déjà pratiqué"),
        required=False,
        to_field_name="code",
        empty_label=_("Tous les thèmes"),
    )
    disponible = forms.BooleanField(label=_("Disponible pour être sollicité"), required=False)

    def criteria(self) -> PeopleCriteria:
        self.is_valid()
        data = self.cleaned_data
        return PeopleCriteria(
            name=data.get("nom") or "",
            territory=data.get("territoire"),
            family=data.get("famille"),
            theme=data.get("theme"),
            available=bool(data.get("disponible")),
        )

    @property
    def is_filtered(self) -> bool:
        return self.criteria() != PeopleCriteria()

    def address(self, **cursor: str) -> str:
        """The same filters at another page."""
        kept = {name: self.data[name] for name in self.fields if self.data.get(name)}
        return "?" + urlencode(kept | cursor)
