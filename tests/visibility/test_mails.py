"""What leaves the site: a mail, a notification. Nobody is sent what she may not read, the moment it is sent."""

import pytest
from django.core import mail

from clauses.planner.mails import prepare_week
from clauses.planner.models import PlannerSettings
from community.core import contents
from community.core.mail import kinds
from community.notifications.models import Notification
from community.notifications.tasks import fan_out
from tests.members.support import send_queued_mails

from .table import SEES

pytestmark = pytest.mark.django_db
# Each has its tests here; the mails of accounts tell a person of her own account and nothing else.
MAILS = {"account", "invitation", "dossier_invitation", "review_link", "review_code", "planner_week"}
TOLD = ("question", "answer", "comment", "exchange_message", "break_glass", "organisation", "ghost_claim")


def words_of(message) -> str:
    return "\n".join([message.subject, message.body, *(body for body, _type in message.alternatives)])


def test_every_kind_of_mail_is_placed():
    assert set(kinds._kinds) == MAILS, "a kind of mail joins this file"


def addressees(world) -> dict[str, set[str]]:
    """Who is written to, and the only tokens that each may be told."""
    found = {}
    for item in world.of("invitation"):
        place = world.in_row("space", f"space.{item.place}").token
        found[f"{item.token}@example.org"] = {item.token, place}
    for item in world.of("review_link"):
        # Her own name and address: nothing of the dossier before the code is typed.
        found[item.obj.email] = {item.token}
    # Not even the title of the dossier that she is invited into.
    found |= {item.obj.email: set() for item in world.of("dossier_invitation")}
    return found


def test_a_mail_tells_who_it_is_meant_for_of_nothing_else(world):
    send_queued_mails()
    told = addressees(world)
    assert {address for message in mail.outbox for address in message.to} == set(told)
    for message in mail.outbox:
        text = words_of(message)
        said = {each.token for each in world.items if each.kind != "member" and each.token in text}
        assert said == told[message.to[0]], message.to


def test_an_invitation_is_not_sent_once_who_invited_has_left(world):
    world.actors["owner"].memberships.all().delete()
    send_queued_mails()
    invited = {f"{item.token}@example.org" for item in world.of("invitation")}
    assert mail.outbox
    assert invited.isdisjoint(address for message in mail.outbox for address in message.to)


def test_the_week_tells_of_the_purchases_that_one_reads(world, time_machine):
    purchases = world.of("planned_purchase")
    time_machine.move_to(purchases[0].obj.starts_on)
    persons = {name: actor for name, actor in world.actors.items() if actor.is_authenticated}
    for name, actor in persons.items():
        PlannerSettings.objects.update_or_create(member=actor, defaults={"weekly_mail": True})
        week = prepare_week(actor.email, {"member": actor.pk}) or {"lines": []}
        said = {item.row for item in purchases if item.token in "\n".join(week["lines"])}
        seen = {item.row for item in purchases if name in SEES[item.row]}
        # Only who was verified asked for it, and it only lists what presses.
        assert said == (seen if actor.is_verified else set()), name


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
