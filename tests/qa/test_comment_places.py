"""A deleted comment leaves its place and nothing else; one that was split leads to its answer."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from qa.actions.comment import delete_comment, promote_comment
from qa.actions.state import hide_post
from qa.addresses import answer_url, comment_url, question_url
from qa.models import Answer, Comment
from tests.factories import (
    AnswerFactory,
    CommentFactory,
    MemberFactory,
    MembershipFactory,
    QuestionFactory,
    SpaceFactory,
)

pytestmark = pytest.mark.django_db

SECRET = "Un propos retiré"
DELETED, SPLIT = "Commentaire supprimé", "Devenu une réponse"


def reader(member=None) -> Client:
    client = Client()
    if member is not None:
        client.force_login(member)
    return client


def read(member, url: str, **extra) -> str:
    response = reader(member).get(url, follow=True, **extra)
    assert response.status_code == 200, url
    return response.content.decode()


def comments_url(post) -> str:
    under = "reponse/" if isinstance(post, Answer) else ""
    return f"/questions/{under}{post.pk}/commentaires/"


def place_in(page: str, comment) -> str:
    """What stands at the anchor of the comment; nothing when there is no such anchor."""
    found = re.search(rf'<li id="commentaire-{comment.pk}">(.*?)</li>', page, re.DOTALL)
    return found[1] if found else ""


def ids_in(page: str) -> list[int]:
    return [int(pk) for pk in re.findall(r'id="commentaire-(\d+)"', page)]


@pytest.fixture
def gone():
    """A comment deleted by its author, in a place that everyone reads."""
    author = MemberFactory(first_name="Odile", last_name="Disparue")
    created = timezone.now() - timedelta(days=400)
    comment = CommentFactory(question=QuestionFactory(comment_count=1), author=author, text=SECRET, created_at=created)
    delete_comment(comment=comment, actor=author)
    return comment


@pytest.mark.parametrize("who", ["visitor", "member", "author", "staff"])
def test_a_deleted_comment_leaves_a_place_without_words_nor_author_nor_date(gone, who):
    member = {"visitor": None, "member": MemberFactory(), "author": gone.author, "staff": MemberFactory(staff=True)}[
        who
    ]
    other = CommentFactory(question=gone.question, text="Une remarque qui reste.")
    fragment = {"headers": {"HX-Request": "true"}}
    for url, extra in (
        (question_url(gone.question), {}),
        (comments_url(gone.question), {}),
        (comments_url(gone.question), fragment),
    ):
        page = read(member, url, **extra)
        assert place_in(page, gone) == f'<p class="fine">{DELETED}</p>'
        assert "Une remarque qui reste" in place_in(page, other)
        assert SECRET not in page and gone.created_at.date().isoformat() not in page
        # Her own name stands in the head of her own pages.
        assert who == "author" or "Disparue" not in page


def test_the_address_of_a_deleted_comment_leads_to_its_place(gone):
    answer = AnswerFactory(question=gone.question)
    below = CommentFactory(question=gone.question, answer=answer, deleted_at=timezone.now())
    for comment, post in ((gone, gone.question), (below, answer)):
        response = reader().get(comment_url(comment))
        assert response.headers["Location"] == f"{comments_url(post)}#commentaire-{comment.pk}"
        assert DELETED in place_in(read(None, comment_url(comment)), comment)


def test_a_comment_that_was_split_leads_to_its_answer(place):
    answer = promote_comment(comment=place.comment, actor=place.moderator)
    for role in ("asker", "author", "moderator", "guest"):
        page = read(getattr(place, role), question_url(place.question))
        assert place_in(page, place.comment) == f'<p class="fine"><a href="{answer_url(answer)}">{SPLIT}</a></p>'
    assert reader(place.guest).get(answer_url(answer)).headers["Location"].endswith(f"#reponse-{answer.position - 1}")
    assert SPLIT in place_in(read(place.guest, comment_url(place.comment)), place.comment)
    assert reader(place.verified).get(comment_url(place.comment)).status_code == 404


@pytest.mark.parametrize(
    ("fate", "led"), [("hidden_at", {"author", "moderator", "owner"}), ("deleted_at", {"moderator", "owner"})]
)
def test_nothing_tells_of_an_answer_that_the_reader_may_not_see(place, fate, led):
    answer = promote_comment(comment=place.comment, actor=place.author)
    Answer.objects.filter(pk=answer.pk).update(**{fate: timezone.now()})
    for role in ("asker", "author", "member", "guest", "moderator", "owner"):
        member = getattr(place, role)
        for url in (question_url(place.question), comments_url(place.answer)):
            stands = place_in(read(member, url), place.comment)
            assert (answer_url(answer) in stands) is (role in led), role
            assert (SPLIT if role in led else DELETED) in stands, role
        # The link is there for who may follow it, and for nobody else.
        assert (reader(member).get(answer_url(answer)).status_code == 302) is (role in led), role


def test_what_was_hidden_before_it_was_deleted_has_a_place_for_its_author_and_the_moderators_only(place):
    hide_post(post=place.comment, actor=place.moderator, reason="Numéro de téléphone.")
    delete_comment(comment=Comment.objects.get(pk=place.comment.pk), actor=place.author)
    for role, has_place in {"asker": False, "guest": False, "author": True, "moderator": True, "owner": True}.items():
        client = reader(getattr(place, role))
        page = client.get(question_url(place.question)).content.decode()
        assert (place.comment.pk in ids_in(page)) is has_place, role
        assert client.get(comment_url(place.comment)).status_code == (302 if has_place else 404), role


def test_a_deleted_answer_takes_the_places_under_it_with_it(gone):
    answer = AnswerFactory(question=gone.question, deleted_at=timezone.now())
    below = CommentFactory(question=gone.question, answer=answer, deleted_at=timezone.now())
    for member in (None, MemberFactory(), MemberFactory(staff=True)):
        assert below.pk not in ids_in(read(member, question_url(gone.question)))
        assert reader(member).get(comment_url(below)).status_code == 404


def test_places_are_not_counted_and_push_no_comment_away():
    question = QuestionFactory(comment_count=7)
    for rank in range(7):
        CommentFactory(question=question, deleted_at=timezone.now())
        CommentFactory(question=question, text=f"Remarque {rank}.")
    page = read(None, question_url(question))
    assert [f"Remarque {rank}." in page for rank in range(7)] == [True] * 5 + [False] * 2
    assert page.count(DELETED) == 5
    assert "Afficher 2 autres commentaires" in page
    assert len(ids_in(read(None, comments_url(question)))) == 14


def test_hidden_comments_that_a_moderator_reads_hide_no_other():
    question = QuestionFactory(comment_count=5)
    CommentFactory(question=question, hidden_at=timezone.now())
    CommentFactory.create_batch(5, question=question)
    assert "Afficher 1 autre commentaire" in read(MemberFactory(staff=True), question_url(question))


def test_a_page_of_comments_that_ends_with_a_place_tells_no_date_and_loses_none():
    question = QuestionFactory(comment_count=110)
    start = timezone.now() - timedelta(days=300)
    made = [CommentFactory(question=question, created_at=start + timedelta(hours=rank)) for rank in range(110)]
    Comment.objects.filter(pk__in=[made[49].pk, made[50].pk, made[99].pk]).update(deleted_at=timezone.now())
    seen, url, pages = [], comments_url(question), []
    while url:
        page = read(None, url)
        pages.append(url)
        seen += ids_in(page)
        following = re.search(r'href="([^"]*\?apres=\d+)"', page)
        url = following[1] if following else ""
    assert seen == [comment.pk for comment in made]
    assert len(pages) == 3
    back = re.search(r'href="(\?avant=\d+)"', page)[1]
    assert ids_in(read(None, comments_url(question) + back)) == seen[50:100]


@pytest.mark.parametrize("cursor", ["x", "²", "-1", "9" * 40, "W10", "0"])
def test_a_hostile_cursor_of_comments_gives_the_first_page(gone, cursor):
    response = reader().get(comments_url(gone.question), {"apres": cursor, "avant": cursor})
    assert ids_in(response.content.decode()) == [gone.pk]


def test_a_comment_of_another_thread_is_no_cursor(gone):
    other = CommentFactory(created_at=timezone.now() + timedelta(days=1))
    assert ids_in(read(None, f"{comments_url(gone.question)}?apres={other.pk}")) == [gone.pk]


def test_places_cost_no_query():
    counts = {}
    member = MemberFactory()
    for length in (0, 1, 40):
        answer = AnswerFactory(comment_count=1)
        CommentFactory(question=answer.question, answer=answer, author=member)
        for _rank in range(length):
            split = {"deleted_at": timezone.now(), "became_answer": AnswerFactory(question=answer.question)}
            CommentFactory(question=answer.question, answer=answer, **split)
        client = reader(member)
        client.get(question_url(answer.question))
        with CaptureQueriesContext(connection) as captured:
            page = client.get(question_url(answer.question)).content.decode()
        counts[length] = len(captured)
        assert page.count(SPLIT) == min(length, 5)
    assert len(set(counts.values())) == 1, counts
    assert max(counts.values()) <= 15


@pytest.mark.parametrize("act", ["delete", "split", "hide_answer"])
def test_a_kept_page_gives_the_place_at_once(act):
    question = QuestionFactory(comment_count=1)
    comment = CommentFactory(question=question, text=SECRET)
    client, url, moderator = reader(), question_url(question), MemberFactory(staff=True)
    assert SECRET in client.get(url).content.decode()
    if act == "delete":
        delete_comment(comment=comment, actor=comment.author)
    else:
        answer = promote_comment(comment=comment, actor=comment.author)
        assert SPLIT in client.get(url).content.decode()
    if act == "hide_answer":
        hide_post(post=answer, actor=moderator, reason="Numéro de téléphone.")
    page = client.get(url).content.decode()
    assert (SPLIT if act == "split" else DELETED) in place_in(page, comment)
    # Split, its words are the answer's.
    assert (SECRET in page) is (act == "split")


def test_a_deleted_comment_is_in_no_feed_nor_list(gone):
    question = gone.question
    for url in (f"/questions/{question.pk}/flux/", "/questions/", "/"):
        page = read(None, url)
        assert SECRET not in page and "Disparue" not in page
    profile = read(MemberFactory(), f"/membres/{gone.author.public_id}/")
    assert SECRET not in profile


def test_the_pages_and_the_rule_give_the_same_places():
    private = SpaceFactory(private=True)
    author = MemberFactory()
    actors = [author, MemberFactory(), MemberFactory(staff=True), AnonymousUser()]
    actors += [MembershipFactory(space=private, role=role).member for role in ("guest", "moderator")]
    posts, when = [], timezone.now()
    for space in (None, SpaceFactory(members_only=True), private):
        question = QuestionFactory(space=space, author=author)
        posts.append(question)
        for fate in ({}, {"hidden_at": when}, {"deleted_at": when}):
            posts.append(AnswerFactory(question=question, author=author, **fate))
    for post in posts:
        where = {"question": post.question, "answer": post} if isinstance(post, Answer) else {"question": post}
        for fate in ({}, {"hidden_at": when}, {"deleted_at": when}, {"hidden_at": when, "deleted_at": when}):
            CommentFactory(author=author, **where, **fate)
    for actor in actors:
        client = reader(actor if actor.is_authenticated else None)
        shown = {pk for post in posts for pk in ids_in(client.get(comments_url(post)).content.decode())}
        assert shown == set(Comment.objects.placed_for(actor).values_list("pk", flat=True)), actor
        assert shown
        leads = {each.pk for each in Comment.objects.all() if client.get(comment_url(each)).status_code == 302}
        assert leads == shown, actor
