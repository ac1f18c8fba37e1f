"""What a card shows of a clause: plain values, so that templates and `clauses.library.markup` only print."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from community.core.richtext import excerpt
from community.core.ui import labels, number, typography

from ..addresses import address, clause_url
from ..models import Clause
from ..vocabularies import SHORT_DOCUMENTS, Ambition, ClauseKind, ClauseState, ContractDocument, LegalState

# Three lines of a card; what is beyond would be sent and never seen.
SHOWN = 240


def status_of(clause: Clause) -> dict:
    """The one state that a reader must know first: {label, tone, icon}."""
    if clause.hidden_at is not None:
        return {"label": _("Masquée"), "tone": "warning", "icon": "eye-off"}
    if clause.state == ClauseState.DRAFT:
        return {"label": _("Brouillon"), "tone": "", "icon": "file-pen"}
    if clause.state == ClauseState.IN_REVIEW:
        return {"label": _("En relecture"), "tone": "info", "icon": "clock"}
    if clause.state == ClauseState.ARCHIVED:
        return {"label": _("Archivée"), "tone": "", "icon": "lock"}
    if clause.state == ClauseState.OBSOLETE or clause.legal_state == LegalState.OBSOLETE:
        return {"label": _("Obsolète"), "tone": "danger", "icon": "circle-alert"}
    if clause.legal_state == LegalState.TO_REVIEW:
        return {"label": _("À revoir"), "tone": "warning", "icon": "triangle-alert"}
    return {"label": _("À jour"), "tone": "success", "icon": "shield-check"}


def uses(count: int) -> str:
    return ngettext("%(count)s reprise", "%(count)s reprises", count) % {"count": number(count)}


def details(clause: Clause) -> list[str]:
    used = [uses(clause.use_count)] if clause.use_count else []
    return [short_document(clause), str(status_of(clause)["label"]).lower(), *used]


def short_document(clause: Clause) -> str:
    return str(SHORT_DOCUMENTS[ContractDocument(clause.document)])


def family_link(family) -> dict:
    return {"label": family.label, "slug": family.swatch, "url": address("family_detail", slug=family.slug)}


def row(clause: Clause) -> dict:
    return {
        "pk": clause.pk,
        "reference": clause.reference,
        "title": typography(clause.title),
        "url": clause_url(clause),
        "document": short_document(clause),
        "kind": labels(ClauseKind).get(clause.kind, ""),
        "family": family_link(clause.family) if clause.family_id else None,
        "ambition": int(clause.ambition),
        "ambition_label": labels(Ambition).get(clause.ambition, ""),
        "excerpt": excerpt(clause.excerpt or clause.summary, SHOWN),
        "status": status_of(clause),
        "is_sample": clause.is_sample,
        "uses": uses(clause.use_count),
        "version": f"v{clause.version}" if clause.version else "",
        "space": clause.space.name if clause.space else "",
    }


def rows(clauses: Iterable[Clause]) -> list[dict]:
    return [row(clause) for clause in clauses]
