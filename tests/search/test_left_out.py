"""A minus before a field leaves out what the field would have kept, and tells nothing of whoever is not named."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from search import filters, keywords, service
from search.analysis import All, Word, parse
from search.filters import Filters
from search.models import SearchMiss
from tests.factories import AnswerFactory, ClauseFactory, MemberFactory, PurchaseFamilyFactory, QuestionFactory

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()
ALONE = ["-auteur:nora", "-famille:vélos", "-pièce:cctp", "-statut:résolue"]


def found(text: str, **options) -> set[str]:
    return {row.obj.title for row in service.search(VISITOR, text, Filters(**options)).rows}


@pytest.fixture
def nora(db):
    return MemberFactory(first_name="Nora", last_name="Quatrefages")


@pytest.fixture
def casiers(indexed, nora):
    """Three questions of three persons, one of which is Nora and the other two are not, as far as is told."""
    QuestionFactory(title="Un casier de Nora", author=nora)
    QuestionFactory(title="Un casier sans nom", author=nora, naming="anonymous")
    QuestionFactory(title="Un casier de Paul", author=MemberFactory(first_name="Paul", last_name="Quatrefages"))
    indexed()


@pytest.fixture
def velos(indexed):
    """Two questions, of which one has an answer, and two clauses; of two families, the second below a third."""
    cache.delete(filters.FAMILIES_KEY)
    bikes, goods = PurchaseFamilyFactory(label="Vélos"), PurchaseFamilyFactory(label="Alimentation")
    fruits = PurchaseFamilyFactory(label="Fruits", parent=goods)
    question = QuestionFactory(title="Résolue : un casier", family=bikes)
    answer = AnswerFactory(question=question, body="Le casier de la cour.")
    type(question).objects.filter(pk=question.pk).update(accepted_answer=answer, accepted_at=timezone.now())
    QuestionFactory(title="Ouverte : un casier", family=fruits)
    ClauseFactory(title="Casier au CCTP", document="cctp", family=bikes)
    ClauseFactory(title="Casier au RC", document="rc", family=fruits, legal_state="to_review")
    indexed()
    yield
    cache.delete(filters.FAMILIES_KEY)


def test_who_wrote_is_left_out_and_nobody_is_told_who_did_not_sign(casiers):
    assert found("casier") == {"Un casier de Nora", "Un casier sans nom", "Un casier de Paul"}
    assert found("casier -auteur:nora") == {"Un casier sans nom", "Un casier de Paul"}
    assert found("casier -autrice : Nora", titles_only=True) == {"Un casier sans nom", "Un casier de Paul"}
    assert found("casier -auteur:quatrefages") == {"Un casier sans nom"}
    assert found('casier -auteur:"Nora Quatrefages"') == {"Un casier sans nom", "Un casier de Paul"}
    assert found("casier -auteur:nora -auteur:paul") == {"Un casier sans nom"}
    assert found("auteur:quatrefages -auteur:nora") == {"Un casier de Paul"}
    assert service.search(VISITOR, "casier -auteur:nora").total == 2
    listed = service.text_search(VISITOR, "question", "casier -auteur:nora")
    assert {question.title for question in listed} == {"Un casier sans nom", "Un casier de Paul"}


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("-famille:vélos", {"Ouverte : un casier", "Casier au RC"}),
        ("-famille:alimentation", {"Résolue : un casier", "Casier au CCTP"}),
        ("-famille:fruits -famille:vélos", set()),
        ("-pièce:cctp", {"Résolue : un casier", "Ouverte : un casier", "Casier au RC"}),
        ("-statut:résolue", {"Ouverte : un casier", "Casier au CCTP", "Casier au RC"}),
        ("-statut:ouverte", {"Résolue : un casier", "Casier au CCTP", "Casier au RC"}),
        ("-statut:à-jour", {"Résolue : un casier", "Ouverte : un casier", "Casier au RC"}),
        ("-famille:vélos -statut:ouverte", {"Casier au RC"}),
        ("famille:vélos -pièce:cctp", {"Résolue : un casier"}),
        ("-famille:zinzolin", {"Résolue : un casier", "Ouverte : un casier", "Casier au CCTP", "Casier au RC"}),
    ],
)
def test_a_family_a_document_or_a_state_is_left_out(velos, typed, kept):
    results = service.search(VISITOR, f"casier {typed}", Filters(exactly=True))
    assert {row.obj.question.title if row.kind == "answer" else row.obj.title for row in results.rows} == kept
    assert sum(results.facets.get("type", {}).values()) == results.total


def test_an_answer_does_not_bring_back_the_question_left_out(velos):
    assert {row.kind for row in service.search(VISITOR, "cour -statut:résolue", Filters(exactly=True)).rows} == set()
    assert {row.kind for row in service.search(VISITOR, "cour -statut:à-jour").rows} == {"answer"}


def test_what_is_not_before_a_day_is_after_it():
    for typed, said in (("-avant:2026-02", "après:02/2026"), ("-après:31/03/2026", "avant:2026-03-31")):
        query, other = parse(f"casier {typed}"), parse(f"casier {said}")
        assert (query.before, query.after) == (other.before, other.after) != (None, None)
        assert query.excluded == []
    assert parse("-avant:hier").excluded == [All((Word("avant", ("_avant",)), Word("hier", ("_hi",))))]


def test_the_nearest_bounds_are_those_that_count():
    assert parse("après:2025 -avant:2026 après:2024").after.year == 2026
    assert parse("avant:2025 -après:2026 avant:2027").before.year == 2025


def test_a_moment_is_left_out(indexed):
    QuestionFactory(title="Un casier")
    indexed()
    today = timezone.localdate().isoformat()
    assert found(f"casier -avant:{today}") == {"Un casier"}
    assert found(f"casier -après:{today}") == set()


@pytest.mark.parametrize("typed", ALONE)
def test_alone_it_asks_for_another_word(client, typed):
    assert "Il manque un mot" in client.get(reverse("search"), {"q": typed}).content.decode()


@pytest.mark.parametrize("typed", ALONE)
def test_with_a_word_it_is_no_keyword(typed):
    assert keywords.plain_words(f"bois {typed}") is None


def test_a_name_left_out_is_not_kept_with_what_was_missed(client):
    client.get(reverse("search"), {"q": "zinzolin -auteur:nora"})
    assert not SearchMiss.objects.exists()
    client.get(reverse("search"), {"q": "zinzolin -statut:close"})
    assert SearchMiss.objects.get().text == "zinzolin -statut:close"


def test_as_many_names_are_left_out_as_words():
    assert len(parse(" ".join(f"-auteur:a{rank}" for rank in range(30))).authors_left_out) == 12
