"""The index says what the contents say, at once, whatever happened to them."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clauses.library.models import ClauseTag
from community.members.actions import update_profile
from community.taxonomy.actions import merge_tags
from community.taxonomy.tags import tags_for
from qa.actions import bulk
from qa.actions.accept import accept_answer
from qa.actions.answer import post_answer
from qa.actions.ask import UNFILED, Filing, ask_question
from qa.actions.edit import edit_answer, edit_question
from qa.actions.state import hide_post, restore_post
from qa.actions.vote import mark_useful
from qa.models import Question
from search import actions, documents, rebuild, service
from search.address import Asked
from search.engines import engine
from search.filters import Filters
from search.models import SearchDocument, SearchText, SearchWord
from tests.factories import (
    AnswerFactory,
    ClauseFactory,
    MemberFactory,
    PurchaseFamilyFactory,
    QuestionFactory,
    SpaceFactory,
)

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()


def pks(viewer, text: str, kind: str = "") -> set[int]:
    rows = service.search(viewer, text).rows
    return {row.obj.pk for row in rows if not kind or row.kind == kind}


def nothing(_steps: int) -> None: ...


@pytest.fixture
def member():
    return MemberFactory()


@pytest.fixture
def question(member):
    return ask_question(
        actor=member,
        title="Comment réemployer le mobilier de bureau ?",
        body="Nous voulons **un tiers** de seconde main.",
        filing=Filing(family=PurchaseFamilyFactory()),
    )


def test_a_question_is_found_as_soon_as_it_is_asked(question):
    assert pks(VISITOR, "mobilier reemployé") == {question.pk}


def test_what_an_import_brought_is_found_once_its_task_has_run(run_tasks):
    author = MemberFactory()
    row = bulk.ImportedQuestion(
        source_id="7", author_id=author.pk, title="Réemploi", text="Des gaufriers.", created_at=timezone.now()
    )
    [question] = bulk.import_questions_unguarded(source="se:test", space=None, rows=[row])
    run_tasks()
    assert pks(VISITOR, "gaufriers") == {question.pk}


def test_an_answer_is_found_by_its_own_words_and_those_of_its_thread(question):
    answer = post_answer(question=question, actor=MemberFactory(), body="Demandez des attestations de traçabilité.")
    results = service.search(VISITOR, "tracabilite")
    assert [(row.kind, row.obj.pk) for row in results.rows] == [("answer", answer.pk)]
    assert pks(VISITOR, "mobilier traçabilité") == {answer.pk}


def test_results_collapse_on_the_thread_and_counts_do_not(question):
    for number in range(4):
        post_answer(question=question, actor=MemberFactory(), body=f"Le mobilier du lot {number}.")
    results = service.search(VISITOR, "mobilier")
    assert len(results.rows) == 1
    assert results.total == 5
    assert results.facets["type"] == {"question": 1, "answer": 4}


def test_what_is_edited_is_found_by_its_new_words_only(question):
    answer = post_answer(question=question, actor=question.author, body="Une clause de reprise.")
    edit_question(
        question=question,
        actor=question.author,
        title="Comment acheter des vélos ?",
        body="Deux cents vélos cargos.",
        tried="",
        filing=UNFILED,
        tags=(),
    )
    assert pks(VISITOR, "mobilier") == set()
    assert pks(VISITOR, "velo", "question") == {question.pk}
    assert pks(VISITOR, "vélo reprise") == {answer.pk}
    edit_answer(answer=answer, actor=answer.author, body="Une consigne.")
    assert pks(VISITOR, "consigne") == {answer.pk}
    assert pks(VISITOR, "reprise") == set()


def test_what_is_hidden_is_for_its_author_and_the_moderators(question):
    staff = MemberFactory(is_staff=True)
    hide_post(post=question, actor=staff, reason="Données personnelles publiées.")
    assert pks(VISITOR, "mobilier") == set()
    assert service.search(VISITOR, "mobilier").total == 0
    assert pks(MemberFactory(), "mobilier") == set()
    assert pks(question.author, "mobilier") == {question.pk}
    assert pks(staff, "mobilier") == {question.pk}
    restore_post(post=question, actor=staff)
    assert pks(VISITOR, "mobilier") == {question.pk}


def test_rows_that_go_with_others_leave_the_index(question):
    answer = post_answer(question=question, actor=MemberFactory(), body="Un mot rare : zigzaguer.")
    answer.delete()
    assert service.search(VISITOR, "zigzaguer").total == 0
    Question.objects.filter(pk=question.pk).delete()
    assert service.search(VISITOR, "mobilier").total == 0
    assert not SearchDocument.objects.exclude(kind="member").exists()


def test_a_profile_is_found_by_what_it_shows_to_whom_it_shows_it():
    shy = MemberFactory(first_name="Ysoline", last_name="Zanzibar", job="Acheteuse", bio="Passionnée de chanvre")
    rebuild.rebuild(nothing)
    verified, newcomer = MemberFactory(), MemberFactory(newcomer=True)
    assert pks(verified, "chanvre", "member") == {shy.pk}
    assert pks(newcomer, "chanvre") == set()
    assert pks(newcomer, "ysoline") == {shy.pk}
    assert pks(VISITOR, "ysoline") == set()
    fields = {
        "first_name": "Ysoline", "last_name": "Zanzibar", "account_kind": shy.account_kind, "job": "Acheteuse",
        "bio": "Passionnée de chanvre", "territory": None, "available_to_be_asked": False, "families_practised": [],
        "themes_practised": [], "families_followed": [], "themes_followed": [],
    }  # fmt: skip
    visibility = dict.fromkeys(("job", "organisation", "territory", "bio", "practice", "availability"), "nobody")
    update_profile(actor=shy, fields=fields, organisation=None, visibility=visibility)
    assert pks(verified, "chanvre") == set()


def test_one_answer_costs_few_queries(question):
    answer = post_answer(question=question, actor=MemberFactory(), body="Le premier texte.")
    with CaptureQueriesContext(connection) as counted:
        from search.index import refresh

        refresh([("answer", answer.pk)])
    assert len(counted) <= 8


@pytest.mark.skipif(bool(settings.SEARCH_URL), reason="about the stores that the database holds")
def test_a_vote_moves_a_post_without_reading_its_text_again(question, monkeypatch):
    answer = post_answer(question=question, actor=MemberFactory(), body="Demandez des attestations.")
    before = SearchDocument.objects.get(kind="answer")
    analysed = []
    monkeypatch.setattr("search.documents.analyse", analysed.append)
    mark_useful(post=answer, actor=question.author)
    after = SearchDocument.objects.get(kind="answer")
    assert after.weight > before.weight
    assert (after.pk, analysed) == (before.pk, [])
    assert pks(VISITOR, "attestation") == {answer.pk}


@pytest.mark.skipif(bool(settings.SEARCH_URL), reason="about the stores that the database holds")
def test_an_answer_leaves_the_document_of_its_question_alone(question):
    SearchDocument.objects.filter(kind="question").update(weight=7)
    post_answer(question=question, actor=MemberFactory(), body="Demandez des attestations.")
    assert SearchDocument.objects.get(kind="question").weight == 7


@pytest.mark.skipif(bool(settings.SEARCH_URL), reason="about the stores that the database holds")
def test_rebuild_and_reconcile_give_what_the_events_gave(question):
    answer = post_answer(question=question, actor=MemberFactory(), body="Essayez une recyclerie.")
    accept_answer(answer=answer, actor=question.author)
    kept = engine().keys("answer"), engine().keys("question")
    assert rebuild.reconcile(nothing).done.get("différents", 0) == 0
    SearchDocument.objects.filter(kind="answer").update(digest="other")
    QuestionFactory(title="Une question venue par une autre porte")
    assert rebuild.reconcile(nothing).done == {"absents": 2, "différents": 1}
    assert engine().keys("answer") == kept[0]
    SearchText.objects.all().delete()
    rebuild.rebuild(nothing)
    assert engine().keys("answer") == kept[0]
    assert pks(VISITOR, "recyclerie") == {answer.pk}


@pytest.mark.skipif(bool(settings.SEARCH_URL), reason="about the stores that the database holds")
def test_rebuild_takes_out_what_has_no_content_any_more(question):
    rebuild.rebuild(nothing)
    SearchDocument.objects.filter(kind="question").update(object_id=987654)
    rebuild.rebuild(nothing)
    assert set(engine().keys("question")) == {(question.pk, 0)}


def test_the_commands_say_what_they_did(question, capsys):
    call_command("search", "rebuild")
    call_command("search", "reconcile")
    call_command("search", "status")
    said = capsys.readouterr().out
    assert "question : 1" in said
    assert "conforme" in said
    assert engine().name in said


def test_words_are_learnt_for_corrections(question):
    results = service.search(VISITOR, "mobillier")
    assert SearchWord.objects.filter(word="mobilier").exists()
    assert results.corrected == {"mobillier": "mobilier"}
    assert results.corrected_text == "mobilier"
    assert [row.obj for row in results.rows] == [question]


@pytest.mark.parametrize(("letters", "is_kept"), [(40, True), (41, False)])
def test_a_word_longer_than_any_search_is_not_learnt(letters, is_kept):
    QuestionFactory(body="z" * letters)
    rebuild.rebuild(nothing)
    assert SearchWord.objects.filter(word="z" * letters).exists() is is_kept


def test_most_of_the_words_are_enough_when_no_text_has_them_all(question):
    for text in (
        "mobilier bureau hélicoptère",
        "mobilier hélicoptère dirigeable",
        "peut-on survoler le mobillier en hélicoptère ou en dirigeable, la nuit, sans pilote ?",
    ):
        results = service.search(VISITOR, text)
        assert results.relaxed
        assert [row.obj for row in results.rows] == [question]


def test_what_has_most_of_the_words_follows_the_few_that_have_them_all(question):
    near = QuestionFactory(title="Un mobilier sans rien d’autre")
    rebuild.rebuild(nothing)
    results = service.search(VISITOR, "mobilier bureau")
    assert ([row.obj for row in results.rows], results.total) == ([question], 1)
    assert near in [row.obj for row in results.others]
    assert question not in [row.obj for row in results.others]
    exactly = service.search(VISITOR, "mobilier bureau", Filters(exactly=True))
    assert ([row.obj for row in exactly.rows], exactly.others) == ([question], [])


def test_what_resembles_has_any_of_the_words_and_what_has_the_rare_ones_comes_first():
    for rank in range(4):
        QuestionFactory(title=f"Nettoyage {rank} des vitres")
    rare = QuestionFactory(title="Nettoyage après désamiantage")
    QuestionFactory(title="Transport scolaire")
    rebuild.rebuild(nothing)
    found = service.similar(VISITOR, ("question",), "Quel désamiantage avant les nettoyages ?")["question"]
    assert (found[0], len(found)) == (rare, 5)


def test_every_filter_keeps_what_it_says(question):
    other = QuestionFactory(title="Un autre mobilier", accepted_at=None)
    accepted = AnswerFactory(question=other)
    rebuild.rebuild(nothing)
    family = question.family.slug
    cases = {
        f"mobilier famille:{family}": {question.pk},
        "mobilier -bureau": {other.pk, accepted.pk},
        '"mobilier de bureau"': {question.pk},
        '"bureau de mobilier"': set(),
        "mobilier statut:ouverte": {question.pk, other.pk},
        "mobilier statut:résolue": set(),
        "mobilier statut:bizarre": set(),
        "mobilier avant:2020": set(),
        "mobilier après:2020": {question.pk, other.pk, accepted.pk},
        "mobilier auteur:inconnu": set(),
        "mobilier pièce:CCTP": set(),
    }
    for text, expected in cases.items():
        assert pks(VISITOR, text) <= expected, text
        assert bool(pks(VISITOR, text)) is bool(expected), text


def test_an_anonymous_post_is_never_reached_by_its_author():
    writer = MemberFactory(first_name="Zephirine", last_name="Quatrefages")
    question = ask_question(
        actor=writer, title="Un conflit d’intérêts au service ?", body="Que faire ?", naming="anonymous"
    )
    signed = ask_question(actor=writer, title="Quel indice de révision choisir ?", body="Pour un marché de travaux.")
    for viewer in (VISITOR, MemberFactory(), writer, MemberFactory(is_staff=True)):
        assert question.pk not in pks(viewer, "auteur:zephirine", "question")
        assert question.pk not in pks(viewer, "zephirine", "question")
        assert question.pk not in pks(viewer, "@zephirine", "question")
        assert pks(viewer, "auteur:zephirine indice", "question") == {signed.pk}


def test_a_title_only_search_leaves_texts_out(question):
    assert service.search(VISITOR, "tiers", service.Filters(titles_only=True)).total == 0
    assert service.search(VISITOR, "mobilier", service.Filters(titles_only=True)).total == 1


def test_a_member_removed_from_a_space_finds_nothing_of_it_one_request_later():
    from community.spaces.actions import leave_space
    from tests.factories import MembershipFactory

    space = SpaceFactory(private=True, name="Cénacle des glaciologues")
    inside = MembershipFactory(space=space).member
    question = QuestionFactory(space=space, title="Un serac inattendu")
    rebuild.rebuild(nothing)
    assert pks(inside, "serac") == {question.pk}
    assert service.autocomplete(inside, "serac")
    saved = actions.save_search(actor=inside, asked=Asked.from_address("q=serac", inside))
    saved.told_until -= timedelta(days=900)
    assert actions.tell_saved_search(saved=saved) == 1
    leave_space(actor=inside, space=space)
    found = service.search(inside, "serac")
    assert (found.rows, found.total, found.corrected) == ([], 0, {})
    assert all(not values or not any(values.values()) for values in found.facets.values())
    assert service.search(inside, "seraq").corrected == {}
    assert service.autocomplete(inside, "serac") == []
    assert service.autocomplete(inside, "glaciol") == []
    assert service.similar(inside, ("question",), "Un serac inattendu") == {"question": []}
    assert actions.tell_saved_search(saved=saved) == 0
    assert not service.text_search(inside, "question", "serac").exists()


@pytest.mark.parametrize(
    "text",
    ['"', "' OR 1=1", "a AND NOT", "NEAR(a b)", "title_words : x", "*", "*a", "a*", "\x00nul\x00", "x" * 10_000,
     " ".join(f"mot{n}" for n in range(3_000)), "(((((", "{title} : x", "a:b:c", "^a", "-", "--a", "a & | ! b",
     "'x':*", "\\", "%_", "\u202e", "🎉", "é" * 300, "\ua7d0\u1c89 vé\u1c8a\ua7cb",
     "auteur:* famille:% piece:' statut:\" avant:x"],
)  # fmt: skip
def test_hostile_queries_are_harmless(question, text):
    service.search(VISITOR, text)
    service.autocomplete(VISITOR, text)
    service.similar(VISITOR, ("question",), text)
    list(service.text_search(VISITOR, "question", text))


def test_a_page_costs_the_same_queries_for_one_result_and_for_twenty(question, member):
    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            service.search(member, "mobilier")
        return len(counted)

    service.search(member, "mobilier")
    few = queries()
    for number in range(25):
        AnswerFactory(question=QuestionFactory(title=f"Mobilier numéro {number}"), body="Le mobilier.")
    rebuild.rebuild(nothing)
    assert queries() <= few
    assert few <= 12


def test_what_a_merged_tag_files_is_found_under_the_one_that_stands(question, run_tasks):
    kept, lost = tags_for(["réemploi", "seconde vie"])
    filed, other = ClauseFactory(), ClauseFactory()
    ClauseTag.objects.create(content_object=filed, tag=lost)
    question.tags.add(lost)
    answer = post_answer(question=question, actor=MemberFactory(), body="Voyez la recyclerie voisine.")
    rebuild.rebuild(nothing)

    def under(tag) -> set[tuple[str, int]]:
        found = service.search(VISITOR, "", Filters(tags=(tag.name,)))
        return {(row.kind, row.obj.pk) for row in found.rows}

    both = {("answer", answer.pk), ("clause", filed.pk)}
    assert under(lost) == both
    merge_tags(actor=MemberFactory(staff=True), tag=lost, into=kept)
    run_tasks()
    assert under(lost) == set()
    assert under(kept) == both
    assert pks(VISITOR, "reemploi", "clause") == {filed.pk}
    assert pks(VISITOR, "réemploi recyclerie", "answer") == {answer.pk}
    assert other.pk not in pks(VISITOR, "réemploi")


def test_a_kind_that_does_not_say_its_documents_is_refused():
    class Silent(documents.DocumentKind):
        name, model, tab = "silent", Question, "questions"

    with pytest.raises(TypeError, match="build"):
        documents.register(Silent())
    assert documents.get("silent") is None
