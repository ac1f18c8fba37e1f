import datetime
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from community.core.errors import Invalid, Refused
from community.members.actions import (
    approve_ghost_claim,
    grant_expertise,
    refuse_ghost_claim,
    request_ghost_claim,
    revoke_expertise,
)
from community.members.models import GhostClaim, Member, Organisation, OrganisationDomain
from community.members.permissions import PROFILE_FIELDS, can_see_field, can_view
from community.members.selectors import shows
from tests.factories import (
    AnswerFactory,
    MemberFactory,
    MembershipFactory,
    OrganisationFactory,
    PurchaseFamilyFactory,
    QuestionFactory,
    SpaceFactory,
    TerritoryFactory,
    ThemeFactory,
)
from tests.support.hostile import SCRIPTS

from .support import confirmed

pytestmark = pytest.mark.django_db

SECRETS = {
    "job": "Acheteuse-chef-secrète",
    "organisation": "Syndicat-secret",
    "territory": "Territoire-secret",
    "bio": "Douze-ans-de-cuisine",
    "practice": "Famille-secrète",
    "availability": "Disponible pour être sollicité",
}


def full_member(**fields):
    member = MemberFactory(
        job=SECRETS["job"],
        organisation=OrganisationFactory(name=SECRETS["organisation"]),
        territory=TerritoryFactory(name=SECRETS["territory"]),
        bio=SECRETS["bio"],
        available_to_be_asked=True,
        **fields,
    )
    member.families_practised.add(PurchaseFamilyFactory(label=SECRETS["practice"]))
    member.themes_practised.add(ThemeFactory(label="Famille-secrète-par-thème"))
    return member


def profile_page(client, viewer, member):
    if viewer is not None:
        client.force_login(viewer)
    return client.get(reverse("member_profile", args=[member.public_id]))


MARKUP = ("<script>alert", "<img src", "<svg/onload", "<iframe", "<style>", "<base", "<meta http", "<details open on")

VIEWERS = {
    "verified": lambda member: MemberFactory(),
    "newcomer": lambda member: MemberFactory(newcomer=True),
    "staff": lambda member: MemberFactory(staff=True, newcomer=True),
    "self": lambda member: member,
}


@pytest.mark.parametrize("field", PROFILE_FIELDS)
@pytest.mark.parametrize(
    ("visibility", "who", "seen"),
    [
        ("everyone", "verified", True),
        ("everyone", "newcomer", True),
        ("members", "verified", True),
        ("members", "newcomer", False),
        ("members", "staff", False),
        ("nobody", "verified", False),
        ("nobody", "staff", False),
        ("nobody", "self", True),
        ("inconnu", "verified", False),
    ],
)
def test_each_field_is_shown_to_whom_the_member_chose(client, field, visibility, who, seen):
    chosen = dict.fromkeys(PROFILE_FIELDS, "nobody") | {field: visibility}
    member = full_member(field_visibility=chosen)
    viewer = VIEWERS[who](member)
    page = profile_page(client, viewer, member).content.decode()
    # What may be chosen in a form says nothing of the member.
    main = re.sub(r"<select.*?</select>", "", page.split("<main", 1)[1].split("</main>", 1)[0], flags=re.DOTALL)
    assert (SECRETS[field] in main) is seen
    if who != "self":
        assert not any(secret in main for name, secret in SECRETS.items() if name != field)
    listed = client.get(reverse("member_list"), {"nom": member.last_name}).content.decode()
    if field not in ("bio", "availability"):
        assert (SECRETS[field] in listed.split('id="filtres"')[1].split("</form>")[1]) is seen


@pytest.mark.parametrize("newcomer", [True, False])
def test_the_organisation_of_an_unverified_member_is_said_to_be_declared(client, newcomer):
    member = full_member(newcomer=newcomer, field_visibility={"organisation": "everyone"})
    words = f"{SECRETS['organisation']} (organisation déclarée, non vérifiée)"
    for page in (profile_page(client, MemberFactory(), member), client.get(reverse("member_list"))):
        html = page.content.decode()
        assert SECRETS["organisation"] in html
        assert (words in html) is newcomer


@pytest.mark.parametrize("field", PROFILE_FIELDS)
@pytest.mark.parametrize("visibility", ["everyone", "members", "nobody", "inconnu", None])
@pytest.mark.parametrize("who", VIEWERS)
def test_the_predicate_and_the_condition_on_fields_agree(field, visibility, who):
    member = MemberFactory(field_visibility={} if visibility is None else {field: visibility})
    viewer = VIEWERS[who](member)
    found = Member.objects.filter(Q(pk=member.pk) & shows(viewer, field)).exists()
    assert found is can_see_field(viewer, member, field)


@pytest.mark.parametrize("fields", [{}, {"is_active": False}, {"is_ghost": True, "is_active": False}])
@pytest.mark.parametrize("signed_in", [True, False])
def test_absent_and_forbidden_profiles_answer_alike(client, fields, signed_in):
    from django.contrib.auth.models import AnonymousUser

    member = MemberFactory(**fields)
    viewer = MemberFactory() if signed_in else AnonymousUser()
    visible = Member.objects.visible_to(viewer).filter(pk=member.pk).exists()
    assert visible is can_view(viewer, member)
    response = profile_page(client, viewer if signed_in else None, member)
    if not signed_in:
        assert response.status_code == 302
        assert client.get(reverse("member_profile", args=["0" * 12])).status_code == 302
    else:
        assert response.status_code == (200 if visible else 404)


def test_a_profile_shows_signed_contributions_only_and_what_the_viewer_may_read(client):
    member = full_member()
    QuestionFactory(author=member, title="Question signée")
    QuestionFactory(author=member, title="Question anonyme", naming="anonymous")
    QuestionFactory(author=member, title="Question par nature", naming="kind")
    answer = AnswerFactory(author=member, question=QuestionFactory(title="Fil de la réponse signée"))
    AnswerFactory(author=member, naming="anonymous", question=QuestionFactory(title="Fil de la réponse anonyme"))
    private = SpaceFactory(private=True)
    QuestionFactory(author=member, title="Question privée", space=private)
    page = profile_page(client, MemberFactory(), member).content.decode()
    assert "Question signée" in page
    assert "Fil de la réponse signée" in page
    for hidden in ("anonyme", "par nature", "Question privée"):
        assert hidden not in page
    inside = MembershipFactory(space=private).member
    assert "Question privée" in profile_page(client, inside, member).content.decode()
    own = profile_page(client, member, member).content.decode()
    assert "Question anonyme" not in own
    assert answer.pk


def profile_fields(**changes):
    return {
        "first_name": "Nadia",
        "last_name": "Ferrand",
        "account_kind": "agent",
        "job": "Acheteuse",
        "bio": "Douze ans de cuisine centrale.",
        "territory": "",
        "available_to_be_asked": "on",
        **{f"visibility_{name}": "members" for name in PROFILE_FIELDS},
    } | changes


def test_a_member_edits_their_profile(client):
    member = full_member()
    family, theme = PurchaseFamilyFactory(), ThemeFactory()
    client.force_login(member)
    response = client.post(
        reverse("profile_edit"),
        profile_fields(families_practised=[family.pk], themes_practised=[theme.pk], visibility_bio="nobody"),
    )
    assert response.status_code == 302
    member = Member.objects.get(pk=member.pk)
    assert str(member) == "Nadia Ferrand"
    assert member.folded_name == "nadia ferrand"
    assert [*member.families_practised.all()] == [family]
    assert member.field_visibility["bio"] == "nobody"
    assert member.organisation.name == SECRETS["organisation"]
    assert member.is_verified


def test_moving_to_another_organisation_asks_for_a_verification_again(client):
    member = full_member(verification="approval")
    elsewhere = OrganisationFactory(known=True)
    client.force_login(member)
    client.post(reverse("profile_edit"), profile_fields(organisation=elsewhere.pk))
    member = Member.objects.get(pk=member.pk)
    assert member.organisation == elsewhere
    assert not member.is_verified


@pytest.mark.parametrize(
    "changes",
    [
        {"bio": "x" * 601},
        {"job": "x" * 121},
        {"first_name": ""},
        {"visibility_job": "tout"},
        {"families_practised": ["999999"]},
        {"account_kind": "supplier"},
        {"organisation": "999999"},
    ],
)
def test_a_profile_that_cannot_be_taken_is_given_back_and_changes_nothing(client, changes):
    member = full_member()
    client.force_login(member)
    response = client.post(reverse("profile_edit"), profile_fields(**changes))
    assert response.status_code == 422
    assert Member.objects.get(pk=member.pk).bio == SECRETS["bio"]


@pytest.mark.parametrize("text", SCRIPTS)
def test_hostile_text_in_every_field_stays_text(client, text):
    member = full_member()
    client.force_login(member)
    fields = profile_fields(first_name=text[:80], last_name=text[:80], job=text[:120], bio=text)
    fields |= {"organisation": "propose", "organisation_name": text, "organisation_kind": "local"}
    assert client.post(reverse("profile_edit"), fields).status_code == 302
    addresses = (
        reverse("member_profile", args=[member.public_id]),
        reverse("member_list"),
        reverse("profile_edit"),
        reverse("account_security"),
    )
    for address in addresses:
        page = client.get(address).content.decode()
        for mark in MARKUP:
            assert mark not in page
        if len(text) <= 80 and "<" in text:
            assert text not in page


def test_who_is_vouched_for_by_her_address_proposes_no_other_organisation(client):
    organisation = OrganisationFactory(name="Val d’Ormel", confirmed_at=timezone.now())
    OrganisationDomain.objects.create(organisation=organisation, domain="ormel.example")
    member = confirmed(MemberFactory(email="ana@ormel.example", organisation=organisation))
    client.force_login(member)
    proposed = {"organisation": "propose", "organisation_name": "Commune inventée", "organisation_kind": "local"}
    response = client.post(reverse("profile_edit"), profile_fields(**proposed))
    assert response.status_code == 422
    assert "celle de « Val d’Ormel »" in response.content.decode()
    assert not Organisation.objects.filter(name="Commune inventée").exists()
    member.refresh_from_db()
    assert (member.organisation, member.is_verified) == (organisation, True)


def test_expertise_is_granted_by_staff_to_the_verified_shown_and_revoked(client):
    staff, member, family = MemberFactory(staff=True), MemberFactory(), PurchaseFamilyFactory(label="Énergie")
    expertise = grant_expertise(actor=staff, member=member, kind="expert", family=family)
    assert grant_expertise(actor=staff, member=member, kind="expert", family=family).pk == expertise.pk
    assert "Énergie" in profile_page(client, MemberFactory(), member).content.decode()
    revoke_expertise(actor=staff, expertise=expertise)
    assert "Énergie" not in profile_page(client, MemberFactory(), member).content.decode()


def test_an_expertise_that_ended_is_not_shown(client):
    member = MemberFactory()
    expertise = grant_expertise(actor=MemberFactory(staff=True), member=member, kind="jurist")
    expertise.until = timezone.localdate() - datetime.timedelta(days=1)
    expertise.save()
    assert "Juriste" not in profile_page(client, MemberFactory(), member).content.decode()


def test_who_may_not_grants_no_expertise():
    with pytest.raises(PermissionDenied):
        grant_expertise(actor=MemberFactory(), member=MemberFactory(), kind="expert")
    with pytest.raises(Invalid):
        grant_expertise(actor=MemberFactory(staff=True), member=MemberFactory(newcomer=True), kind="expert")


def ghost():
    return MemberFactory(is_ghost=True, is_active=False, newcomer=True, first_name="jdupont", last_name="")


def test_a_ghost_is_claimed_with_the_approval_of_staff_and_keeps_its_texts(client):
    imported, member, staff = ghost(), MemberFactory(), MemberFactory(staff=True)
    question = QuestionFactory(author=imported, title="Question d’avant")
    client.force_login(member)
    client.post(reverse("ghost_claim", args=[imported.public_id]), {"message": "Mon ancien pseudonyme."})
    claim = GhostClaim.objects.get()
    with pytest.raises(PermissionDenied):
        approve_ghost_claim(actor=member, claim=claim)
    approve_ghost_claim(actor=staff, claim=claim)
    imported.refresh_from_db()
    question.refresh_from_db()
    assert imported.claimed_by == member
    assert question.author == imported
    assert client.get(reverse("member_profile", args=[imported.public_id])).status_code == 404
    assert "Question d’avant" in profile_page(client, member, member).content.decode()


def test_a_ghost_is_claimed_once_and_nobody_decides_of_their_own_claim():
    imported, staff = ghost(), MemberFactory(staff=True)
    first = request_ghost_claim(actor=MemberFactory(), ghost=imported, message="moi")
    second = request_ghost_claim(actor=MemberFactory(), ghost=imported, message="moi aussi")
    own = request_ghost_claim(actor=staff, ghost=imported, message="et moi")
    with pytest.raises(PermissionDenied):
        approve_ghost_claim(actor=staff, claim=own)
    approve_ghost_claim(actor=staff, claim=first)
    with pytest.raises(Refused):
        approve_ghost_claim(actor=staff, claim=second)
    refuse_ghost_claim(actor=staff, claim=second)
    imported.refresh_from_db()
    with pytest.raises(PermissionDenied):
        request_ghost_claim(actor=MemberFactory(), ghost=imported, message="trop tard")


def test_the_same_claim_is_not_made_twice():
    imported, member = ghost(), MemberFactory()
    request_ghost_claim(actor=member, ghost=imported, message="moi")
    with pytest.raises(Refused):
        request_ghost_claim(actor=member, ghost=imported, message="moi")


def test_a_member_proposes_five_organisations_a_day(client):
    client.force_login(MemberFactory())

    def propose(name):
        return client.post(reverse("profile_edit"), fields | {"organisation_name": name})

    fields = {"first_name": "Ana", "last_name": "Le Goff", "account_kind": "agent", "organisation": "propose"}
    fields |= {"organisation_kind": "local"} | {f"visibility_{name}": "members" for name in PROFILE_FIELDS}
    first = propose("Syndicat 0")
    assert first.status_code == 302, first.context["form"].errors
    assert [propose(f"Syndicat {number}").status_code for number in range(1, 5)] == [302] * 4
    answer = propose("Syndicat 5")
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert "Syndicat 5" in answer.content.decode()
    assert Organisation.objects.filter(name__startswith="Syndicat").count() == 5
