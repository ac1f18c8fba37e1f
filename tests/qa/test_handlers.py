"""Who is told what, once the task has run; and who is not."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from community.notifications.models import Notification, Subscription
from community.notifications.tasks import fan_out
from qa.actions.accept import accept_answer
from qa.actions.answer import post_answer
from qa.actions.ask import Filing, ask_question
from qa.actions.comment import post_comment
from qa.actions.exchange import reply_in_exchange, write_to_author
from qa.actions.publish import publish_question
from qa.actions.state import hide_post
from qa.models import Question
from qa.tasks import ask_for_publication
from tests.factories import AnswerFactory, MemberFactory, PurchaseFamilyFactory

pytestmark = pytest.mark.django_db

TITLE = "Comment peser le critère environnemental ?"


def run_tasks() -> None:
    for row in DBTaskResult.objects.filter(task_path=fan_out.module_path).order_by("enqueued_at"):
        fan_out.call(**row.args_kwargs["kwargs"])
    DBTaskResult.objects.all().delete()


def told(member) -> set[str]:
    run_tasks()
    return set(Notification.objects.filter(member=member).values_list("reason", flat=True))


def follow(member, kind, pk, level="all") -> None:
    Subscription.objects.create(member=member, kind=kind, object_id=pk, level=level)


def test_who_writes_follows_and_the_asker_is_told(place):
    follow(place.asker, "question", place.question.pk)
    post_answer(question=place.question, actor=place.member, body="Réponse.")
    assert told(place.asker) == {"answer_posted"}
    assert told(place.member) == set()
    assert Subscription.objects.filter(member=place.member, kind="question", explicit=False).exists()


def test_a_mention_tells_the_person_named_and_nobody_else(place):
    follow(place.asker, "question", place.question.pk)
    body = f"@[x](membre:{place.guest.public_id}) qu’en pensez-vous ?"
    post_answer(question=place.question, actor=place.member, body=body)
    assert told(place.guest) == {"mentioned"}
    assert told(place.asker) == {"answer_posted"}


def test_a_question_is_told_to_those_who_follow_its_family_once_it_is_published():
    author, follower, named, family = MemberFactory(), MemberFactory(), MemberFactory(), PurchaseFamilyFactory()
    below = PurchaseFamilyFactory(parent=family)
    for member in (follower, named):
        follow(member, "family", family.pk)
    question = ask_question(
        actor=author,
        title=TITLE,
        body=f"@[x](membre:{named.public_id})",
        filing=Filing(family=below),
        publish_after=timezone.localdate() + timedelta(days=9),
    )
    assert told(follower) == told(named) == set(), "an embargo tells nobody, by a mention either"
    publish_question(question=question, actor=author)
    assert told(follower) == {"question_asked"}
    assert told(named) == {"mentioned"}, "one fact, told once"


def test_the_author_of_an_embargoed_question_is_asked_once_the_date_has_come(time_machine):
    author = MemberFactory()
    due = timezone.localdate() + timedelta(days=9)
    ask_question(actor=author, title=TITLE, body="Texte.", publish_after=due)
    assert ask_for_publication() == 0
    time_machine.move_to(timezone.now() + timedelta(days=10))
    assert ask_for_publication() == 1
    assert told(author) == {"embargo_due"}
    assert ask_for_publication() == 0
    assert Question.objects.get().state == "embargoed"


def test_an_acceptance_tells_the_answers_author_and_those_who_follow_the_essential(place):
    follow(place.guest, "question", place.question.pk, level="essential")
    follow(place.member, "question", place.question.pk, level="none")
    accept_answer(answer=place.answer, actor=place.asker)
    assert told(place.author) == {"answer_accepted"}
    assert told(place.guest) == {"answer_accepted"}
    assert told(place.member) == set()


def test_a_comment_tells_the_author_of_what_is_commented(place):
    post_comment(question=place.question, answer=place.answer, actor=place.member, text="Et le délai ?")
    assert told(place.author) == {"comment_posted"}


def test_hiding_tells_the_author_only(place):
    follow(place.asker, "question", place.question.pk)
    hide_post(post=place.answer, actor=place.moderator, reason="Un nom")
    assert told(place.author) == {"content_hidden"}
    assert told(place.asker) == set()


def test_each_message_of_an_exchange_tells_the_other_side_without_a_name(place):
    post = AnswerFactory(question=place.question, author=place.author, naming="anonymous")
    exchange = write_to_author(post=post, actor=place.moderator, text="Pouvez-vous préciser ?").exchange
    assert told(place.author) == {"exchange"}
    reply_in_exchange(exchange=exchange, actor=place.author, text="Oui.")
    assert told(place.owner) == {"exchange_answer"}
    assert told(place.member) == told(place.asker) == set()


def test_who_lost_the_place_is_told_nothing(place):
    follow(place.guest, "question", place.question.pk)
    post_answer(question=place.question, actor=place.member, body="Réponse.")
    place.guest.memberships.all().delete()
    assert told(place.guest) == set()
