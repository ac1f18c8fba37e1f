import unicodedata

import pytest

from community.core.richtext import (
    excerpt,
    normalise_text,
    quote,
    remove_full_quote,
    render,
    set_mention_names,
)
from tests.support.cost import LINEAR, growth
from tests.support.hostile import TEXTS, pathological


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: ascii(text[:30]))
def test_a_normalised_text_can_be_stored_sent_and_read_aloud(text):
    clean = normalise_text(text)
    clean.encode("utf-8")
    assert unicodedata.is_normalized("NFC", clean)
    assert not [c for c in clean if unicodedata.category(c) == "Cc" and c not in "\n\t"]
    assert not set(clean) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffe\uffff")
    assert normalise_text(clean) == clean


def test_line_ends_are_one():
    assert normalise_text("a\r\nb\rc\u2028d\x85e") == "a\nb\nc\nd\ne"


def test_french_and_its_spaces_are_untouched():
    text = "« L’été » : 12\u202f000\u00a0€ — œuvre n°\u202f3"
    assert normalise_text(text) == text


def test_accents_are_composed_and_at_most_eight_are_stacked():
    assert normalise_text("e\u0301") == "é"
    assert len(normalise_text("e" + "\u0323" * 100)) <= 9


@pytest.mark.parametrize("name", ["stacked marks", "spaces", "blank lines"])
def test_normalising_costs_in_proportion_to_the_length(name):
    assert growth(normalise_text, pathological(10_000)[name], pathological(40_000)[name]) < LINEAR


@pytest.mark.parametrize(
    ("text", "length", "expected"),
    [
        ("Bonjour à toutes et tous", 40, "Bonjour à toutes et tous"),
        ("Bonjour à toutes et tous", 20, "Bonjour à toutes et…"),
        ("Bonjour, merci à vous", 10, "Bonjour…"),
        ("deux\n\n  lignes", 40, "deux lignes"),
        ("anticonstitutionnellement", 10, "anticonst…"),
        ("un deux", 7, "un deux"),
        ("", 10, ""),
    ],
)
def test_an_excerpt_is_cut_between_words(text, length, expected):
    assert excerpt(text, length) == expected
    assert len(excerpt(text, length)) <= length


class TestQuote:
    def test_a_quote_says_whose_words_and_leads_back(self):
        text = quote("Bonjour\n\nà tous", "Jeanne [T]", "/questions/1/#reponse-2")
        assert text == "> Bonjour\n>\n> à tous\n>\n> — [Jeanne \\[T\\]](/questions/1/#reponse-2)\n\n"
        rendered = render(text + "Oui.")
        assert rendered.references == ("/questions/1/#reponse-2",)
        assert "Jeanne [T]" in rendered.text

    def test_what_the_post_quoted_itself_is_left_out(self):
        assert "ancien" not in quote("> ancien\n\nnouveau", "A", "/q/1/")

    def test_whom_the_post_mentioned_is_not_mentioned_again(self):
        text = quote("Merci @[Anne](membre:a)", "B", "/q/1/")
        assert render(text).mentions == ()
        assert "Merci Anne" in text

    def test_a_long_post_is_cut_between_words(self):
        text = quote("mot " * 2_000, "A", "/q/1/")
        assert len(text) < 1_700
        assert "> …" in text

    def test_a_code_block_cut_in_its_middle_is_closed(self):
        rendered = render(quote("```\n" + "ligne\n" * 100 + "```", "Autrice", "/q/1/") + "Suite")
        assert rendered.references == ("/q/1/",)
        assert "<p>Suite</p>" in rendered.html

    def test_an_empty_post_gives_nothing_to_quote(self):
        assert quote(" \n> cité\n", "A", "/q/1/") == ""

    def test_a_full_quote_of_the_post_just_above_is_removed(self):
        post = "Une ligne\n\net une autre"
        assert remove_full_quote(quote(post, "A", "/q/1/") + "Merci !", post) == "Merci !"

    def test_a_full_quote_is_known_whatever_the_post_quoted_or_mentioned(self):
        post = "> ancien\n\nMerci @[Anne](membre:a)"
        assert remove_full_quote(quote(post, "A", "/q/1/") + "Oui", post) == "Oui"

    def test_a_chosen_part_stays_quoted(self):
        text = quote("Une ligne", "A", "/q/1/") + "Merci !"
        assert remove_full_quote(text, "Une ligne\n\net une autre") == text

    def test_a_quote_alone_is_not_emptied(self):
        text = quote("Une ligne", "A", "/q/1/")
        assert remove_full_quote(text, "Une ligne") == text


class TestMentionNames:
    def test_nobody_is_mentioned_under_another_name(self):
        text = set_mention_names("@[Préfet](membre:a) et @[X](membre:b)", {"a": "Anne *Roy*"})
        assert text == "@[Anne \\*Roy\\*](membre:a) et X"
        assert render(text).mentions == ("a",)
        assert "@Anne *Roy*" in render(text).text
