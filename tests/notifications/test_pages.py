import pytest
from django.urls import reverse

from community.notifications import actions
from community.notifications.models import Level, Notification, Subscription
from community.notifications.selectors import PAGE
from tests.factories import AnswerFactory, MemberFactory, QuestionFactory, SpaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(client):
    member = MemberFactory()
    client.force_login(member)
    return member


def notify(member, answer, reason="answer_posted"):
    return Notification.objects.create(
        member=member,
        reason=reason,
        subject_kind="question",
        subject_id=answer.question_id,
        target_kind="answer",
        target_id=answer.pk,
    )


def test_the_page_groups_by_subject_and_links_to_the_post(client, member):
    question = QuestionFactory(title="Comment contrôler la part de bio servie ?")
    for answer in (AnswerFactory(question=question), AnswerFactory(question=question)):
        notify(member, answer)
    page = client.get(reverse("notification_list")).content.decode()
    assert page.count("Comment contrôler la part de bio servie ?") == 1
    assert page.count("a répondu") == 2
    assert "Notifications, 2 non lues" in page


def test_one_sees_ones_own_only(client, member):
    notify(MemberFactory(), AnswerFactory(question=QuestionFactory(title="Un titre à part")))
    assert "Un titre à part" not in client.get(reverse("notification_list")).content.decode()


def test_marking_all_as_read_empties_the_bell(client, member):
    notify(member, AnswerFactory())
    client.post(reverse("notifications_seen"))
    assert not Notification.objects.unseen().exists()


def test_the_list_costs_the_same_with_1_and_30_rows(client, member, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    notify(member, AnswerFactory())
    client.get(reverse("notification_list"))
    with CaptureQueriesContext(connection) as one:
        client.get(reverse("notification_list"))
    for _ in range(29):
        notify(member, AnswerFactory())
    with django_assert_num_queries(len(one)):
        client.get(reverse("notification_list"))


def test_pages_follow_one_another_without_loss(client, member):
    answers = [AnswerFactory() for _ in range(PAGE + 5)]
    for answer in answers:
        notify(member, answer)
    first = client.get(reverse("notification_list"))
    second = client.get(reverse("notification_list"), {"avant": first.context["following"]})
    seen = [line.notification.target_id for page in (first, second) for g in page.context["groups"] for line in g.lines]
    assert sorted(seen) == sorted(answer.pk for answer in answers)


@pytest.mark.parametrize("cursor", ["-1", "abc", "9" * 60, "١٢", "1;drop"])
def test_a_hostile_cursor_is_the_first_page(client, member, cursor):
    assert client.get(reverse("notification_list"), {"avant": cursor}).status_code == 200


def test_following_is_a_choice_among_levels(client, member):
    question = QuestionFactory()
    url = reverse("subject_watch", args=["question", question.pk])
    assert client.post(url, {"level": Level.ESSENTIAL}).status_code == 302
    assert Subscription.objects.get(member=member).level == Level.ESSENTIAL
    assert client.post(url, {"level": "everything"}).status_code == 422


def test_at_the_limit_one_changes_or_stops_what_one_follows_and_adds_nothing(client, member, monkeypatch):
    monkeypatch.setattr(actions, "MAX_SUBSCRIPTIONS", 1)
    followed, other, muted = (
        reverse("subject_watch", args=["question", question.pk]) for question in QuestionFactory.create_batch(3)
    )
    assert client.post(followed, {"level": Level.ALL}).status_code == 302
    assert client.post(followed, {"level": Level.ESSENTIAL}).status_code == 302
    assert client.post(muted, {"level": Level.NONE}).status_code == 302
    assert client.post(other, {"level": Level.ALL}).status_code == 422
    assert client.post(muted, {"level": Level.ALL}).status_code == 422
    assert client.post(followed, {"level": Level.NONE}).status_code == 302
    assert client.post(other, {"level": Level.ALL}).status_code == 302


@pytest.mark.parametrize("kind", ["question", "unknown"])
def test_following_what_one_may_not_see_is_a_404(client, member, kind):
    question = QuestionFactory(space=SpaceFactory(private=True))
    assert client.post(reverse("subject_watch", args=[kind, question.pk]), {"level": "all"}).status_code == 404
    assert not Subscription.objects.exists()


def test_the_way_back_stays_on_this_site(client, member):
    question = QuestionFactory()
    answer = client.post(
        reverse("subject_watch", args=["question", question.pk]), {"level": "all", "next": "https://evil.example/"}
    )
    assert "evil.example" not in answer["Location"]
