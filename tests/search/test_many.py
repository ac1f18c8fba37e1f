"""A word that most texts hold: all of them are counted, some are ranked, and what comes first comes first still."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from community.law.models import LegalText
from community.spaces.models import Membership
from search import rebuild, service, vocabulary
from search.analysis import parse
from search.engines import engine
from search.engines.base import Found
from search.filters import Filters
from search.principals import reader_of
from tests.factories import AnswerFactory, ClauseFactory, MemberFactory, QuestionFactory, SpaceFactory

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()


@pytest.fixture
def private(db):
    return SpaceFactory(private=True)


@pytest.fixture(autouse=True)
def contents(private):
    for rank in range(6):
        question = QuestionFactory(title=f"Affaire {rank}", body="Le mobilier de bureau.")
        AnswerFactory(question=question, body="Du mobilier encore.")
    for document in ("cctp", "rc"):
        ClauseFactory(title="Une clause sur le mobilier", document=document)
    QuestionFactory(title="Le mobilier du cercle", body="Entre nous.", space=private)
    rebuild.rebuild(lambda _steps: None)


def found(viewer, text: str = "mobilier", **filters) -> Found:
    ask = service.ask_for(parse(text), Filters(**filters), reader_of(viewer))
    return engine().search(replace(ask, size=100))


@pytest.fixture
def few_are_ranked(monkeypatch):
    """As if these texts were thousands."""
    store = engine()
    if not hasattr(store, "many"):
        pytest.skip("Elasticsearch ranks them all")
    monkeypatch.setattr(type(store), "many", 1)
    monkeypatch.setattr(type(store), "candidates", 4)


@pytest.mark.parametrize(
    "filters",
    [
        {},
        {"tab": "clauses"},
        {"pieces": ("rc",)},
        {"period": "trois-mois"},
        {"tab": "questions", "states": ("ouverte",)},
    ],
)
def test_what_is_counted_is_the_same(filters, request):
    all_ranked = found(VISITOR, **filters)
    request.getfixturevalue("few_are_ranked")
    some_ranked = found(VISITOR, **filters)
    assert (some_ranked.total, some_ranked.facets) == (all_ranked.total, all_ranked.facets)
    assert {hit.thread for hit in some_ranked.hits} <= {hit.thread for hit in all_ranked.hits}
    assert some_ranked.hits
    assert some_ranked.hits[0].thread == all_ranked.hits[0].thread


def test_each_facet_counts_what_it_would_add():
    every = found(VISITOR)
    assert every.facets["piece"] == {"cctp": 1, "rc": 1}
    chosen = found(VISITOR, pieces=("rc",))
    assert (chosen.total, chosen.facets["piece"]) == (1, {"cctp": 1, "rc": 1})
    assert chosen.facets["type"] == {"clause": 1}
    both = found(VISITOR, pieces=("rc",), tab="questions")
    assert (both.total, both.facets["piece"]) == (0, {})
    assert both.facets["type"] == {"clause": 1}


def test_those_who_may_not_read_a_text_do_not_have_it_counted(private, few_are_ranked):
    member = MemberFactory()
    assert found(member).total == 14
    assert "Le mobilier du cercle" not in {hit.title for hit in found(member).hits}
    Membership.objects.create(space=private, member=member, role="member")
    assert found(member).total == 15
    assert "Le mobilier du cercle" in {hit.title for hit in found(member).hits}


def test_a_word_is_as_common_as_all_its_forms():
    QuestionFactory(title="Des mobiliers", body="Les mobiliers scolaires.")
    rebuild.rebuild(lambda _steps: None)
    assert vocabulary.seen(["mobilier", "mobiliers", "absents"]) == {"mobilier": 16, "mobiliers": 16}


@pytest.mark.parametrize("most", [service.MAX_SIMILAR_MET, 1])
def test_what_resembles_is_the_same_when_its_words_are_everywhere(most, private, few_are_ranked, monkeypatch):
    monkeypatch.setattr(service, "MAX_SIMILAR_MET", most)
    found = service.similar(MemberFactory(), ("question", "clause"), "Quel mobilier ?", limit=9)
    assert {question.title for question in found["question"]} <= {f"Affaire {rank}" for rank in range(6)}
    assert found["question"]
    assert len(found["clause"]) == 2


@pytest.mark.parametrize("months", [6, 11, 13, 24])
def test_what_is_dated_from_later_is_no_better_than_what_is_of_today(months):
    texts = {"today": timezone.localdate(), "later": timezone.localdate() + timedelta(days=round(30.4 * months))}
    for slug, since in texts.items():
        LegalText.objects.create(slug=slug, nature="law", short_title="Loi zinzolin", title=slug, in_force_from=since)
    rebuild.rebuild(lambda _steps: None)
    scores = {hit.body: hit.score for hit in found(VISITOR, "zinzolin").hits}
    assert 0.8 < scores["later"] / scores["today"] < 1.05
