from django import forms
from django.utils.translation import gettext_lazy as _

from clauses.reports.actions.life import MAX_REASON


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Motif"),
        max_length=MAX_REASON,
        help_text=_("Il sera montré à la personne qui a écrit ce récit."),
        error_messages={"required": _("Indiquez un motif : il sera montré aux personnes concernées.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
