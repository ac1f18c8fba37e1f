"""Addresses of threads and posts."""

from community.core.addresses import address, titled_address

__all__ = ["address", "answer_url", "comment_url", "question_url"]


def question_url(question) -> str:
    return titled_address("question_detail", question.pk, question.slug)


def answer_url(answer) -> str:
    """The permalink: it finds the answer wherever pages and sorts put it."""
    return address("answer_detail", question_pk=answer.question_id, pk=answer.pk)


def comment_url(comment) -> str:
    return address("comment_detail", question_pk=comment.question_id, pk=comment.pk)
