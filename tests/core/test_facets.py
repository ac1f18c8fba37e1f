"""The bits of an index, and the page of a list that they keep."""

import pytest

from community.core.facets import FEW, Index, page_of

KEYS = range(10, 1_010)


@pytest.fixture
def index():
    return Index(stamp=(), position={pk: place for place, pk in enumerate(KEYS)})


@pytest.mark.parametrize("pks", [[], [10], [1_009], [10, 12, 1_009], [11, 5, 2_000], list(KEYS)])
def test_the_bits_are_those_of_the_rows_that_the_index_knows(index, pks):
    known = [pk for pk in pks if pk in KEYS]
    bits = index.bits(pks)
    assert bits.bit_count() == len(known)
    assert all(bits >> (pk - 10) & 1 for pk in known)


@pytest.mark.parametrize("count", [0, 1, FEW, FEW + 1, len(KEYS)])
def test_few_rows_or_many_are_told_apart_from_the_others(index, count):
    kept = set(KEYS[:count])
    is_kept = index.among(index.bits(kept))
    assert {pk for pk in (*KEYS, 5, 2_000) if is_kept(pk)} == kept


@pytest.mark.parametrize("count", [FEW, FEW + 50])
def test_pages_follow_each_other_both_ways(index, count):
    order = list(reversed(KEYS))
    kept = order[:: len(order) // count][:count]
    bits, seen, has_next = index.bits(kept), [], True
    while has_next:
        passed = set(order[: order.index(seen[-1]) + 1] if seen else ())
        rows = [(pk, pk not in passed) for pk in order]
        page, has_previous, has_next = page_of(index, rows, bits, size=40, after=bool(seen), before=False)
        assert has_previous == bool(seen)
        seen += page
    assert seen == kept
    rows = [(pk, order.index(pk) < order.index(kept[80])) for pk in order]
    assert page_of(index, rows, bits, size=40, after=False, before=True) == (kept[40:80], True, True)
