"""Keywords are found by their names, beside the contents: on the page of results and in the box as one types."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from search import keywords, service
from search.models import SearchMiss
from tests.factories import ClauseFactory, QuestionFactory, TagFactory

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()


def named(name: str, **fields):
    """A keyword that files a question which says nothing of it."""
    tag = TagFactory(name=name, **fields)
    QuestionFactory(title="Une question").tagged_items.create(tag=tag)
    return tag


def found(text: str) -> list[str]:
    return [each.text for each in keywords.found(VISITOR, text)]


def begun(text: str) -> list[str]:
    return [each.text for each in keywords.begun(VISITOR, text)]


def body(client, name: str, **asked) -> str:
    return client.get(reverse(name), asked).content.decode()


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Pénalités de retard", "penalite"),
        ("Pénalités de retard", "RETARDS"),
        ("Pénalités de retard", "retard pénalité"),
        ("heures d’insertion", "heure d'insertion"),
        ("marchés égaux", "égal"),
        ("R&D", "r&d"),
        ("RSE", "rse"),
        ("L. 2112-2", "l2112-2"),
        ("article L2112-2", "L. 2112-2"),
        ("seconde-vie", "#Seconde vie"),
        ("œuvres d’art", "oeuvre"),
    ],
)
def test_a_keyword_is_found_by_its_words_in_any_form(name, typed):
    named(name)
    assert found(typed) == begun(f"{typed} ") == [name]


@pytest.mark.parametrize("typed", ["pena", "retard chantier", "nalites", "de", "", "\0"])
def test_other_words_find_none(typed):
    named("Pénalités de retard")
    assert found(typed) == []


@pytest.mark.parametrize(
    "typed",
    [
        '"pénalités"',
        "« pénalités »",
        "pénalités -retard",
        "pénalités auteur:camille",
        "pénalités après:2026",
        "pénalités pour chaque jour ouvré constaté",
    ],
)
def test_what_asks_more_than_a_few_words_is_no_keyword(typed):
    named("Pénalités")
    assert found(typed) == begun(typed) == []


def test_the_last_word_may_be_unfinished_as_one_types():
    named("Pénalités de retard")
    assert begun("pén") == begun("retard pénal") == ["Pénalités de retard"]
    assert begun("pé") == begun("retar ") == begun("reta pénalités") == []


def test_a_merged_word_leads_to_the_one_that_stands_for_it_when_written_whole(client):
    tag = named("réemploi", slug="reemploi")
    TagFactory(name="seconde vie", slug="seconde-vie", stands_for=tag)
    assert found("Seconde-Vie") == begun("seconde vie") == ["réemploi"]
    assert found("seconde") == begun("second") == []
    page = body(client, "search", q="seconde vie")
    assert "Rien trouvé" in page
    assert f'<a class="tag" href="{reverse("tag_page", args=["reemploi"])}">réemploi</a>' in page
    assert not SearchMiss.objects.exists()


def test_the_best_five_are_shown_on_the_first_page_and_two_in_the_box(client):
    for name in ("achats de bois local", "bois", "bois de charpente", "bois brûlé", "un bois", "le grand bois d’œuvre"):
        named(name)
    named("boiserie")
    ranked = ["bois", "bois brûlé", "bois de charpente", "un bois", "achats de bois local"]
    assert found("bois") == ranked
    assert begun("bois") == ["bois", "boiserie"]
    page = body(client, "search", q="bois")
    assert re.findall(r'<a class="tag" href="[^"]*">([^<]*)</a>', page) == ranked
    for narrowed in ({"page": 2}, {"type": "questions"}, {"periode": "trois-mois"}):
        assert "titre-mots-cles" not in body(client, "search", q="bois", **narrowed)


def test_a_name_is_escaped():
    named("bois <b>brut</b>")
    assert str(keywords.found(VISITOR, "bois")[0].label) == "bois &lt;b&gt;brut&lt;/b&gt;"


def test_a_corrected_word_finds_its_keyword(client, indexed):
    QuestionFactory(title="Réemploi de mobilier").tagged_items.create(tag=TagFactory(name="mobilier"))
    indexed()
    page = body(client, "search", q="moblier")
    assert "titre-mots-cles" in page and ">mobilier</a>" in page
    assert "titre-mots-cles" not in body(client, "search", q="moblier", exact=1)


def test_the_box_proposes_keywords_after_titles(client, indexed):
    tag = named("réemploi de mobilier", slug="reemploi-mobilier")
    for number in range(9):
        QuestionFactory(title=f"Mobilier réemployé, cas {number}")
    indexed()
    options = body(client, "search_suggest", q="mobi").split("<li")[1:]
    assert len(options) == 8
    assert f'data-url="{reverse("tag_page", args=[tag.slug])}"' in options[-1]
    assert "réemploi de <mark>mobilier</mark>" in options[-1] and "Mot-clé" in options[-1]
    assert "Mot-clé" not in options[0]


def test_while_the_store_is_away_the_box_still_proposes_keywords(client, monkeypatch):
    def away():
        raise service.Unavailable

    monkeypatch.setattr(service, "engine", away)
    named("réemploi")
    assert "Mot-clé" in body(client, "search_suggest", q="réem")


@pytest.mark.parametrize("number", [1, 20])
def test_they_cost_two_queries_however_many_are_named(number):
    for rank in range(number):
        named(f"bois {rank}")
    with CaptureQueriesContext(connection) as counted:
        assert found("bois")
    assert len(counted) == 2


def test_none_that_is_not_seen_takes_the_place_of_another():
    for rank in range(keywords.AT_ONCE * 2):
        TagFactory(name=f"bois {rank}")
    named("du bois dont on se sert pour la charpente")
    assert found("bois") == ["du bois dont on se sert pour la charpente"]


def test_a_renamed_keyword_is_found_by_its_name():
    tag = named("bois")
    tag.name = "chanvre"
    tag.save()
    assert found("bois") == []
    assert found("chanvre") == ["chanvre"]


def test_the_reference_of_a_clause_finds_it(indexed):
    clause = ClauseFactory(pk=3, title="Relevé des retours")
    ClauseFactory(pk=33)
    indexed()
    for typed in ("CL-0003", "cl-0003"):
        assert [row.obj for row in service.search(VISITOR, typed).rows] == [clause]
