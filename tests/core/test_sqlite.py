"""Our SQLite answers as Django's does."""

from datetime import UTC, timedelta

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.utils import timezone

from community.core.sqlite import base
from community.members.models import Member
from tests.factories import MemberFactory

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


@pytest.mark.parametrize("length", [10, base.MAX_QUERY], ids=["kept", "too long to be kept"])
def test_marks_and_percents_are_those_of_django(length):
    query = f"SELECT %s, '100 %%', 'a%%b' /* {'x' * length} */"
    for value in (1, 2):
        with connection.cursor() as cursor:
            cursor.execute(query, [value])
            assert cursor.fetchone() == (value, "100 %", "a%b")


def test_names_may_mark_too():
    with connection.cursor() as cursor:
        cursor.execute("SELECT %(second)s, %(first)s", {"first": 1, "second": 2})
        assert cursor.fetchone() == (2, 1)


def test_a_moment_comes_back_as_it_was_written_aware_of_its_zone():
    written = timezone.now() - timedelta(days=3)
    member = MemberFactory(verified_at=written)
    read = Member.objects.values_list("verified_at", flat=True).get(pk=member.pk)
    assert (read, read.tzinfo) == (written, UTC)
    Member.objects.filter(pk=member.pk).update(verified_at=None)
    assert Member.objects.get(pk=member.pk).verified_at is None


def test_a_moment_worked_out_by_the_base_is_read_too():
    member = MemberFactory()
    read = Member.objects.annotate(now=Now()).values_list("now", flat=True).get(pk=member.pk)
    assert abs(read - timezone.now()) < timedelta(minutes=1)
