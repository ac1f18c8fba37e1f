from django import forms
from django.utils.translation import gettext_lazy as _

from community.members.models import Territory
from community.members.models.territory import TerritoryKind

from .actions.open_break_glass import MOST_HOURS
from .models import RANKS, BreakGlass, Invitation, Role, Space, SpaceKind

MAX_ADDRESSES = 20
ROLE_HINTS = {
    Role.GUEST: _("Lit l’espace et répond ; n’ouvre pas de fil."),
    Role.MEMBER: _("Lit tout l’espace, questionne, répond."),
    Role.REVIEWER: _("Relit et valide ce que l’espace produit."),
    Role.MODERATOR: _("Accueille, invite, épingle, modère."),
    Role.OWNER: _("Règle qui lit, donne les rôles, voit le journal, archive."),
}


class SpaceForm(forms.ModelForm):
    class Meta:
        model = Space
        fields = ("name", "description", "visibility", "history_from_joining")
        widgets = {
            "description": forms.Textarea(attrs={"rows": 3}),
            "visibility": forms.RadioSelect,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["visibility"].choices = [choice for choice in self.fields["visibility"].choices if choice[0]]
        self.fields["history_from_joining"].help_text = _(
            "Dans un espace privé : chacun lit à partir de son arrivée, pas ce qui a été écrit avant."
        )


class CreateSpaceForm(SpaceForm):
    """`kind` and `territories` are staff's: the animators of a network verify the members of its territories."""

    kind = forms.ChoiceField(label=_("Nature de l’espace"), choices=SpaceKind.choices, widget=forms.RadioSelect)
    territories = forms.ModelMultipleChoiceField(
        label=_("Territoires du réseau"), queryset=Territory.objects.all(), required=False
    )

    def __init__(self, *args, may_make_network=False, **kwargs):
        super().__init__(*args, **kwargs)
        if may_make_network:
            self.fields["kind"].initial = SpaceKind.GROUP
        else:
            del self.fields["kind"], self.fields["territories"]


class SettingsForm(SpaceForm):
    widening_confirmed = forms.BooleanField(
        label=_("Je confirme : davantage de personnes liront ce qui a déjà été écrit ici"), required=False
    )


class SpaceField(forms.ModelChoiceField):
    """The places where the member may ask; empty for the open community."""

    def __init__(self, **kwargs):
        super().__init__(
            Space.objects.none(), required=False, label=_("Publier dans"), empty_label=_("Communauté ouverte"), **kwargs
        )


class TerritoriesField(forms.ModelMultipleChoiceField):
    """Régions, then départements with their number as people look for it."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        super().__init__(Territory.objects.order_by("-kind", "code"), required=False, **kwargs)

    def label_from_instance(self, territory: Territory) -> str:
        return f"{territory.code} {territory.name}" if territory.kind == TerritoryKind.DEPARTEMENT else territory.name


class TerritoriesForm(forms.Form):
    territories = TerritoriesField(label=_("Territoires"))


class InviteForm(forms.Form):
    addresses = forms.CharField(
        label=_("Adresses professionnelles"),
        help_text=_("Une par ligne, %(count)d au plus.") % {"count": MAX_ADDRESSES},
        max_length=MAX_ADDRESSES * Invitation._meta.get_field("email").max_length,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    role = forms.ChoiceField(label=_("Rôle"), initial=Role.MEMBER)
    message = forms.CharField(
        label=_("Mot d’accueil"),
        required=False,
        max_length=Invitation._meta.get_field("message").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, own_role: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [choice for choice in Role.choices if RANKS[choice[0]] <= RANKS[own_role]]

    def clean_addresses(self) -> list[str]:
        lines = [line.strip().lower() for line in self.cleaned_data["addresses"].replace(",", "\n").splitlines()]
        addresses = list(dict.fromkeys(line for line in lines if line))
        if len(addresses) > MAX_ADDRESSES:
            raise forms.ValidationError(_("Vingt adresses au plus à la fois."))
        for address in addresses:
            try:
                forms.EmailField(max_length=200).clean(address)
            except forms.ValidationError:
                raise forms.ValidationError(
                    _("« %(address)s » n’a pas la forme d’une adresse électronique."), params={"address": address[:80]}
                ) from None
        return addresses


class AccessForm(forms.Form):
    """The reason and the length of an exceptional access."""

    reason = forms.CharField(
        label=_("Motif"),
        help_text=_("Vingt caractères au moins : les propriétaires de l’espace le liront."),
        max_length=BreakGlass._meta.get_field("reason").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    hours = forms.IntegerField(label=_("Durée, en heures"), min_value=1, max_value=MOST_HOURS, initial=1)


class SpaceAccessForm(AccessForm):
    slug = forms.SlugField(
        label=_("Adresse de l’espace"), help_text=_("La fin de son adresse : /espaces/…/"), max_length=80
    )
    field_order = ["slug", "reason", "hours"]
