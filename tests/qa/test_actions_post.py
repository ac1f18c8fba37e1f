"""Asking, answering, commenting: success, refusals by role, limits, double sending, hostile words."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.core.errors import Invalid, Refused, TooOften
from community.core.events import AnswerPosted, QuestionAsked, QuestionPublished
from community.core.models import Reference
from community.notifications.models import Subscription
from community.spaces.models import Pseudonym
from qa import limits
from qa.actions.answer import post_answer
from qa.actions.ask import Filing, ask_question
from qa.actions.comment import post_comment
from qa.actions.publish import publish_question
from qa.addresses import question_url
from qa.models import Answer, Comment, Question
from tests.factories import (
    MemberFactory,
    MembershipFactory,
    PurchaseFamilyFactory,
    QuestionFactory,
    SpaceFactory,
    ThemeFactory,
)
from tests.support.hostile import TEXTS, assert_harmless_html

pytestmark = pytest.mark.django_db

DAY_LONG = limits.DAY
TITLE = "Comment peser le critère environnemental ?"


@pytest.fixture(autouse=True)
def no_pace(monkeypatch):
    """Tests post faster than hands do; the pace has its own test."""
    for name in ("ANSWER_PACE", "COMMENT_PACE"):
        limit = getattr(limits, name)
        monkeypatch.setattr(limits, name, type(limit)(limit.name, times=1000, seconds=limit.seconds))


def test_a_question_is_asked_with_its_filing_and_tags(emitted):
    actor, family = MemberFactory(), PurchaseFamilyFactory()
    question = ask_question(
        actor=actor,
        title=f"  {TITLE}\n",
        body="Sur un **MAPA**.",
        tried="Le *guide*.",
        filing=Filing(family=family, amount="under_140k"),
        tags=("Réemploi", "reemploi", "mobilier"),
    )
    question.refresh_from_db()
    assert question.title == TITLE
    assert question.slug == "comment-peser-le-critere-environnemental"
    assert "<strong>MAPA</strong>" in question.body_html
    assert "<em>guide</em>" in question.tried_html
    assert {tag.name for tag in question.tags.all()} == {"Réemploi", "mobilier"}
    assert emitted == [QuestionAsked(question_id=question.pk)]


@pytest.mark.parametrize(
    ("role", "allowed"),
    [
        ("member", True),
        ("moderator", True),
        ("guest", False),
        ("verified", False),
        ("newcomer", False),
        ("staff", False),
    ],
)
def test_who_may_ask_in_a_private_space(place, role, allowed):
    def ask():
        return ask_question(actor=getattr(place, role), space=place.space, title=TITLE, body="Texte.")

    if allowed:
        assert ask().space == place.space
        return
    with pytest.raises(PermissionDenied):
        ask()
    assert Question.objects.filter(title=TITLE).count() == 0


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "Trop court"}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"body": "  \n "}, "body"),
        ({"body": "x" * 50_001}, "body"),
        ({"tried": "x" * 5_001}, "tried"),
        ({"kind": "sondage"}, "kind"),
        ({"naming": "masque"}, "naming"),
        ({"tags": tuple("abcdef")}, "tags"),
        ({"tags": ("x" * 41,)}, "tags"),
        ({"filing": Filing(amount="beaucoup")}, "amount"),
        ({"publish_after": timezone.localdate()}, "publish_after"),
        ({"publish_after": timezone.localdate() + timedelta(days=4000)}, "publish_after"),
    ],
)
def test_what_cannot_be_asked_says_which_field_to_mend(changes, field):
    arguments = {"title": TITLE, "body": "Un texte."} | changes
    with pytest.raises(Invalid) as caught:
        ask_question(actor=MemberFactory(), **arguments)
    assert caught.value.field == field
    assert Question.objects.count() == 0


def test_a_family_and_a_theme_exclude_each_other():
    filing = Filing(family=PurchaseFamilyFactory(), theme=ThemeFactory())
    with pytest.raises(Invalid):
        ask_question(actor=MemberFactory(), title=TITLE, body="Texte.", filing=filing)


def test_an_announcement_is_a_moderators_and_has_an_end(place):
    end = timezone.now() + timedelta(days=10)
    announce = {"space": place.space, "title": TITLE, "body": "Texte.", "kind": "announcement"}
    with pytest.raises(PermissionDenied):
        ask_question(actor=place.member, pinned_until=end, **announce)
    with pytest.raises(Invalid):
        ask_question(actor=place.moderator, **announce)
    assert ask_question(actor=place.moderator, pinned_until=end, **announce).pinned_until == end


def test_newcomers_ask_three_a_day_and_are_told_when_to_come_back():
    actor = MemberFactory(newcomer=True)
    for number in range(3):
        ask_question(actor=actor, title=f"{TITLE} {number}", body=f"Texte {number}.")
    with pytest.raises(TooOften) as caught:
        ask_question(actor=actor, title=f"{TITLE} 4", body="Texte 4.")
    assert 0 < caught.value.retry_after <= limits.DAY
    assert Question.objects.count() == 3


def test_a_form_sent_twice_asks_once(emitted):
    actor, token = MemberFactory(), uuid.uuid4()
    first = ask_question(actor=actor, title=TITLE, body="Texte.", client_token=token)
    assert ask_question(actor=actor, title=TITLE, body="Texte.", client_token=token) == first
    assert len(emitted) == 1
    other = ask_question(actor=MemberFactory(), title=TITLE, body="Texte.", client_token=token)
    assert other != first, "a token is its sender's own"


def test_the_same_question_is_refused_for_five_minutes(time_machine):
    actor = MemberFactory()
    ask_question(actor=actor, title=TITLE, body="Texte.")
    with pytest.raises(Invalid):
        ask_question(actor=actor, title=TITLE, body="Texte.")
    time_machine.move_to(timezone.now() + timedelta(minutes=6))
    ask_question(actor=actor, title=TITLE, body="Texte.")


def test_an_embargoed_question_waits_for_its_authors_click(emitted, time_machine):
    author, moderator = MemberFactory(), MemberFactory(staff=True)
    question = ask_question(
        actor=author, title=TITLE, body="Texte.", publish_after=timezone.localdate() + timedelta(days=30)
    )
    assert question.state == "embargoed"
    assert not Question.objects.visible_to(moderator).exists()
    time_machine.move_to(timezone.now() + timedelta(days=60))
    assert not Question.objects.visible_to(moderator).exists(), "the date alone publishes nothing"
    with pytest.raises(PermissionDenied):
        publish_question(question=question, actor=moderator)
    published = publish_question(question=question, actor=author)
    assert Question.objects.visible_to(moderator).get() == published
    assert timezone.now() - published.created_at < timedelta(minutes=1)
    assert emitted[-1] == QuestionPublished(question_id=question.pk)
    with pytest.raises(Refused):
        publish_question(question=question, actor=author)


def test_publishing_checks_again_the_right_to_ask_there(place):
    question = ask_question(
        actor=place.member,
        space=place.space,
        title=TITLE,
        body="Texte.",
        publish_after=timezone.localdate() + timedelta(days=30),
    )
    place.member.memberships.update(role="guest")
    with pytest.raises(Refused):
        publish_question(question=question, actor=place.member)
    place.member.memberships.all().delete()
    with pytest.raises(PermissionDenied):
        publish_question(question=question, actor=place.member)


def test_an_anonymous_author_gets_a_lasting_pseudonym(place):
    ask_question(actor=place.member, space=place.space, title=TITLE, body="Texte.", naming="anonymous")
    post_answer(question=place.question, actor=place.member, body="Réponse.", naming="anonymous")
    assert Pseudonym.objects.filter(space=place.space, member=place.member).count() == 1


@pytest.mark.parametrize("pace", ["ANSWER_PACE", "COMMENT_PACE"])
def test_the_pace_is_in_seconds(pace):
    assert getattr(limits, pace).seconds == 5


def test_mentions_keep_the_link_of_readers_only_and_say_their_true_name(place, emitted):
    text = f"@[Faux nom](membre:{place.member.public_id}) et @[Un tiers](membre:{place.verified.public_id})"
    answer = post_answer(question=place.question, actor=place.moderator, body=text)
    assert f"@[{place.member}](membre:{place.member.public_id})" in answer.body
    assert place.verified.public_id not in answer.body
    assert "Un tiers" in answer.body
    assert emitted[-1].mentioned_ids == (place.member.pk,)


@pytest.mark.parametrize(("newcomer", "most"), [(False, 10), (True, 2)])
def test_mentions_are_counted(newcomer, most):
    actor = MemberFactory(newcomer=newcomer)
    members = MemberFactory.create_batch(most + 1)
    marks = [f"@[x](membre:{member.public_id})" for member in members]
    question = QuestionFactory()
    with pytest.raises(Invalid) as caught:
        post_answer(question=question, actor=actor, body=" ".join(marks))
    assert str(most) in caught.value.message
    post_answer(question=question, actor=actor, body=" ".join(marks[:most]))


def test_an_answer_takes_the_next_position_and_moves_the_thread(place, emitted):
    answer = post_answer(question=place.question, actor=place.guest, body="Voir [ici](/questions/).")
    before = place.question
    question = Question.objects.get(pk=before.pk)
    assert answer.position == before.post_count + 1 == question.post_count
    assert question.answer_count == before.answer_count + 1
    assert question.version == before.version + 1
    assert question.last_activity_at == answer.created_at
    assert emitted == [AnswerPosted(answer_id=answer.pk, question_id=question.pk, by_id=place.guest.pk)]


@pytest.mark.parametrize("role", ["verified", "newcomer", "staff"])
@pytest.mark.parametrize("act", ["answer", "comment"])
def test_outsiders_write_nothing_in_a_private_space(place, role, act):
    actor = getattr(place, role)
    acts = {
        "answer": lambda: post_answer(question=place.question, actor=actor, body="Réponse."),
        "comment": lambda: post_comment(question=place.question, actor=actor, text="Remarque."),
    }
    with pytest.raises(PermissionDenied):
        acts[act]()


@pytest.mark.parametrize("state", ["closed", "embargoed"])
def test_a_thread_that_is_not_open_takes_no_answer(place, state):
    Question.objects.filter(pk=place.question.pk).update(state=state)
    question = Question.objects.get(pk=place.question.pk)
    with pytest.raises(Refused):
        post_answer(question=question, actor=place.asker, body="Réponse.")
    with pytest.raises(Refused):
        post_comment(question=question, actor=place.asker, text="Remarque.")


def test_the_right_is_that_of_the_thread_as_it_is_now_not_as_it_was_read(place):
    stale = Question.objects.get(pk=place.question.pk)
    Question.objects.filter(pk=stale.pk).update(state="closed")
    with pytest.raises(Refused):
        post_answer(question=stale, actor=place.member, body="Réponse.")


def test_a_thread_moved_out_of_reach_meanwhile_takes_no_answer(place):
    stale = Question.objects.get(pk=place.question.pk)
    Question.objects.filter(pk=stale.pk).update(space=SpaceFactory(private=True))
    with pytest.raises(PermissionDenied):
        post_answer(question=stale, actor=place.member, body="Réponse.")
    with pytest.raises(PermissionDenied):
        post_comment(question=stale, actor=place.member, text="Remarque.")


def test_two_stale_copies_of_a_thread_lose_no_count(place):
    first, second = (Question.objects.get(pk=place.question.pk) for _ in range(2))
    one = post_answer(question=first, actor=place.member, body="Une.")
    two = post_answer(question=second, actor=place.guest, body="Deux.")
    place.question.refresh_from_db()
    assert (one.position, two.position) == (3, 4)
    assert place.question.answer_count == 3


def test_an_answer_sent_twice_is_posted_once(place, emitted):
    token = uuid.uuid4()
    sent = {"question": place.question, "actor": place.member, "body": "Réponse.", "client_token": token}
    assert post_answer(**sent) == post_answer(**sent)
    assert Answer.objects.count() == 2
    assert len(emitted) == 1


def test_the_same_form_with_other_words_makes_another_answer(place):
    token = uuid.uuid4()
    sent = {"question": place.question, "actor": place.member, "client_token": token}
    first = post_answer(body="Réponse.", **sent)
    assert post_answer(body="Réponse corrigée après retour.", **sent) != first


def test_a_quote_of_the_whole_last_post_is_left_out(place):
    quoted = "> " + place.answer.body + "\n\nD’accord."
    assert post_answer(question=place.question, actor=place.member, body=quoted).body == "D’accord."


def test_the_same_answer_is_refused(place):
    post_answer(question=place.question, actor=place.member, body="Réponse.")
    with pytest.raises(Invalid):
        post_answer(question=place.question, actor=place.member, body="Réponse.")


def test_haste_is_refused_with_the_time_to_wait(place, monkeypatch):
    monkeypatch.setattr(limits, "ANSWER_PACE", type(limits.ANSWER_PACE)("answer-pace", times=1, seconds=DAY_LONG))
    post_answer(question=place.question, actor=place.member, body="Réponse.")
    with pytest.raises(TooOften) as caught:
        post_answer(question=place.question, actor=place.member, body="Autre réponse.")
    assert 0 < caught.value.retry_after <= DAY_LONG


def test_posting_costs_the_same_whatever_the_watchers(place):
    def queries(number: int) -> int:
        with CaptureQueriesContext(connection) as counted:
            post_answer(question=place.question, actor=place.member, body=f"Réponse {number}.")
        return len(counted)

    queries(1)
    alone = queries(2)
    Subscription.objects.bulk_create(
        Subscription(member=member, kind="question", object_id=place.question.pk, level="all")
        for member in MemberFactory.create_batch(40)
    )
    # Thirteen, and nine to be found: the index is written with the answer.
    assert queries(3) == alone <= 22


@pytest.mark.parametrize("text", TEXTS)
def test_hostile_words_are_stored_harmless(place, text):
    actor = place.member
    try:
        question = ask_question(
            actor=actor, space=place.space, title=f"Une question normale {text}"[:200], body=text + " fin", tried=text
        )
    except Invalid:
        assert not Question.objects.filter(author=actor).exists()
    else:
        assert_harmless_html(question.body_html)
        assert_harmless_html(question.tried_html)
        assert "\x00" not in question.title + question.body + question.tried
    try:
        comment = post_comment(question=place.question, actor=actor, text=text[:600])
    except Invalid:
        assert not Comment.objects.filter(author=actor).exists()
    else:
        assert "\x00" not in comment.text


def test_what_a_text_cites_is_recorded_and_replaced(place):
    other = QuestionFactory(space=place.space)
    answer = post_answer(question=place.question, actor=place.member, body=f"Voir [là]({question_url(other)}).")
    rows = Reference.objects.filter(source_kind="answer", source_id=answer.pk)
    assert [(row.target_kind, row.target_id) for row in rows] == [("question", other.pk)]


def test_a_member_of_another_space_may_not_answer_by_a_mismatched_thread(place):
    stranger = MembershipFactory(space=SpaceFactory(private=True)).member
    with pytest.raises(PermissionDenied):
        post_answer(question=place.question, actor=stranger, body="Réponse.")
