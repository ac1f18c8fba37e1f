"""Short forms: comments, reasons, opinions, messages."""

import re

from django import forms
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext_lazy as _

from community.core.form_fields import EndOfDayField, TokenField
from community.core.richtext import normalise_text
from community.spaces.models import Space
from qa.actions import doubt, endorse, state
from qa.models import Question, Verdict
from qa.models.comment import MAX_STORED
from qa.models.exchange import MAX_MESSAGE

from .fields import naming_field


def short_text(label, most: int, *, required: bool = True, rows: int = 3, help_text="") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=most,
        help_text=help_text,
        error_messages={"required": _("Écrivez une phrase avant d’envoyer.")},
        widget=forms.Textarea(attrs={"rows": rows}),
    )


COMMENT_HINT = _(
    "Une précision ou une demande, en 600 caractères. « @Prénom Nom » mentionne une personne qui peut la lire."
)


class MentioningForm(forms.Form):
    """A remark on a thread, whose readers it may mention."""

    def __init__(self, *args, question: Question, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].mentions_url = f"{reverse('mention_suggest')}?question={question.pk}"


class CommentForm(MentioningForm):
    text = short_text(_("Commentaire"), MAX_STORED, help_text=COMMENT_HINT)
    naming = naming_field()
    client_token = TokenField()


class CommentEditForm(MentioningForm):
    text = short_text(_("Commentaire"), MAX_STORED, help_text=COMMENT_HINT)


class ReasonForm(forms.Form):
    """The reason is public to whom it concerns."""

    reason = short_text(_("Motif"), state.MAX_REASON, help_text=_("Il sera montré aux personnes concernées."))


class LoggedReasonForm(forms.Form):
    """For an act whose page keeps no reason: those who read the log find it there."""

    reason = short_text(_("Motif"), state.MAX_REASON, help_text=_("Il reste dans le journal."))


class DoubtForm(forms.Form):
    reason = short_text(
        _("Ce qui est à vérifier"),
        doubt.MAX_REASON,
        help_text=_("Un seuil qui a changé, un article abrogé, une pratique contestée : une phrase suffit."),
    )


class EndorseForm(forms.Form):
    verdict = forms.ChoiceField(
        label=_("Votre avis"), choices=Verdict.choices, initial=Verdict.FAVOURABLE, widget=forms.RadioSelect
    )
    note = short_text(
        _("En une phrase"), endorse.MAX_NOTE, required=False, help_text=_("Obligatoire pour un avis réservé.")
    )


class PinForm(forms.Form):
    until = EndOfDayField(label=_("Épinglée jusqu’au"))


class MoveForm(forms.Form):
    space = forms.ModelChoiceField(Space.objects.none(), label=_("Déplacer vers"), required=False, empty_label=None)
    reason = short_text(_("Motif"), state.MAX_REASON, help_text=_("Il reste dans le journal des deux espaces."))

    def __init__(self, *args, member, question: Question, **kwargs):
        super().__init__(*args, **kwargs)
        places = Space.objects.active().filter(
            memberships__in=member.memberships.moderating(), memberships__member=member
        )
        self.fields["space"].queryset = places.exclude(pk=question.space_id)
        if member.is_staff and question.space_id is not None:
            self.fields["space"].empty_label = _("Communauté ouverte")
        else:
            self.fields["space"].required = True


class DuplicateForm(forms.Form):
    """`original` is the address of the other question, as it is copied from the browser, or its number."""

    original = forms.CharField(
        label=_("Adresse de la question d’origine"),
        max_length=400,
        help_text=_("Copiez-la depuis la barre d’adresse de votre navigateur."),
    )

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, **kwargs)
        self.member = member

    def clean_original(self) -> Question:
        """What the member may not see is not found."""
        found = None
        if pk := key_in(normalise_text(self.cleaned_data["original"]).strip()):
            found = Question.objects.visible_to(self.member).filter(pk=pk).select_related("space").first()
        if found is None:
            raise forms.ValidationError(_("Cette question n’a pas été trouvée. Vérifiez son adresse."))
        return found


def key_in(address: str) -> int | None:
    """The number of the question that an address shows."""
    if re.fullmatch(r"\d{1,18}", address, re.ASCII):
        return int(address)
    path = re.sub(r"^https?://[^/]+", "", address).split("?")[0].split("#")[0]
    try:
        match = resolve(path)
    except Resolver404:
        return None
    if match.url_name == "question_detail":
        return match.kwargs["pk"]
    return match.kwargs.get("question_pk")


class ExchangeForm(forms.Form):
    text = short_text(_("Votre message"), MAX_MESSAGE, rows=5)
    client_token = TokenField()
