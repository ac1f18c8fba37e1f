from django import forms
from django.utils.translation import gettext_lazy as _

from clauses.dossiers.exports.choice import Choice, Content, FileForm, Split
from clauses.dossiers.selectors.assembled import AssembledDocument


class ExportForm(forms.Form):
    content = forms.ChoiceField(label=_("Contenu"), choices=Content, widget=forms.RadioSelect, initial=Content.CONTRACT)
    documents = forms.MultipleChoiceField(
        label=_("Pièces"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Pour les pièces du marché."),
    )
    split = forms.ChoiceField(
        label=_("Découpage"), choices=Split, widget=forms.RadioSelect, initial=Split.WHOLE, required=False
    )
    format = forms.ChoiceField(label=_("Format"), choices=FileForm, widget=forms.RadioSelect, initial=FileForm.DOCX)
    sources = forms.BooleanField(
        label=_("Indiquer la source sous chaque clause"),
        help_text=_("Référence, version, licence et date."),
        required=False,
        initial=True,
    )
    annex = forms.BooleanField(
        label=_("Ajouter la page « Origine des clauses et données essentielles »"),
        help_text=_(
            "Ce que le marché compte comme (DECP), et les versions reprises : pour vous, pas pour les candidats."
        ),
        required=False,
    )

    def __init__(self, *args, documents: list[AssembledDocument], **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["documents"]
        field.choices = [(each.document, each.label) for each in documents]
        field.initial = [each.document for each in documents]
        self.fields["content"].choice_hints = {
            Content.CONTRACT: _("À relire puis à publier : sans vos notes, sans le sourcing, sans le montant estimé."),
            Content.NOTES: _("Notes des articles et de l’équipe, fiche de sourcing : pour vous seulement."),
        }

    def clean(self) -> dict:
        told = super().clean()
        if told.get("content") == Content.CONTRACT and not told.get("documents") and "documents" not in self.errors:
            empty = not self.fields["documents"].choices
            self.add_error(
                "documents",
                _("Le dossier n’a pas encore d’article.") if empty else _("Choisissez au moins une pièce."),
            )
        return told

    def choice(self) -> Choice:
        told = self.cleaned_data
        return Choice(
            documents=tuple(told["documents"]),
            content=told["content"],
            form=told["format"],
            split=told["split"] or Split.WHOLE,
            with_sources=told["sources"],
            with_annex=told["annex"],
        )
