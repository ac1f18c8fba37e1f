from django import forms
from django.utils.translation import gettext_lazy as _

from clauses.dossiers.vocabularies import (
    DOCUMENT_ORDER,
    MAX_EMAIL,
    MAX_MESSAGE,
    MAX_NAME,
    MAX_NOTE,
    MAX_TEXT,
    Conclusion,
    Decision,
    DossierRole,
    ReviewRole,
)
from community.core.form_fields import EndOfDayField, TokenField
from community.core.richtext import normalise_text


def email_field(help_text="") -> forms.EmailField:
    return forms.EmailField(
        label=_("Adresse électronique"),
        help_text=help_text,
        max_length=MAX_EMAIL,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Donnez l’adresse électronique."),
            "invalid": _("Cette adresse n’a pas la forme d’une adresse électronique."),
        },
    )


def words(label, *, rows: int = 3, most: int = MAX_NOTE, help_text="") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class ShareForm(forms.Form):
    email = email_field(_("Si un compte vérifié porte cette adresse, il trouvera le dossier dans sa liste."))
    role = forms.ChoiceField(
        label=_("Droit"), choices=DossierRole, initial=DossierRole.READER, widget=forms.RadioSelect
    )


class InviteReviewerForm(forms.Form):
    email = email_field(_("Le lien ne vaut que pour cette adresse et n’ouvre que ce dossier."))
    name = forms.CharField(
        label=_("Prénom et nom"),
        help_text=_("Il accompagnera chacun de ses avis."),
        max_length=MAX_NAME,
        error_messages={"required": _("Donnez le nom de la personne.")},
    )
    role = forms.ChoiceField(
        label=_("Elle relit en tant que"),
        choices=ReviewRole,
        initial=ReviewRole.PRESCRIBER,
        widget=forms.RadioSelect,
    )
    documents = forms.MultipleChoiceField(
        label=_("Pièces à relire"),
        help_text=_("Toutes, si vous n’en cochez aucune."),
        choices=[(document.value, document.label) for document in DOCUMENT_ORDER],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    expires_at = EndOfDayField(label=_("Lien valable jusqu’au"))
    message = words(_("Un mot"), most=MAX_MESSAGE)

    def __init__(self, *args, documents=(), **kwargs):
        super().__init__(*args, **kwargs)
        if documents:
            known = [(document.document, document.label) for document in documents]
            self.fields["documents"].choices = known

    def clean_message(self) -> str:
        return normalise_text(self.cleaned_data["message"])

    def clean_name(self) -> str:
        return normalise_text(self.cleaned_data["name"])


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code reçu par courriel"),
        help_text=_("Six chiffres."),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"required": _("Tapez le code reçu.")},
    )


class AgainForm(forms.Form):
    email = email_field(_("Si une relecture vous attend, un nouveau lien vous sera envoyé."))


class ReadVersionField(forms.IntegerField):
    """The version of the text that the page showed; what is no version says nothing, and the action refuses it."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs):
        super().__init__(required=False, **kwargs)

    def clean(self, value):
        try:
            return super().clean(value)
        except forms.ValidationError:
            return None


class OpinionForm(forms.Form):
    """`offered` is the mark of the wording that the page put in `proposal`: it tells whether she changed it."""

    decision = forms.ChoiceField(
        label=_("Votre avis"),
        choices=Decision,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez votre avis.")},
    )
    proposal = words(
        _("La rédaction que vous proposez"),
        rows=5,
        most=MAX_TEXT,
        help_text=_("Changez le texte ici. Les mots entre accolades sont les valeurs à compléter : gardez-les."),
    )
    text = words(_("Un mot pour l’équipe"))
    version = ReadVersionField()
    offered = forms.CharField(required=False, widget=forms.HiddenInput)
    client_token = TokenField()

    def clean_text(self) -> str:
        return normalise_text(self.cleaned_data["text"])

    def clean_proposal(self) -> str:
        return normalise_text(self.cleaned_data["proposal"])


class ConclusionForm(forms.Form):
    text = words(_("Ce que l’équipe doit retenir"))
    conclusion = forms.ChoiceField(
        label=_("Votre conclusion"),
        choices=Conclusion,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez votre conclusion.")},
    )

    def clean_text(self) -> str:
        return normalise_text(self.cleaned_data["text"])


class ReplyForm(forms.Form):
    reply = words(_("Votre réponse"), rows=3)

    def clean_reply(self) -> str:
        return normalise_text(self.cleaned_data["reply"])
