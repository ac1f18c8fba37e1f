"""Fields that several forms of questions and answers share."""

from django import forms
from django.utils.translation import gettext_lazy as _

from community.members.display import displayed
from community.members.models import Territory
from community.spaces.models import Space
from community.taxonomy.fields import grouped
from qa.models import Naming

MAX_FILES = 5


class TerritoryField(forms.ModelChoiceField):
    """Départements under their région, in one query."""

    def __init__(self, **kwargs):
        super().__init__(Territory.objects.all(), required=False, label=_("Territoire"), **kwargs)

    def group(self) -> None:
        self.choices = [("", _("Toute la France")), *grouped(Territory.objects.all(), _("toute la région"))]


class SpaceField(forms.ModelChoiceField):
    """The places where the member may ask; empty for the open community."""

    def __init__(self, **kwargs):
        super().__init__(
            Space.objects.none(), required=False, label=_("Publier dans"), empty_label=_("Communauté ouverte"), **kwargs
        )


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """Several files, for forms without JavaScript: each is stored and its link put at the end of the text."""

    widget = FilesInput

    def __init__(self, **kwargs):
        super().__init__(required=False, label=_("Joindre des fichiers"), **kwargs)

    def clean(self, data, initial=None):
        files = data if isinstance(data, list | tuple) else [data]
        files = [super(FilesField, self).clean(each, initial) for each in files if each]
        if len(files) > MAX_FILES:
            raise forms.ValidationError(_("Joignez au plus %(count)d fichiers à la fois.") % {"count": MAX_FILES})
        return files


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
