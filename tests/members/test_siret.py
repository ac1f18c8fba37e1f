import pytest
from django.core.exceptions import ValidationError

from community.members.siret import clean_siret


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("   ", ""),
        ("73282932000074", "73282932000074"),
        ("732 829 320 00074", "73282932000074"),
        ("732.829.320-00074", "73282932000074"),
        # La Poste: its head office has Luhn's key, its other offices a sum that is a multiple of five.
        ("35600000000048", "35600000000048"),
        ("35600000049837", "35600000049837"),
    ],
)
def test_a_siret_is_kept_as_fourteen_digits(typed, kept):
    assert clean_siret(typed) == kept


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("7328293200007", "13 chiffres"),
        ("7", "1 chiffre au lieu"),
        ("732829320000745", "15 chiffres"),
        ("73282932000075", "clé de contrôle"),
        ("35600000049838", "clé de contrôle"),
        ("7328293200007A", "que des chiffres"),
        ("٧٣٢٨٢٩٣٢٠٠٠٠٧٤", "que des chiffres"),
    ],
)
def test_a_siret_that_is_not_one_says_why(typed, sentence):
    with pytest.raises(ValidationError, match=sentence):
        clean_siret(typed)
