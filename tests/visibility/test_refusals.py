"""Who has no account is refused by every predicate, and what is missing denies rather than allows."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import Collection, CollectionViewRestriction

from community.core.models import Attachment
from community.core.uploads.permissions import can_view_attachment
from community.editorial.querysets import in_readable_collection, unmet
from community.members import permissions as members
from community.moderation.models import Flag
from community.moderation.permissions import require_can_review
from community.spaces import permissions as spaces
from community.spaces.models import Membership, Space
from community.taxonomy.permissions import can_curate_tags
from qa import permissions as qa
from tests.factories import (
    AnswerFactory,
    CommentFactory,
    MemberFactory,
    OrganisationFactory,
    QuestionFactory,
    SpaceFactory,
)

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()


def test_a_visitor_holds_no_power():
    organisation = OrganisationFactory()
    assert not members.can_confirm_organisation(VISITOR, organisation)
    assert members.covered_territories(VISITOR) == set()
    assert not spaces.approves_members(VISITOR)
    assert not spaces.can_write_in(VISITOR, None)
    assert not can_curate_tags(VISITOR)
    assert not Flag.objects.reviewable_by(VISITOR).exists()
    assert not Space.objects.askable_by(VISITOR).exists()


def test_an_organisation_without_territory_is_the_staffs():
    assert not members.can_confirm_organisation(MemberFactory(), OrganisationFactory(territory=None))
    assert members.can_confirm_organisation(MemberFactory(staff=True), OrganisationFactory(territory=None))


def test_nothing_to_settle_is_a_refusal():
    with pytest.raises(PermissionDenied):
        require_can_review([])


def test_an_archived_space_takes_nothing_and_an_open_one_takes_what_any_member_writes():
    newcomer = MemberFactory(newcomer=True)
    archived = SpaceFactory(archived_at=timezone.now())
    places = [archived, SpaceFactory(), SpaceFactory(members_only=True), SpaceFactory(private=True)]
    for may in (spaces.can_write_in, spaces.can_ask_in):
        assert [may(newcomer, space) for space in places] == [False, True, False, False]
        assert [may(MemberFactory(), space) for space in places] == [False, True, True, False]


@pytest.mark.parametrize("role", ["guest", "member", None])
@pytest.mark.parametrize("newcomer", [True, False])
def test_the_spaces_offered_to_her_question_are_those_that_take_it(newcomer, role):
    member = MemberFactory(newcomer=newcomer)
    places = [SpaceFactory(), SpaceFactory(members_only=True), SpaceFactory(private=True)]
    if role:
        for space in places:
            Membership.objects.create(space=space, member=member, role=role)
    offered = Space.objects.askable_by(member)
    for space in places:
        assert offered.filter(pk=space.pk).exists() is spaces.can_ask_in(member, space), space.visibility


def test_a_file_of_no_content_is_nobodys():
    owner = MemberFactory()
    lost = Attachment(owner=owner, state=Attachment.State.ATTACHED, content_kind="question", content_id=None)
    assert not can_view_attachment(owner, lost)


def test_an_expert_gives_no_opinion_of_what_she_may_not_read():
    answer = AnswerFactory(question=QuestionFactory(space=SpaceFactory(private=True)))
    assert not qa.can_endorse(MemberFactory(), answer)


def test_a_comment_of_a_closed_thread_becomes_no_answer():
    comment = CommentFactory(question=QuestionFactory(state="closed"))
    assert not qa.can_promote_comment(comment.author, comment)


def test_a_collection_kept_for_a_group_opens_to_the_superuser_alone():
    everything = Collection.objects.all()
    superuser = MemberFactory(is_superuser=True)
    assert list(unmet(CollectionViewRestriction.objects.all(), superuser)) == []
    media = get_image_model().objects.all()
    assert in_readable_collection(media, VISITOR) is media
    CollectionViewRestriction.objects.create(collection=everything.get(depth=1), restriction_type="groups")
    assert in_readable_collection(media, VISITOR) is not media
    assert in_readable_collection(media, superuser) is media
