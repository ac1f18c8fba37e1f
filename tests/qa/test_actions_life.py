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
    UnmarkedUseful,
)
from community.core.models import AuditEntry
from community.members.models import Expertise
from community.spaces.audit_lines import told
from qa import limits
from qa.actions.accept import accept_answer, withdraw_acceptance
from qa.actions.doubt import doubt_answer, settle_doubt
from qa.actions.endorse import endorse_answer, withdraw_endorsement
from qa.actions.same_need import declare_same_need, withdraw_same_need
from qa.actions.state import (
    close_question,
    delete_post,
    hide_post,
    reopen_question,
    restore_post,
)
from qa.actions.vote import mark_useful, unmark_useful
from qa.models import Answer, Question
from tests.factories import (
    AnswerFactory,
    MemberFactory,
    PurchaseFamilyFactory,
    QuestionFactory,
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


def test_nobody_settles_a_doubt_about_her_own_answer(place):
    answer = AnswerFactory(question=place.question, author=place.moderator)
    doubt = doubt_answer(answer=answer, actor=place.member, reason="Seuil périmé.")
    attempt(False, lambda: settle_doubt(doubt=doubt, actor=place.moderator))
    settle_doubt(doubt=doubt, actor=place.owner)


@pytest.mark.parametrize("reason", ["", "  ", "x" * 301])
def test_a_doubt_says_why_in_three_hundred_characters(place, reason):
    with pytest.raises(Invalid):
        doubt_answer(answer=place.answer, actor=place.member, reason=reason)


@pytest.mark.parametrize(("role", "allowed"), only("asker", "moderator", "owner"))
def test_who_closes_and_reopens_a_question(place, role, allowed):
    actor = getattr(place, role)
    attempt(allowed, lambda: close_question(question=place.question, actor=actor, reason="Marché notifié"))
    place.question.refresh_from_db()
    assert (place.question.state == "closed") is allowed
    if allowed:
        with pytest.raises(Refused):
            close_question(question=place.question, actor=actor, reason="Encore")
        with pytest.raises(Invalid):
            reopen_question(question=place.question, actor=actor, reason=" ")
        reopen_question(question=place.question, actor=actor, reason="Le décret a changé")
        place.question.refresh_from_db()
        assert (place.question.state, place.question.close_reason) == ("open", "")


def test_the_asker_does_not_undo_what_a_moderator_closed(place):
    close_question(question=place.question, actor=place.moderator, reason="Hors sujet")
    with pytest.raises(Refused):
        reopen_question(question=place.question, actor=place.asker, reason="J’insiste")
    reopen_question(question=place.question, actor=place.owner, reason="Le décret a changé")
    entry = AuditEntry.objects.get(action="reopen_question", space_id=place.space.pk)
    assert (entry.actor, entry.reason) == (place.owner, "Le décret a changé")
    assert AuditEntry.objects.filter(action="close_question", space_id=place.space.pk).count() == 1


def test_the_log_keeps_why_the_asker_reopened_without_naming_who_may_be_anonymous(place):
    close_question(question=place.question, actor=place.asker, reason="Marché notifié")
    reopen_question(question=place.question, actor=place.asker, reason="Le décret a changé")
    entry = AuditEntry.objects.get(action="reopen_question")
    assert (entry.actor, entry.reason) == (None, "Le décret a changé")
    (line,) = told([entry])
    assert (line.by, line.words) == ("son auteur ou son autrice", "Question rouverte")


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
