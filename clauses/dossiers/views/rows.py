"""What the page prints of each text: plain values and addresses, so that the template holds no rule."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from clauses.library.addresses import clause_url
from community.core.addresses import address
from community.core.diff import DiffLine, diff_texts

from ..addresses import item_anchor
from ..checks.freshness import has_newer
from ..content import named_text
from ..models import Dossier, DossierItem, ReviewRemark
from ..selectors.assembled import AssembledDocument, AssembledItem
from ..selectors.review import Review
from ..vocabularies import ROLE_ICONS, ROLE_WORDS, Decision, Handling

# The folders of the design, one colour a contract document.
SWATCHES = {
    "notice": "numerique",
    "rc": "energie",
    "ae": "mobilier",
    "ccap": "services",
    "cctp": "restauration",
    "annex": "textile",
}
TABS = 3
DECISION_WORDS = {
    Decision.ACCEPT: (gettext_lazy("Acceptée"), "success", "check"),
    Decision.CHANGE: (gettext_lazy("Modification demandée"), "warning", "pencil"),
    Decision.COMMENT: (gettext_lazy("Commentaire"), "", "message-square"),
}


def documents(dossier: Dossier, found: list[AssembledDocument], reviews: list[Review], *, may_edit: bool) -> list[dict]:
    opinions = opinions_by_item(reviews)
    return [
        {
            **folder(document, place),
            "items": [item_row(dossier, item, opinions.get(item.pk, []), may_edit=may_edit) for item in document.items],
        }
        for place, document in enumerate(found)
    ]


def folder(document: AssembledDocument, place: int) -> dict[str, Any]:
    return {
        "label": document.label,
        "id": f"piece-{document.document}",
        "swatch": SWATCHES[document.document],
        "tab": place % TABS + 1,
        "count": texts(len(document.items)),
    }


def texts(count: int) -> str:
    return ngettext("%(count)d article", "%(count)d articles", count) % {"count": count}


def opinions_by_item(reviews: list[Review]) -> dict[int, list[ReviewRemark]]:
    found: dict[int, list[ReviewRemark]] = {}
    for review in reviews:
        for pk, remark in review.latest.items():
            found.setdefault(pk, []).append(remark)
    return found


def item_row(dossier: Dossier, shown: AssembledItem, remarks: list[ReviewRemark], *, may_edit: bool) -> dict[str, Any]:
    item = shown.item
    row: dict[str, Any] = {
        "pk": item.pk,
        "item": item,
        "anchor": item_anchor(item.pk),
        "number": shown.number,
        "is_legible": shown.is_legible,
    }
    if may_edit and shown.is_legible:
        row["acts"] = acts(dossier, item.pk)
    if not shown.is_legible:
        return row | {"title": _("Clause d’un espace dont vous n’êtes pas membre")}
    missing = len(shown.missing)
    return row | {
        "title": shown.title,
        "url": clause_url(item.clause) if item.clause else "",
        "html": shown.html,
        "missing": missing,
        "missing_words": missing_words(missing),
        "identity": identity(shown),
        "lot": str(shown.lot) if shown.lot else "",
        "weight": shown.weight,
        "notes": item.notes,
        "newer": newer(dossier, shown) if has_newer(item) else None,
        "accepted": [opinion_row(dossier, each, item) for each in remarks if each.decision == Decision.ACCEPT],
        "opinions": [opinion_row(dossier, each, item) for each in remarks if each.decision != Decision.ACCEPT],
    }


def missing_words(count: int) -> str:
    if not count:
        return ""
    return ngettext("1 variable à renseigner", "%(count)d variables à renseigner", count) % {"count": count}


def identity(shown: AssembledItem) -> str:
    if shown.is_own:
        return _("Article de l’équipe")
    words = f"{shown.reference} · v{shown.taken_version}" if shown.reference else f"v{shown.taken_version}"
    return words + (_(" · adaptée") if shown.item.is_adapted else "")


def acts(dossier: Dossier, pk: int) -> dict[str, str]:
    def to(name: str) -> str:
        return address(name, pk=dossier.pk, item_pk=pk)

    return {"edit": to("item_edit"), "up": to("item_up"), "down": to("item_down"), "remove": to("item_remove")}


def newer(dossier: Dossier, shown: AssembledItem) -> dict[str, Any]:
    item = shown.item
    return {
        "number": item.clause.version,
        "taken": item.taken_version,
        "moment": item.clause.published_at,
        "url": address("item_version", pk=dossier.pk, item_pk=item.pk),
    }


def moved_since(remark: ReviewRemark, item: DossierItem | None) -> bool:
    """The opinion was given on a former version of the item, which is still in the dossier."""
    return item is not None and item.removed_at is None and item.version != remark.item_version


def opinion_row(dossier: Dossier, remark: ReviewRemark, item: DossierItem | None) -> dict[str, Any]:
    """`item` is that of the remark, given by who has it: a page of forty reads none again."""
    words, tone, icon = DECISION_WORDS[Decision(remark.decision)]
    link = remark.link
    return {
        "pk": remark.pk,
        "words": words,
        "tone": tone,
        "icon": icon,
        "who": who(link),
        "moved": moved_since(remark, item),
        "moment": remark.created_at,
        "text": remark.text,
        "has_proposal": bool(remark.proposal),
        "reply": remark.reply,
        "handling": Handling(remark.handling).label if remark.handling else "",
        "url": address("review_remark_answer", pk=dossier.pk, remark_pk=remark.pk),
    }


def proposed_changes(item: DossierItem, remark: ReviewRemark) -> list[DiffLine]:
    """What the reviewer would write instead of the present text."""
    if not remark.proposal:
        return []
    return diff_texts(named_text(item.text, item.variables), named_text(remark.proposal, item.variables))


def who(link) -> str:
    return f"{link.name}, {ROLE_WORDS[link.role]}"


def review_rows(dossier: Dossier, reviews: list[Review]) -> list[dict[str, Any]]:
    return [review_row(dossier, review) for review in reviews]


def review_row(dossier: Dossier, review: Review) -> dict[str, Any]:
    link = review.link
    return {
        "pk": link.pk,
        "name": link.name,
        "who": who(link),
        "icon": ROLE_ICONS[link.role],
        "email": link.email,
        "progress": progress(review),
        "expires_at": link.expires_at,
        "state": state_of(link),
        "conclusion": link.get_conclusion_display() if link.conclusion else "",
        "conclusion_text": link.conclusion_text,
        "wants_time": link.more_time_asked_at is not None,
        "preview": f"{address('review_preview', pk=dossier.pk)}?lien={link.pk}",
        "withdraw": address("review_withdraw", pk=dossier.pk, link_pk=link.pk),
        "resend": address("review_resend", pk=dossier.pk, link_pk=link.pk),
    }


def state_of(link) -> str:
    if link.withdrawn_at is not None:
        return "declined" if link.declined else "withdrawn"
    return "open" if link.expires_at > timezone.now() else "expired"


def progress(review: Review) -> str:
    parts = [
        (review.accepted, _("1 article accepté"), _("%(count)d articles acceptés")),
        (review.to_change, _("1 modification demandée"), _("%(count)d modifications demandées")),
        (review.commented, _("1 commentaire"), _("%(count)d commentaires")),
    ]
    said = [(one if count == 1 else many % {"count": count}) for count, one, many in parts if count]
    return ", ".join(said) or _("Aucun avis pour l’instant")
