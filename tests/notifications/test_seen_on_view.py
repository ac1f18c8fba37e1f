"""What was told of a subject is seen with its page, or from the list, by its reader alone."""

import pytest
from django.urls import reverse

from community.notifications.models import Notification
from tests.factories import MemberFactory, SpaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def told():
    member, space = MemberFactory(), SpaceFactory()
    other = MemberFactory()
    for each in (member, other):
        Notification.objects.create(
            member=each,
            reason="membership_granted",
            subject_kind="space",
            subject_id=space.pk,
            target_kind="space",
            target_id=space.pk,
        )
    return member, other, space


def unseen(member) -> int:
    return Notification.objects.of(member).unseen().count()


def test_the_page_of_a_space_sees_what_was_told_of_it(client, told):
    member, other, space = told
    client.force_login(member)
    address, page = reverse("subject_seen", args=["space", space.pk]), reverse("space_detail", args=[space.slug])
    assert f'hx-post="{address}"' in client.get(page).content.decode()
    assert unseen(member) == 1
    assert client.post(address, headers={"HX-Request": "true"}).status_code == 204
    assert (unseen(member), unseen(other)) == (0, 1)
    assert address not in client.get(page).content.decode()


def test_the_list_marks_one_subject(client, told):
    member, other, space = told
    client.force_login(member)
    address = reverse("subject_seen", args=["space", space.pk])
    assert f'action="{address}"' in client.get(reverse("notification_list")).content.decode()
    assert client.post(address).headers["Location"] == reverse("notification_list")
    assert (unseen(member), unseen(other)) == (0, 1)


@pytest.mark.parametrize("kind", ["space", "rien"])
def test_what_is_absent_answers_the_same(client, told, kind):
    member, _other, space = told
    client.force_login(member)
    assert client.post(reverse("subject_seen", args=[kind, space.pk + 1])).status_code == 302
    assert unseen(member) == 1
    assert client.get(reverse("subject_seen", args=[kind, space.pk])).status_code == 405
