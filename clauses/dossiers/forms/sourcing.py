from django import forms
from django.utils.translation import gettext_lazy as _

from clauses.dossiers.actions.sourcing import Meeting, Sheet
from clauses.dossiers.models import CompanyMet, SourcingSheet
from clauses.dossiers.vocabularies import MAX_LINE, MAX_NOTE, MAX_SHEET, MAX_TITLE
from community.core.form_fields import DayField, TokenField
from community.core.richtext import normalise_text


def long_text(label, help_text, rows: int, most: int = MAX_SHEET) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class SheetForm(forms.Form):
    questions = long_text(
        _("Questions à poser aux entreprises"), _("Une par ligne : posez les mêmes à toutes, et gardez-en trace."), 7
    )
    links = long_text(_("Liens utiles"), _("Une adresse par ligne, suivie de quelques mots si vous voulez."), 4)
    findings = long_text(
        _("Ce que le sourcing a appris"), _("Offre disponible, délais, prix, freins : ce qui change votre besoin."), 7
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def sheet(self) -> Sheet:
        told = self.cleaned_data
        return Sheet(**{name: normalise_text(told[name]).strip() for name in ("questions", "links", "findings")})


def initial_of(sheet: SourcingSheet | None) -> dict:
    if sheet is None:
        return {"version": 0}
    return {
        "questions": sheet.questions,
        "links": sheet.links,
        "findings": sheet.findings,
        "version": sheet.version,
    }


class CompanyForm(forms.Form):
    name = forms.CharField(
        label=_("Entreprise"),
        max_length=MAX_TITLE,
        error_messages={"required": _("Donnez le nom de l’entreprise.")},
    )
    met_on = DayField(label=_("Rencontrée le"))
    contact = forms.CharField(label=_("Qui"), required=False, max_length=MAX_LINE)
    notes = long_text(_("Ce qu’elle a dit"), "", 4, MAX_NOTE)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    client_token = TokenField()

    def meeting(self) -> Meeting:
        told = self.cleaned_data
        return Meeting(
            name=normalise_text(told["name"]).strip(),
            met_on=told["met_on"],
            contact=normalise_text(told["contact"]).strip(),
            notes=normalise_text(told["notes"]).strip(),
        )


def company_initial(company: CompanyMet) -> dict:
    names = ("name", "met_on", "contact", "notes", "version")
    return {name: getattr(company, name) for name in names}
