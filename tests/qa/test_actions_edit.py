"""Changing what a post says: by whom, with what history, and when without a trace."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from community.core.errors import Invalid
from qa.actions.ask import Filing
from qa.actions.edit import changed_characters, edit_answer, edit_question
from qa.actions.state import (
    set_wiki,
)
from qa.models import Question
from tests.factories import (
    AnswerFactory,
    CommentFactory,
    MemberFactory,
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
