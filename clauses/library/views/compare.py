from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from community.core.ui import labels

from .. import markup
from ..addresses import clause_url, library_url
from ..content import labels_of
from ..exports.clause import relevel, usual_value, weight_words
from ..models import Clause
from ..selectors.clause import ClausePage
from ..selectors.compare import MAX_COMPARED, compared
from ..selectors.rows import status_of, uses
from ..vocabularies import Ambition, ClauseKind, Consolidation, ContractDocument, PriceImpact, SupplyMaturity


@dataclass(frozen=True)
class Line:
    label: str
    cells: list[SafeString]

    @property
    def differs(self) -> bool:
        return len(set(self.cells)) > 1


@login_not_required
@require_safe
def clause_compare(request: HttpRequest) -> HttpResponse:
    """Side by side, what differs first; a clause that the reader does not see is as if it were not asked for."""
    pages = compared(request.user, chosen(request))
    lines = [line for line in lines_of(pages) if any(line.cells)] if pages else []
    context = {
        "clauses": [
            {"pk": page.clause.pk, "title": page.clause.title, "url": clause_url(page.clause)} for page in pages
        ],
        "differing": [line for line in lines if line.differs],
        "common": [line for line in lines if not line.differs],
        "texts": lines_of_texts(pages),
        "heading": heading(len(pages)),
        "is_enough": len(pages) > 1,
        "library_url": library_url(),
        "columns": len(pages) + 1,
        "breadcrumb": [{"label": _("Clauses"), "url": library_url()}, {"label": _("Comparer"), "url": ""}],
    }
    return render(request, "clauses/clause_compare.html", context)


def chosen(request: HttpRequest) -> list[int]:
    typed = [
        value for value in request.GET.getlist("c")[:20] if value.isascii() and value.isdigit() and len(value) < 19
    ]
    return list(dict.fromkeys(int(value) for value in typed))[:MAX_COMPARED]


def heading(count: int) -> str:
    if count < 2:
        return _("Comparer des clauses")
    return ngettext("Comparer %(count)d clause", "Comparer %(count)d clauses", count) % {"count": count}


def lines_of(pages: list[ClausePage]) -> list[Line]:
    rows = [
        (_("Pièce"), lambda page: escape(labels(ContractDocument).get(page.clause.document, ""))),
        (_("Type de clause"), lambda page: escape(labels(ClauseKind).get(page.clause.kind, ""))),
        (_("Famille"), lambda page: escape(page.clause.family.label if page.clause.family_id else "")),
        (_("Ambition"), lambda page: ambition(page.clause)),
        (_("État juridique"), lambda page: markup.status(status_of(page.clause))),
        (_("Relecture"), lambda page: escape(Consolidation(page.clause.consolidation).label)),
        (_("Reprises"), lambda page: escape(uses(page.clause.use_count))),
        (_("Pondération"), weight),
        (_("Maturité de l’offre"), lambda page: label(SupplyMaturity, page.clause.supply_maturity)),
        (_("Effet sur le prix"), lambda page: label(PriceImpact, page.clause.price_impact)),
        (_("Moyens de preuve"), lambda page: relevel(page.html.get("context.proofs", ""), 2)),
        (_("Contrôle en exécution"), lambda page: relevel(page.html.get("context.execution_control", ""), 2)),
        (_("Pénalité associée"), lambda page: relevel(page.html.get("context.penalty", ""), 2)),
        (_("Points de vigilance"), lambda page: relevel(page.html.get("context.vigilance", ""), 2)),
        (_("Fondement juridique"), bases),
        (_("Variables à renseigner"), variables),
    ]
    return [Line(words, [mark_safe(cell(page)) for page in pages]) for words, cell in rows]


def lines_of_texts(pages: list[ClausePage]) -> list[SafeString]:
    """The whole wordings, at the bottom."""
    return [
        mark_safe("".join(relevel(page.html.get(wording["key"], ""), 2) for wording in page.content["wordings"]))
        for page in pages
    ]


def ambition(clause: Clause) -> str:
    return markup.ambition(int(clause.ambition), labels(Ambition).get(clause.ambition, ""))


def label(choices, value) -> str:
    return escape(choices(value).label) if value else ""


def weight(page: ClausePage) -> str:
    told = page.content["criterion"]
    return escape(weight_words(told["weight_min"], told["weight_max"]))


def bases(page: ClausePage) -> str:
    names = [
        _("Art. %(label)s (%(text)s)") % {"label": basis.provision.label, "text": basis.provision.text.short_title}
        if basis.provision_id
        else basis.text.short_title
        for basis in page.bases
    ]
    return items(names)


def variables(page: ClausePage) -> str:
    usual = {variable["key"]: usual_value(variable) for variable in page.content["variables"]}
    named = labels_of(page.content).items()
    return items([f"{words} : {usual[key]}" if usual.get(key) else words for key, words in named])


def items(lines: list[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>" if lines else ""
