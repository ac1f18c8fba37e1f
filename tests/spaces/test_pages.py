import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from community.core.models import AuditEntry, OutgoingMail
from community.spaces import actions
from community.spaces.models import BreakGlass, Invitation, Membership, Role, Space
from community.spaces.tokens import invitation_token
from tests.factories import MemberFactory, MembershipFactory, QuestionFactory, SpaceFactory, TerritoryFactory
from tests.members.support import send_queued_mails

pytestmark = pytest.mark.django_db
ROLES = Role.values
REASON = "Numéro de téléphone publié, signalé par un membre."
ADMINISTRATION = {
    "space_admin": {"moderator", "owner"},
    "space_invitations": {"moderator", "owner"},
    "space_settings": {"owner"},
    "space_audit": {"owner"},
}


@pytest.fixture
def space():
    return SpaceFactory(private=True, name="Restauration durable", description="Cantines et cuisines centrales.")


@pytest.fixture
def as_(client, space):
    """Signs in as somebody of that role in the space, as an outsider, or as a visitor."""

    def sign_in(role):
        if role == "visitor":
            client.logout()
            return client
        traits = {"staff": True} if role == "staff" else {}
        member = MemberFactory(**traits)
        if role in ROLES:
            MembershipFactory(space=space, member=member, role=role)
        client.force_login(member)
        client.member = member
        return client

    return sign_in


@pytest.mark.parametrize("role", ["outsider", "staff", *ROLES])
@pytest.mark.parametrize("page", ADMINISTRATION)
def test_the_administration_exists_for_those_who_run_the_space(as_, space, page, role):
    answer = as_(role).get(reverse(page, args=[space.slug]))
    assert answer.status_code == (200 if role in ADMINISTRATION[page] else 404)
    assert ("Restauration durable" in answer.content.decode()) is (role in ADMINISTRATION[page])


@pytest.mark.parametrize("visibility", ["open", "members", "private"])
@pytest.mark.parametrize("role", ["visitor", "outsider", "guest", "owner"])
def test_the_list_and_the_page_show_the_same_spaces(as_, space, visibility, role):
    Space.objects.update(visibility=visibility)
    expected = visibility == "open" or role in ROLES or (visibility == "members" and role == "outsider")
    client = as_(role)
    listed = "Restauration durable" in client.get(reverse("space_list")).content.decode()
    page = client.get(reverse("space_detail", args=[space.slug]))
    assert listed is expected
    assert page.status_code == (200 if expected else 404)


@pytest.mark.parametrize("role", ["outsider", "guest"])
def test_the_list_of_members_is_read_from_inside(as_, space, role):
    Space.objects.update(visibility="open")
    MembershipFactory(space=space, member__last_name="Tanguy")
    page = as_(role).get(reverse("space_detail", args=[space.slug])).content.decode()
    assert ("Tanguy" in page) is (role == "guest")


def test_the_page_of_a_space_costs_the_same_with_few_and_many_members(as_, space, django_assert_max_num_queries):
    client = as_("member")
    MembershipFactory.create_batch(30, space=space)
    with django_assert_max_num_queries(16):
        client.get(reverse("space_detail", args=[space.slug]))


def test_the_page_tells_who_reads(as_, space):
    MembershipFactory.create_batch(2, space=space)
    assert "lisible par ses 3" in as_("member").get(reverse("space_detail", args=[space.slug])).content.decode()


def test_a_space_is_created_without_script(as_):
    client = as_("outsider")
    sent = {"name": "Réseau bio", "description": "", "visibility": "private"}
    answer = client.post(reverse("space_create"), sent)
    created = Space.objects.get(name="Réseau bio")
    assert answer["Location"] == reverse("space_invitations", args=[created.slug])
    assert Membership.objects.get(space=created).role == "owner"


def test_a_forged_network_is_an_ordinary_group(as_):
    territory = TerritoryFactory()
    sent = {"name": "Faux", "visibility": "open", "kind": "network", "territories": [territory.pk]}
    as_("outsider").post(reverse("space_create"), sent)
    assert Space.objects.get(name="Faux").kind == "group"


def test_staff_opens_a_network_with_its_territories(as_):
    territory = TerritoryFactory()
    sent = {"name": "Haut-Pays", "visibility": "open", "kind": "network", "territories": [territory.pk]}
    as_("staff").post(reverse("space_create"), sent)
    assert list(Space.objects.get(name="Haut-Pays").territories.all()) == [territory]


def test_an_incomplete_space_keeps_what_was_typed(as_):
    answer = as_("outsider").post(
        reverse("space_create"), {"name": "", "description": "Mon texte", "visibility": "open"}
    )
    assert answer.status_code == 422
    assert "Mon texte" in answer.content.decode()


def test_too_many_spaces_say_when_to_retry(as_):
    client = as_("outsider")
    for number in range(5):
        actions.create_space(actor=client.member, name=f"Espace {number}", visibility="open")
    answer = client.post(reverse("space_create"), {"name": "Un de trop", "visibility": "open"})
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0


# Invitations, from the page to the door


def invited(client, space, addresses="agnes@ville.example", **fields):
    sent = {"addresses": addresses, "role": "member", "message": ""} | fields
    return client.post(reverse("space_invitations", args=[space.slug]), sent)


def person(client, email):
    member = MemberFactory(email=email)
    EmailAddress.objects.create(user=member, email=email, verified=True, primary=True)
    client.force_login(member)
    return member


def test_an_invitation_goes_by_mail_and_its_link_lets_in_once(as_, client, space):
    assert invited(as_("owner"), space, message="À bientôt").status_code == 302
    invitation = Invitation.objects.get()
    assert invitation_token(invitation) not in str(list(OutgoingMail.objects.values())), "the queue keeps no token"
    send_queued_mails()
    (letter,) = mail.outbox
    assert letter.to == ["agnes@ville.example"]
    link = reverse("invitation_accept", args=[invitation_token(invitation)])
    for body in (letter.body, letter.alternatives[0][0]):
        assert link in body
        assert "À bientôt" in body
    agnes = person(client, "agnes@ville.example")
    for _time in range(2):
        assert client.get(link).status_code == 200
    assert not Membership.objects.filter(member=agnes).exists()
    assert client.post(link)["Location"] == reverse("space_detail", args=[space.slug])
    assert client.get(link).status_code == 404
    assert Membership.objects.filter(member=agnes, space=space).count() == 1


@pytest.mark.parametrize("ending", ["revoked", "inviter_gone", "absent", "secret_changed"])
def test_a_mail_whose_invitation_ended_is_not_sent(as_, space, ending, settings):
    owner = as_("owner")
    invited(owner, space)
    invitation = Invitation.objects.get()
    if ending == "revoked":
        actions.revoke_invitation(actor=owner.member, invitation=invitation)
    elif ending == "inviter_gone":
        Membership.objects.all().delete()
    elif ending == "absent":
        invitation.delete()
    else:
        settings.SECRET_KEY = "another"
    send_queued_mails()
    assert mail.outbox == []
    assert OutgoingMail.objects.get().dropped_at


def test_a_link_answers_alike_when_it_is_anothers_ended_or_absent(as_, client, space):
    invited(as_("owner"), space)
    token = invitation_token(Invitation.objects.get())
    person(client, "autre@ville.example")
    client.get(reverse("space_list"))
    pages = [client.get(reverse("invitation_accept", args=[each])) for each in (token, "0" * 64)]
    assert [page.status_code for page in pages] == [404, 404]
    assert "Restauration durable" not in pages[0].content.decode()
    assert len(pages[0].content) == len(pages[1].content)
    assert client.post(reverse("invitation_accept", args=[token])).status_code == 404


def test_a_visitor_is_led_to_sign_in_and_back(client, space):
    link = reverse("invitation_accept", args=["0" * 64])
    assert link in client.get(link)["Location"]


def test_declining_needs_no_account_and_no_scanner_does_it(as_, client, space):
    invited(as_("owner"), space)
    link = reverse("invitation_decline", args=[invitation_token(Invitation.objects.get())])
    client.logout()
    page = client.get(link)
    assert page.status_code == 200
    assert "Restauration durable" not in page.content.decode()
    assert Invitation.objects.get().declined_at is None
    assert client.post(link).status_code == 200
    assert Invitation.objects.get().declined_at is not None
    assert client.post(link).status_code == 404


def test_one_refused_address_keeps_the_others(as_, space):
    owner = as_("owner")
    invited(owner, space, "a@ville.example")
    answer = invited(owner, space, "a@ville.example\nb@ville.example\n")
    assert answer.status_code == 409
    assert set(Invitation.objects.values_list("email", flat=True)) == {"a@ville.example", "b@ville.example"}
    assert "Une invitation attend déjà" in answer.content.decode()


@pytest.mark.parametrize("addresses", ["\n".join(f"p{n}@ville.example" for n in range(21)), "pas une adresse", ""])
def test_a_list_of_addresses_that_cannot_be_taken_is_given_back(as_, space, addresses):
    assert invited(as_("owner"), space, addresses).status_code == 422
    assert not Invitation.objects.exists()


def test_an_animator_is_offered_no_role_above_hers(as_, space):
    answer = invited(as_("moderator"), space, role="owner")
    assert answer.status_code == 422
    assert not Invitation.objects.exists()


def test_an_invitation_of_another_space_is_not_revoked_from_this_one(as_, space):
    other = MembershipFactory(role="owner", space__private=True)
    invitation = actions.invite_to_space(actor=other.member, space=other.space, email="a@ville.example", role="member")
    client = as_("owner")
    assert client.post(reverse("invitation_revoke", args=[space.slug, invitation.pk])).status_code == 404
    assert client.post(reverse("invitation_revoke", args=[other.space.slug, invitation.pk])).status_code == 404
    assert Invitation.objects.get().revoked_at is None


# Roles and removal


def test_an_owner_hands_over_in_one_go(as_, space):
    client = as_("owner")
    heir = MembershipFactory(space=space).member
    sent = {f"role-{client.member.public_id}": "member", f"role-{heir.public_id}": "owner", "role-nobody": "owner"}
    assert client.post(reverse("space_roles", args=[space.slug]), sent).status_code == 302
    assert dict(Membership.objects.values_list("member", "role")) == {client.member.pk: "member", heir.pk: "owner"}


def test_roles_change_all_or_none(as_, space):
    client = as_("owner")
    other = MembershipFactory(space=space).member
    sent = {f"role-{other.public_id}": "reviewer", f"role-{client.member.public_id}": "member"}
    assert client.post(reverse("space_roles", args=[space.slug]), sent).status_code == 409
    assert set(Membership.objects.values_list("role", flat=True)) == {"owner", "member"}


@pytest.mark.parametrize("role", ["outsider", "member", "moderator"])
def test_who_does_not_own_the_space_changes_nobody(as_, space, role):
    target = MembershipFactory(space=space).member
    client = as_(role)
    answers = [
        client.post(reverse("space_roles", args=[space.slug]), {f"role-{target.public_id}": "owner"}),
        client.post(reverse("space_member_remove", args=[space.slug, target.public_id])),
        client.post(reverse("space_archive", args=[space.slug]), {"archived": "1"}),
    ]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert Membership.objects.get(member=target).role == "member"


def test_removing_asks_first_and_takes_effect_at_once(as_, client, space):
    owner = as_("owner")
    target = MembershipFactory(space=space).member
    url = reverse("space_member_remove", args=[space.slug, target.public_id])
    assert owner.get(url).status_code == 200
    assert Membership.objects.filter(member=target).exists()
    owner.post(url)
    client.force_login(target)
    assert client.get(reverse("space_detail", args=[space.slug])).status_code == 404


def test_somebody_outside_cannot_be_removed(as_, space):
    url = reverse("space_member_remove", args=[space.slug, MemberFactory().public_id])
    assert as_("owner").get(url).status_code == 404


def test_leaving_asks_first(as_, space):
    client = as_("member")
    url = reverse("space_leave", args=[space.slug])
    assert client.get(url).status_code == 200
    assert client.post(url)["Location"] == reverse("space_list")
    assert client.get(url).status_code == 404


def test_joining_is_a_button_where_it_is_allowed(as_, space):
    Space.objects.update(visibility="members")
    client = as_("outsider")
    assert (
        reverse("space_join", args=[space.slug])
        in client.get(reverse("space_detail", args=[space.slug])).content.decode()
    )
    client.post(reverse("space_join", args=[space.slug]))
    assert Membership.objects.filter(member=client.member).exists()


# Settings and journal


def test_opening_a_private_space_asks_for_a_confirmation(as_, space):
    client = as_("owner")
    sent = {"name": space.name, "description": "", "visibility": "open"}
    refused = client.post(reverse("space_settings", args=[space.slug]), sent)
    assert refused.status_code == 422
    assert "confirmez" in refused.content.decode()
    client.post(reverse("space_settings", args=[space.slug]), sent | {"widening_confirmed": "on"})
    assert Space.objects.get().visibility == "open"


def test_the_journal_shows_exceptional_access_and_lets_the_owner_end_it(as_, space):
    staff = MemberFactory(staff=True, last_name="Administrant")
    actions.open_break_glass(actor=staff, space=space, reason=REASON, hours=2)
    client = as_("owner")
    page = client.get(reverse("space_audit", args=[space.slug])).content.decode()
    assert page.count("Numéro de téléphone publié, signalé par un membre.") == 2
    assert "Administrant" not in page
    client.post(reverse("break_glass_close", args=[BreakGlass.objects.get().pk]))
    assert not BreakGlass.objects.current().exists()
    assert AuditEntry.objects.filter(action="break_glass_closed").exists()


# The staff's pages


@pytest.mark.parametrize("role", ["outsider", "owner", "staff"])
def test_the_page_of_exceptional_access_is_the_staffs(as_, space, role):
    client = as_(role)
    url = reverse("break_glass_list")
    assert client.get(url).status_code == (200 if role == "staff" else 404)
    client.post(url, {"slug": space.slug, "reason": REASON, "hours": 1})
    assert BreakGlass.objects.exists() is (role == "staff")


def test_an_access_to_no_space_is_refused_with_a_sentence(as_):
    answer = as_("staff").post(reverse("break_glass_list"), {"slug": "rien", "reason": REASON, "hours": 1})
    assert answer.status_code == 409
    assert "Aucun espace" in answer.content.decode()


def test_an_identity_is_asked_for_then_shown(as_):
    question = QuestionFactory(naming="anonymous", author__last_name="Lenormand")
    client, url = as_("staff"), reverse("anonymity_lift", args=["question", question.pk])
    assert "Lenormand" not in client.get(url).content.decode()
    client.post(url, {"reason": REASON, "hours": 1})
    assert "Lenormand" in client.get(url).content.decode()


@pytest.mark.parametrize("role", ["outsider", "owner"])
def test_the_page_that_lifts_an_anonymity_is_the_staffs(as_, role):
    question = QuestionFactory(naming="anonymous")
    assert as_(role).get(reverse("anonymity_lift", args=["question", question.pk])).status_code == 404


def test_members_wait_for_the_animators_of_their_territory(client):
    territory = TerritoryFactory()
    network = SpaceFactory(kind="network")
    network.territories.set([territory])
    animator = MembershipFactory(space=network, role="moderator").member
    waiting = MemberFactory(newcomer=True, territory=territory, last_name="Lenormand")
    EmailAddress.objects.create(user=waiting, email=waiting.email, verified=True, primary=True)
    client.force_login(animator)
    assert "Lenormand" in client.get(reverse("approval_list")).content.decode()
    client.post(reverse("approval_give", args=[waiting.public_id]))
    waiting.refresh_from_db()
    assert waiting.is_verified
    assert client.post(reverse("approval_give", args=[waiting.public_id])).status_code == 404


def test_the_list_of_those_who_wait_does_not_exist_for_others(as_):
    assert as_("owner").get(reverse("approval_list")).status_code == 404


@pytest.mark.parametrize("kind", ["group", "network"])
@pytest.mark.parametrize("archived", [False, True])
@pytest.mark.parametrize(("role", "animates"), [("moderator", True), ("owner", True), ("member", False)])
def test_who_animates_a_space_finds_what_waits_for_them_and_no_dead_link(client, role, animates, archived, kind):
    space = SpaceFactory(kind=kind, archived_at=timezone.now() if archived else None)
    client.force_login(MembershipFactory(role=role, space=space).member)
    page = client.get(reverse("space_list")).content.decode()
    # Members are vouched for by the animators of a network that lives.
    approves = animates and kind == "network" and not archived
    found = {name: reverse(name) in page for name in ("review_queue", "approval_list", "search_misses")}
    assert found["approval_list"] is approves
    assert found["review_queue"] is found["search_misses"] is animates
    assert all(client.get(reverse(name)).status_code == 200 for name, is_shown in found.items() if is_shown)
