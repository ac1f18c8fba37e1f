"""What is typed for a variable, beside what the clause advises."""

import pytest

from clauses.library.figures import stands_outside


@pytest.mark.parametrize(
    ("value", "low", "high", "outside"),
    [
        ("49,9", "50", "80", True),
        ("50", "50", "80", False),
        ("80", "50", "80", False),
        ("80.5 %", "50", "80", True),
        ("1\u202f200", "", "1 000", True),
        ("900", "", "1\u00a0000", False),
        ("3", "5 %", "", True),
        ("quinze", "5", "10", False),
        ("", "5", "10", False),
        ("9 h 30", "8 h", "12 h", False),
        ("99", "", "", False),
        ("9" * 200, "5", "10", False),
    ],
)
def test_a_figure_beyond_the_advised_ones_is_told(value, low, high, outside):
    assert stands_outside(value, low, high) is outside
