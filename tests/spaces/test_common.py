"""« Espaces en commun » on a profile, and a footer that invites those who have no account."""

import pytest
from django.urls import reverse

from community.spaces.actions import open_break_glass
from tests.factories import MemberFactory, MembershipFactory, SpaceFactory

pytestmark = pytest.mark.django_db
INVITES = "Créer mon compte"


def profile(client, member) -> str:
    return client.get(reverse("member_profile", args=[member.public_id])).content.decode()


@pytest.mark.parametrize("visibility", ["open", "members", "private"])
@pytest.mark.parametrize(("viewer_is_in", "member_is_in"), [(True, True), (True, False), (False, True), (False, False)])
def test_a_profile_shows_the_spaces_where_both_are(client, visibility, viewer_is_in, member_is_in):
    space = SpaceFactory(visibility=visibility, name="Jetonespace")
    viewer, member = MemberFactory(), MemberFactory()
    for person, is_in in ((viewer, viewer_is_in), (member, member_is_in)):
        if is_in:
            MembershipFactory(space=space, member=person)
    client.force_login(viewer)
    assert ("Jetonespace" in profile(client, member)) is (viewer_is_in and member_is_in)


def test_one_s_own_profile_lists_no_space_in_common(client):
    member = MembershipFactory(space__name="Jetonespace").member
    client.force_login(member)
    assert "Jetonespace" not in profile(client, member)


def test_staff_with_an_exceptional_access_has_no_space_in_common(client):
    inside, staff = MembershipFactory(space__private=True, space__name="Jetonespace"), MemberFactory(staff=True)
    reason = "Numéro de téléphone publié, signalé par un membre."
    open_break_glass(actor=staff, space=inside.space, reason=reason, hours=1)
    client.force_login(staff)
    assert "Jetonespace" not in profile(client, inside.member)


def test_the_footer_invites_visitors_only(client):
    address = reverse("space_list")
    footer = client.get(address).content.decode().split("<footer", 1)[1]
    assert INVITES in footer
    client.force_login(MemberFactory())
    footer = client.get(address).content.decode().split("<footer", 1)[1]
    assert INVITES not in footer
