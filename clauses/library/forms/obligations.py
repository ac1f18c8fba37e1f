"""The questions of the checker, read from an address: names and values are short, as the link is sent around."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from community.core.ui import number
from community.law.models import Audience
from community.law.obligations.purchase import Catering, NewBuild, Place, Purchase, PurchaseNature
from community.taxonomy.fields import grouped
from community.taxonomy.models import PurchaseFamily

MAX_AMOUNT = Decimal("99999999999.99")
MAX_TYPED = 40
MAX_MONTHS = 600
# The code of public procurement is of 1 April 2019; further than a quarter of a century, a date is a slip.
FIRST_DAY, LAST_DAY = date(2019, 4, 1), date(2050, 12, 31)
_AMOUNT = re.compile(r"\d{1,14}(?:[.,]\d{1,2})?", re.ASCII)
BUYERS = {
    Audience.LOCAL: _("Commune, intercommunalité, département, région"),
    Audience.STATE: _("État et ses établissements"),
    Audience.HEALTH: _("Établissement de santé"),
    Audience.HOUSING: _("Bailleur social"),
    Audience.UNIVERSITY: _("Université, grande école"),
    Audience.ENTITY: _("Entité adjudicatrice (réseaux d’eau, d’énergie, de transport)"),
}
YES_NO = {"oui": True, "non": False}
CHOOSE = ("", _("Choisir"))


class AmountField(forms.Field):
    """« 80 000 », « 80 000,50 € »: spaces of any kind and a comma or a point for cents."""

    default_error_messages = {
        "amount": _("Écrivez le montant en chiffres, par exemple 80 000 ou 80 000,50. Laissez vide si vous l’ignorez."),
        "positive": _("Le montant doit être supérieur à zéro. Laissez vide si vous l’ignorez."),
        "huge": _("Ce montant dépasse 99 milliards d’euros : vérifiez le nombre de zéros."),
    }

    def to_python(self, value) -> Decimal | None:
        typed = re.sub(r"[\s€]|HT$", "", str(value or "").strip()[: 2 * MAX_TYPED])
        if not typed:
            return None
        if len(typed) > MAX_TYPED or not _AMOUNT.fullmatch(typed):
            negative = typed.startswith("-") and _AMOUNT.fullmatch(typed[1:])
            raise forms.ValidationError(self.error_messages["positive" if negative else "amount"])
        try:
            amount = Decimal(typed.replace(",", "."))
        except InvalidOperation:
            raise forms.ValidationError(self.error_messages["amount"]) from None
        if amount <= 0:
            raise forms.ValidationError(self.error_messages["positive"])
        if amount > MAX_AMOUNT:
            raise forms.ValidationError(self.error_messages["huge"])
        return amount

    def prepare_value(self, value):
        if not isinstance(value, Decimal):
            return value
        whole, cents = divmod(value, 1)
        return number(whole) + (f",{int(cents * 100):02d}" if cents else "")


def choice(label, choices, *, missing, **more) -> forms.ChoiceField:
    wrong = _("Cette réponse n’est pas dans la liste. Choisissez-en une, ou laissez vide.")
    return forms.ChoiceField(
        label=label, choices=[missing, *choices], required=False, error_messages={"invalid_choice": wrong}, **more
    )


class ObligationsForm(forms.Form):
    nature = forms.ChoiceField(
        label=_("Nature"),
        choices=PurchaseNature.choices,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choisissez fournitures, services, travaux ou concession.")},
    )
    montant = AmountField(
        label=_("Montant estimé, en euros HT"),
        help_text=_("Sur toute la durée, tous lots, reconductions comprises."),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "maxlength": MAX_TYPED}),
    )
    acheteur = choice(_("Vous achetez pour"), BUYERS.items(), missing=CHOOSE)
    territoire = choice(_("Territoire"), Place.choices, missing=("", _("Je ne sais pas")), initial=Place.MAINLAND)
    famille = choice(_("Famille d’achats"), [], missing=CHOOSE)
    construction = choice(_("Construction neuve"), NewBuild.choices, missing=CHOOSE)
    restauration = choice(_("Pour un restaurant collectif"), Catering.choices, missing=CHOOSE)
    restaurant_etat = choice(
        _("Restaurant de l’État ou de ses établissements"),
        [("oui", _("Oui")), ("non", _("Non"))],
        missing=CHOOSE,
    )
    duree = forms.IntegerField(
        label=_("Durée, en mois"),
        required=False,
        min_value=1,
        max_value=MAX_MONTHS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": _("Écrivez la durée en mois entiers, par exemple 24. Laissez vide si vous l’ignorez."),
            "min_value": _("La durée est d’un mois au moins. Laissez vide si vous l’ignorez."),
            "max_value": _("La durée ne peut dépasser 600 mois : vérifiez le nombre."),
        },
    )
    lancement = forms.DateField(
        label=_("Lancement de la consultation"),
        help_text=_("La date d’envoi de l’avis compte, pas celle de la notification."),
        required=False,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": _("Cette date n’existe pas. Écrivez-la ainsi : 11/01/2027.")},
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.families = {family.pk: family for family in PurchaseFamily.objects.all()}
        self.by_code = {family.code: family for family in self.families.values()}
        codes = {pk: family.code for pk, family in self.families.items()}
        groups = grouped(self.families.values(), _("toute la famille"))
        by_code = [(top, [(codes[pk], label) for pk, label in options]) for top, options in groups]
        self.fields["famille"].choices = [CHOOSE, *by_code]

    @property
    def family(self) -> PurchaseFamily | None:
        return self.by_code.get(self.cleaned_data.get("famille", ""))

    def clean_lancement(self) -> date | None:
        day = self.cleaned_data["lancement"]
        if day and day < FIRST_DAY:
            raise forms.ValidationError(
                _("Le code de la commande publique date du 1er avril 2019 : indiquez une date plus récente.")
            )
        if day and day > LAST_DAY:
            raise forms.ValidationError(_("Cette date est trop lointaine pour y répondre : avant 2051."))
        return day

    def purchase(self) -> Purchase:
        """Details that the family does not ask for are left out, whatever the address says."""
        told = self.cleaned_data
        asked = details_of(told.get("famille", ""), told.get("nature", ""), told.get("acheteur", ""))
        return Purchase(
            nature=told["nature"] or None,
            amount=told["montant"],
            buyer=told["acheteur"] or None,
            place=told["territoire"] or None,
            family=told["famille"] or None,
            new_build=(told["construction"] or None) if "construction" in asked else None,
            catering=(told["restauration"] or None) if "restauration" in asked else None,
            state_restaurant=YES_NO.get(told["restaurant_etat"]) if "restaurant_etat" in asked else None,
            duration_months=told["duree"],
            launch_date=told["lancement"],
        )

    def query(self) -> str:
        """The same answers as one address has them: nothing empty, nothing that was typed as it was typed."""
        told = self.cleaned_data
        values = {name: told[name] for name in self.fields if told.get(name) not in (None, "")}
        if values.get("territoire") == Place.MAINLAND:
            del values["territoire"]
        elif not values.get("territoire"):
            values["territoire"] = ""
        return urlencode(values)

    @property
    def details(self) -> list[forms.BoundField]:
        """The questions that the answers so far call for, to add under the six."""
        value = {name: str(self[name].value() or "") for name in ("famille", "nature", "acheteur")}
        asked = details_of(value["famille"], value["nature"], value["acheteur"])
        return [self[name] for name in ("construction", "restauration", "restaurant_etat") if name in asked]


def details_of(family: str, nature: str, buyer: str) -> set[str]:
    top = family.partition("-")[0]
    asked = set()
    if top == "BAT" or family in ("PI", "PI-MOE", "PI-AMO") or (nature == PurchaseNature.WORKS and top in ("", "IMM")):
        asked.add("construction")
    if top == "ALI":
        asked.add("restauration")
        if buyer in ("", Audience.STATE, Audience.UNIVERSITY):
            asked.add("restaurant_etat")
    return asked
