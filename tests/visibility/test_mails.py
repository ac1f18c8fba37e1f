"""What leaves the site: a mail, a notification. Nobody is sent what she may not read, the moment it is sent."""

import pytest
from django.core import mail

from community.core import contents
from community.core.mail import kinds
from community.notifications.models import Notification
from community.notifications.tasks import fan_out
from tests.members.support import send_queued_mails

from .table import SEES

pytestmark = pytest.mark.django_db
# Each has its tests here; the mails of accounts tell a person of her own account and nothing else.
MAILS = {"account", "invitation"}
TOLD = ("question", "answer", "comment", "exchange_message", "break_glass", "organisation", "ghost_claim")


def words_of(message) -> str:
    return "\n".join([message.subject, message.body, *(body for body, _type in message.alternatives)])


def test_every_kind_of_mail_is_placed():
    assert set(kinds._kinds) == MAILS, "a kind of mail joins this file"


def test_an_invitation_shows_its_space_to_who_is_invited_and_nothing_else(world):
    send_queued_mails()
    invited = {f"{item.token}@example.org": item for item in world.of("invitation")}
    assert {address for message in mail.outbox for address in message.to} == set(invited)
    for message in mail.outbox:
        item, text = invited[message.to[0]], words_of(message)
        own = {item.token, world.in_row("space", f"space.{item.place}").token}
        said = {each.token for each in world.items if each.kind != "member" and each.token in text}
        assert said == own, item


def test_an_invitation_is_not_sent_once_who_invited_has_left(world):
    world.actors["owner"].memberships.all().delete()
    send_queued_mails()
    assert mail.outbox == []


@pytest.mark.parametrize("kind", TOLD)
def test_a_fact_is_told_to_those_who_see_it_whoever_was_meant_to_hear(world, kind):
    persons = {name: actor for name, actor in world.actors.items() if actor.is_authenticated}
    for item in world.of(kind):
        Notification.objects.all().delete()
        key = [kind, item.obj.pk]
        ids = [actor.pk for actor in persons.values()]
        fan_out.func(reason="mentioned", subject=key, target=key, actor_id=None, member_ids=ids, only=True)
        told = set(Notification.objects.values_list("member", flat=True))
        assert {name for name, actor in persons.items() if actor.pk in told} == SEES[item.row] - {"visitor"}, str(item)


def test_every_kind_that_is_told_is_registered():
    assert set(TOLD) <= {kind.name for kind in contents.kinds()}
