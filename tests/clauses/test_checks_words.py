"""How the checklist cuts a text and finds labels in it."""

from clauses.library.checks.labels import find_labels, says_equivalent
from clauses.library.checks.texts import blocks, excerpt_at


def test_a_list_goes_with_the_sentence_before_it():
    assert blocks("Un.\n\n- a\n- b\n\nDeux.") == ["Un.\n\n- a\n- b", "Deux."]
    assert excerpt_at("abc", 0, 3) == "abc"


def test_places_of_labels_are_apart():
    text = "Le label Ange bleu ; le label Cerise ; Ecocert"
    spans = find_labels(text)
    assert [text[start:end] for start, end in spans] == ["label Ange bleu", "label Cerise", "Ecocert"]
    assert not says_equivalent(text)
