"""The short forms of those who read again and decide."""

from django import forms
from django.utils.translation import gettext_lazy as _

from clauses.library.actions.review import MAX_NOTE
from clauses.library.content import pk_of_reference
from clauses.library.models import Clause
from clauses.library.vocabularies import MAX_LINE, Consolidation
from community.core.form_fields import DayField


class ConsolidateForm(forms.Form):
    level = forms.TypedChoiceField(label=_("Niveau de relecture"), coerce=int, widget=forms.RadioSelect)
    review_by = DayField(label=_("À relire avant le"))
    note = forms.CharField(label=_("Remarque"), required=False, max_length=MAX_LINE)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, levels: list[int], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [(level, Consolidation(level).label) for level in levels]


class SendBackForm(forms.Form):
    note = forms.CharField(
        label=_("Ce qu’il faut changer"),
        max_length=MAX_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Dites ce qu’il faut changer : la personne qui a proposé le lira.")},
    )


class PublishForm(forms.Form):
    note = forms.CharField(label=_("Ce qui change"), required=False, max_length=MAX_LINE)


class ObsoleteForm(forms.Form):
    replaced_by = forms.CharField(
        label=_("Remplacée par"), required=False, max_length=40, help_text=_("Sa référence, comme CL-0318.")
    )

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, **kwargs)
        self.member = member

    def clean_replaced_by(self) -> Clause | None:
        """Absent and unreadable are the same answer."""
        word = self.cleaned_data["replaced_by"]
        if not word:
            return None
        found = Clause.objects.visible_to(self.member).filter(pk=pk_of_reference(word) or 0).first()
        if found is None:
            raise forms.ValidationError(_("Cette référence ne désigne aucune clause que vous puissiez lire."))
        return found


class HideForm(forms.Form):
    reason = forms.CharField(
        label=_("Motif"),
        max_length=MAX_LINE,
        error_messages={"required": _("Indiquez un motif : il sera montré aux personnes concernées.")},
    )


class BareForm(forms.Form):
    """An act that asks nothing."""
