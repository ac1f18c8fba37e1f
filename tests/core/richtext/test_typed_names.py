"""Where « @Prénom Nom » is a name that somebody typed, and where it is something else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.core.richtext import link_names, names_in_markdown, names_in_text, normalise_text, render
from community.core.richtext.typed_names import MAX_SPOTS

ZOE = {"zoé le gall": "z01"}
LINK = "@[Zoé Le Gall](membre:z01)"


def linked(text: str, bearers=ZOE, find=names_in_markdown) -> str:
    return link_names(text, find(text), bearers, key=str.lower)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@Zoé Le Gall", LINK),
        ("Voir @Zoé Le Gall, ou (@Zoé Le Gall).", f"Voir {LINK}, ou ({LINK})."),
        ("« @Zoé Le Gall » dit oui", f"« {LINK} » dit oui"),
        ("- **@Zoé Le Gall** a raison", f"- **{LINK}** a raison"),
        ("## @Zoé Le Gall\n\n| @Zoé Le Gall |\n| --- |\n| b |", f"## {LINK}\n\n| {LINK} |\n| --- |\n| b |"),
        ("@Zoé Le Gall a raison de le dire ici", f"{LINK} a raison de le dire ici"),
        ("@Zoé Le Gall\n> cité", f"{LINK}\n> cité"),
        ("@Zoé Le Gallois", None),
        ("@Zoé", None),
        ("@Zoé\nLe Gall", None),
        ("\\@Zoé Le Gall", None),
        ("zoe@Zoé Le Gall", None),
        ("https://exemple.fr/@Zoé Le Gall", None),
        ("`@Zoé Le Gall`", None),
        ("```\n@Zoé Le Gall\n```", None),
        ("    @Zoé Le Gall", None),
        ("~~~ @Zoé Le Gall\nx\n~~~", None),
        ("> @Zoé Le Gall l’a dit", None),
        ("> > @Zoé Le Gall\n\n1. > @Zoé Le Gall", None),
        ("[voir @Zoé Le Gall](https://exemple.fr)", None),
        ("![@Zoé Le Gall](/fichiers/x/y.png)", None),
        ('[a](/b "@Zoé Le Gall")', None),
        ("@[Zoé @Zoé Le Gall](membre:z02)", None),
    ],
)
def test_a_name_is_a_mention_in_the_author_s_own_words_only(text, expected):
    assert linked(text) == (text if expected is None else expected)


def test_the_longest_name_counts_even_when_several_bear_it():
    text = "@Zoé Le Gall Martin"
    assert linked(text, ZOE | {"zoé le gall martin": "z02"}) == "@[Zoé Le Gall Martin](membre:z02)"
    assert linked(text, ZOE | {"zoé le gall martin": ""}) == text


def test_a_plain_text_has_neither_quote_nor_code():
    assert linked("> `@Zoé Le Gall`", find=names_in_text) == f"> `{LINK}`"
    assert linked(LINK, find=names_in_text) == LINK


def test_a_text_full_of_names_is_read_in_time():
    text = "@Zoé Le Gall " * 3_800
    assert len(names_in_markdown(text)) == MAX_SPOTS


@given(st.text(alphabet="@Zé a`>*_[]()\\\n-#~|:/", max_size=200))
def test_nothing_else_of_a_text_changes(text):
    text = normalise_text(text)
    bearers = {reading.lower(): "z01" for name in names_in_text(text) for reading in name.readings}
    changed = linked(text, bearers).replace("](membre:z01)", "")
    assert changed.replace("@[", "@").replace("\\", "") == text.replace("@[", "@").replace("\\", "")
    mentions = render(linked(text, bearers)).mentions
    assert bool(mentions) is bool(names_in_markdown(text))
