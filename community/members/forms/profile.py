from django import forms
from django.utils.translation import gettext_lazy as _

from community.members.actions.verification import organisation_vouching_for
from community.members.models import AccountKind, Member, Organisation, Visibility
from community.members.permissions import PROFILE_FIELDS, visibility_of

from .fields import FamiliesField, FamilyTreeField, TerritoryField, ThemesField, tree_of
from .organisation import PROPOSE, OrganisationChoiceForm
from .signup import KIND_HINTS

LISTS = ("families_followed", "families_practised", "themes_followed", "themes_practised")
VISIBILITY_LABELS = {
    "job": _("Fonction"),
    "organisation": _("Organisation"),
    "territory": _("Territoire"),
    "bio": _("Présentation"),
    "practice": _("Familles et thèmes déjà pratiqués"),
    "availability": _("Disponibilité"),
}


class ProfileForm(OrganisationChoiceForm):
    first_name = forms.CharField(label=_("Prénom"), max_length=80)
    last_name = forms.CharField(label=_("Nom"), max_length=80)
    account_kind = forms.ChoiceField(
        label=_("Vous êtes"),
        help_text=_("Affiché à côté de votre nom."),
        choices=AccountKind.choices,
        widget=forms.RadioSelect,
    )
    job = forms.CharField(label=_("Métier"), required=False, max_length=120)
    territory = TerritoryField(required=False)
    bio = forms.CharField(
        label=_("Présentation"),
        required=False,
        max_length=600,
        help_text=_("Votre parcours, ce sur quoi on peut vous solliciter. 600 caractères au plus."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    available_to_be_asked = forms.BooleanField(
        label=_("J’accepte d’être sollicité sur ce que j’ai déjà fait"), required=False
    )
    families_practised = FamiliesField(label=_("J’ai déjà fait ce type de marché"))
    themes_practised = ThemesField(label=_("J’ai déjà pratiqué ces thèmes"))
    families_followed = FamilyTreeField(label=_("Familles suivies"))
    themes_followed = ThemesField(label=_("Thèmes suivis"))

    current_organisation: Organisation | None = None
    # Whose address vouches for her: proposing another organisation, she would be placed there again.
    vouched_for: Member | None = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["account_kind"].choice_hints = {kind: KIND_HINTS[kind] for kind in AccountKind}
        for name, default in PROFILE_FIELDS.items():
            self.fields[f"visibility_{name}"] = forms.ChoiceField(
                label=VISIBILITY_LABELS[name], choices=Visibility.choices, initial=default
            )

    @classmethod
    def for_member(cls, member: Member, data) -> "ProfileForm":
        initial = {name: getattr(member, name) for name in ("first_name", "last_name", "account_kind", "job", "bio")}
        initial |= {name: [each.pk for each in getattr(member, name).all()] for name in LISTS}
        initial |= {f"visibility_{name}": visibility_of(member, name) for name in PROFILE_FIELDS}
        initial["territory"] = member.territory_id
        initial["available_to_be_asked"] = member.available_to_be_asked
        form = cls(data, initial=initial)
        form.current_organisation = member.organisation
        form.vouched_for = member
        return form

    @classmethod
    def searching(cls, member: Member, data) -> "ProfileForm":
        """What a search of the organisation must not lose."""
        form = cls(initial=data.dict() | {name: data.getlist(name) for name in LISTS})
        form.current_organisation = member.organisation
        return form

    def clean_organisation(self):
        """Left alone, the organisation stays what it was, confirmed or not."""
        if not self.cleaned_data["organisation"]:
            return self.current_organisation
        if self.vouched_for is not None and self.cleaned_data["organisation"] == PROPOSE:
            vouching = organisation_vouching_for(self.vouched_for)
            if vouching is not None and vouching == self.current_organisation:
                raise forms.ValidationError(
                    _("Votre adresse est celle de « %(name)s ». Pour en proposer une autre, changez d’abord d’adresse.")
                    % {"name": vouching}
                )
        return super().clean_organisation()

    def chosen_visibility(self) -> dict[str, str]:
        return {name: self.cleaned_data[f"visibility_{name}"] for name in PROFILE_FIELDS}

    @property
    def followed_tree(self) -> dict:
        return tree_of(self["families_followed"])

    @property
    def visibility_fields(self) -> list:
        return [self[f"visibility_{name}"] for name in PROFILE_FIELDS]


class ClaimForm(forms.Form):
    message = forms.CharField(
        label=_("Ce qui montre que c’est vous"), max_length=600, widget=forms.Textarea(attrs={"rows": 3})
    )
