"""« sous-traitant »: typed with a hyphen, the words follow one another; when no text has them so, they are words."""

import pytest
from django.contrib.auth.models import AnonymousUser

from search import rebuild, service
from search.analysis import Any, Phrase, Word, marked, parse
from search.analysis.synonyms import Synonyms
from search.filters import Filters
from tests.factories import QuestionFactory, SpaceFactory

VISITOR = AnonymousUser()
SUBCONTRACTOR = Phrase(("_sou", "_trait"))


def nothing(_steps: int) -> None: ...


@pytest.fixture
def indexed(db):
    def fill(*titles: str, **fields) -> None:
        for title in titles:
            QuestionFactory(title=title, body="Un texte.", **fields)
        rebuild.rebuild(nothing)

    return fill


def titles(text: str, **options) -> set[str]:
    found = service.search(VISITOR, text, Filters(**options))
    return {row.obj.title for row in [*found.rows, *found.others]}


def listed(text: str) -> set[str]:
    return {question.title for question in service.text_search(VISITOR, "question", text)}


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("sous-traitant", [SUBCONTRACTOR]),
        ("Sous‑traitants", [SUBCONTRACTOR]),
        ("l’avant-projet", [Phrase(("_avant", "_projet"))]),
        ("mise-en-concurrence", [Phrase(("_mis", "_concurrent"))]),
        ("main-d’œuvre", [Phrase(("_main", "_oeuvr"))]),
        ("rendez-vous", [Word("rendez", ("_rendez",))]),
    ],
)
def test_a_compound_is_a_phrase_of_its_stems(typed, asked):
    assert parse(typed).groups == asked


@pytest.mark.parametrize(
    "typed",
    [
        "sous traitant", "sous - traitant", "L. 2112-2", "L2112-2", "2112-2", "45233140-2", "45233-1", "2026-2029",
        "CL-0003", "covid-19", "acheteur-rice-s", "acheteur·rice·s", "représentant-es", "sous/traitant",
        "sous—traitant",
    ],
)  # fmt: skip
def test_other_words_are_no_compound(typed):
    query = parse(typed)
    assert not query.has_compounds
    assert query.groups == parse(typed, loosely=True).groups
    assert not any(isinstance(group, Phrase) for group in query.groups)


def test_what_is_left_out_may_be_a_compound():
    assert parse("nettoyage -sous-traitant").excluded == [SUBCONTRACTOR]


def test_a_compound_has_its_synonyms_and_not_those_of_a_part():
    known = Synonyms.from_lines(["sous critere, element d appreciation", "critere, bareme", "prix du lot, devis"])
    criterion = Phrase(("_sou", "_criter"))
    assert parse("sous-critère", known).groups == [Any((criterion, Phrase(("_element", "_appreci"))))]
    assert parse("critère-prix", known).groups == [Phrase(("_criter", "_prix"))]
    assert parse("prix du lot-type", known).groups[1] == Phrase(("_lot", "_typ"))
    assert Word("", ("_barem",)) in parse("critère-prix", known, loosely=True).groups[0].nodes


def test_a_corrected_compound_is_one_too():
    [group] = parse("sous-traitent", corrections={"traitent": "traitance"}).groups
    assert group == Any((Phrase(("_sou", "_traitent")), Phrase(("_sou", "_traitanc"))))


def test_a_compound_has_as_many_words_as_a_phrase():
    groups = parse("-".join(["mot", *"bfghkopq", *"rvwxz"])).groups
    assert [len(group.tokens) for group in groups] == [12, 2]


def test_it_finds_the_words_that_follow_one_another_hyphen_or_not(indexed):
    near = {"Payer un sous-traitant", "Payer des sous traitants"}
    indexed(*near, "Agréer une sous-traitance", "Sous quel délai le linge est-il traité ?")
    assert titles("sous-traitant") == titles("payer sous-traitant") == near
    assert titles("sous-traitants", titles_only=True) == listed("sous-traitants") == near
    assert near < titles("sous traitant")
    assert titles("payer -sous-traitant") == set()
    assert titles("agréer -sous-traitant") == {"Agréer une sous-traitance"}


def test_when_no_text_has_them_so_they_are_words(indexed):
    indexed("Sous quel délai le linge est-il traité ?", "Un délai de réponse")
    for typed in ("sous-traitant", "linge sous-traitant"):
        assert titles(typed) == listed(typed) == {"Sous quel délai le linge est-il traité ?"}
    found = service.search(VISITOR, "sous-traitant")
    assert (found.total, found.relaxed, found.missed) == (1, False, False)
    assert "<mark>Sous</mark> quel" in str(found.rows[0].title)


def test_what_cannot_be_read_does_not_keep_from_the_words(indexed):
    indexed("Payer un sous-traitant", space=SpaceFactory(private=True))
    indexed("Sous quel délai le linge est-il traité ?")
    assert titles("sous-traitant") == listed("sous-traitant") == {"Sous quel délai le linge est-il traité ?"}


def test_asked_exactly_it_is_a_phrase_only(indexed):
    indexed("Sous quel délai le linge est-il traité ?")
    assert titles("sous-traitant", exactly=True) == set()


def test_a_slip_in_it_is_mended_before(indexed):
    indexed("Payer un sous-traitant", "Sous quel délai le linge est-il traité ?")
    assert titles("sous-traitnat") == {"Payer un sous-traitant"}


def test_the_whole_of_it_is_marked():
    wanted = service.words_of(parse("sous-traitant"))
    shown = "<mark>Sous</mark>-<mark>traitants</mark>, <mark>sous</mark> <mark>traitant</mark>"
    text = "Sous-traitants, sous traitant"
    assert marked(f"{text} : sous les délais, traités", wanted) == f"{shown} : sous les délais, traités"
