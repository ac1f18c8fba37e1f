"""Fields of forms that file something under the vocabularies."""

import re
from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import CpvCode, PurchaseFamily


class FamilyField(forms.ModelChoiceField):
    """Families under their top one, in one query."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Famille d’achats"))
        super().__init__(PurchaseFamily.objects.all(), required=False, **kwargs)

    def group(self) -> None:
        self.choices = [("", _("Sans famille")), *grouped(PurchaseFamily.objects.all(), _("toute la famille"))]


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
