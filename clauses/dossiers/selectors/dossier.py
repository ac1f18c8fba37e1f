"""Dossiers through their viewer, and what surrounds the texts on the page."""

from dataclasses import dataclass

from django.db.models import Case, CharField, Count, Exists, Max, OuterRef, QuerySet, Subquery, Value, When
from django.http import Http404

from clauses.library.models import Clause
from community.core.keyset import Keyset, Page
from community.core.prepared import Prepared
from community.members.display import related_for_display
from community.members.models import Member

from ..models import (
    CompanyMet,
    Dossier,
    DossierItem,
    DossierMember,
    DossierNote,
    ShareInvitation,
)
from ..querysets import shares_with
from .assembled import closed_to

PER_PAGE = 30
LATEST = Keyset(("-edited_at", "-pk"))
MAX_OFFERED = 30
OWNER = "owner"


def with_role(viewer, dossiers: QuerySet) -> QuerySet:
    """`my_role`: owner, editor or reader."""
    share = shares_with(viewer).values("role")[:1]
    own = When(owner=viewer, then=Value(OWNER))
    return dossiers.annotate(my_role=Case(own, default=Subquery(share), output_field=CharField()))


def _dossier_of(*, viewer: int, pk: int) -> QuerySet:
    companies = CompanyMet.objects.filter(dossier=OuterRef("pk")).order_by().values("dossier")
    removed = DossierItem.objects.filter(dossier=OuterRef("pk"), removed_at__isnull=False).order_by().values("dossier")
    reader = Member(pk=viewer)
    return (
        with_role(reader, Dossier.objects.visible_to(reader))
        .select_related("owner__organisation", "family", "cpv", "territory", "sourcing")
        .annotate(
            company_count=Subquery(companies.annotate(count=Count("pk")).values("count")),
            last_met_on=Subquery(companies.annotate(last=Max("met_on")).values("last")),
            removed_count=Subquery(removed.annotate(count=Count("pk")).values("count")),
        )
        .filter(pk=pk)
    )


_dossier = Prepared(_dossier_of)
_shares = Prepared(
    lambda dossier: DossierMember.objects.filter(dossier=dossier).select_related(
        "member", *related_for_display("member")
    )
)
_notes = Prepared(
    lambda dossier: DossierNote.objects.filter(dossier=dossier).select_related("author").order_by("-created_at", "-pk")
)


def get_dossier_or_404(viewer, pk: int) -> Dossier:
    """With what its page says of it, in one query; absent and forbidden are the same."""
    found = _dossier.rows(viewer=viewer.pk, pk=pk) if viewer.is_authenticated else []
    if not found:
        raise Http404
    return found[0]


def get_item_or_404(viewer, dossier: Dossier, pk: int) -> DossierItem:
    """One of its texts, taken out or not; not one that this viewer may not read."""
    found = dossier.items.select_related("clause__space", "dossier", "edited_by").filter(pk=pk).first()
    if found is None or closed_to(viewer, [found]):
        raise Http404
    return found


def get_note_or_404(dossier: Dossier, pk: int) -> DossierNote:
    return _of(dossier.notes.select_related("dossier"), pk)


def get_company_or_404(dossier: Dossier, pk: int) -> CompanyMet:
    return _of(dossier.companies.select_related("dossier"), pk)


def get_own_invitation_or_404(viewer, pk: int) -> ShareInvitation:
    return _of(ShareInvitation.objects.for_member(viewer), pk)


def get_invitation_or_404(dossier: Dossier, pk: int) -> ShareInvitation:
    return _of(dossier.invitations.all(), pk)


def _of(rows: QuerySet, pk: int):
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def dossiers_of(viewer, *, after: str = "", before: str = "") -> Page:
    """Those she reads, the last touched first, each with its number of texts and of persons."""
    rows = with_role(viewer, Dossier.objects.visible_to(viewer)).select_related("owner", "family")
    rows = rows.annotate(**counts())
    return LATEST.page(rows, size=PER_PAGE, after=after, before=before)


def counts() -> dict:
    items = DossierItem.objects.filter(dossier=OuterRef("pk"), removed_at=None).order_by().values("dossier")
    people = DossierMember.objects.filter(dossier=OuterRef("pk")).order_by().values("dossier")
    return {
        "item_count": Subquery(items.annotate(count=Count("pk")).values("count")),
        "people_count": Subquery(people.annotate(count=Count("pk")).values("count")),
    }


def editable_dossiers(viewer, *, holding: Clause | None = None) -> list[Dossier]:
    """Those where she may add a clause; `has_it`: it is there already."""
    rows = Dossier.objects.editable_by(viewer).recent().annotate(item_count=counts()["item_count"])
    same = DossierItem.objects.filter(dossier=OuterRef("pk"), clause=holding, removed_at=None)
    rows = rows.annotate(has_it=Exists(same) if holding is not None else Value(False))
    return list(rows[:MAX_OFFERED])


def invitations_for(viewer) -> list[ShareInvitation]:
    found = ShareInvitation.objects.for_member(viewer).exclude(dossier__owner=viewer)
    return list(found.select_related("dossier__owner__organisation"))


@dataclass(frozen=True)
class Person:
    member: object
    role: str
    share: DossierMember | None = None


def people_of(dossier: Dossier) -> list[Person]:
    """The owner first."""
    shares = _shares.rows(dossier=dossier.pk)
    return [Person(dossier.owner, OWNER), *(Person(share.member, share.role, share) for share in shares)]


def notes_of(dossier: Dossier) -> list[DossierNote]:
    return _notes.rows(dossier=dossier.pk)


def removed_items(viewer, dossier: Dossier) -> list[DossierItem]:
    rows = list(dossier.items.filter(removed_at__isnull=False).select_related("clause__space").order_by("-removed_at"))
    closed = closed_to(viewer, rows)
    return [row for row in rows if row.pk not in closed]


def dossiers_holding(clause_id: int, *, before_version: int | None = None) -> QuerySet:
    """Whatever the viewer: for those who are told that a clause moved."""
    items = DossierItem.objects.filter(dossier=OuterRef("pk"), clause=clause_id, removed_at=None)
    if before_version is not None:
        items = items.filter(taken_version__lt=before_version)
    return Dossier.objects.filter(Exists(items)).order_by("pk")


def person_ids(dossier: Dossier, *, editors_only: bool = False) -> list[int]:
    shares = dossier.people.filter(role="editor") if editors_only else dossier.people.all()
    return [dossier.owner_id, *shares.values_list("member_id", flat=True)]
