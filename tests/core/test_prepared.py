"""Prepared queries give what their queryset gives, and refuse what would be the same for everyone."""

import pytest
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import CharField, Count, Value
from django.db.models.functions import Concat

from community.core.prepared import LostMark, Prepared, pad
from community.taxonomy.models import PurchaseFamily, Theme
from tests.factories import PurchaseFamilyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def themes() -> list[Theme]:
    return [Theme.objects.create(code=f"theme-{rank}", label=f"Thème {rank}", position=rank) for rank in range(40)]


def test_a_prepared_query_gives_the_rows_of_its_numbers(themes):
    one = Prepared(lambda pk: Theme.objects.filter(pk=pk))
    assert one.rows(pk=themes[3].pk) == [themes[3]]
    assert one.rows(pk=themes[7].pk) == [themes[7]]


def test_a_prepared_query_is_compiled_once_for_each_key(themes):
    built = []

    def build(word: str, *, pk: int):
        built.append(word)
        return Theme.objects.filter(pk=pk)

    prepared = Prepared(build)
    for theme in themes[:3]:
        prepared.rows("a", pk=theme.pk)
        prepared.rows("b", pk=theme.pk)
    assert built == ["a", "b"]


def test_the_same_key_with_other_numbers_is_another_query(themes):
    prepared = Prepared(lambda **numbers: Theme.objects.filter(**numbers).order_by("pk"))
    assert prepared.rows(pk=themes[2].pk) == [themes[2]]
    assert prepared.rows(pk__lt=themes[2].pk) == themes[:2]


@pytest.mark.parametrize("count", [1, 8, 9, 30])
def test_a_list_of_any_length_is_padded_and_gives_its_rows(themes, count):
    several = Prepared(lambda ids: Theme.objects.filter(pk__in=ids).order_by("pk"))
    assert several.rows(ids=[theme.pk for theme in themes[:count]]) == themes[:count]


def test_a_list_longer_than_any_kept_shape_is_read_all_the_same(themes):
    several = Prepared(lambda ids: Theme.objects.filter(pk__in=ids).order_by("pk"))
    assert several.rows(ids=[theme.pk for theme in themes] * 5) == themes
    assert pad([1] * 200) == [1] * 200


def test_a_rule_that_gives_nothing_is_not_asked(django_assert_num_queries):
    nobody = Prepared(lambda ids: Theme.objects.none().filter(pk__in=ids))
    with django_assert_num_queries(0):
        assert nobody.rows(ids=[1]) == nobody.rows(ids=[2]) == []
    with pytest.raises(EmptyResultSet):
        nobody.statement(ids=[1])


def test_a_number_compared_with_a_small_column_is_refused(monkeypatch):
    small = Prepared(lambda rank: Theme.objects.filter(position=rank))
    monkeypatch.setattr(connection.ops, "integer_field_range", lambda _internal_type: (0, 32_767))
    with pytest.raises(LostMark, match="64 bits"):
        small.rows(rank=3)


def test_nothing_is_asked_for_an_empty_list(django_assert_num_queries):
    several = Prepared(lambda ids: Theme.objects.filter(pk__in=ids))
    with django_assert_num_queries(0):
        assert several.rows(ids=[]) == []


@pytest.mark.parametrize(
    "build",
    [
        pytest.param(lambda pk, other: Theme.objects.filter(pk=pk), id="not used"),
        pytest.param(lambda pk, other: Theme.objects.filter(pk=pk)[:other], id="a limit, written in the words"),
        pytest.param(
            lambda pk, other: Theme.objects.filter(
                pk=pk, code=Concat(Value(f"theme-{other}"), Value(""), output_field=CharField())
            ),
            id="inside a word",
        ),
    ],
)
def test_a_number_that_is_no_parameter_is_refused(build):
    with pytest.raises(LostMark, match="other"):
        Prepared(build).rows(pk=1, other=2)


def test_a_list_whose_numbers_are_no_parameters_is_refused():
    with pytest.raises(LostMark, match=r"ids\[1\]"):
        Prepared(lambda ids: Theme.objects.filter(pk=ids[0])).rows(ids=[1, 2])


def test_only_so_many_shapes_are_kept(themes, monkeypatch):
    monkeypatch.setattr("community.core.prepared.MAX_KEPT", 3)
    prepared = Prepared(lambda word, pk: Theme.objects.filter(pk=pk))
    for number in range(10):
        assert prepared.rows(number, pk=themes[number].pk) == [themes[number]]
        assert len(prepared._kept) <= 3


def test_what_is_joined_counted_and_fetched_beside_comes_with_the_objects(django_assert_num_queries):
    family = PurchaseFamilyFactory(label="Énergie")
    PurchaseFamilyFactory(parent=family)
    prepared = Prepared(
        lambda ids: (
            PurchaseFamily.objects.filter(pk__in=ids)
            .select_related("parent")
            .annotate(below=Count("children"))
            .prefetch_related("children")
            .order_by("pk")
        )
    )
    ids = [family.pk, *(child.pk for child in family.children.all())]
    prepared.rows(ids=ids)
    with django_assert_num_queries(2):
        top, child = prepared.rows(ids=ids)
        assert (top.below, child.below) == (1, 0)
        assert child.parent == top
        assert list(top.children.all()) == [child]
        assert not child._state.adding


def test_a_column_left_out_is_read_when_it_is_asked(themes, django_assert_num_queries):
    (theme,) = Prepared(lambda pk: Theme.objects.filter(pk=pk).only("code")).rows(pk=themes[0].pk)
    with django_assert_num_queries(1):
        assert (theme.code, theme.label) == ("theme-0", "Thème 0")


@pytest.mark.parametrize(("flat", "expected"), [(False, [("theme-1",)]), (True, ["theme-1"])])
def test_values_come_as_they_are_asked(themes, flat, expected):
    prepared = Prepared(lambda pk: Theme.objects.filter(pk=pk).values_list("code", flat=flat))
    assert prepared.rows(pk=themes[1].pk) == expected


def test_dicts_are_not_given(themes):
    with pytest.raises(TypeError):
        Prepared(lambda pk: Theme.objects.filter(pk=pk).values("code")).rows(pk=1)
