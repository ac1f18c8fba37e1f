"""Fields that several forms of questions and answers share."""

from django import forms
from django.utils.translation import gettext_lazy as _

from community.core.form_fields import MAX_FILES, FilesField
from community.members.display import displayed
from community.members.forms.fields import GroupedTerritoryField as TerritoryField
from community.spaces.forms import SpaceField
from qa.models import Naming

__all__ = ["MAX_FILES", "FilesField", "SpaceField", "TerritoryField", "naming_field", "naming_hints"]


def naming_field(**kwargs) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Comment apparaître"), choices=Naming.choices, initial=Naming.NAME, required=False, **kwargs
    )


def naming_hints(member) -> dict[str, str]:
    """What each choice shows of the member."""
    by_name, by_kind = displayed(member), displayed(member, Naming.KIND)
    return {
        Naming.NAME: ", ".join(part for part in (by_name.name, by_name.detail) if part),
        Naming.KIND: by_kind.name,
        Naming.ANONYMOUS: str(
            _(
                "« Membre anonyme, identité vérifiée », sous un même pseudonyme dans tout l’espace. Les animatrices et "
                "animateurs peuvent vous écrire sans voir votre nom."
            )
        ),
    }
