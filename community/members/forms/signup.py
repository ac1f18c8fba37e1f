from django import forms
from django.utils.translation import gettext_lazy as _

from community.members.actions import register_member
from community.members.models import AccountKind

from .fields import FamilyTreeField, TerritoryField, ThemesField, tree_of
from .organisation import OrganisationChoiceForm

SUPPLIER = "supplier"
KIND_HINTS = {
    AccountKind.AGENT: _("Achats, prescription, juridique, développement durable"),
    AccountKind.ELECTED: _("Lecture, questions et note de synthèse"),
    AccountKind.FACILITATOR: _("Clauses sociales, sur un territoire"),
    AccountKind.ANIMATOR: _("Vous animez un réseau d’acheteurs ou un guichet vert"),
    AccountKind.PARTNER: _("Organisme de formation, chambre consulaire… Espaces privés sur invitation"),
    SUPPLIER: _("Vous vendez aux organismes publics : nous vous disons où vous adresser"),
}
JOBS = (
    _("Acheteuse, acheteur"),
    _("Juriste de la commande publique"),
    _("Prescriptrice, prescripteur"),
    _("Chargée, chargé de mission développement durable"),
    _("Responsable de la commande publique"),
)


class SignupForm(OrganisationChoiceForm):
    """What allauth's form of address and password is extended with."""

    first_name = forms.CharField(
        label=_("Prénom"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    last_name = forms.CharField(
        label=_("Nom"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )
    account_kind = forms.ChoiceField(
        label=_("Vous êtes"),
        help_text=_("Affiché à côté de votre nom."),
        choices=[*AccountKind.choices, (SUPPLIER, _("Entreprise, fournisseur"))],
        initial=AccountKind.AGENT,
        widget=forms.RadioSelect,
    )
    territory = TerritoryField()
    job = forms.CharField(
        label=_("Métier"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title", "list": "metiers"}),
    )
    families_followed = FamilyTreeField(label=_("Familles d’achats"))
    themes_followed = ThemesField(label=_("Thèmes"))
    charter = forms.BooleanField(
        label=_("J’accepte la charte de la communauté"),
        error_messages={"required": _("Lisez la charte et acceptez-la pour créer votre compte.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["account_kind"].choice_hints = KIND_HINTS

    @property
    def followed_tree(self) -> dict:
        return tree_of(self["families_followed"])

    def signup(self, request, user):
        """allauth calls this once the account is made."""
        register_member(
            member=user,
            account_kind=self.cleaned_data["account_kind"],
            job=self.cleaned_data["job"],
            territory=self.cleaned_data["territory"],
            organisation=self.chosen_or_proposed(user),
            families_followed=self.cleaned_data["families_followed"],
            themes_followed=self.cleaned_data["themes_followed"],
        )
