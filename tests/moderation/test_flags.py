import re

import pytest
from django.urls import reverse

from community.core.models import AuditEntry
from community.moderation.models import Decision, Flag
from qa.addresses import question_url
from tests.factories import AnswerFactory, MemberFactory, MembershipFactory, QuestionFactory, SpaceFactory

pytestmark = pytest.mark.django_db


def flag(client, obj, kind="answer", **data):
    return client.post(reverse("content_flag", args=[kind, obj.pk]), {"reason": "charter", **data})


@pytest.fixture
def space():
    return SpaceFactory(private=True)


@pytest.fixture
def answer(space):
    return AnswerFactory(question=QuestionFactory(space=space))


def test_a_member_flags_what_she_sees_once(client, space, answer):
    client.force_login(MembershipFactory(space=space).member)
    assert flag(client, answer, detail="Propos blessants").status_code == 302
    assert flag(client, answer).status_code == 409
    assert Flag.objects.get().space_id == space.pk


def test_flagging_what_one_may_not_see_is_a_404(client, answer):
    client.force_login(MemberFactory())
    assert flag(client, answer).status_code == 404
    assert not Flag.objects.exists()


@pytest.mark.parametrize("data", [{"reason": "because"}, {"detail": "x" * 501}])
def test_a_wrong_report_keeps_its_text_and_says_how_to_mend(client, space, answer, data):
    client.force_login(MembershipFactory(space=space).member)
    response = flag(client, answer, **data)
    assert response.status_code == 422
    assert data.get("detail", "") in response.content.decode()
    assert not Flag.objects.exists()


def test_newcomers_flag_less_often(client):
    client.force_login(MemberFactory(newcomer=True))
    statuses = [flag(client, AnswerFactory()).status_code for _ in range(6)]
    assert statuses == [302] * 5 + [429]


@pytest.mark.parametrize(("role", "status"), [("moderator", 200), ("owner", 200), ("member", 404), ("guest", 404)])
def test_the_queue_is_the_moderators(client, space, role, status):
    client.force_login(MembershipFactory(space=space, role=role).member)
    assert client.get(reverse("review_queue")).status_code == status


def test_a_moderator_elsewhere_sees_nothing_of_it(client, space, answer):
    client.force_login(MembershipFactory(space=space).member)
    flag(client, answer)
    client.force_login(MembershipFactory(space=SpaceFactory(), role="owner").member)
    assert answer.question.title not in client.get(reverse("review_queue")).content.decode()
    decided = client.post(reverse("flags_decide", args=["answer", answer.pk]), {"outcome": "kept"})
    assert decided.status_code == 404
    assert not Decision.objects.exists()


def test_staff_reviews_the_open_community_not_the_private_spaces(client, space, answer):
    member = MembershipFactory(space=space).member
    public = AnswerFactory()
    client.force_login(member)
    flag(client, answer)
    flag(client, public)
    client.force_login(MemberFactory(staff=True))
    page = client.get(reverse("review_queue")).content.decode()
    assert public.question.title in page
    assert answer.question.title not in page


def test_hiding_settles_every_flag_hides_the_content_and_is_audited(client, space, answer):
    for _ in range(2):
        client.force_login(MembershipFactory(space=space).member)
        flag(client, answer)
    client.force_login(MembershipFactory(space=space, role="moderator").member)
    url = reverse("flags_decide", args=["answer", answer.pk])
    assert client.post(url, {"outcome": "hidden", "reason": ""}).status_code == 422
    assert client.post(url, {"outcome": "hidden", "reason": "Contraire à la charte"}).status_code == 302
    answer.refresh_from_db()
    assert answer.hidden_at is not None
    assert not Flag.objects.open().exists()
    assert AuditEntry.objects.filter(action="moderation_hidden", space_id=space.pk).exists()


def test_keeping_leaves_the_content_alone(client, space, answer):
    client.force_login(MembershipFactory(space=space).member)
    flag(client, answer)
    client.force_login(MembershipFactory(space=space, role="moderator").member)
    client.post(reverse("flags_decide", args=["answer", answer.pk]), {"outcome": "kept"})
    answer.refresh_from_db()
    assert answer.hidden_at is None
    assert not Flag.objects.open().exists()


def test_the_form_comes_alone_for_the_window_over_a_thread(client, space, answer):
    client.force_login(MembershipFactory(space=space).member)
    address = reverse("content_flag", args=["answer", answer.pk])
    window = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in window
    assert f'action="{address}"' in window
    assert 'id="titre-signaler"' in window
    assert f'action="{address}"' in client.get(address).content.decode()
    thread = client.get(question_url(answer.question)).content.decode()
    begins = re.search(r'data-window-path-value="([^"]+)"', thread)[1]
    assert address.startswith(begins)
    assert len(begins) > 1


def test_the_window_of_what_one_may_not_see_is_a_404(client, answer):
    client.force_login(MemberFactory())
    address = reverse("content_flag", args=["answer", answer.pk])
    assert client.get(address, headers={"HX-Request": "true"}).status_code == 404
