"""How the list of drafts names and reopens the forms of questions and answers."""

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from community.reading.drafts import DraftPlace, register_form

from . import permissions
from .addresses import address
from .models import Answer, Question


def register_drafts() -> None:
    register_form("question", places_of_questions)
    register_form("answer", places_of_answers)
    register_form("edit", places_of_edits)


def places_of_questions(member, keys: list[str]) -> dict[str, DraftPlace]:
    page = reverse("question_ask")
    return {key: DraftPlace(label=_("Question"), url=f"{page}?{urlencode({'brouillon': key})}") for key in keys}


def places_of_answers(member, keys: list[str]) -> dict[str, DraftPlace]:
    by_pk = {number: key for key in keys if (number := last_number(key))}
    return {
        by_pk[question.pk]: DraftPlace(
            label=_("Réponse"), title=question.title, url=address("answer_post", pk=question.pk)
        )
        for question in Question.objects.visible_to(member).filter(pk__in=by_pk)
    }


def places_of_edits(member, keys: list[str]) -> dict[str, DraftPlace]:
    """A text being changed, as long as one may still change it."""
    places = {}
    questions = {number: key for key in keys if key.startswith("edit:question:") and (number := last_number(key))}
    answers = {number: key for key in keys if key.startswith("edit:answer:") and (number := last_number(key))}
    for question in Question.objects.visible_to(member).filter(pk__in=questions).select_related("space"):
        if permissions.can_edit(member, question):
            places[questions[question.pk]] = DraftPlace(
                label=_("Modification"),
                title=question.title,
                url=f"{address('question_edit', pk=question.pk)}?brouillon",
            )
    for answer in Answer.objects.visible_to(member).filter(pk__in=answers).select_related("question__space"):
        if permissions.can_edit(member, answer):
            places[answers[answer.pk]] = DraftPlace(
                label=_("Modification"),
                title=answer.question.title,
                url=f"{address('answer_edit', pk=answer.pk)}?brouillon",
            )
    return places


def last_number(key: str) -> int | None:
    last = key.rsplit(":", 1)[-1]
    return int(last) if last.isascii() and last.isdigit() and len(last) < 19 else None
