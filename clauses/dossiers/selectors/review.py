"""What a reviewer reads through her link, and what the team reads of her opinions."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404

from community.core.prepared import Prepared
from community.members.display import related_for_display

from ..models import Dossier, ReviewLink, ReviewRemark
from ..tokens import token_hash
from ..vocabularies import Decision
from .assembled import Assembled, AssembledItem, assemble, closed_to

MAX_SHOWN = 500


def find_open_link(token: str) -> ReviewLink | None:
    """The link of that token, if it still opens something; the token alone lets nobody in (`review_session`).

    A suspended owner shows her dossier to nobody.
    """
    found = ReviewLink.objects.open().filter(token_hash=token_hash(token), dossier__owner__is_active=True)
    return found.select_related("dossier__territory", *related_for_display("dossier__owner")).first()


def reviewed_items(link: ReviewLink) -> Assembled:
    """The contract documents that she was asked to read, without what comes from a closed space."""
    return assemble(AnonymousUser(), link.dossier, documents=link.documents, readable_only=True)


def get_reviewed_item_or_404(link: ReviewLink, pk: int) -> AssembledItem:
    found = next((item for item in reviewed_items(link).items if item.pk == pk), None)
    if found is None:
        raise Http404
    return found


def opinions_of(link: ReviewLink) -> dict[int, ReviewRemark]:
    """Her latest by item: only her own."""
    return {remark.item_id: remark for remark in link.remarks.order_by("created_at", "pk") if remark.item_id}


@dataclass
class Review:
    """A link and the latest opinion of its person by item."""

    link: ReviewLink
    latest: dict[int, ReviewRemark] = field(default_factory=dict)

    def count(self, decision: str) -> int:
        return sum(1 for remark in self.latest.values() if remark.decision == decision)

    @property
    def accepted(self) -> int:
        return self.count(Decision.ACCEPT)

    @property
    def to_change(self) -> int:
        return self.count(Decision.CHANGE)

    @property
    def commented(self) -> int:
        return self.count(Decision.COMMENT)


_links = Prepared(lambda dossier: ReviewLink.objects.filter(dossier=dossier).order_by("created_at", "pk"))
_remarks = Prepared(lambda dossier: ReviewRemark.objects.filter(link__dossier=dossier).order_by("created_at", "pk"))


def reviews_of(dossier: Dossier) -> list[Review]:
    """Of every link, withdrawn ones too once something was said: decisions are kept. Two queries."""
    reviews = {link.pk: Review(link) for link in _links.rows(dossier=dossier.pk)}
    for remark in _remarks.rows(dossier=dossier.pk) if reviews else ():
        review = reviews[remark.link_id]
        remark.link = review.link
        review.latest[remark.item_id or -remark.pk] = remark
    return [review for review in reviews.values() if review.link.withdrawn_at is None or review.latest]


def get_link_or_404(dossier: Dossier, pk: int) -> ReviewLink:
    found = dossier.review_links.select_related("dossier").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def get_remark_or_404(viewer, dossier: Dossier, pk: int) -> ReviewRemark:
    found = legible(viewer, remarks_of(dossier).filter(pk=pk))
    if not found:
        raise Http404
    return found[0]


def history_of(viewer, dossier: Dossier) -> list[ReviewRemark]:
    """Every decision, the latest first: who, when, what; nothing is overwritten."""
    return legible(viewer, remarks_of(dossier).order_by("-created_at", "-pk")[:MAX_SHOWN])


def remarks_of(dossier: Dossier) -> QuerySet:
    remarks = ReviewRemark.objects.filter(link__dossier=dossier)
    return remarks.select_related("link__dossier", "handled_by", "item__clause__space", "item__dossier")


def legible(viewer, remarks: Iterable[ReviewRemark]) -> list[ReviewRemark]:
    """Without those on a clause whose space closed since, for who may not enter it."""
    found = list(remarks)
    closed = closed_to(viewer, {remark.item for remark in found if remark.item is not None})
    return [remark for remark in found if remark.item_id not in closed]
