"""Pieces written once: the same as what they stand for, and nothing of one reader kept for another."""

import re
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import RequestFactory

from community.core import contents
from community.notifications.selectors import unseen_count, unseen_keys
from qa.forms.answer import reply_form
from qa.reply_markup import reply_markup
from tests.factories import AnswerFactory, CommentFactory, MemberFactory, QuestionFactory

pytestmark = pytest.mark.django_db

HOSTILE = "</textarea><script>alert(1)</script> 918273640 & co"


def squeezed(html: str) -> str:
    """Without what differs at each rendering: indentation, tokens."""
    html = re.sub(r'(name="(?:csrfmiddlewaretoken|client_token)" value=")[^"]*', r"\1", html)
    return re.sub(r"\s+", "", html)


@pytest.mark.parametrize("watchers", [0, 1, 7])
def test_the_reply_form_in_pieces_is_the_reply_form(watchers):
    question = QuestionFactory()
    question.watchers = watchers
    request = RequestFactory().get("/")
    request.user = MemberFactory()
    form = reply_form(request.user, question, body=HOSTILE)
    whole = render_to_string(
        "qa/_reply_form.html", {"question": question, "form": form, "audience": "Tous", "user": request.user}, request
    )
    pieces = reply_markup(request, question, audience="Tous", csrf_token="c" * 64, body=HOSTILE)
    assert squeezed(str(pieces)) == squeezed(whole)
    assert "<script>" not in pieces


def test_a_constant_block_sees_only_its_values_and_is_kept_for_each():
    source = Template("{% constant word=word %}[{{ word }}{{ secret }}]{% endconstant %}")
    rendered = [source.render(Context({"word": word, "secret": "s"})) for word in ("a", "b", "a")]
    assert rendered == ["[a]", "[b]", "[a]"]


def test_the_bell_asks_two_queries_whatever_the_kinds(django_assert_max_num_queries):
    from community.notifications.models import Notification

    member, question = MemberFactory(), QuestionFactory()
    answer = AnswerFactory(question=question)
    comment = CommentFactory(question=question)
    hidden = QuestionFactory(state="embargoed")
    for reason, kind, obj in (("r1", "answer", answer), ("r2", "comment", comment), ("r3", "question", hidden)):
        subject = hidden if obj is hidden else question
        Notification.objects.create(
            member=member, reason=reason, subject_kind="question", subject_id=subject.pk, target_kind=kind,
            target_id=obj.pk,
        )  # fmt: skip
    with django_assert_max_num_queries(2):
        assert unseen_count(member, unseen_keys(member)) == 2
    keys = {("question", question.pk), ("question", hidden.pk), ("unknown", 1)}
    assert contents.visible_keys(member, keys) == {("question", question.pk)}
    assert contents.visible_keys(SimpleNamespace(is_authenticated=False), set()) == set()
