"""Answers and comments: the list, the predicate and the fan-out shape of their sight give the same answer."""

import pytest
from django.contrib.auth.models import AnonymousUser

from community.core import contents
from community.members.models import Member
from tests.factories import (
    AnswerFactory,
    CommentFactory,
    MemberFactory,
    MembershipFactory,
    QuestionFactory,
    SpaceFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def actors():
    private = SpaceFactory(private=True)
    author = MemberFactory()
    found = [author, MemberFactory(), MemberFactory(newcomer=True), MemberFactory(staff=True)]
    found += [MembershipFactory(space=private, role=role).member for role in ("guest", "member", "moderator", "owner")]
    for space in (None, SpaceFactory(), SpaceFactory(members_only=True), private):
        for state in ("open", "embargoed"):
            question = QuestionFactory(space=space, state=state, author=author)
            when = question.created_at
            for fate in ({}, {"hidden_at": when}, {"deleted_at": when}):
                answer = AnswerFactory(question=question, author=author, **fate)
                for comment_fate in ({}, {"hidden_at": when}, {"deleted_at": when}):
                    CommentFactory(question=question, answer=answer, **comment_fate)
            CommentFactory(question=question, author=author)
    return [*found, AnonymousUser()]


@pytest.mark.parametrize("name", ["question", "answer", "comment"])
def test_list_predicate_and_readers_agree_and_both_answers_occur(actors, name):
    kind = contents.get(name)
    answers = set()
    lists = [(actor, set(kind.visible_to(actor).values_list("pk", flat=True))) for actor in actors]
    for obj in kind.model.objects.all():
        readers = set(kind.readers(obj, Member.objects.all()).values_list("pk", flat=True))
        for actor, seen in lists:
            listed = obj.pk in seen
            assert listed == kind.can_view(actor, obj), (actor, obj)
            if actor.is_authenticated:
                assert listed == (actor.pk in readers), (actor, obj)
            answers.add(listed)
    assert answers == {True, False}
