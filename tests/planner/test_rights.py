"""Whose the rows are: the owner's, and those of the colleagues she named; the staff is nobody here."""

from dataclasses import replace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from clauses.planner import permissions
from clauses.planner.actions.imports import accept_family, undo_import
from clauses.planner.actions.plan import PurchaseFields, edit_purchase, file_purchase, plan_purchase, remove_purchase
from clauses.planner.actions.settings import choose_reminders, close_feed, hide_from_peers, open_feed
from clauses.planner.actions.share import share_purchase, stop_sharing
from clauses.planner.actions.steps import mark_step_done, reopen_step
from clauses.planner.models import PlannedPurchase, PurchaseImport, PurchaseShare
from clauses.planner.querysets import readers_of_purchase
from community.core.errors import Invalid, Refused
from community.members.models import Member
from tests.factories import MemberFactory, PurchaseFamilyFactory

from .support import STARTS, planned

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()
FIELDS = PurchaseFields(title="Linge", starts_on=STARTS)


@pytest.fixture
def people():
    owner = MemberFactory()
    purchase = planned(owner)
    found = {
        "visitor": VISITOR,
        "owner": owner,
        "reader": MemberFactory(),
        "editor": MemberFactory(),
        "other": MemberFactory(),
        "staff": MemberFactory(staff=True),
        "purchase": purchase,
    }
    for role in ("reader", "editor"):
        PurchaseShare.objects.create(purchase=purchase, member=found[role], role=role)
    return found


WHO = ("visitor", "owner", "reader", "editor", "other", "staff")
RIGHTS = {
    permissions.can_view_purchase: {"owner", "reader", "editor"},
    permissions.can_edit_purchase: {"owner", "editor"},
    permissions.can_own_purchase: {"owner"},
    permissions.can_share_purchase: {"owner"},
}


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("rule", RIGHTS, ids=lambda rule: rule.__name__)
def test_each_right_is_of_those_named(people, rule, who):
    assert rule(people[who], people["purchase"]) is (who in RIGHTS[rule])


@pytest.mark.parametrize("who", WHO)
def test_the_lists_say_what_the_predicates_say(people, who):
    member, purchase = people[who], people["purchase"]
    assert PlannedPurchase.objects.visible_to(member).exists() is permissions.can_view_purchase(member, purchase)
    assert PlannedPurchase.objects.editable_by(member).exists() is permissions.can_edit_purchase(member, purchase)
    if who != "visitor":
        readers = readers_of_purchase(purchase, Member.objects.all())
        assert readers.filter(pk=member.pk).exists() is permissions.can_view_purchase(member, purchase)
    assert permissions.can_plan(member) is (who != "visitor")
    assert (permissions.role_in_purchase(member, purchase) or "") == (who if who in ("reader", "editor") else "")


def test_an_owner_nobody_vouched_for_keeps_her_list_and_shares_it_with_nobody():
    owner = MemberFactory(newcomer=True)
    assert permissions.can_own_purchase(owner, planned(owner))
    assert not permissions.can_share_purchase(owner, planned(owner))


ACTS = {
    "edit": lambda actor, purchase: edit_purchase(
        actor=actor, purchase=purchase, changes=FIELDS, status="planned", read_version=1
    ),
    "file": lambda actor, purchase: file_purchase(actor=actor, purchase=purchase, family=PurchaseFamilyFactory()),
    "step": lambda actor, purchase: mark_step_done(actor=actor, purchase=purchase, step="source"),
    "reopen": lambda actor, purchase: reopen_step(actor=actor, purchase=purchase, step="source"),
    "remove": lambda actor, purchase: remove_purchase(actor=actor, purchase=purchase),
    "share": lambda actor, purchase: share_purchase(
        actor=actor, purchase=purchase, member=MemberFactory(), role="reader"
    ),
    "unshare": lambda actor, purchase: stop_sharing(actor=actor, purchase=purchase, member=purchase.owner),
    "be seen": lambda actor, purchase: edit_purchase(
        actor=actor, purchase=purchase, changes=FIELDS, status="planned", read_version=1, visible_to_peers=True
    ),
}
OWNERS_ACTS = {"remove", "share", "unshare", "be seen"}


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("act", ACTS)
def test_each_act_is_of_those_who_may(people, act, who):
    allowed = {"owner"} if act in OWNERS_ACTS else {"owner", "editor"}
    if who in allowed:
        ACTS[act](people[who], people["purchase"])
    else:
        with pytest.raises(PermissionDenied):
            ACTS[act](people[who], people["purchase"])


@pytest.mark.parametrize(
    "act",
    [
        lambda: plan_purchase(actor=VISITOR, purchase=FIELDS),
        lambda: open_feed(actor=VISITOR),
        lambda: close_feed(actor=VISITOR),
        lambda: hide_from_peers(actor=VISITOR),
        lambda: choose_reminders(actor=VISITOR, remind_before=True, remind_same_day=True, weekly_mail=True),
    ],
)
def test_a_visitor_keeps_nothing(act):
    with pytest.raises(PermissionDenied):
        act()


def test_a_report_of_import_is_its_senders():
    owner, other = MemberFactory(), MemberFactory(staff=True)
    batch = PurchaseImport.objects.create(owner=owner, file_name="a.csv", line_count=0, added_count=0)
    assert list(PurchaseImport.objects.visible_to(owner)) == [batch]
    for viewer in (other, VISITOR):
        assert not PurchaseImport.objects.visible_to(viewer).exists()
        with pytest.raises(PermissionDenied):
            undo_import(actor=viewer, batch=batch)
        with pytest.raises(PermissionDenied):
            accept_family(actor=viewer, batch=batch, line=1, family=PurchaseFamilyFactory())


def test_a_colleague_leaves_by_herself_and_reads_no_more(people):
    stop_sharing(actor=people["reader"], purchase=people["purchase"], member=people["reader"])
    assert not permissions.can_view_purchase(people["reader"], people["purchase"])


@pytest.mark.parametrize("traits", [{"newcomer": True}, {"is_active": False}, {"is_active": False, "is_ghost": True}])
def test_a_row_is_opened_to_persons_whose_place_was_checked(people, traits):
    with pytest.raises(Invalid):
        share_purchase(
            actor=people["owner"], purchase=people["purchase"], member=MemberFactory(**traits), role="reader"
        )


def test_a_role_that_is_not_one_and_the_owner_herself_are_refused(people):
    owner, purchase = people["owner"], people["purchase"]
    with pytest.raises(Invalid):
        share_purchase(actor=owner, purchase=purchase, member=people["other"], role="owner")
    with pytest.raises(Refused):
        share_purchase(actor=owner, purchase=purchase, member=owner, role="reader")


def test_an_older_form_never_writes_over_a_colleagues_change(people):
    purchase = people["purchase"]
    edit_purchase(actor=people["editor"], purchase=purchase, changes=FIELDS, status="planned", read_version=1)
    with pytest.raises(Refused):
        edit_purchase(
            actor=people["owner"],
            purchase=purchase,
            changes=replace(FIELDS, title="Draps"),
            status="planned",
            read_version=1,
        )
    purchase.refresh_from_db()
    assert (purchase.title, purchase.version) == ("Linge", 2)


def test_a_form_opened_before_the_launch_does_not_undo_it_unseen(people):
    purchase = people["purchase"]
    mark_step_done(actor=people["editor"], purchase=purchase, step="launch")
    edit = {"actor": people["owner"], "purchase": purchase, "changes": FIELDS, "status": "planned"}
    with pytest.raises(Refused):
        edit_purchase(**edit, read_version=1)
    purchase.refresh_from_db()
    assert (purchase.status, purchase.version) == ("launched", 2)
    # Said again, or of a step that moves no state, nothing of the row has changed.
    for step in ("launch", "source"):
        mark_step_done(actor=people["editor"], purchase=purchase, step=step)
    purchase.refresh_from_db()
    assert purchase.version == 2
    reopen_step(actor=people["editor"], purchase=purchase, step="launch")
    purchase.refresh_from_db()
    assert (purchase.status, purchase.version) == ("planned", 3)


def test_an_editor_leaves_the_owners_agreement_as_it_is(people):
    purchase = people["purchase"]
    PlannedPurchase.objects.filter(pk=purchase.pk).update(visible_to_peers=True)
    edit_purchase(actor=people["editor"], purchase=purchase, changes=FIELDS, status="planned", read_version=1)
    purchase.refresh_from_db()
    assert purchase.visible_to_peers
