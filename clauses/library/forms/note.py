from django import forms
from django.utils.translation import gettext_lazy as _

from ..notes.writing import Length

MAX_TEXT = 4_000


def area(label, rows: int, **more) -> forms.CharField:
    more.setdefault("required", False)
    return forms.CharField(
        label=label,
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"max_length": _("Ce texte dépasse 4 000 caractères : une note tient sur une page.")},
        **more,
    )


def line(label, length: int, **more) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, required=False, **more)


class NoteForm(forms.Form):
    """The texts of a note: everything may be changed, nothing is asked for."""

    title = line(_("Titre"), 200)
    sender = line(_("De la part de"), 200, help_text=_("Votre organisation et votre service."))
    recipient = line(_("À l’attention de"), 200)
    summary = area(_("En bref"), 4)
    law = area(
        _("Ce que la loi demande"), 5, help_text=_("Une idée par ligne ; les articles sont repris en bas de page.")
    )
    proposal = area(_("Ce que nous proposons"), 4)
    change = area(
        _("Ce que cela change pour le territoire"),
        3,
        help_text=_("Ce que vous savez : entreprises rencontrées, prix constatés, exemple d’une collectivité voisine."),
    )
    decision = area(_("La décision attendue"), 3)
    length = forms.ChoiceField(choices=Length.choices, required=False, initial=Length.PAGE, widget=forms.HiddenInput)

    def texts(self) -> dict[str, str]:
        """What is in the fields, valid or not: the page gives it back."""
        return {name: str(self[name].value() or "") for name in self.fields}
