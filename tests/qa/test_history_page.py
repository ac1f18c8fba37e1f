"""Public history: readable where the post is, and silent on what moderators hid."""

import pytest
from django.test import Client
from django.utils import timezone

from qa.models import PostRevision
from tests.factories import AnswerFactory, MemberFactory, MembershipFactory, QuestionFactory, SpaceFactory

pytestmark = pytest.mark.django_db


def signed_in(member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def revise(post, *texts, **common):
    name = "answer" if hasattr(post, "position") else "question"
    for number, text in enumerate(texts, start=1):
        PostRevision.objects.create(
            **{name: post}, number=number, body=text, author=post.author, created_at=timezone.now(), **common
        )


def history(client, post) -> str:
    kind = "reponse/" if hasattr(post, "position") else ""
    response = client.get(f"/questions/{kind}{post.pk}/historique/")
    return response.content.decode() if response.status_code == 200 else str(response.status_code)


def test_each_change_is_shown_word_by_word(client):
    question = QuestionFactory()
    revise(question, "Le marché a démarré.", "Le marché de restauration a démarré.")
    html = history(client, question)
    assert "<ins>de restauration </ins>" in html or "<ins> de restauration</ins>" in html


def test_a_hidden_revision_is_for_moderators_and_the_next_change_does_not_tell_it():
    space = SpaceFactory()
    moderator = MembershipFactory(space=space, role="moderator").member
    answer = AnswerFactory(question=QuestionFactory(space=space))
    revise(answer, "Un texte sage.", "Le prix de la société Untel.", "Un texte sage et complété.")
    PostRevision.objects.filter(answer=answer, number=2).update(hidden_at=timezone.now())
    assert "Untel" in history(signed_in(moderator), answer)
    for reader in (Client(), signed_in(answer.author), signed_in(MemberFactory(staff=True))):
        html = history(reader, answer)
        assert "Untel" not in html
        assert "complété" in html


@pytest.mark.parametrize("fate", ["hidden_at", "deleted_at"])
def test_the_history_of_what_was_withdrawn_is_absent(client, fate):
    answer = AnswerFactory(**{fate: timezone.now()})
    revise(answer, "Avant.", "Après.")
    assert history(client, answer) == "404"


def test_the_history_of_a_private_thread_is_its_members():
    space = SpaceFactory(private=True)
    question = QuestionFactory(space=space)
    revise(question, "Avant.", "Après.")
    assert "Après" in history(signed_in(MembershipFactory(space=space).member), question)
    assert history(signed_in(MemberFactory()), question) == "404"


def test_an_anonymous_author_stays_so_in_the_history(client):
    question = QuestionFactory(naming="anonymous", author=MemberFactory(last_name="Introuvable"))
    revise(question, "Avant.", "Après.", by_post_author=True)
    assert "Introuvable" not in history(client, question)


def test_an_imported_revision_is_rendered_when_it_is_read(client):
    question = QuestionFactory()
    revise(question, "", "Un texte **récent**.")
    PostRevision.objects.filter(number=1).update(source_html="<p>Un texte <b>ancien</b><script>alert(1)</script></p>")
    html = history(client, question)
    assert "ancien" in html and "<script>alert" not in html
    assert PostRevision.objects.get(number=1).body == ""


def test_long_histories_are_read_in_pages(client):
    question = QuestionFactory()
    revise(question, *(f"Version numéro {number}." for number in range(1, 13)))
    first = client.get(f"/questions/{question.pk}/historique/").context
    assert [version.number for version in first["versions"]] == list(range(12, 2, -1))
    second = client.get(f"/questions/{question.pk}/historique/{first['older_url']}").context
    assert [version.number for version in second["versions"]] == [2, 1]
    assert not second["older_url"]
