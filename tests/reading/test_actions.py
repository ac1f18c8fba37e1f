import pytest
from django.core.exceptions import PermissionDenied

from community.core.errors import Invalid, Refused
from community.reading import actions, selectors
from community.reading.models import Bookmark, Draft
from tests.factories import MemberFactory, SpaceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    return MemberFactory()


def test_a_read_mark_only_moves_forward(member):
    space = SpaceFactory()
    for position in (3, 7, 5):
        actions.mark_read(actor=member, kind="space", pk=space.pk, position=position)
    assert selectors.read_position(member, "space", space.pk) == 7


def test_a_read_mark_of_another_member_is_not_mine(member):
    space = SpaceFactory()
    actions.mark_read(actor=MemberFactory(), kind="space", pk=space.pk, position=3)
    assert selectors.read_position(member, "space", space.pk) == 0


@pytest.mark.parametrize("act", ["mark_read", "add_bookmark"])
@pytest.mark.parametrize("target", ["forbidden", "absent", "unknown_kind"])
def test_what_cannot_be_seen_can_be_neither_marked_nor_kept(member, act, target):
    hidden = SpaceFactory(private=True)
    kind, pk = {"forbidden": ("space", hidden.pk), "absent": ("space", 10**9), "unknown_kind": ("elf", 1)}[target]
    extra = {"position": 1} if act == "mark_read" else {}
    with pytest.raises(PermissionDenied):
        getattr(actions, act)(actor=member, kind=kind, pk=pk, **extra)


def test_a_draft_is_replaced_and_found_again_by_its_writer_only(member):
    actions.save_draft(actor=member, key="answer:12", fields={"body": "Un"})
    actions.save_draft(actor=member, key="answer:12", fields={"body": "Deux"})
    assert selectors.get_draft(member, "answer:12").fields == {"body": "Deux"}
    assert selectors.get_draft(MemberFactory(), "answer:12") is None


@pytest.mark.parametrize(
    "key", ["", "Question", "question:", "a" * 61, "question 1", "é", "../x", "question:1\n", "1question"]
)
def test_a_draft_key_of_no_form_is_refused(member, key):
    with pytest.raises(Invalid):
        actions.save_draft(actor=member, key=key, fields={})
    assert not Draft.objects.exists()


@pytest.mark.parametrize("fields", [{"body": 3}, {"body": {"deep": "x"}}, {"body": ["a", None]}])
def test_a_draft_holds_texts_only(member, fields):
    with pytest.raises(Invalid):
        actions.save_draft(actor=member, key="question", fields=fields)


@pytest.mark.parametrize(("size", "accepted"), [(59_000, True), (60_000, False)])
def test_a_draft_is_capped(member, size, accepted):
    if accepted:
        actions.save_draft(actor=member, key="question", fields={"body": "x" * size})
    else:
        with pytest.raises(Invalid):
            actions.save_draft(actor=member, key="question", fields={"body": "x" * size})


def test_the_fifty_first_draft_is_refused_and_the_others_can_still_be_saved(member):
    for number in range(actions.MAX_DRAFTS):
        actions.save_draft(actor=member, key=f"answer:{number}", fields={"body": "x"})
    with pytest.raises(Refused):
        actions.save_draft(actor=member, key="question", fields={"body": "x"})
    actions.save_draft(actor=member, key="answer:3", fields={"body": "y"})
    assert Draft.objects.filter(member=member).count() == actions.MAX_DRAFTS


def test_bookmarks_are_kept_once_and_capped(member, monkeypatch):
    spaces = SpaceFactory.create_batch(3)
    monkeypatch.setattr(actions, "MAX_BOOKMARKS", 2)
    for _time in range(2):
        actions.add_bookmark(actor=member, kind="space", pk=spaces[0].pk)
    assert Bookmark.objects.count() == 1
    actions.add_bookmark(actor=member, kind="space", pk=spaces[1].pk)
    with pytest.raises(Refused):
        actions.add_bookmark(actor=member, kind="space", pk=spaces[2].pk)
    assert selectors.bookmarked_ids(member, "space", [space.pk for space in spaces]) == {spaces[0].pk, spaces[1].pk}
