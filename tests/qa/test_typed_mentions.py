"""A mention is shown before publication as it will be after, and typed without any script."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from community.core.errors import Invalid
from community.core.mending import Mending, digest_of
from community.spaces.pseudonyms import pseudonym_number
from qa import limits
from qa.actions.answer import post_answer
from qa.actions.ask import ask_question
from qa.actions.comment import edit_comment, post_comment
from qa.actions.edit import edit_answer
from qa.actions.mend import mend_answer
from qa.actions.texts import with_typed_mentions
from qa.models import Answer, Question
from tests.factories import AnswerFactory, MemberFactory, MembershipFactory, QuestionFactory

from .test_handlers import told

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


@pytest.fixture
def zoe(place):
    return MembershipFactory(space=place.space, member=MemberFactory(first_name="Zoé", last_name="Le Gall")).member


def typed(place, text: str, actor=None) -> str:
    return with_typed_mentions(text, question=place.question, actor=actor or place.member)


@pytest.mark.parametrize("name", ["Zoé Le Gall", "zoe le gall", "ZOÉ LE-GALL"])
def test_a_name_typed_mentions_the_reader_who_bears_it(as_, place, zoe, name):
    address = reverse("answer_post", args=[place.question.pk])
    preview = shown_in(as_(place.member).post(address, {"body": f"Qu’en dit @{name} ?", "preview": "1"}))
    as_(place.member).post(address, {"body": f"Qu’en dit @{name} ?"})
    answer = Answer.objects.latest("pk")
    assert answer.body == f"Qu’en dit {mention(zoe, 'Zoé Le Gall')} ?"
    assert answer.body_html in preview
    assert told(zoe) == {"mentioned"}


def test_questions_edits_and_comments_take_typed_names_too(place, zoe):
    said = mention(zoe, "Zoé Le Gall")
    question = ask_question(actor=place.member, space=place.space, title=TITLE, body="@Zoé Le Gall ?")
    assert question.body == f"{said} ?"
    assert edit_answer(answer=place.answer, actor=place.author, body="@Zoé Le Gall !").body == f"{said} !"
    comment = post_comment(question=place.question, actor=place.member, text="> @Zoé Le Gall, oui.")
    assert comment.text == f"> {said}, oui."
    assert edit_comment(comment=comment, actor=place.member, text=comment.text).text == comment.text


def test_what_is_only_mended_is_not_read_for_names(place, zoe):
    answer = AnswerFactory(question=place.question, body="@Zoé Le Gall cite l’article L1.")
    words = {"words": lambda text: text.replace("L1", "L2"), "seen": digest_of([answer.body])}
    mend_answer(answer=answer, actor=place.moderator, mending=Mending(keys={}, reason="Renuméroté", **words))
    answer.refresh_from_db()
    assert answer.body == "@Zoé Le Gall cite l’article L2."


def test_a_text_sent_back_as_it_was_is_no_edit(place, zoe):
    answer = AnswerFactory(question=place.question, author=place.author, body="@Zoé Le Gall le sait.")
    assert edit_answer(answer=answer, actor=place.author, body=answer.body).body == "@Zoé Le Gall le sait."
    assert not answer.revisions.exists()


@pytest.mark.parametrize("role", ["verified", "newcomer", "staff"])
def test_a_name_of_nobody_who_reads_the_thread_stays_words(place, role):
    outsider = getattr(place, role)
    outsider.first_name, outsider.last_name = "Loïc", "Dehors"
    outsider.save()
    assert typed(place, "@Loïc Dehors") == "@Loïc Dehors"
    assert "membre:" in with_typed_mentions("@Loïc Dehors", question=QuestionFactory(), actor=place.member)


def test_a_name_that_several_readers_bear_stays_words(place, zoe):
    MemberFactory(first_name="Zoe", last_name="Le Gall")
    assert typed(place, "@Zoé Le Gall") == mention(zoe, "Zoé Le Gall")
    MembershipFactory(space=place.space, member=MemberFactory(first_name="Zoe", last_name="Le Gall"))
    assert typed(place, "@Zoé Le Gall") == "@Zoé Le Gall"


@pytest.mark.parametrize("fields", [{"is_active": False}, {"is_active": False, "is_ghost": True}])
def test_a_closed_account_and_a_ghost_are_mentioned_by_nobody(place, zoe, fields):
    for name, value in fields.items():
        setattr(zoe, name, value)
    zoe.save()
    assert typed(place, "@Zoé Le Gall") == "@Zoé Le Gall"


def test_nobody_mentions_herself(place, zoe):
    assert typed(place, "@Zoé Le Gall", zoe) == "@Zoé Le Gall"


def test_having_written_without_a_name_changes_nothing(place, zoe):
    """Neither her pseudonym nor her name tells who wrote."""
    before = typed(place, "@Zoé Le Gall")
    number = pseudonym_number(place.space, zoe)
    post_answer(question=place.question, actor=zoe, body="Sans mon nom.", naming="anonymous")
    assert typed(place, "@Zoé Le Gall") == before
    text = f"@Membre anonyme, @Membre anonyme {number} et @Pseudonyme nᵒ {number}"
    assert typed(place, text) == text


def test_names_typed_are_counted_with_those_chosen(place):
    newcomer = MembershipFactory(space=place.space, member=MemberFactory(newcomer=True)).member
    for first_name in ("Ada", "Eva", "Ida"):
        MembershipFactory(space=place.space, member=MemberFactory(first_name=first_name, last_name="Le Gall"))
    assert typed(place, "@Ada Le Gall @Eva Le Gall @Ida Le Gall", newcomer).count("membre:") == 2
    with pytest.raises(Invalid, match="au plus 2"):
        post_answer(question=place.question, actor=newcomer, body=f"@Ada Le Gall @Eva Le Gall {mention(place.guest)}")


@pytest.mark.parametrize("homonyms", [1, 3, 100])
def test_names_are_looked_for_in_one_query_whoever_bears_them(place, homonyms):
    for member in MemberFactory.create_batch(homonyms, first_name="Zoé", last_name="Le Gall"):
        MembershipFactory(space=place.space, member=member)
    with CaptureQueriesContext(connection) as asked:
        typed(place, "@Zoé Le Gall et @Ada Le Gall et @Eva de La Tour du Pin Verclause")
    assert len(asked) == 1
    with CaptureQueriesContext(connection) as asked:
        typed(place, "Écrire à a@b.fr ou à @seule.")
    assert len(asked) == 0


def test_the_forms_say_how_a_person_is_mentioned(as_, place):
    client = as_(place.member)
    for address in (reverse("answer_post", args=[place.question.pk]), reverse("question_ask"),
                    reverse("question_comment", args=[place.question.pk])):  # fmt: skip
        assert "« @Prénom Nom » mentionne une personne" in client.get(address).content.decode()
