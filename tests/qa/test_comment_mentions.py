"""Naming somebody in a comment: whom it tells, whom it shows, and what it never lets through."""

from html.parser import HTMLParser

import pytest
from django.urls import reverse
from django.utils.html import escape, strip_tags

from community.core.errors import Invalid
from community.core.richtext import link_mentions, plain_mentions
from community.notifications.models import Notification
from qa import limits
from qa.actions.comment import edit_comment, post_comment, promote_comment
from qa.actions.state import hide_post
from qa.addresses import question_url
from qa.markup import Markup
from qa.models.comment import MAX_COMMENT
from tests.factories import CommentFactory, MemberFactory, MembershipFactory
from tests.support.hostile import SCRIPTS

from .test_handlers import told

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_pace(monkeypatch):
    limit = limits.COMMENT_PACE
    monkeypatch.setattr(limits, "COMMENT_PACE", type(limit)(limit.name, times=1000, seconds=limit.seconds))


def mention(member, name="x") -> str:
    return f"@[{name}](membre:{member.public_id})"


def comment_of(place, text: str):
    return post_comment(question=place.question, answer=place.answer, actor=place.member, text=text)


def test_who_is_mentioned_is_told_once_under_her_own_name(place):
    comment = comment_of(place, f"Qu’en dit {mention(place.guest, 'un autre nom')} ?")
    assert comment.plain_text == f"Qu’en dit @{place.guest} ?"
    assert told(place.guest) == {"mentioned"}
    assert told(place.author) == {"comment_posted"}


def test_the_author_of_what_is_commented_is_told_of_one_fact_only(place):
    comment_of(place, f"{mention(place.author)} merci.")
    assert told(place.author) == {"mentioned"}


@pytest.mark.parametrize("role", ["verified", "newcomer", "staff"])
def test_who_may_not_read_the_thread_is_neither_told_nor_linked(place, role):
    outsider = getattr(place, role)
    comment = comment_of(place, f"Voir {mention(outsider, 'Quelqu’un')}.")
    assert comment.text == "Voir @Quelqu’un."
    assert told(outsider) == set()


def test_rights_are_read_again_when_the_mention_is_sent(place):
    """The comment is hidden between the click and the task: nobody hears of it."""
    comment = comment_of(place, f"Qu’en dit {mention(place.guest)} ?")
    hide_post(post=comment, actor=place.moderator, reason="Hors sujet")
    assert told(place.guest) == set()


def test_an_edit_tells_those_it_adds_and_nobody_twice(place):
    comment = comment_of(place, f"{mention(place.guest)} ?")
    edit_comment(comment=comment, actor=place.member, text=f"{mention(place.guest)} et {mention(place.owner)} ?")
    assert told(place.owner) == {"mentioned"}
    assert Notification.objects.filter(member=place.guest, reason="mentioned").count() == 1


def test_a_comment_names_no_more_people_than_a_message_does(place):
    people = [MembershipFactory(space=place.space).member for _ in range(limits.MAX_MENTIONS + 1)]
    with pytest.raises(Invalid) as refusal:
        comment_of(place, " ".join(mention(member) for member in people))
    assert refusal.value.field == "text"


def test_a_mention_survives_the_promotion_of_the_comment(place):
    comment = comment_of(place, f"Demandez à {mention(place.guest)}.")
    answer = promote_comment(comment=comment, actor=place.moderator)
    assert f'href="/membres/{place.guest.public_id}/"' in answer.body_html
    # What told her of the comment went with it: she is told of the answer.
    told(place.guest)
    last = Notification.objects.filter(member=place.guest, reason="mentioned").latest("pk")
    assert (last.target_kind, last.target_id) == ("answer", answer.pk)


def test_a_comment_that_becomes_an_answer_says_what_it_said(place):
    text = "# Pas un titre\n1. un\n- *étoile* <b>x</b>\n    2*3*4 & [a](b) > c\nhttps://a.example/b_c?d=1&e=2"
    comment = post_comment(question=place.question, actor=place.member, text=text)
    html = promote_comment(comment=comment, actor=place.moderator).body_html
    for tag in ("<h3", "<ol", "<ul", "<em", "<b>", "<pre", "<blockquote"):
        assert tag not in html
    assert strip_tags(html).split() == escape(text).split()
    assert 'href="https://a.example/b_c?d=1&amp;e=2"' in html


def test_the_length_of_a_comment_is_that_of_what_is_read(place):
    people = (place.guest, place.owner, place.moderator)
    names = " ".join(map(mention, people))
    room = MAX_COMMENT - len(" ".join(f"@{person}" for person in people)) - 1
    assert comment_of(place, f"{names} {'x' * room}").text.startswith("@[")
    with pytest.raises(Invalid):
        comment_of(place, f"{names} {'y' * (room + 1)}")


@pytest.mark.parametrize("text", SCRIPTS)
def test_what_is_typed_around_and_inside_a_mention_is_text(text):
    inside = text.replace("[", "").replace("]", "").replace("\n", " ").replace("\\", "")[:150]
    html = link_mentions(f"{text} @[{inside}](membre:AbC1) {text}")
    tags = []
    reader = HTMLParser()
    reader.handle_starttag = lambda tag, attrs: tags.append((tag, dict(attrs)))
    reader.feed(str(html))
    assert tags == [("a", {"class": "mention", "href": "/membres/AbC1/"})]


def test_a_comment_without_mention_reads_as_it_was_typed():
    text = "Écrire à a@b.fr, [lien](https://x.example) & « 3 < 4 »"
    assert plain_mentions(text) == text
    assert "<a" not in link_mentions(text)


def test_a_thread_shows_the_mention_as_a_link_and_elsewhere_as_words(place, client):
    comment = comment_of(place, f"Qu’en dit {mention(place.guest)} ?\nMerci.")
    client.force_login(place.asker)
    page = client.get(question_url(place.question)).content.decode()
    link = f'<a class="mention" href="/membres/{place.guest.public_id}/">@{place.guest}</a>'
    assert f"Qu’en dit {link} ?<br>Merci." in page
    assert str(comment) == comment.plain_text[:40]
    asked = client.get(reverse("content_flag", args=["comment", comment.pk])).content.decode()
    assert "](membre:" not in asked


def test_the_form_offers_the_readers_of_the_thread(place, client):
    client.force_login(place.member)
    page = client.get(reverse("answer_comment", args=[place.answer.pk])).content.decode()
    address = f"{reverse('mention_suggest')}?question={place.question.pk}"
    assert f'data-mention-url-value="{address}"' in page


def test_markup_of_a_comment_escapes_the_name_it_links():
    member = MemberFactory(first_name="<b>", last_name="x")
    comment = CommentFactory(text=f"@[\\<b\\> x](membre:{member.public_id})")
    row = type("Row", (), {
        "pk": comment.pk, "text": comment.text, "author": "A", "author_url": "", "created_at": comment.created_at,
        "by_asker": False, "hidden": False, "acts": [],
    })  # fmt: skip
    html = Markup().comment(row)
    assert "@&lt;b&gt; x</a>" in html
    assert "<b>" not in html
