import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from clauses.reports.actions.usage import Usage
from clauses.reports.models import UsageReport
from clauses.reports.vocabularies import MAX_BIDS, MAX_NOTE, Difficulty, Outcome

YES_NO = (("oui", _("Oui")), ("non", _("Non")), ("", _("Sans avis")))


def answer(label) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label,
        choices=YES_NO,
        coerce=lambda value: value == "oui",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        initial="",
    )


class UsageForm(forms.Form):
    """Sixty seconds: nothing is required."""

    used = forms.TypedChoiceField(
        label=_("L’avez-vous utilisée dans un marché ?"),
        choices=(("oui", _("Oui")), ("non", _("Non"))),
        coerce=lambda value: value == "oui",
        empty_value=True,
        required=False,
        widget=forms.RadioSelect,
        initial="oui",
    )
    outcome = forms.ChoiceField(
        label=_("Qu’est devenu le marché ?"),
        choices=Outcome,
        initial=Outcome.UNKNOWN,
        required=False,
        widget=forms.RadioSelect,
    )
    adapted = answer(_("Avez-vous adapté la rédaction ?"))
    bids = forms.IntegerField(
        label=_("Offres reçues"),
        min_value=0,
        max_value=MAX_BIDS,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    would_reuse = answer(_("La reprendriez-vous ?"))
    difficulty = forms.ChoiceField(
        label=_("Principale difficulté"), choices=[("", _("Non précisée")), *Difficulty.choices], required=False
    )
    note = forms.CharField(
        label=_("Ce qu’il faut savoir"),
        help_text=_("Pour mémoire : personne d’autre que vous ne le lit."),
        max_length=MAX_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    client_token = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, report: UsageReport | None = None, **kwargs):
        if report is not None:
            kwargs["initial"] = {
                "outcome": report.outcome,
                "adapted": _said(report.adapted),
                "bids": report.bids,
                "would_reuse": _said(report.would_reuse),
                "difficulty": report.difficulty,
                "note": report.note,
            }
        super().__init__(*args, **kwargs)
        if report is not None:
            # A report tells of a use.
            del self.fields["used"]
        else:
            self.fields["client_token"].initial = uuid.uuid4()

    def usage(self) -> Usage:
        told = self.cleaned_data
        return Usage(
            adapted=told["adapted"],
            bids=told["bids"],
            outcome=told["outcome"] or Outcome.UNKNOWN,
            would_reuse=told["would_reuse"],
            difficulty=told["difficulty"],
            note=told["note"],
        )


def _said(value: bool | None) -> str:
    return {True: "oui", False: "non"}.get(value, "")
