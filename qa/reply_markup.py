"""The empty reply form under a thread, from its template rendered once: a form of Django's costs more than the answers
above it. The one that comes back with errors is rendered as usual (`qa/answer_post.html`), from the same template.
"""

import re
from functools import lru_cache
from types import SimpleNamespace
from uuid import uuid4

from django.core.signals import setting_changed
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from .forms.answer import AnswerForm, ReplySurroundings, draft_key_of, reply_initial
from .models import Naming, Question

# What stands for each value in the kept text; numbers where addresses and counts want numbers.
_MARKS = {
    "question": "918273640",
    "watchers": "918273641",
    "member": "918273642",
    "csrf": "918273643",
    "token": "918273644",
    "audience": "918273645",
    "body": "918273646",
}
_NAMES = {mark: name for name, mark in _MARKS.items()}


@lru_cache(maxsize=64)
def _pieces(_language: str | None, kind: str, naming: str, watched: int) -> tuple[str, ...]:
    """The form cut at its marks: texts and, at odd places, the names of the values between them.

    `watched` is 0, 1 or 2, for none, one and several, which are said in other words.
    """
    question = SimpleNamespace(pk=int(_MARKS["question"]), kind=kind)
    form = AnswerForm(
        initial={"naming": naming, "body": _MARKS["body"], "client_token": _MARKS["token"]}, auto_id="repondre-%s"
    )
    form.around = ReplySurroundings(draft_key_of(question), int(_MARKS["watchers"]) if watched > 1 else watched)
    context = {
        "question": question,
        "form": form,
        "user": SimpleNamespace(public_id=_MARKS["member"]),
        "csrf_token": _MARKS["csrf"],
        "audience": _MARKS["audience"],
    }
    html = re.sub(r"\n\s+", "\n", render_to_string("qa/_reply_form.html", context))
    return tuple(
        _NAMES.get(piece, piece) if rank % 2 else piece
        for rank, piece in enumerate(re.split(f"({'|'.join(_NAMES)})", html))
    )


@setting_changed.connect
def _forget(**kwargs) -> None:
    _pieces.cache_clear()


def reply_markup(
    request: HttpRequest, question: Question, *, audience: str, csrf_token: str, body: str = ""
) -> SafeString:
    """For who may answer; filled with the member's draft, and with a quote in front. `question` was read with its
    reader's state.
    """
    initial = reply_initial(request.user, question, body=body)
    naming = initial["naming"] if initial["naming"] in Naming.values else Naming.NAME
    values = {
        "question": str(question.pk),
        "watchers": str(question.watchers),
        "member": request.user.public_id,
        "csrf": csrf_token,
        "token": str(uuid4()),
        "audience": escape(audience),
        "body": escape(initial.get("body", "")),
    }
    pieces = _pieces(get_language(), str(question.kind), str(naming), min(question.watchers, 2))
    return mark_safe("".join(values[piece] if rank % 2 else piece for rank, piece in enumerate(pieces)))
