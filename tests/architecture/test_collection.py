"""The test suite refuses what would make it lie."""

import pytest
from django.db import connection

from tests.conftest import refuse_leaking_async_test


class Item:
    nodeid = "tests/x.py::test_y"

    def __init__(self, function, *marks):
        self.function = function
        self.marks = {mark.name: mark for mark in marks}

    def get_closest_marker(self, name):
        return self.marks.get(name)


async def asynchronous():
    pass


def synchronous():
    pass


def test_an_async_test_with_the_database_and_without_transaction_is_refused():
    with pytest.raises(pytest.UsageError):
        refuse_leaking_async_test(Item(asynchronous, pytest.mark.django_db().mark))


@pytest.mark.parametrize(
    ("function", "marks"),
    [
        (asynchronous, [pytest.mark.django_db(transaction=True).mark]),
        (asynchronous, []),
        (synchronous, [pytest.mark.django_db().mark]),
    ],
)
def test_the_others_are_collected(function, marks):
    refuse_leaking_async_test(Item(function, *marks))


@pytest.mark.parametrize("turn", [1, 2])
@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_leaves_the_base_as_migrated(turn):
    from community.editorial.models import BasePage
    from tests.factories import MemberFactory

    assert BasePage.objects.filter(depth=1).exists(), "the flush of the other turn took Wagtail's root"
    assert not type(MemberFactory()).objects.exclude(email__startswith="membre").exists()
    assert not connection.in_atomic_block
