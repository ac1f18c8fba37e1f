"""Addresses of threads and posts."""

from functools import lru_cache

from django.urls import resolve

from community.core.addresses import address

__all__ = ["address", "answer_url", "comment_url", "question_url"]

# The words that name an act on a thread (« modifier », « historique »…) are all shorter.
_LONGEST_ACT = 24


@lru_cache(maxsize=2048)
def _is_free(slug: str) -> bool:
    """False for the few titles whose slug is the name of an act: « Modifier » would open the editing form."""
    return resolve(f"{address('question_list')}1/{slug}/").url_name == "question_detail"


def question_url(question) -> str:
    base = address("question_detail", pk=question.pk)
    slug = question.slug
    if not slug or (len(slug) <= _LONGEST_ACT and not _is_free(slug)):
        return base
    return f"{base}{slug}/"


def answer_url(answer) -> str:
    """The permalink: it finds the answer wherever pages and sorts put it."""
    return address("answer_detail", question_pk=answer.question_id, pk=answer.pk)


def comment_url(comment) -> str:
    return address("comment_detail", question_pk=comment.question_id, pk=comment.pk)
