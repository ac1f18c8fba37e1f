import re

from django import forms
from django.utils.translation import gettext_lazy as _

from community.taxonomy.models import CpvCode

MAX_CODES = 20


class CpvListField(forms.CharField):
    """Codes of the vocabulary separated by commas, each eight digits, with or without the check digit."""

    def __init__(self, **kwargs):
        super().__init__(
            required=False,
            max_length=400,
            label=_("Codes CPV"),
            help_text=_("Huit chiffres, séparés par des virgules."),
            **kwargs,
        )

    def clean(self, value) -> list[str]:
        words = [word for word in re.split(r"[,;\s]+", super().clean(value)) if word]
        digits = [match[1] if (match := re.fullmatch(r"(\d{8})(?:-\d)?", word, re.ASCII)) else "" for word in words]
        known = set(CpvCode.objects.filter(code__in=digits[:MAX_CODES]).values_list("code", flat=True))
        wrong = next((word for word, code in zip(words, digits, strict=True) if code not in known), "")
        if wrong or len(words) > MAX_CODES:
            raise forms.ValidationError(
                _("Le code CPV « %(code)s » n’existe pas. Donnez ses huit chiffres, ou retirez-le.")
                % {"code": wrong[:20]}
            )
        return list(dict.fromkeys(digits))
