"""The index of the library: every clause as one bit of a few whole numbers (`core.facets`)."""

from typing import Any

from django.db.models import Case, Count, F, IntegerField, Max, QuerySet, Subquery, Sum, Value, When
from django.utils.translation import gettext as _

from community.core.facets import Holders, Index, KeptIndex, Stamp, Word, scattered
from community.core.slugs import slug_of
from community.members.models import Territory
from community.taxonomy.models import Objective, PurchaseFamily, Tag

from .models import AlsoIn, Clause, ClauseTag
from .vocabularies import ClauseState, LegalState
from .vocabulary import NATURES

# Where a clause is when it is for readers no more, or not yet.
HIDDEN = "hidden"
PUBLIC = "public"
WHOLE_COUNTRY = "france"
_SCALARS = ("kind", "document", "pillar", "ambition", "consolidation")
_FACET_OF = {
    "kind": "type",
    "document": "piece",
    "pillar": "volet",
    "ambition": "ambition",
    "consolidation": "relecture",
}


def stamped(clauses: QuerySet) -> QuerySet:
    """One row that changes when any of these clauses does, by `save` or by `update`, or when two tags merge."""
    states = Case(*(When(state=state, then=rank) for rank, state in enumerate(ClauseState.values)), default=9)
    legal = Case(*(When(legal_state=state, then=rank) for rank, state in enumerate(LegalState.values)), default=9)
    hidden = Case(When(hidden_at=None, then=0), default=1, output_field=IntegerField())
    code = states + legal * 10 + hidden * 100 + F("consolidation") * 200 + F("version") * 2_000
    return (
        clauses.order_by()
        .values(one=Value(1))
        .annotate(
            stamp_rows=Count("pk"),
            stamp_edited=Max("edited_at"),
            stamp_sum=Sum(scattered() * code),
            stamp_tags=Max(Subquery(Tag.objects.merged_count())),
            stamp_uses=Sum("use_count"),
        )
        .values_list("stamp_rows", "stamp_edited", "stamp_sum", "stamp_tags", "stamp_uses")
    )


# Uses are counted on the row itself: they change no filter.
current_stamp = Stamp(lambda: stamped(Clause.objects.all()), columns=4)


def build(stamp: tuple) -> Index:
    rows = list(
        Clause.objects.order_by("pk").values_list(
            "pk",
            "space_id",
            "family_id",
            "state",
            "legal_state",
            "hidden_at",
            *_SCALARS,
            *(f"for_{n}" for n in NATURES),
        )
    )
    families = family_words()
    holders = Holders()
    _file(rows, holders, families)
    _through(holders, families)
    made = Index(
        stamp=stamp,
        position={row[0]: place for place, row in enumerate(rows)},
        words={"famille": families, "objectif": _objectives()},
    )
    made.words |= {
        "territoire": territory_words(holders.of("territoire")), "mot-cle": tag_words(holders.of("mot-cle"))
    }  # fmt: skip
    _national(holders, rows)
    return made.fill(holders, FACETS)


index = KeptIndex(current_stamp, build)


def _file(rows: list[tuple], holders: Holders, families) -> None:
    """What each row says of itself; what other tables say of it comes with `_through`."""
    for pk, space, family, state, legal, hidden_at, *rest in rows:
        holders.put("space", space, pk)
        holders.put("vie", life_of(state, hidden_at), pk)
        holders.put("etat", LegalState.OBSOLETE if state == ClauseState.OBSOLETE else legal, pk)
        holders.put_family(families, family, pk)
        for name, value in zip(_SCALARS, rest, strict=False):
            holders.put(_FACET_OF[name], value, pk)
        for name, held in zip(NATURES, rest[len(_SCALARS) :], strict=True):
            if held:
                holders.put("nature", name, pk)


FACETS = (
    "famille", "piece", "type", "objectif", "ambition", "etat", "territoire", "relecture", "volet", "nature",
    "mot-cle", "vie",
)  # fmt: skip


def life_of(state: str, hidden_at) -> str:
    if hidden_at is not None:
        return HIDDEN
    return PUBLIC if state in (ClauseState.PUBLISHED, ClauseState.OBSOLETE) else state


def family_words() -> dict[int, Word]:
    fields = ("pk", "code", "slug", "label", "swatch", "parent_id")
    return {
        pk: Word(slug=slug, label=label, swatch=swatch, parent=parent, names=(slug_of(code), slug_of(label)))
        for pk, code, slug, label, swatch, parent in PurchaseFamily.objects.order_by("position", "pk").values_list(
            *fields
        )
    }


def _objectives() -> dict[int, Word]:
    rows = Objective.objects.order_by("position", "pk").values_list("pk", "code", "label")
    return {pk: Word(slug=slug_of(code), label=label, names=(slug_of(label),)) for pk, code, label in rows}


def territory_words(held: dict[int, set[int]]) -> dict[Any, Word]:
    """Those of clauses, and the regions above them, where the clauses of their départements are found too."""
    rows = Territory.objects.filter(pk__in=held).values_list(
        "pk", "code", "name", "parent_id", "parent__code", "parent__name"
    )
    words = {WHOLE_COUNTRY: Word(slug=WHOLE_COUNTRY, label=_("Toute la France"))}
    for pk, code, name, parent, parent_code, parent_name in sorted(rows, key=lambda row: row[2]):
        words[pk] = Word(slug=code.lower(), label=name, parent=parent, names=(slug_of(name),))
        if parent:
            words.setdefault(parent, Word(slug=parent_code.lower(), label=parent_name, names=(slug_of(parent_name),)))
            held.setdefault(parent, set()).update(held[pk])
    return words


def _national(holders: Holders, rows: list[tuple]) -> None:
    local = set().union(*holders.of("territoire").values())
    holders.of("territoire")[WHOLE_COUNTRY] = {row[0] for row in rows} - local


def tag_words(held: dict[int, set[int]]) -> dict[int, Word]:
    words = {}
    for tag in Tag.objects.filter(pk__in=held).prefetch_related("synonyms"):
        synonyms = tuple(slug_of(other.name) for other in tag.synonyms.all())
        words[tag.pk] = Word(slug=tag.name, label=tag.name, names=(slug_of(tag.name), *synonyms))
    return words


def _through(holders: Holders, families: dict[int, Word]) -> None:
    for clause, family in Clause.other_families.through.objects.values_list("clause_id", "purchasefamily_id"):
        holders.put_family(families, family, clause)
    for facet, rows in (
        ("objectif", Clause.objectives.through.objects.values_list("clause_id", "objective_id")),
        ("territoire", Clause.territories.through.objects.values_list("clause_id", "territory_id")),
        ("piece", AlsoIn.objects.values_list("clause_id", "document")),
        ("mot-cle", ClauseTag.objects.values_list("content_object_id", "tag_id")),
    ):
        for clause, value in rows:
            holders.put(facet, value, clause)
