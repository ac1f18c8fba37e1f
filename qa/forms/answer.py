from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from community.core.form_fields import TokenField
from community.core.guarded import GuardedForm
from community.core.richtext import MAX_MARKDOWN
from community.notifications.selectors import watcher_count
from community.reading.selectors import get_draft
from qa.actions.edit import MAX_REASON
from qa.models import Answer, Naming, Question

from .fields import FilesField, naming_field


@dataclass(frozen=True, slots=True)
class ReplySurroundings:
    """What the reply form says around its fields; `watchers` is None where it is not counted."""

    draft_key: str
    watchers: int | None


class AnswerTextForm(GuardedForm):
    guarded = ("body",)

    body = forms.CharField(
        label=_("Réponse"),
        help_text=_("Un retour concret, même partiel, aide plus qu’une réponse parfaite."),
        max_length=MAX_MARKDOWN,
        error_messages={"required": _("Écrivez votre réponse avant de la publier.")},
        widget=forms.Textarea(
            attrs={"rows": 8, "placeholder": _("Ce que vous avez essayé, dans quel contexte, avec quel résultat…")}
        ),
    )
    files = FilesField()


class AnswerForm(AnswerTextForm):
    naming = naming_field(
        help_text=_("Anonyme : les animatrices et animateurs peuvent vous écrire sans voir votre nom.")
    )
    client_token = TokenField()


class AnswerEditForm(AnswerTextForm):
    reason = forms.CharField(
        label=_("Motif de la modification"),
        required=False,
        max_length=MAX_REASON,
        help_text=_("Il paraît dans l’historique, lisible par les mêmes personnes que le texte."),
    )
    edits = forms.IntegerField(required=False, widget=forms.HiddenInput)


def draft_key_of(question: Question) -> str:
    return f"answer:{question.pk}"


def reply_form(member, question: Question, *, body: str = "") -> AnswerForm:
    """The empty form under a thread, for who may answer; filled with the member's draft, and with a quote in front.

    Three queries at most; one when the thread was read with its reader's state. It carries its `around`, so that a page
    includes `qa/_reply_form.html` with the form alone.
    """
    form = AnswerForm(initial=reply_initial(member, question, body=body), auto_id="repondre-%s")
    watchers = getattr(question, "watchers", None)
    if watchers is None:
        watchers = watcher_count("question", question.pk, besides=member)
    form.around = ReplySurroundings(draft_key_of(question), watchers)
    return form


def reply_initial(member, question: Question, *, body: str = "") -> dict:
    initial = {"naming": naming_used_in(question, member)}
    # Who read the thread with its reader's state knows whether there is one.
    draft = get_draft(member, draft_key_of(question)) if getattr(question, "has_draft", True) else None
    if draft is not None:
        initial |= {name: draft.fields[name] for name in ("body", "naming") if isinstance(draft.fields.get(name), str)}
    if body:
        initial["body"] = body + initial.get("body", "")
    return initial


def naming_used_in(question: Question, member) -> str:
    """How the member appeared last in the thread: who wrote anonymously is not named by inattention."""
    if hasattr(question, "my_naming"):
        if question.my_naming:
            return question.my_naming
    elif question.answer_count:
        own = Answer.objects.filter(question=question, author=member).order_by("-position")
        if last := own.values_list("naming", flat=True).first():
            return last
    return question.naming if question.author_id == member.pk else Naming.NAME
