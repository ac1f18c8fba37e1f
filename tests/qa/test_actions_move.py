"""Duplicates, moves, announcements and private exchanges."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from community.core.errors import Invalid, Refused
from community.core.events import (
    QuestionMoved,
    QuestionStateChanged,
)
from community.core.models import AuditEntry
from community.notifications.models import Subscription
from community.spaces.audit_lines import told
from community.spaces.models import Pseudonym
from qa.actions.duplicate import mark_duplicate, unmark_duplicate
from qa.actions.exchange import reply_in_exchange, write_to_author
from qa.actions.move import move_question
from qa.actions.state import (
    close_question,
    pin_question,
    unpin_question,
)
from qa.models import Question
from qa.permissions import can_view_exchange
from tests.factories import (
    AnswerFactory,
    MembershipFactory,
    QuestionFactory,
    SpaceFactory,
)

pytestmark = pytest.mark.django_db


def only(*allowed: str) -> list[tuple[str, bool]]:
    from tests.qa.conftest import ROLES

    return [(role, role in allowed) for role in ROLES]


def attempt(allowed: bool, act) -> bool:
    """Runs the act; says whether it went through as it should have."""
    if allowed:
        act()
        return True
    with pytest.raises(PermissionDenied):
        act()
    return False


def test_the_asker_does_not_take_over_what_a_moderator_closed(place):
    close_question(question=place.question, actor=place.moderator, reason="Hors de la charte.")
    original = QuestionFactory(space=place.space)
    with pytest.raises(Refused, match="L’animation a clos"):
        mark_duplicate(question=place.question, original=original, actor=place.asker)
    place.question.refresh_from_db()
    assert (place.question.closed_by, place.question.duplicate_of) == (place.moderator, None)
    # What she closed herself stays hers to mend.
    own = QuestionFactory(space=place.space, author=place.asker)
    close_question(question=own, actor=place.asker, reason="Trouvé ailleurs.")
    assert mark_duplicate(question=own, original=original, actor=place.asker).duplicate_of == original


def test_the_log_says_which_moderator_calls_a_question_a_duplicate(place):
    original = QuestionFactory(space=place.space)
    closed = mark_duplicate(question=place.question, original=original, actor=place.moderator)
    unmark_duplicate(question=closed, actor=place.moderator)
    mark_duplicate(question=place.question, original=original, actor=place.asker)
    said = [line.words for line in told(AuditEntry.objects.filter(kind="question").order_by("pk"))]
    assert said == ["Question fermée, déjà posée ailleurs", "Question rouverte, elle n’était pas posée ailleurs"]


def test_a_duplicate_points_at_the_end_of_the_chain_without_cycle(place, emitted):
    first, second = QuestionFactory(space=place.space), QuestionFactory(space=place.space)
    mark_duplicate(question=place.question, original=first, actor=place.moderator)
    mark_duplicate(question=first, original=second, actor=place.moderator)
    place.question.refresh_from_db()
    assert place.question.duplicate_of == second
    with pytest.raises(Invalid):
        mark_duplicate(question=second, original=place.question, actor=place.moderator)
    with pytest.raises(Invalid):
        mark_duplicate(question=second, original=second, actor=place.moderator)
    third = mark_duplicate(question=QuestionFactory(space=place.space), original=first, actor=place.moderator)
    assert (third.duplicate_of, third.state) == (second, "closed")
    assert emitted[0] == QuestionStateChanged(
        question_id=place.question.pk, change="duplicate", by_id=place.moderator.pk
    )
    unmark_duplicate(question=third, actor=place.moderator)
    third.refresh_from_db()
    assert (third.duplicate_of, third.state) == (None, "open")


def test_a_question_one_may_not_see_is_no_original(place):
    secret = QuestionFactory(space=SpaceFactory(private=True))
    with pytest.raises(PermissionDenied):
        mark_duplicate(question=place.question, original=secret, actor=place.moderator)


@pytest.mark.parametrize(("there", "allowed"), [("moderator", True), ("owner", True), ("member", False), (None, False)])
def test_moving_needs_the_right_on_both_sides(place, there, allowed, emitted):
    target = SpaceFactory(private=True)
    if there:
        MembershipFactory(space=target, member=place.moderator, role=there)
    act = lambda: move_question(question=place.question, space=target, actor=place.moderator, reason="Plus à propos")  # noqa: E731  the same act is tried both ways
    if not attempt(allowed, act):
        return
    place.question.refresh_from_db()
    assert place.question.space == target
    assert emitted == [
        QuestionMoved(question_id=place.question.pk, from_space_id=place.space.pk, to_space_id=target.pk)
    ]


def test_moving_evicts_those_who_may_not_follow_and_renames_the_anonymous(place):
    target = MembershipFactory(member=place.moderator, role="owner", space=SpaceFactory(private=True)).space
    AnswerFactory(question=place.question, author=place.member, naming="anonymous")
    for member in (place.asker, place.moderator):
        Subscription.objects.create(member=member, kind="question", object_id=place.question.pk, level="all")
    MembershipFactory(space=target, member=place.asker)
    Subscription.objects.create(member=place.author, kind="question", object_id=place.question.pk, level="all")
    move_question(question=place.question, space=target, actor=place.moderator, reason="Plus à propos")
    followers = Subscription.objects.filter(kind="question", object_id=place.question.pk)
    assert {row.member for row in followers} == {place.asker, place.moderator}
    assert Pseudonym.objects.filter(space=target, member=place.member).exists()
    assert not Question.objects.visible_to(place.author).exists()
    assert AuditEntry.objects.filter(action="move_question").count() == 2


@pytest.mark.parametrize("target", ["same", "archived"])
def test_some_places_take_no_thread(place, target):
    space = place.space
    if target == "archived":
        space = SpaceFactory(archived_at=timezone.now())
        MembershipFactory(space=space, member=place.moderator, role="owner")
    with pytest.raises(Invalid):
        move_question(question=place.question, space=space, actor=place.moderator, reason="Essai")


def test_only_staff_moves_into_the_open_community(place):
    with pytest.raises(PermissionDenied):
        move_question(question=place.question, space=None, actor=place.owner, reason="Utile à tous")
    MembershipFactory(space=place.space, member=place.staff, role="moderator")
    assert move_question(question=place.question, space=None, actor=place.staff, reason="Utile à tous").space is None


def test_an_announcement_is_pinned_until_a_day_and_a_question_never(place):
    until = timezone.now() + timedelta(days=3)
    with pytest.raises(Refused):
        pin_question(question=place.question, actor=place.moderator, until=until)
    Question.objects.filter(pk=place.question.pk).update(kind="announcement")
    with pytest.raises(PermissionDenied):
        pin_question(question=place.question, actor=place.member, until=until)
    with pytest.raises(Invalid):
        pin_question(question=place.question, actor=place.moderator, until=timezone.now())
    pin_question(question=place.question, actor=place.moderator, until=until)
    assert Question.objects.pinned().exists()
    unpin_question(question=place.question, actor=place.moderator)
    assert not Question.objects.pinned().exists()


@pytest.fixture
def anonymous(place):
    return AnswerFactory(question=place.question, author=place.author, naming="anonymous")


@pytest.mark.parametrize(("role", "allowed"), only("moderator", "owner"))
def test_who_writes_to_an_anonymous_author(place, anonymous, role, allowed):
    attempt(allowed, lambda: write_to_author(post=anonymous, actor=getattr(place, role), text="Pouvez-vous préciser ?"))


@pytest.mark.parametrize(("role", "allowed"), only("author", "moderator", "owner"))
def test_who_reads_and_continues_an_exchange(place, anonymous, role, allowed):
    actor = getattr(place, role)
    exchange = write_to_author(post=anonymous, actor=place.moderator, text="Pouvez-vous préciser ?").exchange
    assert can_view_exchange(actor, exchange) is allowed
    assert type(exchange).objects.visible_to(actor).exists() is allowed
    attempt(allowed, lambda: reply_in_exchange(exchange=exchange, actor=actor, text="Oui."))
    if allowed:
        assert exchange.messages.last().from_moderation is (role != "author")


def test_a_signed_post_has_no_exchange(place):
    with pytest.raises(PermissionDenied):
        write_to_author(post=place.answer, actor=place.moderator, text="Bonjour.")


@pytest.mark.parametrize("text", ["", "x" * 2001])
def test_exchange_messages_are_capped(place, anonymous, text):
    with pytest.raises(Invalid):
        write_to_author(post=anonymous, actor=place.moderator, text=text)
