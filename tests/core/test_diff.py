import random

import pytest

from community.core.diff import GAP, MAX_LINES, diff_texts
from tests.support.cost import LINEAR, growth


def shown(before: str, after: str) -> list[tuple[str, str]]:
    """Each line as (kind, text), with what changed between brackets."""
    return [
        (line.kind, "".join(f"[{part.text}]" if part.changed else part.text for part in line.parts))
        for line in diff_texts(before, after)
    ]


def test_a_changed_word_is_shown_inside_its_line():
    assert shown("propose sous quinze jours un plan", "propose sous quinze jours ouvrés un plan") == [
        ("removed", "propose sous quinze jours un plan"),
        ("added", "propose sous quinze jours [ouvrés ]un plan"),
    ]


def test_lines_without_words_in_common_are_shown_whole():
    assert shown("Rien à voir", "Totalement différent") == [
        ("removed", "[Rien à voir]"),
        ("added", "[Totalement différent]"),
    ]


def test_added_and_removed_lines_keep_their_place():
    assert shown("a\n\nb\n\nc", "a\n\nc\n\nd") == [("same", "a"), ("removed", "[b]"), ("same", "c"), ("added", "[d]")]


def test_far_unchanged_lines_are_folded():
    before = "\n".join(f"ligne {number}" for number in range(20))
    lines = diff_texts(before, before.replace("ligne 10", "ligne dix"))
    assert [line.kind for line in lines] == ["same", "same", "same", "removed", "added", "same", "same", "same"]
    assert lines[0] is GAP
    assert lines[-1] is GAP


@pytest.mark.parametrize(("before", "after"), [("a\nb", "a\nb"), ("a\n\n\nb", "a\nb"), ("", "")])
def test_nothing_is_shown_when_no_word_changed(before, after):
    assert diff_texts(before, after) == []


def test_markup_is_text_for_the_template_to_escape():
    assert shown("", "<script>") == [("added", "[<script>]")]


def test_both_texts_can_be_read_back_from_the_lines():
    chance = random.Random(7)
    for _ in range(200):
        before = "\n".join(" ".join(chance.choices("abc", k=4)) for _ in range(chance.randint(1, 8)))
        after = "\n".join(" ".join(chance.choices("abc", k=4)) for _ in range(chance.randint(1, 8)))
        lines = diff_texts(before, after, context=100)
        if before == after:
            continue
        for text, kinds in ((before, ("same", "removed")), (after, ("same", "added"))):
            read = ["".join(part.text for part in line.parts) for line in lines if line.kind in kinds]
            assert "\n".join(read) == text


@pytest.mark.parametrize(
    "build",
    [
        lambda n: ("a b " * (n // 4), "b c " * (n // 4)),
        lambda n: ("a\nb\n" * (n // 4), "b\nc\n" * (n // 4)),
        lambda n: (
            " ".join(random.Random(1).choices("abcdef", k=n // 2)),
            " ".join(random.Random(2).choices("abcdef", k=n // 2)),
        ),
    ],
    ids=["words", "lines", "random"],
)
def test_the_cost_stays_bounded(build):
    pairs = {"small": build(10_000), "large": build(40_000)}
    assert growth(lambda size: diff_texts(*pairs[size]), "small", "large", tries=3) < LINEAR


def test_the_number_of_lines_shown_is_capped():
    lines = diff_texts("a\n" * 5_000, "b\n" * 5_000)
    assert len(lines) == MAX_LINES + 1
    assert lines[-1] is GAP
