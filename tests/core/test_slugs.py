"""The words of an address."""

import pytest

from community.core.slugs import slug_of


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("Main d’œuvre locale : mise en œuvre", "main-d-oeuvre-locale-mise-en-oeuvre"),
        ("Œufs & produits de l'élevage", "oeufs-produits-de-l-elevage"),
        ("curriculum vitæ_2026", "curriculum-vitae-2026"),
        ("« ?! »", ""),
    ],
)
def test_an_address_says_the_words_of_its_title(words, slug):
    assert slug_of(words) == slug


def test_a_slug_never_ends_with_a_hyphen_however_it_is_cut():
    assert slug_of("mot " * 40, longest=12) == "mot-mot-mot"
