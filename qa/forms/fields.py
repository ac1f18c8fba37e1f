"""Fields that several forms of questions and answers share."""

import re
import uuid
from collections.abc import Iterable
from datetime import datetime, time

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.members.display import displayed
from community.members.models import Territory
from community.spaces.models import Space
from community.taxonomy.models import CpvCode, PurchaseFamily
from qa.models import Naming

MAX_FILES = 5


class TokenField(forms.UUIDField):
    """Names the form that was sent, so that a second click makes nothing more; a foreign value is ignored."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs):
        super().__init__(required=False, initial=uuid.uuid4, **kwargs)

    def clean(self, value):
        try:
            return super().clean(value)
        except forms.ValidationError:
            return None


class DayField(forms.DateField):
    def __init__(self, **kwargs):
        super().__init__(required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


class EndOfDayField(DayField):
    """A day in the current zone, as the moment when it ends."""

    def to_python(self, value):
        day = super().to_python(value)
        return timezone.make_aware(datetime.combine(day, time(23, 59))) if day else None

    def prepare_value(self, value):
        return timezone.localtime(value).date() if isinstance(value, datetime) else value


class FamilyField(forms.ModelChoiceField):
    """Families under their top one, in one query."""

    def __init__(self, **kwargs):
        super().__init__(PurchaseFamily.objects.all(), required=False, label=_("Famille d’achats"), **kwargs)

    def group(self) -> None:
        self.choices = [("", _("Sans famille")), *grouped(PurchaseFamily.objects.all(), _("toute la famille"))]


class TerritoryField(forms.ModelChoiceField):
    """Départements under their région, in one query."""

    def __init__(self, **kwargs):
        super().__init__(Territory.objects.all(), required=False, label=_("Territoire"), **kwargs)

    def group(self) -> None:
        self.choices = [("", _("Toute la France")), *grouped(Territory.objects.all(), _("toute la région"))]


def grouped(rows: Iterable, whole: str) -> list[tuple]:
    """Options by parent: « Île-de-France (toute la région) », then what is below it."""
    rows = list(rows)
    below: dict[int, list] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)
    groups = []
    for top in below.get(None, []):
        children = below.get(top.pk, [])
        first = (top.pk, f"{top} ({whole})" if children else str(top))
        groups.append((str(top), [first, *((child.pk, str(child)) for child in children)]))
    return groups


class CpvField(forms.CharField):
    """A code of the vocabulary: its eight digits, with or without the check digit."""

    def __init__(self, **kwargs):
        super().__init__(required=False, max_length=20, label=_("Code CPV"), **kwargs)

    def clean(self, value) -> CpvCode | None:
        value = super().clean(value)
        if not value:
            return None
        digits = re.fullmatch(r"(\d{8})(?:-\d)?", re.sub(r"[\s.]", "", value), re.ASCII)
        found = CpvCode.objects.filter(code=digits[1]).first() if digits else None
        if found is None:
            raise forms.ValidationError(_("Ce code CPV n’existe pas. Donnez ses huit chiffres, ou laissez vide."))
        return found

    def prepare_value(self, value):
        return value.code if isinstance(value, CpvCode) else value


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
