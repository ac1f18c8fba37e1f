"""The answer of those asked, and the hours told afterwards."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clauses.calibration.models import CalibrationRequest
from clauses.calibration.vocabularies import MAX_HOURS, MAX_NOTE, MAX_PUBLICS, MAX_WORDING
from community.core.form_fields import DayField, TokenField


def hours_field(label, **more) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        max_value=MAX_HOURS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": 12}),
        error_messages={
            "required": _("Donnez un nombre d’heures ; zéro si le lot n’en porte pas."),
            "invalid": _("Écrivez un nombre entier d’heures, sans lettre."),
            "max_value": _("Ce nombre est trop grand : vérifiez les zéros."),
            "min_value": _("Donnez un nombre d’heures entier."),
        },
        **more,
    )


class AnswerForm(forms.Form):
    """One number of hours a lot, then what the contract must say. `answered_at`: of the answer that the page shows."""

    publics = forms.CharField(
        label=_("Publics éligibles"), max_length=MAX_PUBLICS, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    wording = forms.CharField(
        label=_("Rédaction proposée"),
        help_text=_("Elle devient un article du dossier, que l’équipe relit et adapte."),
        max_length=MAX_WORDING,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    note = forms.CharField(
        label=_("Précisions"), max_length=MAX_NOTE, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    answered_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, request: CalibrationRequest, **kwargs):
        kwargs.setdefault(
            "initial",
            {
                "publics": request.publics,
                "wording": request.wording,
                "note": request.answer_note,
                "answered_at": moment_of(request),
            },
        )
        super().__init__(*args, **kwargs)
        self.lots = list(request.lots.all())
        for lot in self.lots:
            label = f"{lot.name} (h)"
            self.fields[f"lot_{lot.pk}"] = hours_field(label, min_value=0, initial=lot.planned_hours)
        self.order_fields([f"lot_{lot.pk}" for lot in self.lots])

    def hours(self) -> dict[int, int]:
        return {lot.pk: self.cleaned_data[f"lot_{lot.pk}"] for lot in self.lots}


def moment_of(request: CalibrationRequest) -> str:
    """To the microsecond, which the widgets of dates leave out."""
    return request.answered_at.isoformat() if request.answered_at else ""


class DeclineForm(forms.Form):
    note = forms.CharField(label=_("Pourquoi, ou vers qui se tourner"), max_length=MAX_NOTE, required=False)

    def __init__(self, *args, **kwargs):
        # The page holds the answer's form too, which has a note.
        super().__init__(*args, auto_id="decliner-%s", **kwargs)


class AwardForm(forms.Form):
    awarded_on = DayField(label=_("Attribué le"))
    ends_on = DayField(label=_("Fin du marché"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["awarded_on"].required = True
        self.fields["awarded_on"].error_messages["required"] = _("Donnez la date d’attribution.")


class HoursEntryForm(forms.Form):
    lot = forms.TypedChoiceField(label=_("Lot"), coerce=int)
    until = DayField(label=_("Réalisées jusqu’au"))
    hours = hours_field(_("Heures, depuis le dernier relevé"), min_value=1)
    note = forms.CharField(label=_("Précision"), max_length=300, required=False)
    client_token = TokenField()

    def __init__(self, *args, request: CalibrationRequest, **kwargs):
        super().__init__(*args, auto_id="releve-%s", **kwargs)
        self.fields["lot"].choices = [(lot.pk, lot.name) for lot in request.lots.all()]

    def clean_until(self):
        return self.cleaned_data["until"] or timezone.localdate()
