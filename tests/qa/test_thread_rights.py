"""What a thread's page offers is what the predicates allow, for every reader, place and state."""

import itertools

import pytest

from community.members.models import Expertise
from qa import permissions
from qa.models import Answer, Question
from qa.selectors.rights import ThreadRights
from qa.selectors.thread import thread_or_404
from tests.factories import AnswerFactory, MemberFactory, MembershipFactory, QuestionFactory, SpaceFactory

pytestmark = pytest.mark.django_db

ON_POST = {
    "vote": permissions.can_vote,
    "edit": permissions.can_edit,
    "delete": permissions.can_delete,
    "hide": permissions.can_hide,
    "exchange": permissions.can_write_exchange,
}
ON_ANSWER = {
    "accept": permissions.can_accept,
    "endorse": permissions.can_endorse,
    "doubt": permissions.can_doubt,
}


def places():
    return [
        None,
        SpaceFactory(members_only=True),
        SpaceFactory(private=True),
        SpaceFactory(private=True, archived_at="2026-01-01T00:00Z"),
    ]


def readers(spaces, author):
    found = [author, MemberFactory(), MemberFactory(newcomer=True), MemberFactory(staff=True)]
    expert = MemberFactory()
    Expertise.objects.create(member=expert, kind="expert")
    for role in ("guest", "moderator"):
        member = MemberFactory()
        for space in filter(None, spaces):
            MembershipFactory(space=space, member=member, role=role)
        found.append(member)
    return [*found, expert]


def states(space, author):
    common = {"space": space, "author": author}
    yield QuestionFactory(**common)
    yield QuestionFactory(**common, kind="discussion", naming="anonymous")
    yield QuestionFactory(**common, state="closed", is_wiki=True)
    yield QuestionFactory(**common, state="embargoed")
    hidden = QuestionFactory(**common)
    Question.objects.filter(pk=hidden.pk).update(hidden_at=hidden.created_at)
    yield hidden


def answers_of(question):
    when = question.created_at
    yield AnswerFactory(question=question, author=question.author)
    yield AnswerFactory(question=question, is_wiki=True)
    yield AnswerFactory(question=question, naming="anonymous", hidden_at=when)
    yield AnswerFactory(question=question, deleted_at=when)


def test_page_and_predicates_agree_and_both_answers_occur_for_each_act():
    author = MemberFactory()
    spaces = places()
    everyone = readers(spaces, author)
    for space in filter(None, spaces):
        MembershipFactory(space=space, member=author, role="guest")
    seen = {name: set() for name in ("answer", "close", "publish", "moderate", *ON_POST, *ON_ANSWER)}
    for space in spaces:
        for question in states(space, author):
            answers = list(answers_of(question))
            question.refresh_from_db()
            for viewer in everyone:
                if not permissions.can_view_question(viewer, question):
                    continue
                compare(viewer, question, answers, seen)
    assert {name: found for name, found in seen.items() if found != {True, False}} == {}


def compare(viewer, question, answers, seen):
    rights = ThreadRights(viewer, thread_or_404(viewer, question.pk))
    on_thread = {
        "answer": permissions.can_answer,
        "close": permissions.can_close,
        "publish": permissions.can_publish,
        "moderate": permissions.can_moderate,
    }
    for name, predicate in on_thread.items():
        expected = predicate(viewer, question)
        assert getattr(rights, name) == expected, (name, viewer, question.state, question.space)
        seen[name].add(expected)
    visible = [answer for answer in answers if permissions.can_view_answer(viewer, answer)]
    for post, name in itertools.product([question, *visible], ON_POST):
        check(rights, viewer, post, name, ON_POST[name], seen)
    for post, name in itertools.product(visible, ON_ANSWER):
        check(rights, viewer, post, name, ON_ANSWER[name], seen)


def check(rights, viewer, post, name, predicate, seen):
    expected = predicate(viewer, post)
    own = rights.on(rights.question if isinstance(post, Question) else Answer.objects.get(pk=post.pk))
    assert getattr(own, name) == expected, (name, viewer, post, rights.question.state, rights.question.space)
    seen[name].add(expected)
