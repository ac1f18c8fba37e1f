"""Addresses of threads and posts, built from patterns resolved once: a page holds hundreds of them."""

from functools import lru_cache

from django.urls import NoReverseMatch, resolve, reverse

_MARK = 918_273_640
# The words that name an act on a thread (« modifier », « historique »…) are all shorter.
_LONGEST_ACT = 24


@lru_cache(maxsize=256)
def _pattern(name: str, arguments: tuple[tuple[str, str | None], ...]) -> str:
    """The address of a view with a mark in place of each number; empty where no room has that view."""
    marked = {key: _MARK + rank if word is None else word for rank, (key, word) in enumerate(arguments)}
    try:
        return reverse(name, kwargs=marked)
    except NoReverseMatch:
        return ""


def address(name: str, **arguments: int | str) -> str:
    """`reverse` for views whose arguments are numbers and a few known words, in a fraction of the time."""
    key = tuple((name, value if isinstance(value, str) else None) for name, value in arguments.items())
    path = _pattern(name, key)
    for rank, value in enumerate(arguments.values()):
        if not isinstance(value, str):
            path = path.replace(str(_MARK + rank), str(value))
    return path


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
