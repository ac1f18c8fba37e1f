"""Fields of the form of a report."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from clauses.reports.shown import gap_words
from clauses.reports.vocabularies import MAX_GAP, MAX_TEXT, TEXT_LABELS

_GAP = re.compile(r"([+\u2212-]?)(\d{1,3})(?:[.,](\d))?", re.ASCII)


def story_field(name: str, *, rows: int = 3) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=TEXT_LABELS[name], required=False, max_length=MAX_TEXT, widget=widget)


class GapField(forms.Field):
    """« + 3,2 », « −6 % »: tenths of a percent."""

    def __init__(self, **kwargs):
        widget = forms.TextInput(attrs={"inputmode": "decimal", "maxlength": 12})
        super().__init__(required=False, widget=widget, **kwargs)

    def to_python(self, value) -> int | None:
        typed = re.sub(r"[\s%]", "", str(value or "")[:40])
        if not typed:
            return None
        found = _GAP.fullmatch(typed)
        if not found or (tenths := int(found[2]) * 10 + int(found[3] or 0)) > MAX_GAP:
            raise forms.ValidationError(_("Écrivez l’écart en chiffres, par exemple + 3,2 ou − 6."))
        return -tenths if found[1] in ("-", "\u2212") else tenths

    def prepare_value(self, value):
        return gap_words(value).rstrip("%\u202f ") if isinstance(value, int) else value
