"""The page of a thread: the same queries at any length, the right words for each reader, addresses that last."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from community.core.references import record_references
from community.members.models import Expertise
from community.notifications.models import Notification, Subscription
from community.reading.models import ReadMark
from qa.addresses import answer_url, comment_url, question_url
from qa.models import AnswerDoubt, Endorsement, Question
from qa.selectors.thread import OLDEST
from qa.views.thread import page_url
from tests.factories import (
    AnswerFactory,
    CommentFactory,
    MemberFactory,
    MembershipFactory,
    QuestionFactory,
    SpaceFactory,
    TagFactory,
)

pytestmark = pytest.mark.django_db

MOST_QUERIES = 15


def signed_in(member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def queries_of(client, url) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def rich_thread(length: int, space=None) -> Question:
    """A thread with all that costs a query: opinions, doubts, comments, tags, anonymity, links both ways."""
    question = QuestionFactory(space=space, naming="anonymous")
    question.tags.add(TagFactory())
    expert = MemberFactory()
    for rank in range(length):
        answer = AnswerFactory(question=question, naming="anonymous" if rank % 2 else "name")
        CommentFactory(question=question, answer=answer)
    first = question.answers.first()
    Endorsement.objects.create(answer=first, expert=expert)
    AnswerDoubt.objects.create(answer=first, member=expert, reason="Le seuil a changé.")
    question.answers.filter(pk=first.pk).update(endorsement_count=1, doubt_count=1, comment_count=1)
    other = AnswerFactory()
    record_references(kind="question", pk=question.pk, paths=[question_url(other.question), answer_url(other)], text="")
    return question


def test_queries_do_not_grow_with_the_thread():
    space = SpaceFactory(private=True)
    member = MembershipFactory(space=space).member
    counts = {length: queries_of(signed_in(member), question_url(rich_thread(length, space))) for length in (1, 3, 100)}
    assert len(set(counts.values())) == 1, counts
    assert max(counts.values()) <= MOST_QUERIES, counts


def test_a_page_of_twenty_posts_is_light():
    question = QuestionFactory()
    for _rank in range(19):
        AnswerFactory(question=question, body="Un relevé par produit, chaque trimestre. " * 6)
    assert len(signed_in(MemberFactory()).get(question_url(question)).content) <= 60_000


def test_a_wrong_slug_leads_to_the_right_address_for_who_may_read_only():
    private = QuestionFactory(space=SpaceFactory(private=True))
    question = QuestionFactory()
    client = signed_in(MemberFactory())
    assert client.get(f"/questions/{question.pk}/autre/?tri=recentes").headers["Location"] == (
        f"{question_url(question)}?tri=recentes"
    )
    assert client.get(f"/questions/{private.pk}/autre/").status_code == 404


@pytest.mark.parametrize("slug", ["", "modifier", "lu", "historique"])
def test_a_title_named_as_an_act_still_opens_its_thread(client, slug):
    question = QuestionFactory(slug=slug)
    response = client.get(question_url(question))
    assert response.status_code == 200
    assert question.title.encode() in response.content


def test_the_accepted_answer_comes_first_and_the_most_useful_next(client):
    question = QuestionFactory()
    for rank, useful in enumerate((5, 1, 9), start=1):
        AnswerFactory(question=question, useful_count=useful, body=f"Réponse numéro {rank}.")
    accepted = question.answers.get(position=3)
    Question.objects.filter(pk=question.pk).update(accepted_answer=accepted, accepted_at=timezone.now())
    html = client.get(question_url(question)).content.decode()
    places = [html.index(f'id="reponse-{number}"') for number in (2, 3, 1)]
    assert places == sorted(places)
    assert 'data-state="accepted"' in html


def accepted_on_the_first_page(**state) -> tuple[Question, str, str]:
    """A thread whose second page does not show the accepted answer; its address, and the page's."""
    question = rich_thread(25)
    accepted = question.answers.order_by("position")[1]
    question.answers.filter(pk=accepted.pk).update(**state)
    Question.objects.filter(pk=question.pk).update(accepted_answer=accepted, accepted_at=timezone.now())
    following = page_url("anciennes", apres=OLDEST.encode_values([20])).removesuffix("#reponses")
    return question, answer_url(accepted), question_url(question) + following


def test_a_page_without_the_accepted_answer_leads_to_it(client):
    question, permalink, second_page = accepted_on_the_first_page()
    link = f'<a href="{permalink}">Voir la réponse retenue</a>'
    assert link in client.get(second_page).content.decode()
    assert link not in client.get(question_url(question)).content.decode()
    target = client.get(permalink).headers["Location"]
    assert f'id="{target.partition("#")[2]}"' in client.get(target).content.decode()
    member = signed_in(MemberFactory())
    assert link in member.get(second_page).content.decode()
    assert queries_of(member, second_page) <= MOST_QUERIES


@pytest.mark.parametrize("state", ["hidden_at", "deleted_at"])
def test_an_accepted_answer_that_left_is_not_told(client, state):
    question, _permalink, second_page = accepted_on_the_first_page(**{state: timezone.now()})
    for reader in (client, signed_in(question.author), signed_in(MemberFactory(is_staff=True))):
        assert "Voir la réponse retenue" not in reader.get(second_page).content.decode()


@pytest.mark.parametrize("sort", ["utiles", "anciennes", "recentes"])
def test_pages_show_each_answer_once_and_come_back(client, sort):
    question = QuestionFactory()
    for rank in range(45):
        AnswerFactory(question=question, useful_count=rank % 4)
    seen, url = [], f"{question_url(question)}?tri={sort}"
    for _page in range(3):
        response = client.get(url)
        html = response.content.decode()
        seen += re.findall(r'id="(reponse-\d+)"', html)
        following = re.search(r'href="(\?[^"]*apres=[^"]*)#reponses" rel="next"', html)
        url = question_url(question) + following[1].replace("&amp;", "&") if following else ""
    assert len(seen) == len(set(seen)) == 45
    assert url == ""
    back = re.search(r'href="(\?[^"]*avant=[^"]*)#reponses" rel="prev"', html)
    middle = client.get(question_url(question) + back[1].replace("&amp;", "&")).content.decode()
    assert re.findall(r'id="(reponse-\d+)"', middle) == seen[20:40]


@pytest.mark.parametrize(
    "cursor",
    ["x", "W10", "WyJ4Il0", "W251bGxd", "WzFlOTldCg", "=" * 500, "WzEsMl0", "W1tbW1tbW1tbW1tbW1tb", "é", "%00"],
)
def test_a_hostile_cursor_gives_the_first_page(client, cursor):
    question = QuestionFactory()
    AnswerFactory(question=question)
    response = client.get(question_url(question), {"apres": cursor, "avant": cursor, "tri": "anciennes"})
    assert b'id="reponse-1"' in response.content


def test_permalinks_find_the_answer_on_any_page(client):
    question = QuestionFactory()
    for _rank in range(30):
        AnswerFactory(question=question)
    answer = question.answers.get(position=27)
    location = client.get(answer_url(answer)).headers["Location"]
    assert location.endswith("#reponse-26")
    assert b'id="reponse-26"' in client.get(location.partition("#")[0]).content


def test_a_post_under_another_thread_is_absent(client):
    answer, other = AnswerFactory(), QuestionFactory()
    comment = CommentFactory(question=answer.question, answer=answer)
    assert client.get(comment_url(comment)).status_code == 302
    assert client.get(f"/questions/{other.pk}/reponse/{answer.pk}/").status_code == 404
    assert client.get(f"/questions/{other.pk}/commentaire/{comment.pk}/").status_code == 404


def test_a_report_is_offered_on_others_posts_only(client):
    own = AnswerFactory()
    other = AnswerFactory(question=own.question)
    client.force_login(own.author)
    shown = client.get(question_url(own.question)).content.decode()
    assert f"/signaler/answer/{other.pk}/" in shown and f"/signaler/question/{own.question_id}/" in shown
    assert f"/signaler/answer/{own.pk}/" not in shown


def test_what_was_deleted_leaves_a_line_without_words_nor_author(client):
    question = QuestionFactory()
    gone = AnswerFactory(
        question=question, author=MemberFactory(last_name="Disparue"), body="Texte retiré.", deleted_at=timezone.now()
    )
    html = client.get(question_url(question)).content.decode()
    assert 'id="reponse-1"' in html
    assert "Texte retiré" not in html and "Disparue" not in html
    assert client.get(answer_url(gone)).status_code == 404


def test_what_was_hidden_is_for_its_author_and_the_moderators():
    space = SpaceFactory()
    moderator = MembershipFactory(space=space, role="moderator").member
    question = QuestionFactory(space=space)
    reason = "Nom d’un <i>candidat</i>"
    hidden = AnswerFactory(question=question, body="Propos masqués.", hidden_at=timezone.now(), hidden_reason=reason)
    readers = {hidden.author: True, moderator: True, question.author: False, MemberFactory(staff=True): False}
    pages = {reader: signed_in(reader).get(question_url(question)).content.decode() for reader in readers}
    assert {reader: "Propos masqués" in page for reader, page in pages.items()} == readers
    # Why is said to the same readers, and never as markup.
    assert {reader: "Nom d’un &lt;i&gt;candidat&lt;/i&gt;" in page for reader, page in pages.items()} == readers
    assert not any(reason in page for page in pages.values())


def test_reading_is_noted_by_a_post_and_unread_posts_are_shown():
    member = MemberFactory()
    client = signed_in(member)
    question = QuestionFactory()
    AnswerFactory(question=question)
    Notification.objects.create(
        member=member, reason="reply", subject_kind="question", subject_id=question.pk,
        target_kind="question", target_id=question.pk,
    )  # fmt: skip
    html = client.get(question_url(question)).content.decode()
    assert not ReadMark.objects.exists()
    assert "Marquer comme lu" in html
    client.post(f"/questions/{question.pk}/lu/", {"position": "2"})
    assert ReadMark.objects.get(member=member).position == 2
    assert Notification.objects.get(member=member).seen_at is not None
    assert "Marquer comme lu" not in client.get(question_url(question)).content.decode()
    AnswerFactory(question=question)
    assert client.get(f"{question_url(question)}?non-lu").headers["Location"].endswith("#premier-non-lu")
    assert 'id="premier-non-lu"><span>Non lu depuis votre visite' in client.get(question_url(question)).content.decode()


def test_a_thread_that_cannot_be_seen_cannot_be_marked_as_read():
    question = QuestionFactory(space=SpaceFactory(private=True))
    assert signed_in(MemberFactory()).post(f"/questions/{question.pk}/lu/", {"position": "1"}).status_code == 404
    assert not ReadMark.objects.exists()


def test_five_comments_are_shown_and_the_others_a_click_away(client):
    question = QuestionFactory(comment_count=7)
    for rank in range(7):
        CommentFactory(question=question, text=f"Remarque {rank}.")
    html = client.get(question_url(question)).content.decode()
    assert [f"Remarque {rank}." in html for rank in range(7)] == [True] * 5 + [False] * 2
    assert "Afficher 2 autres commentaires" in html
    page = client.get(f"/questions/{question.pk}/commentaires/").content.decode()
    assert all(f"Remarque {rank}." in page for rank in range(7))
    fragment = client.get(f"/questions/{question.pk}/commentaires/", headers={"HX-Request": "true"}).content.decode()
    assert "Remarque 6." in fragment and "<html" not in fragment


def test_duplicates_are_told_both_ways_to_those_who_see_them(client):
    original = QuestionFactory(title="La première question posée")
    secret = QuestionFactory(title="Une autre, en privé", space=SpaceFactory(private=True), duplicate_of=original)
    copy = QuestionFactory(title="La même, autrement", duplicate_of=original, state="closed")
    html = client.get(question_url(original)).content.decode()
    assert copy.title in html and secret.title not in html
    assert original.title in client.get(question_url(copy)).content.decode()


def test_machines_read_only_what_is_open(client):
    question = QuestionFactory(title="Titre </script><script>alert(1)</script>")
    AnswerFactory(question=question)
    html = client.get(question_url(question)).content.decode()
    assert "application/ld+json" in html and "og:title" in html
    assert "<script>alert" not in html
    reserved = QuestionFactory(space=SpaceFactory(members_only=True))
    html = signed_in(MemberFactory()).get(question_url(reserved)).content.decode()
    assert "application/ld+json" not in html and "og:title" not in html
    assert 'content="noindex"' in html


def test_quoting_without_script_begins_the_reply():
    answer = AnswerFactory(body="Un relevé par produit.")
    client = signed_in(MemberFactory())
    html = client.get(question_url(answer.question), {"citer": f"answer-{answer.pk}"}).content.decode()
    assert "&gt; Un relevé par produit." in html
    elsewhere = AnswerFactory(body="Une réponse d’un autre fil.")
    html = client.get(question_url(answer.question), {"citer": f"answer-{elsewhere.pk}"}).content.decode()
    assert "Une réponse d’un autre fil" not in html


def test_an_expert_is_offered_to_give_an_opinion_on_others_answers_only():
    expert = MemberFactory()
    Expertise.objects.create(member=expert, kind="expert")
    question = QuestionFactory()
    own, other = AnswerFactory(question=question, author=expert), AnswerFactory(question=question)
    html = signed_in(expert).get(question_url(question)).content.decode()
    assert f"/questions/reponse/{other.pk}/avis/" in html
    assert f"/questions/reponse/{own.pk}/avis/" not in html


def test_a_member_of_a_space_that_protects_its_past_reads_what_came_after():
    space = SpaceFactory(private=True, history_from_joining=True)
    before = QuestionFactory(space=space, created_at=timezone.now() - timezone.timedelta(days=2))
    member = MembershipFactory(space=space).member
    after = QuestionFactory(space=space)
    client = signed_in(member)
    assert client.get(question_url(before)).status_code == 404
    assert client.get(question_url(after)).status_code == 200


@pytest.mark.parametrize(
    ("levels", "words"),
    [
        (("all", None, None), ""),
        (("all", "essential", "none"), ""),
        ((None, "all", "none"), "La personne qui suit cette question sera prévenue."),
        (("all", "all", "all"), "Les 2 personnes qui suivent cette question seront prévenues."),
    ],
)
def test_the_reply_form_says_how_many_others_it_will_tell(levels, words):
    question, members = QuestionFactory(), MemberFactory.create_batch(3)
    for member, level in zip(members, levels, strict=True):
        if level:
            Subscription.objects.create(member=member, kind="question", object_id=question.pk, level=level)
    reader = signed_in(members[0])
    for page in (question_url(question), reverse("answer_post", args=[question.pk])):
        html = reader.get(page).content.decode()
        assert "".join(re.findall(r"L(?:a personne|es \d+ personnes) qui suiv?[^<]*", html)).strip() == words
