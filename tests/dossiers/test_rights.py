"""Who reads a dossier, who changes it, who shares it: the list of persons is the only right."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from clauses.dossiers import permissions
from clauses.dossiers.actions.notes import add_note
from clauses.dossiers.models import Dossier, DossierItem, DossierMember, ReviewRemark, ShareInvitation
from clauses.dossiers.querysets import readers_of_dossier
from community.members.models import Member
from community.notifications.models import Notification
from tests.dossiers.support import dossier_of, link_for, member, shared, with_clause

pytestmark = pytest.mark.django_db
PERSONS = ("visitor", "stranger", "staff", "reader", "editor", "owner")


@pytest.fixture
def people():
    owner = member("Ferrand")
    dossier = dossier_of(owner)
    return {
        "dossier": dossier,
        "owner": owner,
        "reader": shared(dossier, "reader"),
        "editor": shared(dossier, "editor"),
        "stranger": member(),
        "staff": member(staff=True),
        "visitor": AnonymousUser(),
    }


@pytest.mark.parametrize(
    ("rule", "allowed"),
    [
        (permissions.can_view_dossier, {"reader", "editor", "owner"}),
        (permissions.can_edit_dossier, {"editor", "owner"}),
        (permissions.can_invite_reviewer, {"editor", "owner"}),
        (permissions.can_share_dossier, {"owner"}),
        (permissions.can_own_dossier, {"owner"}),
    ],
)
def test_each_right_is_that_of_a_role(people, rule, allowed):
    assert {name for name in PERSONS if rule(people[name], people["dossier"])} == allowed


@pytest.mark.parametrize("name", PERSONS)
def test_lists_say_what_the_predicates_say(people, name):
    viewer, dossier = people[name], people["dossier"]
    item = with_clause(dossier)
    link = link_for(dossier)
    remark = ReviewRemark.objects.create(link=link, item=item, item_version=1, title="x", decision="accept")
    seen = permissions.can_view_dossier(viewer, dossier)
    assert (dossier in Dossier.objects.visible_to(viewer)) is seen
    assert (item in DossierItem.objects.visible_to(viewer).standing()) is seen
    assert (remark in ReviewRemark.objects.visible_to(viewer)) is seen
    assert (dossier in Dossier.objects.editable_by(viewer).recent()) is permissions.can_edit_dossier(viewer, dossier)
    if viewer.is_authenticated:
        assert (viewer in readers_of_dossier(dossier, Member.objects.all())) is seen


def test_a_member_nobody_vouched_for_prepares_alone():
    newcomer = member(newcomer=True)
    dossier = dossier_of(newcomer)
    assert permissions.can_create_dossier(newcomer)
    assert not permissions.can_create_dossier(AnonymousUser())
    assert permissions.can_edit_dossier(newcomer, dossier)
    assert not permissions.can_share_dossier(newcomer, dossier)
    assert not permissions.can_invite_reviewer(newcomer, dossier)


def test_a_note_goes_with_its_author_or_the_owner(people):
    dossier = people["dossier"]
    note = add_note(dossier=dossier, actor=people["reader"], text="Penser au sourcing.")
    assert {name for name in PERSONS if permissions.can_remove_note(people[name], note)} == {"reader", "owner"}
    DossierMember.objects.filter(member=people["reader"]).delete()
    assert not permissions.can_remove_note(people["reader"], note)


@pytest.mark.parametrize("name", ["stranger", "reader", "editor"])
def test_only_the_owner_shares_and_deletes(client, people, name):
    client.force_login(people[name])
    dossier = people["dossier"]
    expected = 404 if name == "stranger" else 403
    sent = {"email": "x@ville-exemple.fr", "role": "reader"}
    assert client.post(reverse("dossier_share", args=[dossier.pk]), sent).status_code == expected
    person = {"person": people["stranger"].public_id, "role": "editor"}
    assert client.post(reverse("dossier_person", args=[dossier.pk]), person).status_code == expected
    assert client.post(reverse("dossier_delete", args=[dossier.pk])).status_code == expected
    assert not ShareInvitation.objects.exists()


def test_a_member_is_found_by_name_added_told_and_sent_away(client, people, run_tasks):
    dossier, found = people["dossier"], member("Zacharie")
    client.force_login(people["owner"])
    assert "Zacharie" in client.get(reverse("dossier_share", args=[dossier.pk]), {"q": "zachar"}).content.decode()
    client.post(reverse("dossier_person", args=[dossier.pk]), {"person": found.public_id, "role": "editor"})
    run_tasks()
    assert Notification.objects.filter(member=found, reason="dossier_shared").exists()
    assert permissions.can_edit_dossier(found, dossier)
    client.post(reverse("dossier_person_remove", args=[dossier.pk, found.public_id]))
    assert not permissions.can_view_dossier(found, dossier)
    client.force_login(found)
    assert client.get(reverse("dossier_detail", args=[dossier.pk])).status_code == 404


def test_a_member_who_is_not_verified_joins_no_dossier(client, people):
    newcomer = member(newcomer=True)
    client.force_login(people["owner"])
    sent = {"person": newcomer.public_id, "role": "reader"}
    assert client.post(reverse("dossier_person", args=[people["dossier"].pk]), sent).status_code == 409
    assert not DossierMember.objects.filter(member=newcomer).exists()


def test_who_is_in_a_dossier_may_leave_it(client, people):
    client.force_login(people["reader"])
    url = reverse("dossier_person_remove", args=[people["dossier"].pk, people["reader"].public_id])
    client.post(url)
    assert client.get(reverse("dossier_detail", args=[people["dossier"].pk])).status_code == 404


def test_an_address_is_invited_without_saying_whether_it_has_an_account(client, people, mailoutbox, run_tasks):
    dossier, url = people["dossier"], reverse("dossier_share", args=[people["dossier"].pk])
    client.force_login(people["owner"])
    pages = []
    for email in (people["stranger"].email, "personne@ville-exemple.fr"):
        page = client.post(url, {"email": email, "role": "editor"}, follow=True).content.decode()
        pages.append(page.replace(email, "ADRESSE"))
    assert "L’invitation est partie à ADRESSE" in pages[0]
    run_tasks()
    assert {mail.to[0] for mail in mailoutbox} == {people["stranger"].email, "personne@ville-exemple.fr"}
    assert dossier.title not in mailoutbox[0].body
    client.force_login(people["stranger"])
    assert dossier.title in client.get(reverse("dossier_list")).content.decode()
    assert client.get(reverse("dossier_detail", args=[dossier.pk])).status_code == 404
    invitation = ShareInvitation.objects.get(email=people["stranger"].email)
    client.post(reverse("dossier_invitation", args=[invitation.pk]), {"accepter": ""})
    assert client.get(reverse("dossier_detail", args=[dossier.pk])).status_code == 200


@pytest.mark.parametrize("fate", ["expired", "withdrawn", "declined", "not hers"])
def test_an_invitation_that_is_over_lets_nobody_in(client, people, fate):
    dossier = people["dossier"]
    client.force_login(people["owner"])
    email = "autre@ville-exemple.fr" if fate == "not hers" else people["stranger"].email
    client.post(reverse("dossier_share", args=[dossier.pk]), {"email": email, "role": "reader"})
    invitation = ShareInvitation.objects.get()
    if fate == "expired":
        ShareInvitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    elif fate == "withdrawn":
        client.post(reverse("dossier_invitation_withdraw", args=[dossier.pk, invitation.pk]))
    client.force_login(people["stranger"])
    url = reverse("dossier_invitation", args=[invitation.pk])
    if fate == "declined":
        assert client.post(url, {"decliner": ""}).status_code == 302
    assert client.post(url, {"accepter": ""}).status_code == 404
    assert dossier.title not in client.get(reverse("dossier_list")).content.decode()


def test_nobody_signed_out_is_invited():
    assert not ShareInvitation.objects.for_member(AnonymousUser()).exists()
