from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from community.members import selectors, siret
from community.members.actions import propose_organisation
from community.members.models import Member, Organisation, OrganisationKind

PROPOSE = "propose"


def _known(key: str) -> list[Organisation]:
    """The known organisation of that key; none for what is no key, or one longer than the database can hold."""
    if not (key.isascii() and key.isdigit() and len(key) < 18):
        return []
    return list(selectors.known_organisations([int(key)]))


class OrganisationChoiceForm(forms.Form):
    """Search by name, then choose among what is known, or propose. Works with a plain « Chercher » button."""

    organisation_query = forms.CharField(
        label=_("Nom de l’organisation ou commune"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "organization"}),
    )
    organisation = forms.CharField(label=_("Votre organisation"), required=False, max_length=20)
    organisation_name = forms.CharField(label=_("Nom de l’organisation"), required=False, max_length=160)
    organisation_kind = forms.ChoiceField(
        label=_("Type"), required=False, choices=[("", _("Choisir un type")), *OrganisationKind.choices]
    )
    siret = forms.CharField(
        label=_("SIRET"), required=False, max_length=30, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )

    @cached_property
    def organisation_options(self) -> list[Organisation]:
        """What the search found, and what was chosen before it."""
        query = self["organisation_query"].value() or ""
        found = selectors.search_organisations(query) if query else []
        chosen = self["organisation"].value()
        if chosen and str(chosen) not in {str(each.pk) for each in found}:
            found = [*_known(str(chosen)), *found]
        return found

    @property
    def chosen_organisation(self) -> str:
        return str(self["organisation"].value() or "")

    @property
    def was_searched(self) -> bool:
        return bool(self["organisation_query"].value())

    def clean_siret(self) -> str:
        if self.data.get(self.add_prefix("organisation")) != PROPOSE:
            return ""
        return siret.clean_siret(self.cleaned_data["siret"])

    def clean_organisation(self):
        value = self.cleaned_data["organisation"]
        if value == PROPOSE:
            return PROPOSE
        found = _known(value)
        if not found:
            raise ValidationError(_("Cherchez votre organisation par son nom, puis choisissez-la ou proposez-la."))
        return found[0]

    def clean(self):
        data = super().clean()
        if data is not None and data.get("organisation") == PROPOSE:
            if not data.get("organisation_name"):
                self.add_error("organisation_name", _("Donnez le nom de l’organisation que vous proposez."))
            if not data.get("organisation_kind"):
                self.add_error("organisation_kind", _("Choisissez le type de l’organisation que vous proposez."))
        return data

    def chosen_or_proposed(self, actor: Member) -> Organisation:
        if self.cleaned_data["organisation"] != PROPOSE:
            return self.cleaned_data["organisation"]
        return propose_organisation(
            actor=actor,
            name=self.cleaned_data["organisation_name"],
            kind=self.cleaned_data["organisation_kind"],
            siret=self.cleaned_data["siret"],
            territory=self.cleaned_data.get("territory"),
        )
