"""A mention is shown before publication as it will be after, and typed without any script."""

import pytest
from django.urls import reverse

from qa import limits
from qa.models import Answer, Question
from tests.factories import MemberFactory

pytestmark = pytest.mark.django_db
TITLE = "Comment nommer quelqu’un sans script ?"


@pytest.fixture
def as_(client):
    def sign_in(member):
        client.force_login(member)
        return client

    return sign_in


def mention(member, name="Faux nom") -> str:
    return f"@[{name}](membre:{member.public_id})"


def shown_in(response) -> str:
    page = response.content.decode()
    return page[page.index('id="apercu"') :].split("</section>")[0]


def body_of(place) -> str:
    return f"{mention(place.guest)} et {mention(place.verified, 'Un tiers')} le savent."


def test_the_preview_of_an_answer_names_and_links_as_the_answer(as_, place):
    address = reverse("answer_post", args=[place.question.pk])
    preview = shown_in(as_(place.member).post(address, {"body": body_of(place), "preview": "1"}))
    as_(place.member).post(address, {"body": body_of(place)})
    answer = Answer.objects.latest("pk")
    assert answer.body_html in preview
    assert f'href="/membres/{place.guest.public_id}/"' in preview
    assert str(place.guest) in preview
    assert "Faux nom" not in preview
    assert place.verified.public_id not in preview


def test_the_preview_of_a_question_names_and_links_as_the_question(as_, place):
    fields = {"title": TITLE, "kind": "question", "space": place.space.pk, "tried": mention(place.guest, "Elle")}
    fields |= {"body": body_of(place), "attach": "nothing"}
    preview = shown_in(as_(place.member).post(reverse("question_ask"), fields | {"preview": "1"}))
    as_(place.member).post(reverse("question_ask"), fields)
    question = Question.objects.get(title=TITLE)
    assert question.body_html in preview
    assert question.tried_html in preview
    assert preview.count("/membres/") == 1
    assert place.verified.public_id not in preview


@pytest.mark.parametrize("kind", ["question", "answer"])
def test_the_preview_of_an_edit_names_and_links_as_the_edit(as_, place, kind):
    post, author = (place.question, place.asker) if kind == "question" else (place.answer, place.author)
    before = post.body
    fields = {"title": TITLE, "attach": "nothing"} if kind == "question" else {}
    address = reverse(f"{kind}_edit", args=[post.pk])
    preview = shown_in(as_(author).post(address, fields | {"body": body_of(place), "preview": "1"}))
    post.refresh_from_db()
    assert post.body == before
    assert as_(author).post(address, fields | {"body": body_of(place)}).status_code == 302
    post.refresh_from_db()
    assert post.body_html in preview
    assert place.verified.public_id not in preview


def test_a_preview_refuses_what_publishing_would(as_, place):
    people = MemberFactory.create_batch(limits.MAX_MENTIONS + 1)
    body = " ".join(mention(member) for member in people)
    for post, address in (
        (None, reverse("answer_post", args=[place.question.pk])),
        (place.answer, reverse("answer_edit", args=[place.answer.pk])),
        (None, reverse("question_ask")),
    ):
        actor = post.author if post else place.member
        fields = {"title": TITLE, "kind": "question", "attach": "nothing", "body": body, "preview": "1"}
        response = as_(actor).post(address, fields)
        assert response.status_code == 422
        assert "au plus 10 personnes" in response.content.decode()
        assert 'id="apercu"' not in response.content.decode()
