"""Answers, comments, votes and the life of posts, through their pages: 302, 403, 404, 409, 422 and 429."""

import re

import pytest
from django.urls import get_resolver, reverse
from django.utils.html import strip_tags

from community.reading.models import Draft, ReadMark
from qa import limits
from qa.actions.doubt import doubt_answer
from qa.actions.edit import edit_answer
from qa.models import Answer, Comment, PrivateExchange, Question
from qa.urls_write import write_patterns
from tests.factories import (
    AnswerFactory,
    CommentFactory,
    MemberFactory,
    MembershipFactory,
    QuestionFactory,
    SpaceFactory,
)
from tests.qa.test_write_views_ask import handlers_in
from tests.support.hostile import SCRIPTS

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def as_(client, place):
    """Signs somebody of the place in, by role."""

    def sign_in(role):
        client.force_login(getattr(place, role))
        return client

    return sign_in


def url(name, obj):
    return reverse(name, args=[obj.pk])


def of(place, name):
    """The object of the place that an address of that name is about."""
    return (
        getattr(place, name.split("_")[0])
        if name.split("_")[0] in ("question", "answer", "comment")
        else place.question
    )


ON_POSTS = sorted(
    pattern.name
    for pattern in write_patterns
    if "pk" in pattern.pattern.regex.pattern
    and pattern.name not in ("content_exchange", "exchange_detail", "doubt_settle", "comment_post")
    and not pattern.name.startswith("revision_")
)


@pytest.mark.parametrize("name", ON_POSTS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_one_may_not_see_does_not_exist_at_any_address(as_, place, name, method):
    client = as_("verified")
    there = getattr(client, method)(url(name, of(place, name)))
    nowhere = getattr(client, method)(reverse(name, args=[999_999_999]))
    assert there.status_code == nowhere.status_code
    assert there.status_code in (404, 405)
    if there.status_code == 404:
        assert there.content == nowhere.content


@pytest.mark.parametrize("name", ON_POSTS)
def test_a_visitor_is_asked_to_sign_in_for_every_act(client, name):
    response = client.post(reverse(name, args=[1]))
    assert response.status_code == 401
    assert Question.objects.count() == 0


@pytest.mark.parametrize(
    "name",
    ["question_edit", "question_close", "question_reopen", "question_move", "question_hide", "question_delete",
     "question_duplicate", "question_pin", "answer_edit", "answer_hide", "answer_delete", "answer_endorse",
     "comment_edit", "comment_delete", "comment_promote", "comment_hide"],
)  # fmt: skip
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_act_on_what_one_sees_without_the_right_is_403(as_, place, name, method):
    assert getattr(as_("member"), method)(url(name, of(place, name))).status_code == 403


@pytest.mark.parametrize("name", ["answer_accept", "answer_unaccept", "question_unpin", "answer_restore"])
def test_acts_of_one_click_are_posted_and_guarded(as_, place, name):
    client = as_("member")
    assert client.get(url(name, of(place, name))).status_code == 405
    assert client.post(url(name, of(place, name))).status_code == 403


def test_an_answer_is_posted_and_the_reader_sent_to_it(as_, place):
    key = f"answer:{place.question.pk}"
    Draft.objects.create(member=place.member, key=key, fields={"body": "Un début."})
    response = as_("member").post(url("answer_post", place.question), {"body": "Nous l’avons **fait**."})
    answer = Answer.objects.latest("pk")
    assert (answer.author, answer.position) == (place.member, 3)
    assert response["Location"] == reverse("answer_detail", args=[place.question.pk, answer.pk])
    assert not Draft.objects.exists()
    page = as_("member").get(response["Location"], follow=True).content.decode()
    assert f'data-draft-clear="{place.member.public_id}:{key}"' in page


@pytest.mark.parametrize(("read", "marked"), [(2, 3), (1, 1)])
def test_answering_reads_ones_own_answer_only_if_all_was_read(as_, place, read, marked):
    ReadMark.objects.create(member=place.member, kind="question", object_id=place.question.pk, position=read)
    as_("member").post(url("answer_post", place.question), {"body": "Nous l’avons fait."})
    assert ReadMark.objects.get(member=place.member).position == marked


def test_an_empty_answer_comes_back_with_422(as_, place):
    response = as_("member").post(url("answer_post", place.question), {"body": " ", "naming": "anonymous"})
    assert response.status_code == 422
    assert 'value="anonymous" selected' in response.content.decode()
    assert Answer.objects.count() == 1


def test_an_answer_can_be_previewed_and_is_guarded(as_, place):
    client, address = as_("member"), url("answer_post", place.question)
    assert "<strong>fait</strong>" in client.post(address, {"body": "**fait**", "preview": "1"}).content.decode()
    secret = {"body": "La société Delcourt a remis une offre."}
    assert "passage à relire" in client.post(address, secret).content.decode()
    assert Answer.objects.count() == 1
    client.post(address, secret | {"guard_acknowledged": "1"})
    assert Answer.objects.count() == 2


def test_a_thread_closed_meanwhile_gives_the_text_back_with_409(as_, place):
    Question.objects.filter(pk=place.question.pk).update(state="closed")
    response = as_("member").post(url("answer_post", place.question), {"body": "Trop tard ?"})
    assert response.status_code == 409
    assert "Trop tard ?" in response.content.decode()


def test_haste_gives_the_text_back_with_429_and_the_delay(as_, place, monkeypatch):
    monkeypatch.setattr(limits, "ANSWER_PACE", type(limits.ANSWER_PACE)("answer-pace", times=1, seconds=3600))
    client, address = as_("member"), url("answer_post", place.question)
    client.post(address, {"body": "Une réponse."})
    response = client.post(address, {"body": "Une autre réponse."})
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert "Une autre réponse." in response.content.decode()


def test_who_answered_anonymously_is_not_named_by_inattention(as_, place):
    AnswerFactory(question=place.question, author=place.member, naming="anonymous")
    page = as_("member").get(url("answer_post", place.question)).content.decode()
    assert 'value="anonymous" selected' in page


def test_a_comment_goes_under_its_post(as_, place, monkeypatch):
    monkeypatch.setattr(limits, "COMMENT_PACE", type(limits.COMMENT_PACE)("comment-pace", times=9, seconds=5))
    client = as_("member")
    client.post(url("answer_comment", place.answer), {"text": "Et le délai ?"})
    client.post(url("comment_post", place.question), {"text": "Et le prix ?", "answer": str(place.answer.pk)})
    client.post(url("question_comment", place.question), {"text": "Quel montant ?"})
    rows = Comment.objects.order_by("pk").values_list("text", "answer")[1:]
    assert list(rows) == [
        ("Et le délai ?", place.answer.pk),
        ("Et le prix ?", place.answer.pk),
        ("Quel montant ?", None),
    ]


def test_an_answer_of_another_thread_takes_no_comment_of_this_one(as_, place):
    other = QuestionFactory(space=place.space)
    sent = {"text": "Et le délai ?", "answer": str(place.answer.pk)}
    assert as_("member").post(url("comment_post", other), sent).status_code == 404
    assert as_("member").post(url("comment_post", other), {"text": "x", "answer": "' OR 1"}).status_code == 404


def test_a_comment_too_long_comes_back_with_422(as_, place):
    response = as_("member").post(url("question_comment", place.question), {"text": "x" * 601})
    assert response.status_code == 422


def test_useful_is_toggled_with_and_without_htmx(as_, place):
    client, address = as_("member"), url("answer_vote", place.answer)
    assert client.post(address).status_code == 302
    place.answer.refresh_from_db()
    assert place.answer.useful_count == 1
    fragment = client.post(address, headers=HTMX).content.decode()
    assert 'aria-pressed="false"' in fragment
    assert "<html" not in fragment
    place.answer.refresh_from_db()
    assert place.answer.useful_count == 0
    assert as_("author").post(address).status_code == 403


def test_the_same_need_is_toggled_with_and_without_htmx(as_, place):
    client, address = as_("member"), url("same_need_toggle", place.question)
    assert 'aria-pressed="true"' in client.post(address, headers=HTMX).content.decode()
    assert client.post(address).status_code == 302
    place.question.refresh_from_db()
    assert place.question.same_need_count == 0


def test_accepting_answers_htmx_by_a_new_page(as_, place):
    response = as_("asker").post(url("answer_accept", place.answer), headers=HTMX)
    assert response["HX-Redirect"] == reverse("answer_detail", args=[place.question.pk, place.answer.pk])
    assert as_("asker").post(url("answer_unaccept", place.answer)).status_code == 302
    assert as_("asker").post(url("answer_unaccept", place.answer)).status_code == 409


def test_an_edit_keeps_the_history_and_a_mistake_keeps_the_text(as_, place):
    client, address = as_("author"), url("answer_edit", place.answer)
    assert "Un texte **utile**." in client.get(address).content.decode()
    response = client.post(address, {"body": "Autre.", "reason": "x" * 201})
    assert response.status_code == 422
    assert "Autre." in response.content.decode()
    assert client.post(address, {"body": "Autre.", "reason": "Précision"}).status_code == 302
    place.answer.refresh_from_db()
    assert place.answer.body == "Autre."


def test_a_text_changed_meanwhile_is_not_overwritten(as_, place):
    client, address = as_("author"), url("answer_edit", place.answer)
    Answer.objects.filter(pk=place.answer.pk).update(edit_count=1, body="Version d’une autre personne.")
    response = client.post(address, {"body": "La mienne.", "edits": "0"})
    assert response.status_code == 409
    assert "La mienne." in response.content.decode()
    assert client.post(address, {"body": "La mienne.", "edits": "1"}).status_code == 302


def test_a_question_is_edited_with_its_own_values_first(as_, place):
    client, address = as_("asker"), url("question_edit", place.question)
    page = client.get(address).content.decode()
    assert place.question.title in page
    values = {"title": "Un titre plus clair pour tout le monde", "body": "Texte.", "attach": "nothing", "tags": "bio"}
    assert client.post(address, values).status_code == 302
    place.question.refresh_from_db()
    assert place.question.title == values["title"]
    assert [tag.name for tag in place.question.tags.all()] == ["bio"]


def test_a_duplicate_is_found_by_its_address_among_what_one_sees(as_, place):
    original = QuestionFactory(space=place.space)
    secret = QuestionFactory(space=SpaceFactory(private=True))
    client, address = as_("moderator"), url("question_duplicate", place.question)
    for wrong in (reverse("question_detail", args=[secret.pk]), "999999", "n’importe quoi", "http://["):
        response = client.post(address, {"original": wrong})
        assert response.status_code == 422
        assert "n’a pas été trouvée" in response.content.decode()
    found = f"http://localhost:8000{reverse('question_detail', args=[original.pk])}?tri=utiles#reponses"
    assert client.post(address, {"original": found}).status_code == 302
    place.question.refresh_from_db()
    assert place.question.duplicate_of == original


def test_a_question_is_moved_to_a_place_that_one_moderates_too(as_, place):
    there = MembershipFactory(member=place.moderator, role="owner").space
    elsewhere = SpaceFactory()
    client, address = as_("moderator"), url("question_move", place.question)
    page = client.get(address).content.decode()
    assert there.name in page
    assert elsewhere.name not in page
    assert client.post(address, {"space": elsewhere.pk, "reason": "x"}).status_code == 422
    assert client.post(address, {"reason": "x"}).status_code == 422, "no place is not the open community"
    assert client.post(address, {"space": there.pk, "reason": "Plus à propos"}).status_code == 302
    place.question.refresh_from_db()
    assert place.question.space == there


def test_closing_hiding_restoring_and_deleting_answer_with_their_pages(as_, place):
    client = as_("moderator")
    assert client.post(url("question_close", place.question), {}).status_code == 422
    assert client.post(url("question_close", place.question), {"reason": "Notifié"}).status_code == 302
    assert client.get(url("question_reopen", place.question)).status_code == 200
    assert client.post(url("question_reopen", place.question), {}).status_code == 422
    assert client.post(url("question_reopen", place.question), {"reason": "Décret"}).status_code == 302
    assert client.post(url("answer_hide", place.answer), {"reason": "Un nom"}).status_code == 302
    assert client.post(url("answer_restore", place.answer)).status_code == 302
    assert client.get(url("answer_delete", place.answer)).status_code == 200
    assert client.post(url("answer_delete", place.answer)).status_code == 302
    place.answer.refresh_from_db()
    assert place.answer.deleted_at is not None
    assert client.post(url("question_wiki", place.question)).status_code == 302


@pytest.mark.parametrize(("name", "shown"), [("question_hide", True), ("answer_hide", True), ("comment_hide", False)])
def test_one_is_told_who_will_read_the_reason_of_hiding(as_, place, name, shown):
    page = as_("moderator").get(url(name, of(place, name))).content.decode()
    assert ("Il sera montré aux personnes concernées" in page) is shown
    assert ("Il reste dans le journal" in page) is not shown


def test_an_exchange_hides_both_names(as_, place):
    place.author.first_name, place.author.last_name = "Zoé", "Nomcaché"
    place.author.save()
    place.moderator.last_name = "Animatrice"
    place.moderator.save()
    post = AnswerFactory(question=place.question, author=place.author, naming="anonymous")
    nothing_yet = as_("author").get(url("answer_exchange", post), follow=True).content.decode()
    assert "ne vous a pas écrit" in nothing_yet
    assert as_("moderator").get(url("answer_exchange", post)).status_code == 200
    as_("moderator").post(url("answer_exchange", post), {"text": "Pouvez-vous préciser ?"})
    exchange = PrivateExchange.objects.get()
    address = url("exchange_detail", exchange)
    reader = as_("author").get(address).content.decode()
    assert "Animatrice" not in reader
    assert "L’animation" in reader
    assert as_("author").post(address, {"text": "Oui, c’était en 2025."}).status_code == 302
    moderator = as_("owner").get(address).content.decode()
    assert "Nomcaché" not in moderator
    assert place.author.public_id not in moderator
    assert "Membre anonyme" in moderator
    for role in ("member", "asker", "verified", "staff"):
        assert as_(role).get(address).status_code == 404
        assert as_(role).post(address, {"text": "Bonjour"}).status_code == 404


def test_mentions_are_searched_among_readers_only(as_, place):
    MembershipFactory(space=place.space, member=MemberFactory(first_name="Maëlle", last_name="Tanguy"))
    MemberFactory(first_name="Maëlle", last_name="Dehors")
    client, address = as_("member"), reverse("mention_suggest")
    here = client.get(address, {"q": "Maë", "question": place.question.pk}).json()["results"]
    assert [row["name"] for row in here] == ["Maëlle Tanguy"]
    assert set(here[0]) == {"id", "name", "detail"}
    assert client.get(address, {"q": "M", "question": place.question.pk}).json() == {"results": []}
    assert len(client.get(address, {"q": "Maëlle"}).json()["results"]) == 2
    assert client.get(address, {"q": "Maëlle T", "space": place.space.pk}).json()["results"] == here
    secret = QuestionFactory(space=SpaceFactory(private=True))
    assert client.get(address, {"q": "Maë", "question": secret.pk}).status_code == 404
    assert client.get(address, {"q": "Maë", "space": secret.space.pk}).json() == {"results": []}


def test_at_most_eight_mentions_are_proposed_and_asking_is_limited(as_, place, monkeypatch):
    MemberFactory.create_batch(12, first_name="Camille")
    client, address = as_("member"), reverse("mention_suggest")
    assert len(client.get(address, {"q": "Cam"}).json()["results"]) == 8
    monkeypatch.setattr(limits, "SUGGEST", type(limits.SUGGEST)("suggest", times=1, seconds=3600))
    client.get(address, {"q": "Cam"})
    response = client.get(address, {"q": "Cam"})
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0


def test_every_name_of_the_write_addresses_is_resolved_once():
    names = [pattern.name for pattern in write_patterns]
    assert len(names) == len(set(names))
    assert set(names) <= set(get_resolver().reverse_dict.keys())


def test_the_thread_offers_to_settle_a_doubt_to_those_who_may(as_, place):
    doubt = doubt_answer(answer=place.answer, actor=place.member, reason="Seuil périmé.")
    address = reverse("doubt_settle", args=[doubt.pk])
    for role, offered in (("member", True), ("moderator", True), ("asker", False), ("author", False)):
        page = as_(role).get(url("question_detail", place.question), follow=True).content.decode()
        assert (address in page) is offered, role
    assert as_("asker").post(address).status_code == 403
    assert as_("verified").post(address).status_code == 404
    assert as_("moderator").post(address).status_code == 302


def test_a_past_version_that_tells_a_secret_leaves_the_history(as_, place):
    place.answer.set_body("Le nom secret.")
    place.answer.save()
    edit_answer(answer=place.answer, actor=place.author, body="Sans le nom.")
    first, last = place.answer.revisions.order_by("number")
    history, hide = url("answer_history", place.answer), url("revision_hide", first)
    assert "nom secret" in strip_tags(as_("member").get(history).content.decode())
    assert as_("member").get(hide).status_code == 403
    assert as_("verified").get(hide).status_code == 404
    assert hide in as_("moderator").get(history).content.decode()
    assert as_("moderator").post(hide, {"reason": "Un nom"}).status_code == 302
    assert as_("moderator").post(url("revision_hide", last), {"reason": "Un nom"}).status_code == 409
    assert "nom secret" not in strip_tags(as_("author").get(history).content.decode())
    assert as_("author").get(hide).status_code == 404
    assert as_("moderator").post(url("revision_restore", first)).status_code == 302
    assert "nom secret" in strip_tags(as_("member").get(history).content.decode())


def test_hostile_reasons_are_shown_harmless(as_, place, monkeypatch):
    monkeypatch.setattr(limits, "DOUBT", type(limits.DOUBT)("doubt", times=1000, seconds=60))
    client = as_("member")
    for text in SCRIPTS:
        client.post(url("answer_doubt", place.answer), {"reason": text})
        page = client.get(url("question_detail", place.question), follow=True).content.decode()
        assert not handlers_in(page), text
        assert "alert(1)" not in "".join(re.findall(r"<script[^>]*>(.*?)</script>", page, re.DOTALL | re.IGNORECASE))
        client.post(reverse("doubt_settle", args=[place.answer.doubts.last().pk]))


def test_hidden_comments_keep_their_page_for_moderators(as_, place):
    comment = CommentFactory(question=place.question, author=place.member)
    assert as_("moderator").post(url("comment_hide", comment), {"reason": "Hors charte"}).status_code == 302
    assert as_("asker").get(url("comment_edit", comment)).status_code == 404
    assert as_("moderator").post(url("comment_restore", comment)).status_code == 302
