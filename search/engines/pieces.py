"""Pieces of SQL with their parameters, and what the statements of the two database stores are made of."""

from collections.abc import Iterable, Sequence

from .base import Ask

YEAR = 365 * 24 * 3600 * 1_000_000
# Of the facets that have several values, the groups keep those that are counted.
COUNTED_VALUES = ("piece", "objectif")


class Sql:
    """A piece of SQL and its parameters, put together in the order of the text."""

    def __init__(self, text: str = "", params: Iterable = ()):
        self.text, self.params = text, list(params)

    def __add__(self, other: "Sql | str") -> "Sql":
        if isinstance(other, str):
            return Sql(self.text + other, self.params)
        return Sql(self.text + other.text, [*self.params, *other.params])


def joined(parts: Sequence[Sql], word: str) -> Sql:
    return Sql(word.join(part.text for part in parts), [value for part in parts for value in part.params])


def among(column: str, values: Sequence) -> Sql:
    if not values:
        return Sql("1 = 0")
    return Sql(f"{column} IN ({', '.join(['%s'] * len(values))})", values)


def allowed_groups(ask: Ask) -> Sql:
    """Rights and place, of `g`: what narrows every count."""
    reader = ask.reader
    conditions = [
        Sql("g.acl_id IN (SELECT acl_id FROM search_searchaclname WHERE ") + among("name", reader.names) + ")",
        Sql("(g.space_id IS NULL OR ") + among("g.space_id", reader.spaces) + ")",
    ]
    if ask.kinds:
        conditions.append(among("g.kind", ask.kinds))
    if ask.spaces is not None:
        conditions.append(among("g.space_id", ask.spaces))
    return joined(conditions, " AND ")


def allowed_rows(ask: Ask) -> Sql:
    """The past of spaces that protect it, dates, and tags, which are kept but not counted; of `d`."""
    conditions = [Sql("1 = 1")]
    for space_id, floor in ask.reader.floors.items():
        conditions.append(
            Sql(
                "NOT (d.group_id IN (SELECT id FROM search_searchgroup WHERE space_id = %s) "
                "AND d.opened < %s AND COALESCE(d.owner_id, 0) <> %s)",
                [space_id, floor, ask.reader.member_id],
            )
        )
    if ask.before is not None:
        conditions.append(Sql("d.written < %s", [ask.before]))
    if ask.after is not None:
        conditions.append(Sql("d.written >= %s", [ask.after]))
    if ask.chosen.get("motcle"):
        conditions.append(_has_value("d", "motcle", ask.chosen["motcle"]))
    return joined(conditions, " AND ")


def _has_value(alias: str, name: str, values: Sequence) -> Sql:
    return (
        Sql(
            f"EXISTS (SELECT 1 FROM search_searchfacet f WHERE f.document_id = {alias}.id AND f.name = %s AND ",
            [name],
        )
        + among("f.value", values)
        + ")"
    )
