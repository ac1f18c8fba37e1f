"""Who lost her verification sees, of all there is, what the unverified see, wherever she went in by herself before."""

import pytest
from django.test import Client
from django.urls import reverse

from community.core import contents
from community.members.actions import mark_verified, recheck_verification
from community.members.models import Member
from community.spaces import actions
from tests.factories import OrganisationFactory

from .table import sees
from .test_lists import leaked, walk
from .world import person

pytestmark = pytest.mark.django_db
KINDS = [kind.name for kind in contents.kinds()]


@pytest.fixture
def lapsed(world):
    member = person("lapsed", newcomer=True, organisation=OrganisationFactory(known=True))
    mark_verified(member=member, by=world.actors["staff"], how="approval")
    actions.join_space(actor=member, space=world.spaces["members"])
    seen = world.in_row("question", "published.members").obj
    assert contents.find_visible(member, "question", seen.pk)
    member.organisation = OrganisationFactory(known=True)
    member.save()
    recheck_verification(member=member, organisation_changed=True)
    return member


def test_the_registry_answers_as_to_the_unverified(world, lapsed):
    items = [item for item in world.items if item.kind in KINDS]
    found = contents.visible_keys(lapsed, {(item.kind, item.obj.pk) for item in items})
    seen = {str(item) for item in items if (item.kind, item.obj.pk) in found}
    assert seen == {str(item) for item in items if sees("unverified", item.row)}
    for name in KINDS:
        kind = contents.get(name)
        for item in world.of(name):
            assert kind.can_view(lapsed, item.obj) is sees("unverified", item.row), str(item)
            readers = kind.readers(item.obj, Member.objects.filter(pk=lapsed.pk))
            assert readers.exists() is sees("unverified", item.row), str(item)


@pytest.mark.parametrize("name", ["home", "question_list", "space_list", "clause_list", "member_list"])
def test_pages_leak_nothing(world, lapsed, name):
    client = Client()
    client.force_login(lapsed)
    found = leaked(world, "unverified", walk(client, reverse(name)))
    assert [item for item in found if name != "member_list" or ("people" not in item and "identity" not in item)] == []
