"""The calculator's questions, read from an address."""

import re
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from clauses.calibration.hours import HOURLY, LABOUR, MONTHS, RATE, Bounds, Inputs
from clauses.library.forms.obligations import MAX_TYPED, AmountField

_NUMBER = re.compile(r"\d{1,6}(?:[.,]\d{1,2})?", re.ASCII)


class BoundedField(forms.Field):
    """« 40 », « 7,5 % », « 30 € »: a number between two bounds, both included."""

    def __init__(self, *, bounds: Bounds, **kwargs):
        self.bounds = bounds
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "maxlength": MAX_TYPED})
        super().__init__(widget=widget, **kwargs)

    def to_python(self, value) -> Decimal | None:
        typed = re.sub(r"[\s%€]", "", str(value or "")[:MAX_TYPED])
        if not typed:
            return None
        if not _NUMBER.fullmatch(typed):
            raise forms.ValidationError(_("Écrivez un nombre, par exemple 40 ou 7,5."))
        number = Decimal(typed.replace(",", "."))
        if not self.bounds.holds(number):
            raise forms.ValidationError(
                _("Ce nombre doit être compris entre %(least)s et %(most)s."),
                params={"least": self.bounds.least, "most": self.bounds.most},
            )
        return number


class HoursForm(forms.Form):
    montant = AmountField(
        label=_("Montant du lot ou du marché, en euros HT"),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "maxlength": MAX_TYPED}),
        error_messages={"required": _("Donnez le montant estimé, sur toute la durée.")},
    )
    part = BoundedField(
        bounds=LABOUR,
        label=_("Part de main-d’œuvre, en %"),
        help_text=_("Ce que les salaires pèsent dans le prix. À demander aux entreprises pendant le sourcing."),
        error_messages={"required": _("Donnez la part de main-d’œuvre, même approximative.")},
    )
    taux = BoundedField(
        bounds=RATE,
        label=_("Part de cette main-d’œuvre pour l’insertion, en %"),
        help_text=_("Souvent de 5 à 10 %."),
        initial=5,
        error_messages={"required": _("Donnez la part réservée à l’insertion.")},
    )
    cout = BoundedField(
        bounds=HOURLY,
        label=_("Coût d’une heure, charges comprises, en euros"),
        help_text=_("Souvent de 25 à 35 €."),
        initial=30,
        error_messages={"required": _("Donnez le coût d’une heure de travail.")},
    )
    duree = BoundedField(bounds=MONTHS, label=_("Durée, en mois"), required=False)

    def clean_duree(self) -> int | None:
        months = self.cleaned_data["duree"]
        if months is not None and months != months.to_integral_value():
            raise forms.ValidationError(_("Écrivez la durée en mois entiers."))
        return None if months is None else int(months)

    def inputs(self) -> Inputs:
        told = self.cleaned_data
        return Inputs(
            amount=told["montant"],
            labour=told["part"],
            rate=told["taux"],
            hourly=told["cout"],
            months=told["duree"],
        )
