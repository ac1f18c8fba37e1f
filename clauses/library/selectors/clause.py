"""One clause as one reader sees it: the same few queries whatever it holds."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import BooleanField, Case, Exists, F, JSONField, Max, OuterRef, Q, Subquery, Value, When
from django.http import Http404

from community.core import contents, references
from community.core.prepared import Prepared
from community.core.sight import PreparedSight
from community.members.display import related_for_display
from community.members.models import Expertise
from community.notifications.models import Subscription
from community.reading.models import Bookmark
from community.spaces.models import Membership

from ..content import render_all, to_content
from ..models import Basis, Clause, ClauseCopy, ClauseLink, ClauseVersion
from ..querysets import reviewed_by_q
from ..vocabularies import BACKWARDS, Relation

MAX_SHOWN_VERSIONS = 50
MAX_LINKED = 12
RELATED = (
    *("space", "family__parent", "replaced_by"),
    *related_for_display("author"),
    *related_for_display("reviewed_by"),
)


@dataclass
class ClausePage:
    """`content` and `html` are the version's; `links` holds (words of the relation, clause) pairs."""

    clause: Clause
    content: dict[str, Any]
    html: dict[str, str]
    versions: list[ClauseVersion]
    bases: list[Basis] = field(default_factory=list)
    links: list[tuple[str, Clause]] = field(default_factory=list)
    related: list = field(default_factory=list)
    replaced_by: Clause | None = None

    @property
    def shown_clauses(self) -> list[Clause]:
        """Every other clause whose title the page tells."""
        others = [clause for _words, clause in self.links]
        others += [each for each in self.related if isinstance(each, Clause)]
        return [*others, *([self.replaced_by] if self.replaced_by else [])]


def get_clause_or_404(viewer, pk: int) -> Clause:
    """The clause with all that its page says of its reader, in one query."""
    found = _clause.rows(viewer, pk=pk)
    if not found:
        raise Http404
    clause = found[0]
    if not viewer.is_authenticated:
        clause.my_level = clause.is_bookmarked = clause.my_copy = None
        clause.may_be_managed = False
    return clause


def _clause_of(viewer, pk: int):
    clauses = Clause.objects.visible_to(viewer).select_related(*RELATED).defer("plain_text")
    if viewer.is_authenticated:
        clauses = clauses.annotate(**_reader_state(viewer))
    return clauses.filter(pk=pk)


_clause = PreparedSight(_clause_of)


def _reader_state(viewer) -> dict:
    """Her bookmark, her level, the latest version she took away, and whether an act of `clause_manage` may be hers."""
    about = {"member": viewer, "kind": "clause", "object_id": OuterRef("pk")}
    copies = ClauseCopy.objects.filter(member=viewer, clause=OuterRef("pk")).order_by().values("clause")
    networks = Membership.objects.moderating().filter(member=viewer, space__kind="network")
    answers = reviewed_by_q(viewer) | Exists(Expertise.objects.current().filter(member=viewer)) | Exists(networks)
    return {
        "my_level": Subquery(Subscription.objects.filter(**about).values("level")[:1]),
        "is_bookmarked": Subquery(Bookmark.objects.filter(**about).values("pk")[:1]),
        "my_copy": Subquery(copies.annotate(latest=Max("version")).values("latest")),
        "may_be_managed": Case(When(answers, then=True), default=False, output_field=BooleanField()),
    }


def get_version_or_404(clause: Clause, number: int) -> ClauseVersion:
    found = clause.versions.select_related(*related_for_display("author")).filter(number=number).first()
    if found is None:
        raise Http404
    return found


def _versions_of(*, clause: int):
    present = When(number=F("clause__version"), then=F("content"))
    rendered = When(number=F("clause__version"), then=F("html"))
    nothing = Value(None, JSONField())
    versions = ClauseVersion.objects.filter(clause=clause).select_related(*related_for_display("author"))
    return (
        versions.defer("content", "html")
        .annotate(
            shown_content=Case(present, default=nothing, output_field=JSONField()),
            shown_html=Case(rendered, default=nothing, output_field=JSONField()),
        )
        .order_by("-number")[:MAX_SHOWN_VERSIONS]
    )


_versions = Prepared(_versions_of)


def versions_of(clause: Clause) -> list[ClauseVersion]:
    """The latest first; only the present one brings its text."""
    return _versions.rows(clause=clause.pk)


def text_of(clause: Clause, versions: list[ClauseVersion]) -> tuple[dict, dict]:
    """What the readers of this clause read: its present version; before the first one, the row itself."""
    present = next((each for each in versions if each.number == clause.version), None)
    if present is not None and present.shown_content is not None:
        return present.shown_content, present.shown_html or render_all(present.shown_content)
    content = to_content(clause)
    return content, render_all(content)


def read_clause(viewer, clause: Clause) -> ClausePage:
    versions = versions_of(clause)
    content, html = text_of(clause, versions)
    page = ClausePage(clause=clause, content=content, html=html, versions=versions, bases=bases_of(clause))
    links = _links.rows(clause=clause.pk)
    linked = references.linked_keys({"clause": [clause.pk]})
    wanted = linked | {("clause", pk) for source, target, _relation in links for pk in (source, target)}
    wanted |= {("clause", clause.replaced_by_id)} if clause.replaced_by_id else set()
    wanted.discard(("clause", clause.pk))
    # Versions and suggestions are reached from the clause itself.
    found: dict[tuple[str, int], Any] = visible_clauses(viewer, [pk for kind, pk in wanted if kind == "clause"])
    found |= contents.visible_in_bulk(viewer, {key for key in wanted if key[0] not in ("clause", *NOT_RELATED)})
    page.links = _worded(clause, links, found)
    page.replaced_by = found.get(("clause", clause.replaced_by_id or 0))
    tied = {each.pk for _words, each in page.links}
    page.related = [
        each for key, each in found.items() if key in linked and not (key[0] == "clause" and key[1] in tied)
    ][:MAX_LINKED]
    return page


# What the page already tells in its own words: the law has its section.
NOT_RELATED = ("clause_suggestion", "legal_text", "legal_provision", "obligation", "threshold")


def _bases_of(*, clause: int):
    bases = Basis.objects.filter(clause=clause).select_related(
        "text__replaced_by", "provision__text__replaced_by", "provision__replaced_by__text"
    )
    return bases.order_by("sort_order", "pk")


def _links_of(*, clause: int):
    links = ClauseLink.objects.filter(Q(clause=clause) | Q(target=clause)).order_by("sort_order", "pk")
    return links.values_list("clause_id", "target_id", "relation")


def _visible_clauses(viewer, ids: list[int]):
    return Clause.objects.visible_to(viewer).filter(pk__in=ids).defer("plain_text")


_bases = Prepared(_bases_of)
_links = Prepared(_links_of)
_clauses = PreparedSight(_visible_clauses)


def bases_of(clause: Clause) -> list[Basis]:
    return _bases.rows(clause=clause.pk)


def visible_clauses(viewer, pks: list[int]) -> dict[tuple[str, int], Any]:
    """Those that the viewer sees, keyed as `contents.visible_in_bulk` keys them."""
    return {("clause", clause.pk): clause for clause in _clauses.rows(viewer, ids=pks)}


def _worded(clause: Clause, links: list[tuple], found: dict) -> list[tuple[str, Clause]]:
    """The links in the words of this side, one line a clause, without those that the reader may not see."""
    words: dict[int, list[str]] = {}
    others: dict[int, Clause] = {}
    for source, target, relation in links:
        forwards = source == clause.pk
        other = found.get(("clause", target if forwards else source))
        said = str(Relation(relation).label if forwards else BACKWARDS[Relation(relation)])
        if other is not None and said not in words.setdefault(other.pk, []):
            words[other.pk].append(said)
            others[other.pk] = other
    return [(", ".join([said[0], *(more.lower() for more in said[1:])]), others[pk]) for pk, said in words.items()]
