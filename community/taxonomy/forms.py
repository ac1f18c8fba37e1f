from django import forms
from django.utils.translation import gettext_lazy as _

from .tags import MAX_TAG


class MergeForm(forms.Form):
    into = forms.CharField(
        label=_("Mot-clé à garder"),
        help_text=_("Les contenus et les synonymes le rejoindront ; l’ancien mot mènera à lui."),
        max_length=MAX_TAG,
    )


class SynonymForm(forms.Form):
    name = forms.CharField(
        label=_("Synonyme"),
        help_text=_("Qui l’écrira sera compris. Un mot-clé de ce nom, s’il existe, sera fondu dans celui-ci."),
        max_length=MAX_TAG,
    )
