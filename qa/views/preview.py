"""What a text will look like once published: written by the actions that publish it, on a post that is not saved."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import mark_safe

from community.core.contents import DisplayedAuthor
from community.core.errors import Refused
from community.core.form_pages import add_refusal
from community.core.ratelimits import spend
from community.core.richtext import normalise_text
from community.members.display import displayed
from community.taxonomy.tags import clean_names, names_that_stand
from community.taxonomy.text import fold
from qa import limits
from qa.actions.answer import write_answer
from qa.actions.ask import start, write_typed_question
from qa.actions.texts import write_typed_body
from qa.forms.question import QuestionForm
from qa.models import Answer, Question

Shown = TypeVar("Shown")


@dataclass(frozen=True, slots=True)
class QuestionPreview:
    title: str
    html: Any
    tried: Any
    author: DisplayedAuthor
    family: Any
    theme: Any
    facts: list[str]
    needed_by: Any
    tags: list[str]
    at: Any


def preview_question(form: QuestionForm, member) -> QuestionPreview:
    """Of a valid form; raises what publishing would. An anonymous author is shown without the number that the place
    will give.
    """
    data, filing = form.cleaned_data, form.filing()
    question = Question(space=data["space"], publish_after=form.embargo())
    start(question)
    write_typed_question(question, body=data["body"], tried=data["tried"], actor=member)
    labels = {name: dict(form.fields[name].choices) for name in ("amount", "stage", "procedure")}
    facts = [str(labels[name][value]) for name in labels if (value := getattr(filing, name))]
    return QuestionPreview(
        title=" ".join(data["title"].split()),
        html=question.fresh_html,
        tried=mark_safe(question.tried_html),  # noqa: S308  sanitised by the renderer
        author=displayed(member, data["naming"] or "name"),
        family=filing.family,
        theme=filing.theme,
        facts=facts + ([filing.territory.name] if filing.territory else []),
        needed_by=filing.needed_by,
        tags=shown_tags(form.tag_names()),
        at=timezone.now(),
    )


def shown_tags(names: tuple[str, ...]) -> list[str]:
    """As publishing will store them: spellings of one word merged under the first, synonyms followed."""
    cleaned = clean_names([normalise_text(name) for name in names])
    merged = {fold(name): name for name in reversed(cleaned)}
    return names_that_stand([name for name in cleaned if merged[fold(name)] == name])


def preview_answer(question: Question, body: str, member):
    answer = Answer(question=question)
    write_answer(answer, body, actor=member)
    return answer.fresh_html


def preview_edit(post: Question | Answer, body: str, member):
    """Beside the post, which stays as it is."""
    if isinstance(post, Answer):
        beside = Answer(question=post.question, body=post.body)
    else:
        beside = Question(space=post.space, created_at=post.created_at, body=post.body)
    write_typed_body(beside, body, actor=member)
    return beside.fresh_html


def preview_of(
    request: HttpRequest, form: forms.Form, make: Callable[[], Shown]
) -> tuple[Shown | None, Refused | None]:
    """The preview that was asked for, if the form is right; or why its text would not be published."""
    if "preview" not in form.data:
        return None, None
    try:
        spend(limits.PREVIEW, actor=request.user)
        return (make() if form.is_valid() else None), None
    except Refused as refusal:
        add_refusal(form, refusal)
        return None, refusal
