"""What excerpts and titles mark of a phrase: the whole of it, where its words follow one another."""

import time

import pytest

from search.analysis import analyse, excerpt, marked, parse
from search.analysis.plan import Phrase, Wanted
from search.analysis.synonyms import Synonyms
from search.service import words_of

KNOWN = Synonyms.from_lines(
    [
        "acheteur, personne publique, pouvoir adjudicateur",
        "ccap, cahier des clauses administratives particulieres",
        "clause sociale, clause d insertion, heures d insertion",
    ]
)


def asked(query: str) -> Wanted:
    return words_of(parse(query, KNOWN))


def kept(text: str, phrase: Phrase) -> bool:
    """Whether the stores hold the phrase: its tokens in a row among the words, or among the stems."""
    analysed = analyse(text)
    return any(f" {' '.join(phrase.tokens)} " in f" {' '.join(each)} " for each in (analysed.words, analysed.stems))


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("acheteur", "Chaque personne reçoit un pli, une personne très publique, publique personne."),
        ("acheteur·rices formation", "Une personne du pouvoir central ; le public, la personne."),
        ('"clause sociale"', "La sociale suit. Une clause."),
        ('"clause sociale"', "Une clause très sociale."),
        ('"clause sociale"', "Les clauses sociales."),
        ('"clause sociale clause"', "La clause sociale. Des clauses."),
        ("ccap", "Cahier des clauses administratives, cahier des clauses particulières."),
    ],
)
def test_words_of_a_phrase_alone_are_not_marked(query, text):
    assert "<mark>" not in marked(text, asked(query))
    assert "<mark>" not in excerpt(text, asked(query))


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("acheteur", "La personne : une <mark>personne</mark> <mark>publique</mark>, un <mark>acheteur</mark>"),
        ("acheteur", "des <mark>Personnes</mark>-<mark>Publiques</mark> et personnes"),
        ("acheteur", "le <mark>pouvoir</mark> <mark>adjudicateur</mark>, pouvoir"),
        ('"clause sociale"', "clause, <mark>clause</mark> <mark>sociale</mark> : sociale"),
        ('"heures d’insertion"', "des heures : <mark>heures</mark> d’<mark>insertion</mark>, l’insertion"),
        ('"heures insertion"', "six <mark>heures</mark> de l’<mark>insertion</mark>"),
        ('"clause sociale clause"', "<mark>clause</mark> <mark>sociale</mark> <mark>clause</mark> sociale"),
        ('"clause sociale" clause', "<mark>clause</mark> <mark>sociale</mark>, une <mark>clause</mark> dite sociale"),
        ("clause sociale", "<mark>sociale</mark> <mark>clause</mark> d’<mark>insertion</mark>, l’insertion"),
        ('"personne publique" acheteur', "<mark>personne</mark> <mark>publique</mark> publique"),
        ("ccap", "<mark>Cahier</mark> des <mark>clauses</mark> <mark>administratives</mark> "
                 "<mark>particulières</mark>"),
    ],
)  # fmt: skip
def test_a_whole_phrase_is_marked_word_by_word(query, shown):
    text = shown.replace("<mark>", "").replace("</mark>", "")
    assert marked(text, asked(query)) == shown
    assert excerpt(text, asked(query)) == shown


@pytest.mark.parametrize(
    "text",
    [
        "une clause sociale", "une clause, la sociale", "clause\n\nsociale", "clause-sociale", "clauses sociales",
        "clause et sociale", "clause 1 sociale", "sociale clause", "clause·s sociale·s", "CLAUSE (SOCIALE)",
    ],
)  # fmt: skip
def test_what_is_marked_is_what_the_stores_find(text):
    [group] = parse('"clause sociale"').groups
    assert ("<mark>" in excerpt(text, asked('"clause sociale"'))) is kept(text, group)


def test_the_excerpt_is_where_the_phrase_is():
    text = "chaque personne reçoit la publique " + "du texte sans rapport " * 30 + "la personne publique signe"
    found = excerpt(text, asked("acheteur"))
    assert "<mark>personne</mark> <mark>publique</mark> signe" in found
    assert "chaque personne" not in found


def test_a_long_phrase_is_one_thing_and_not_many():
    """Where both words asked are comes before where one of them is said in four."""
    long = "cahier des clauses administratives particulières " + "du texte sans rapport " * 30
    assert "<mark>pénalités</mark> du <mark>CCAP</mark>" in excerpt(
        f"{long}les pénalités du CCAP", asked("ccap penalite")
    )


def test_phrases_are_escaped():
    shown = marked('<i>personne</i> & "publique"', asked("acheteur"))
    assert shown == "&lt;i&gt;personne&lt;/i&gt; &amp; &quot;publique&quot;"
    shown = marked("<personne> <publique>", asked("acheteur"))
    assert shown == "&lt;<mark>personne</mark>&gt; &lt;<mark>publique</mark>&gt;"


def test_a_text_made_of_the_words_of_phrases_is_read_in_one_pass():
    wanted = asked('"clause sociale clause sociale" "sociale clause" "clause clause" acheteur clause')
    start = time.process_time()
    assert "<mark>sociale</mark>" in excerpt("clause sociale " * 2000, wanted)
    assert time.process_time() - start < 0.3
