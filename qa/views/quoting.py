"""« Citer » without script: the address of the thread names a post, and the reply begins with it."""

import re

from django.http import HttpRequest

from community.core.richtext import quote

from ..addresses import question_url
from ..selectors.post_rows import PostRows
from ..selectors.thread import Thread

QUOTABLE = re.compile(r"(question|answer)-([0-9]{1,18})")
MAX_QUOTED = 2_000


def quoted_text(request: HttpRequest, thread: Thread, rows: PostRows) -> str:
    """The Markdown of a quotation of a post that the page shows; nothing for any other."""
    match = QUOTABLE.fullmatch(request.GET.get("citer", ""))
    if match is None:
        return ""
    if match[1] == "question":
        return (
            _quote(thread.question, rows, question_url(thread.question)) if match[2] == str(thread.question.pk) else ""
        )
    for answer in thread.answers.rows:
        if str(answer.pk) == match[2] and not answer.is_gone:
            return _quote(answer, rows, rows.url_of(answer))
    return ""


def _quote(post, rows: PostRows, url: str) -> str:
    return quote(post.body[:MAX_QUOTED], rows.author_of(post).name, url)
