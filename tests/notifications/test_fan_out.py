"""Who is told of a fact: those who follow closely enough and may read it when the task runs."""

import pytest

from community.notifications.actions import follow_implicitly, set_level
from community.notifications.models import Level, Notification
from community.notifications.selectors import notification_page, unseen_count, unseen_keys, watcher_count
from community.notifications.tasks import fan_out
from community.spaces.models import Membership
from tests.factories import (
    AnswerFactory,
    MemberFactory,
    MembershipFactory,
    PurchaseFamilyFactory,
    QuestionFactory,
    SpaceFactory,
)

pytestmark = pytest.mark.django_db


def tell(answer, *, essential=False, member_ids=(), follow=(), reason="answer_posted"):
    return fan_out.call(
        reason=reason,
        subject=["question", answer.question_id],
        target=["answer", answer.pk],
        actor_id=answer.author_id,
        essential=essential,
        member_ids=list(member_ids),
        follow=list(follow),
    )


def told(member) -> int:
    return Notification.objects.filter(member=member).count()


@pytest.mark.parametrize(
    ("level", "essential", "expected"),
    [
        (Level.ALL, False, 1),
        (Level.ALL, True, 1),
        (Level.ESSENTIAL, False, 0),
        (Level.ESSENTIAL, True, 1),
        (Level.NONE, False, 0),
        (Level.NONE, True, 0),
    ],
)
def test_the_level_decides_what_is_told(level, essential, expected):
    answer, member = AnswerFactory(), MemberFactory()
    set_level(actor=member, kind="question", pk=answer.question_id, level=level)
    tell(answer, essential=essential)
    assert told(member) == expected


def test_the_one_who_acts_is_not_told():
    answer = AnswerFactory()
    set_level(actor=answer.author, kind="question", pk=answer.question_id, level=Level.ALL)
    assert tell(answer) == 0


def test_running_twice_writes_nothing_more():
    answer, member = AnswerFactory(), MemberFactory()
    set_level(actor=member, kind="question", pk=answer.question_id, level=Level.ALL)
    tell(answer)
    tell(answer)
    assert told(member) == 1


def test_a_follower_of_the_family_is_told_unless_she_muted_the_thread():
    family = PurchaseFamilyFactory()
    answer = AnswerFactory(question=QuestionFactory(family=family))
    follower, muting = MemberFactory(), MemberFactory()
    for member in (follower, muting):
        set_level(actor=member, kind="family", pk=family.pk, level=Level.ALL)
    set_level(actor=muting, kind="question", pk=answer.question_id, level=Level.NONE)
    tell(answer, follow=[["family", family.pk]])
    assert (told(follower), told(muting)) == (1, 0)


def test_who_lost_the_right_before_the_task_ran_is_not_told():
    space = SpaceFactory(private=True)
    inside, gone = MembershipFactory(space=space).member, MembershipFactory(space=space).member
    answer = AnswerFactory(question=QuestionFactory(space=space))
    for member in (inside, gone):
        set_level(actor=member, kind="question", pk=answer.question_id, level=Level.ALL)
    Membership.objects.filter(member=gone).delete()
    tell(answer, member_ids=[gone.pk])
    assert (told(inside), told(gone)) == (1, 0)


def test_who_loses_the_right_afterwards_no_longer_sees_nor_counts_it():
    space = SpaceFactory(private=True)
    member = MembershipFactory(space=space).member
    answer = AnswerFactory(question=QuestionFactory(space=space))
    set_level(actor=member, kind="question", pk=answer.question_id, level=Level.ALL)
    tell(answer)
    assert unseen_count(member, unseen_keys(member)) == 1
    Membership.objects.filter(member=member).delete()
    assert unseen_count(member, unseen_keys(member)) == 0
    assert notification_page(member, unseen_only=False, before=None) == ([], None)


def test_the_cost_of_a_fact_does_not_grow_with_its_watchers(django_assert_num_queries, django_assert_max_num_queries):
    few, many = AnswerFactory(), AnswerFactory()
    for answer, count in ((few, 3), (many, 60)):
        for member in MemberFactory.create_batch(count):
            follow_implicitly(member_id=member.pk, kind="question", pk=answer.question_id)
    with django_assert_max_num_queries(12) as first:
        tell(few)
    with django_assert_num_queries(len(first)):
        tell(many)
    assert watcher_count("question", many.question_id) == 60


def test_writing_somewhere_never_overrides_a_chosen_level():
    answer, member = AnswerFactory(), MemberFactory()
    set_level(actor=member, kind="question", pk=answer.question_id, level=Level.NONE)
    follow_implicitly(member_id=member.pk, kind="question", pk=answer.question_id)
    tell(answer)
    assert told(member) == 0


def test_a_vanished_content_is_told_to_nobody():
    answer = AnswerFactory()
    pk, question_id = answer.pk, answer.question_id
    member = MemberFactory()
    set_level(actor=member, kind="question", pk=question_id, level=Level.ALL)
    answer.delete()
    assert (
        fan_out.call(reason="answer_posted", subject=["question", question_id], target=["answer", pk], actor_id=None)
        == 0
    )


def test_an_anonymous_author_is_not_named():
    author = MemberFactory(first_name="Zénobie", last_name="Quatremère")
    answer = AnswerFactory(author=author, naming="anonymous")
    member = MemberFactory()
    set_level(actor=member, kind="question", pk=answer.question_id, level=Level.ALL)
    tell(answer)
    groups, _next = notification_page(member, unseen_only=False, before=None)
    sentence = groups[0].lines[0].sentence
    assert "Quatremère" not in sentence
    assert "anonyme" in sentence.lower()


def test_somebody_mentioned_is_told_once_and_even_where_she_muted():
    answer, follower, muting = AnswerFactory(), MemberFactory(), MemberFactory()
    set_level(actor=follower, kind="question", pk=answer.question_id, level=Level.ALL)
    set_level(actor=muting, kind="question", pk=answer.question_id, level=Level.NONE)
    thread = {"subject": ["question", answer.question_id], "target": ["answer", answer.pk], "actor_id": None}
    mentioned = [follower.pk, muting.pk]
    fan_out.call(reason="mentioned", member_ids=mentioned, only=True, **thread)
    fan_out.call(reason="answer_posted", except_ids=mentioned, **thread)
    assert (told(follower), told(muting)) == (1, 1)


def test_the_author_of_what_is_commented_is_told_unless_she_muted_the_thread():
    answer, author, muting = AnswerFactory(), MemberFactory(), MemberFactory()
    set_level(actor=muting, kind="question", pk=answer.question_id, level=Level.NONE)
    tell(answer, member_ids=[author.pk, muting.pk])
    assert (told(author), told(muting)) == (1, 0)
