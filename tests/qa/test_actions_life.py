"""What happens to posts afterwards: accepted, useful, endorsed, doubted, edited, closed, hidden, deleted, moved."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from community.core.errors import Invalid, Refused, TooOften
from community.core.events import (
    AnswerAccepted,
    AnswerUnaccepted,
    MarkedUseful,
    QuestionMoved,
    QuestionStateChanged,
    UnmarkedUseful,
)
from community.core.models import AuditEntry
from community.members.models import Expertise
from community.notifications.models import Subscription
from community.spaces.models import Pseudonym
from qa import limits
from qa.actions.accept import accept_answer, withdraw_acceptance
from qa.actions.ask import Filing
from qa.actions.doubt import doubt_answer, settle_doubt
from qa.actions.duplicate import mark_duplicate, unmark_duplicate
from qa.actions.edit import changed_characters, edit_answer, edit_question
from qa.actions.endorse import endorse_answer, withdraw_endorsement
from qa.actions.exchange import reply_in_exchange, write_to_author
from qa.actions.move import move_question
from qa.actions.same_need import declare_same_need, withdraw_same_need
from qa.actions.state import (
    close_question,
    delete_post,
    hide_post,
    pin_question,
    reopen_question,
    restore_post,
    set_wiki,
    unpin_question,
)
from qa.actions.vote import mark_useful, unmark_useful
from qa.models import Answer, Question
from qa.permissions import can_view_exchange
from tests.factories import (
    AnswerFactory,
    CommentFactory,
    MemberFactory,
    MembershipFactory,
    PurchaseFamilyFactory,
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


@pytest.mark.parametrize(("role", "allowed"), only("asker", "moderator", "owner"))
def test_who_accepts_an_answer(place, role, allowed):
    attempt(allowed, lambda: accept_answer(answer=place.answer, actor=getattr(place, role)))
    place.question.refresh_from_db()
    assert (place.question.accepted_answer_id == place.answer.pk) is allowed
    assert (place.question.version == 2) is allowed


def test_another_acceptance_takes_the_place_and_can_be_withdrawn(place, emitted):
    other = AnswerFactory(question=place.question, author=place.member)
    accept_answer(answer=place.answer, actor=place.asker)
    accept_answer(answer=place.answer, actor=place.asker)
    accept_answer(answer=other, actor=place.asker)
    with pytest.raises(Refused):
        withdraw_acceptance(answer=place.answer, actor=place.asker)
    withdraw_acceptance(answer=other, actor=place.asker)
    ids = {"question_id": place.question.pk, "by_id": place.asker.pk}
    assert emitted == [
        AnswerAccepted(answer_id=place.answer.pk, **ids),
        AnswerAccepted(answer_id=other.pk, **ids),
        AnswerUnaccepted(answer_id=other.pk, **ids),
    ]
    place.question.refresh_from_db()
    assert place.question.accepted_at is None


def test_a_discussion_accepts_no_answer(place):
    Question.objects.filter(pk=place.question.pk).update(kind="discussion")
    answer = Answer.objects.select_related("question").get(pk=place.answer.pk)
    with pytest.raises(PermissionDenied):
        accept_answer(answer=answer, actor=place.asker)


@pytest.mark.parametrize(("role", "allowed"), only("asker", "member", "guest", "moderator", "owner"))
def test_who_finds_an_answer_useful(place, role, allowed):
    attempt(allowed, lambda: mark_useful(post=place.answer, actor=getattr(place, role)))
    place.answer.refresh_from_db()
    assert place.answer.useful_count == int(allowed)


def test_useful_counts_once_and_is_taken_back(place, emitted):
    Answer.objects.filter(pk=place.answer.pk).update(useful_count=7, imported_useful=7)
    assert mark_useful(post=place.answer, actor=place.member)
    assert not mark_useful(post=place.answer, actor=place.member)
    assert mark_useful(post=place.answer, actor=place.guest)
    assert unmark_useful(post=place.answer, actor=place.member)
    assert not unmark_useful(post=place.answer, actor=place.member)
    place.answer.refresh_from_db()
    assert place.answer.useful_count == 8
    ids = {"question_id": place.question.pk, "answer_id": place.answer.pk}
    assert emitted == [MarkedUseful(**ids), MarkedUseful(**ids), UnmarkedUseful(**ids)]


def test_votes_are_fifty_a_day():
    voter, author = MemberFactory(), MemberFactory()
    for question in QuestionFactory.create_batch(limits.VOTE.times, author=author):
        mark_useful(post=question, actor=voter)
    with pytest.raises(TooOften):
        mark_useful(post=QuestionFactory(author=author), actor=voter)


@pytest.mark.parametrize(("role", "allowed"), only("author", "member", "guest", "moderator", "owner"))
def test_who_has_the_same_need(place, role, allowed):
    actor = getattr(place, role)
    attempt(allowed, lambda: declare_same_need(question=place.question, actor=actor))
    place.question.refresh_from_db()
    assert place.question.same_need_count == int(allowed)
    if allowed:
        assert not declare_same_need(question=place.question, actor=actor)
        assert withdraw_same_need(question=place.question, actor=actor)
        place.question.refresh_from_db()
        assert place.question.same_need_count == 0


def test_only_a_current_expertise_of_the_family_endorses_and_not_oneself(place):
    family = PurchaseFamilyFactory()
    Question.objects.filter(pk=place.question.pk).update(family=family)
    answer = Answer.objects.select_related("question__family", "question__space").get(pk=place.answer.pk)
    with pytest.raises(PermissionDenied):
        endorse_answer(answer=answer, actor=place.member)
    yesterday = timezone.localdate() - timedelta(days=1)
    grant = Expertise.objects.create(member=place.member, kind="expert", family=family, until=yesterday)
    with pytest.raises(PermissionDenied):
        endorse_answer(answer=answer, actor=place.member)
    grant.until = None
    grant.save()
    endorse_answer(answer=answer, actor=place.member)
    with pytest.raises(Invalid):
        endorse_answer(answer=answer, actor=place.member, verdict="reserved")
    endorse_answer(answer=answer, actor=place.member, verdict="reserved", note="L’article a changé.")
    answer.refresh_from_db()
    assert answer.endorsement_count == 1
    withdraw_endorsement(answer=answer, actor=place.member)
    answer.refresh_from_db()
    assert answer.endorsement_count == 0
    Expertise.objects.create(member=place.author, kind="jurist")
    with pytest.raises(PermissionDenied):
        endorse_answer(answer=answer, actor=place.author)


@pytest.mark.parametrize(("role", "allowed"), only("asker", "member", "guest", "moderator", "owner"))
def test_who_doubts_an_answer(place, role, allowed):
    attempt(allowed, lambda: doubt_answer(answer=place.answer, actor=getattr(place, role), reason="Seuil périmé."))
    place.answer.refresh_from_db()
    assert place.answer.doubt_count == int(allowed)


@pytest.mark.parametrize(("role", "allowed"), only("member", "moderator", "owner"))
def test_who_settles_a_doubt(place, role, allowed):
    doubt = doubt_answer(answer=place.answer, actor=place.member, reason="Seuil périmé.")
    with pytest.raises(Refused):
        doubt_answer(answer=place.answer, actor=place.member, reason="Encore.")
    attempt(allowed, lambda: settle_doubt(doubt=doubt, actor=getattr(place, role)))
    place.answer.refresh_from_db()
    assert place.answer.doubt_count == int(not allowed)
    if allowed:
        with pytest.raises(Refused):
            settle_doubt(doubt=doubt, actor=getattr(place, role))


@pytest.mark.parametrize("reason", ["", "  ", "x" * 301])
def test_a_doubt_says_why_in_three_hundred_characters(place, reason):
    with pytest.raises(Invalid):
        doubt_answer(answer=place.answer, actor=place.member, reason=reason)


def edit(question, actor, **changes):
    values = {
        "title": question.title,
        "body": question.body,
        "tried": question.tried,
        "filing": Filing(),
        "tags": (),
    }
    return edit_question(question=question, actor=actor, **(values | changes))


@pytest.mark.parametrize(("role", "allowed"), only("asker", "moderator", "owner"))
def test_who_edits_a_question(place, role, allowed):
    attempt(allowed, lambda: edit(place.question, getattr(place, role), body="Un autre texte."))
    place.question.refresh_from_db()
    assert (place.question.body == "Un autre texte.") is allowed


def test_a_wiki_is_edited_by_those_who_write_there(place):
    with pytest.raises(PermissionDenied):
        set_wiki(post=place.answer, actor=place.member, is_wiki=True)
    answer = set_wiki(post=place.answer, actor=place.author, is_wiki=True)
    edited = edit_answer(answer=answer, actor=place.guest, body="À plusieurs mains.", reason="Précision")
    last = edited.revisions.last()
    assert (last.author, last.by_post_author, last.reason) == (place.guest, False, "Précision")
    with pytest.raises(PermissionDenied):
        edit_answer(answer=answer, actor=place.verified, body="Du dehors.")


def test_the_history_keeps_every_text_from_the_first(place):
    CommentFactory(question=place.question)
    Question.objects.filter(pk=place.question.pk).update(comment_count=1)
    first = place.question.body
    edit(place.question, place.asker, body="Deuxième.", tags=("bio",), reason="Contexte précisé")
    edit(place.question, place.moderator, title="Un titre plus clair pour tous ?", body="Deuxième.", tags=("bio",))
    edit(Question.objects.get(pk=place.question.pk), place.asker, body="Deuxième.", tags=("bio",))
    revisions = list(place.question.revisions.all())
    assert [revision.body for revision in revisions] == [first, "Deuxième.", "Deuxième."]
    assert [revision.number for revision in revisions] == [1, 2, 3]
    assert [revision.tags for revision in revisions] == ["", "bio", "bio"]
    assert [revision.by_post_author for revision in revisions] == [True, True, False]
    place.question.refresh_from_db()
    assert place.question.edit_count == 2
    assert place.question.edited_at is not None


def test_an_edit_that_changes_nothing_leaves_nothing(place, emitted):
    edit(place.question, place.asker)
    place.question.refresh_from_db()
    assert (place.question.edit_count, place.question.version, emitted) == (0, 1, [])


def test_a_small_correction_at_once_leaves_no_trace():
    question = QuestionFactory(body="Une fote dans le texte.")
    edit(question, question.author, body="Une faute dans le texte.")
    question.refresh_from_db()
    assert (question.body, question.edit_count) == ("Une faute dans le texte.", 0)
    assert not question.revisions.exists()


@pytest.mark.parametrize("why", ["late", "long", "answered", "commented", "useful", "other"])
def test_a_correction_leaves_a_trace_when(why):
    question, actor, body = QuestionFactory(body="Une fote."), None, "Une faute."
    if why == "late":
        Question.objects.filter(pk=question.pk).update(created_at=timezone.now() - timedelta(minutes=6))
    elif why == "long":
        body = "Un texte entièrement différent. " * 10
    elif why == "answered":
        AnswerFactory(question=question)
    elif why == "commented":
        Question.objects.filter(pk=question.pk).update(comment_count=1)
    elif why == "useful":
        Question.objects.filter(pk=question.pk).update(useful_count=1)
    else:
        actor = MemberFactory(staff=True)
    edit(question, actor or question.author, body=body)
    assert question.revisions.count() == 2


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [("abc", "abc", 0), ("abc", "abxc", 1), ("", "abc", 3), ("aaa", "aa", 1), ("abc", "xyz", 3), ("abcd", "ad", 2)],
)
def test_changed_characters_counts_what_is_between(before, after, changed):
    assert changed_characters(before, after) == changed


def test_an_edit_reason_is_capped(place):
    with pytest.raises(Invalid):
        edit_answer(answer=place.answer, actor=place.author, body="Autre.", reason="x" * 201)


@pytest.mark.parametrize(("role", "allowed"), only("asker", "moderator", "owner"))
def test_who_closes_and_reopens_a_question(place, role, allowed):
    actor = getattr(place, role)
    attempt(allowed, lambda: close_question(question=place.question, actor=actor, reason="Marché notifié"))
    place.question.refresh_from_db()
    assert (place.question.state == "closed") is allowed
    if allowed:
        with pytest.raises(Refused):
            close_question(question=place.question, actor=actor, reason="Encore")
        reopen_question(question=place.question, actor=actor)
        place.question.refresh_from_db()
        assert (place.question.state, place.question.close_reason) == ("open", "")


def test_the_asker_does_not_undo_what_a_moderator_closed(place):
    close_question(question=place.question, actor=place.moderator, reason="Hors sujet")
    with pytest.raises(Refused):
        reopen_question(question=place.question, actor=place.asker)
    reopen_question(question=place.question, actor=place.owner)
    assert AuditEntry.objects.filter(action="close_question", space_id=place.space.pk).count() == 1


@pytest.mark.parametrize(("role", "allowed"), only("moderator", "owner"))
@pytest.mark.parametrize("what", ["question", "answer", "comment"])
def test_who_hides_and_restores(place, role, allowed, what):
    actor, post = getattr(place, role), getattr(place, what)
    attempt(allowed, lambda: hide_post(post=post, actor=actor, reason="Nom d’une entreprise"))
    seen = type(post).objects.visible_to(place.member).filter(pk=post.pk)
    assert seen.exists() is not allowed
    if allowed:
        restore_post(post=post, actor=actor)
        assert seen.exists()
        with pytest.raises(Refused):
            restore_post(post=post, actor=actor)
        actions = list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))
        assert actions == ["hide_post", "restore_post"]


def test_what_is_hidden_no_longer_counts_nor_solves(place):
    accept_answer(answer=place.answer, actor=place.asker)
    hide_post(post=place.comment, actor=place.moderator, reason="Hors charte")
    hide_post(post=place.answer, actor=place.moderator, reason="Hors charte")
    place.question.refresh_from_db()
    place.answer.refresh_from_db()
    assert (place.question.answer_count, place.question.accepted_answer, place.answer.comment_count) == (0, None, 0)
    restore_post(post=place.answer, actor=place.moderator)
    restore_post(post=place.comment, actor=place.moderator)
    place.question.refresh_from_db()
    place.answer.refresh_from_db()
    assert (place.question.answer_count, place.answer.comment_count) == (1, 1)


@pytest.mark.parametrize(("role", "allowed"), only("author", "moderator", "owner"))
def test_who_deletes_an_answer(place, role, allowed):
    attempt(allowed, lambda: delete_post(post=place.answer, actor=getattr(place, role)))
    place.question.refresh_from_db()
    assert place.question.answer_count == int(not allowed)
    assert place.question.post_count == 2, "numbers are never taken back"


def test_hiding_then_deleting_counts_once(place):
    hide_post(post=place.answer, actor=place.moderator, reason="Hors charte")
    delete_post(post=place.answer, actor=place.moderator)
    place.question.refresh_from_db()
    assert place.question.answer_count == 0


def test_an_author_deletes_a_question_that_nobody_answered(place):
    with pytest.raises(Refused):
        delete_post(post=place.question, actor=place.asker)
    alone = QuestionFactory(space=place.space, author=place.asker)
    delete_post(post=alone, actor=place.asker)
    assert not Question.objects.visible_to(place.asker).filter(pk=alone.pk).exists()
    delete_post(post=place.question, actor=place.moderator)
    assert not Question.objects.visible_to(place.asker).exists()


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
