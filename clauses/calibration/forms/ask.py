"""What leaves a dossier to be calibrated, written before it leaves."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clauses.calibration.actions.ask import Ask
from clauses.calibration.vocabularies import MAX_LOT, MAX_LOTS, MAX_MESSAGE, MAX_OBJECT, MAX_TITLE
from clauses.dossiers.models import Dossier
from clauses.planner.imports.cells import BadCell, amount_of
from community.core.form_fields import DayField, TokenField
from community.members.models import Territory
from community.members.models.territory import TerritoryKind
from community.taxonomy.procurement import AmountBracket


def departements():
    return Territory.objects.filter(kind=TerritoryKind.DEPARTEMENT).order_by("code")


class DepartementForm(forms.Form):
    """Where the contract is carried out: it says who is asked."""

    departement = forms.ModelChoiceField(
        Territory.objects.none(),
        label=gettext_lazy("Département du marché"),
        empty_label=gettext_lazy("Choisir"),
        error_messages={
            "required": gettext_lazy("Choisissez un département."),
            "invalid_choice": gettext_lazy("Choisissez un département de la liste."),
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["departement"].queryset = departements()


class AskForm(forms.Form):
    title = forms.CharField(
        label=gettext_lazy("Marché"),
        max_length=MAX_TITLE,
        error_messages={"required": gettext_lazy("Nommez le marché.")},
    )
    subject = forms.CharField(
        label=gettext_lazy("Objet"), max_length=MAX_OBJECT, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    lots = forms.CharField(
        label=gettext_lazy("Lots à calibrer"),
        help_text=gettext_lazy("Un par ligne, avec son montant HT après un point-virgule si vous le donnez."),
        max_length=MAX_LOTS * (MAX_LOT + 20),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Indiquez au moins un lot, ou le marché entier.")},
    )
    bracket = forms.ChoiceField(
        label=gettext_lazy("Montant de l’ensemble"),
        choices=[("", gettext_lazy("Ne pas le dire")), *AmountBracket.choices],
        required=False,
    )
    launch_on = DayField(label=gettext_lazy("Publication prévue le"))
    message = forms.CharField(
        label=gettext_lazy("Votre demande"),
        max_length=MAX_MESSAGE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    facilitator = forms.CharField(max_length=12, required=False)
    kind = forms.CharField(max_length=12, widget=forms.HiddenInput)
    client_token = TokenField()

    @classmethod
    def of(cls, dossier: Dossier, *, kind: str, facilitator: str) -> "AskForm":
        """What the dossier says, for the requester to trim before it leaves."""
        lots = [f"{lot.number}. {lot.title}"[:MAX_LOT] for lot in dossier.lots.all()]
        initial = {
            "title": dossier.title,
            "subject": dossier.need,
            "lots": "\n".join(lots) or _("Marché entier"),
            "bracket": AmountBracket.of(int(dossier.amount)) if dossier.amount is not None else "",
            "launch_on": dossier.launch_on,
            "kind": kind,
            "facilitator": facilitator,
        }
        return cls(initial=initial)

    def clean_lots(self) -> tuple[tuple[str, Decimal | None], ...]:
        lots = [lot_of(line) for line in self.cleaned_data["lots"].splitlines() if line.strip()]
        if not lots:
            raise forms.ValidationError(_("Indiquez au moins un lot, ou le marché entier."))
        return tuple(lots)

    def ask(self, *, dossier: Dossier, territory: Territory) -> Ask:
        told = self.cleaned_data
        return Ask(
            territory=territory,
            title=told["title"],
            subject=told["subject"],
            lots=told["lots"],
            family=dossier.family,
            bracket=told["bracket"],
            launch_on=told["launch_on"],
            message=told["message"],
        )


def lot_of(line: str) -> tuple[str, Decimal | None]:
    """« Lot 1, repas livrés ; 1 200 000 »."""
    name, separator, typed = line.rpartition(";")
    if not separator:
        name, typed = line, ""
    name = " ".join(name.split())
    if not name or len(name) > MAX_LOT:
        raise forms.ValidationError(_("Chaque ligne commence par le nom du lot, en 160 caractères au plus."))
    try:
        return name, amount_of(typed)
    except BadCell as bad:
        raise forms.ValidationError(f"{name}{_(' : ')}{bad}") from None
