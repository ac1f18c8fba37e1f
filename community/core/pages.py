"""Positions in long lists, read from addresses that anyone may write."""

MAX_KEY = 2**63 - 1
MAX_PAGE_OFFSET = 100_000


def page_key(value: str | None) -> int | None:
    """A database key after or before which a page begins; None for anything else."""
    if value and value.isascii() and value.isdigit() and int(value[:20]) <= MAX_KEY:
        return int(value[:20])
    return None


def page_number(value: str | None) -> int:
    """How many rows were shown before, in lists of people that stay short."""
    return min(page_key(value) or 0, MAX_PAGE_OFFSET)
