"""The list, the predicate and the fan-out shape of a question's sight give the same answer."""

import pytest
from django.contrib.auth.models import AnonymousUser

from community.members.models import Member
from qa.models import Question
from qa.permissions import can_view_question, readers_of_question
from tests.factories import MemberFactory, MembershipFactory, QuestionFactory, SpaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    private = SpaceFactory(private=True)
    spaces = [
        None,
        SpaceFactory(),
        SpaceFactory(members_only=True),
        private,
        SpaceFactory(private=True, history_from_joining=True),
    ]
    author = MemberFactory()
    for space in spaces:
        QuestionFactory(space=space, author=author)
        QuestionFactory(space=space, author=author, naming="anonymous")
        QuestionFactory(space=space, author=author, state="embargoed")
        hidden = QuestionFactory(space=space)
        Question.objects.filter(pk=hidden.pk).update(hidden_at=hidden.created_at)
        gone = QuestionFactory(space=space)
        Question.objects.filter(pk=gone.pk).update(deleted_at=gone.created_at)
    actors = [author, MemberFactory(), MemberFactory(newcomer=True), MemberFactory(staff=True)]
    for role in ("guest", "member", "moderator", "owner"):
        actors.append(MembershipFactory(space=private, role=role).member)
        actors.append(MembershipFactory(space=spaces[4], role=role).member)
    return actors


def test_list_predicate_and_readers_agree_and_both_answers_occur(world):
    answers = set()
    for question in Question.objects.all():
        readers = set(readers_of_question(question, Member.objects.all()).values_list("pk", flat=True))
        for actor in [*world, AnonymousUser()]:
            listed = Question.objects.visible_to(actor).filter(pk=question.pk).exists()
            assert listed == can_view_question(actor, question), (actor, question.state, question.space)
            if actor.is_authenticated:
                assert listed == (actor.pk in readers), (actor, question.state, question.space)
            answers.add(listed)
    assert answers == {True, False}
