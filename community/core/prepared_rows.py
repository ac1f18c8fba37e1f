"""What a prepared query gives: objects or tuples, made as Django's iterables make them, with all that does not depend
on the rows worked out once. A list of twenty threads is read by ten queries, most of a few rows.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet, prefetch_related_objects
from django.db.models.query import FlatValuesListIterable, ModelIterable, ValuesListIterable, get_related_populators

Convert = Callable[[Iterable, Any], list]
Make = Callable[[list], list]


def converter_of(compiler: Any) -> Convert:
    """Columns as the fields have them: `convert(rows, connection)`."""
    columns = [column[0] for column in compiler.select[: compiler.col_count]]
    if compiler.has_composite_fields(columns):
        raise TypeError("composite keys cannot be prepared")
    steps = [
        (place, function, expression)
        for place, (functions, expression) in compiler.get_converters(columns).items()
        for function in functions
    ]

    def convert(rows: Iterable, connection: Any) -> list:
        converted = [list(row) for row in rows]
        for row in converted:
            for place, function, expression in steps:
                row[place] = function(row[place], expression, connection)
        return converted

    return convert


def maker_of(queryset: QuerySet, compiler: Any) -> Make:
    """TypeError for what no prepared query gives: dicts, named tuples."""
    if queryset._iterable_class is ModelIterable and not queryset._known_related_objects:
        return _objects(queryset, compiler)
    if queryset._iterable_class is ValuesListIterable:
        return lambda rows: [tuple(row) for row in rows]
    if queryset._iterable_class is FlatValuesListIterable:
        return lambda rows: [row[0] for row in rows]
    raise TypeError("a prepared query gives objects, tuples or values")


def _objects(queryset: QuerySet, compiler: Any) -> Make:
    using, klass = queryset.db, compiler.klass_info
    first, last = klass["select_fields"][0], klass["select_fields"][-1] + 1
    names = [column[0].target.attname for column in compiler.select[first:last]]
    populators = get_related_populators(klass, compiler.select, using)
    annotations = list(compiler.annotation_col_map.items())
    lookups = queryset._prefetch_related_lookups
    from_db = klass["model"].from_db

    def make(rows: list) -> list:
        objects = []
        for row in rows:
            made = from_db(using, names, row[first:last])
            for populator in populators:
                populator.populate(row, made)
            for name, place in annotations:
                setattr(made, name, row[place])
            objects.append(made)
        if lookups:
            prefetch_related_objects(objects, *lookups)
        return objects

    return make
