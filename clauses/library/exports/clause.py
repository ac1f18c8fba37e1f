"""A clause as a document to take away: its text first, then what its buyer needs to choose, fill in and defend it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from community.core.ui import day_words

from ..addresses import clause_url, version_url
from ..content import labels_of, render_all
from ..models import Basis, Clause
from ..vocabularies import ClauseKind, ContractDocument, Licence, ProvenanceMode
from .blocks import Block, Document, Heading, Item, Paragraph, Run, Table, blocks_of, clean, levels, words

MAX_VALUE = 200
_MARK = re.compile(r'<mark class="variable" data-variable="([a-z0-9_]+)">[^<]*</mark>')


_OPENING = re.compile(r"<h([3-6])>")
_HEADING = re.compile(r"<(/?)h[3-6]>")


@dataclass(frozen=True)
class Taken:
    """The version that is taken away: `number` 0 before the first one."""

    clause: Clause
    content: dict[str, Any]
    number: int
    bases: list[Basis]


def read_values(data: Mapping[str, str], content: dict[str, Any]) -> dict[str, str]:
    """The variables filled in an address: `v_delai=15`."""
    found = {}
    for key in labels_of(content):
        value = " ".join(clean(data.get(f"v_{key}", "")).split())[:MAX_VALUE]
        if value:
            found[key] = value
    return found


def fill_html(html: str, values: dict[str, str]) -> str:
    """The rendered text with its variables filled: the marks stay, so that a reader sees what was written in."""

    def filled(found: re.Match) -> str:
        value = values.get(found[1])
        if not value:
            return found[0]
        return f'<mark class="variable" data-state="filled" data-variable="{found[1]}">{escape(value)}</mark>'

    return _MARK.sub(filled, html) if values else html


def relevel(html: str, first: int) -> str:
    """Stored HTML whose headings follow those of the page where it stands."""
    moved = iter(levels([int(found[1]) for found in _OPENING.finditer(html)], first))
    stack: list[int] = []

    def heading(found: re.Match) -> str:
        if found[1]:
            return f"</h{stack.pop()}>" if stack else ""
        stack.append(next(moved))
        return f"<h{stack[-1]}>"

    return _HEADING.sub(heading, html) if "<h" in html else html


def source_line(clause: Clause, number: int, *, dated: date | None = None) -> str:
    """Who reads the contract later finds the clause, the version, its day and the licence."""
    address = version_url(clause.pk, number) if number else clause_url(clause)
    return _("Source : « %(title)s », %(reference)s, version %(number)s, %(licence)s, Entraide, %(address)s") % {
        "title": clause.title,
        "reference": clause.reference,
        "number": _version_words(number, dated),
        "licence": Licence(clause.licence).label,
        "address": settings.BASE_URL + address,
    }


def _version_words(number: int, dated: date | None) -> str:
    if not number:
        return _("de travail")
    return _("%(number)d du %(day)s") % {"number": number, "day": day_words(dated)} if dated else str(number)


def document_of(taken: Taken, *, values: dict[str, str] | None = None) -> Document:
    content, clause = taken.content, taken.clause
    html = {name: fill_html(text, values or {}) for name, text in render_all(content).items()}
    kind, place = ClauseKind(content["kind"]).label, ContractDocument(content["document"]).label
    source = source_line(clause, taken.number)
    blocks: list[Block] = [
        Paragraph(
            words(f"{place} · {kind} · {clause.reference}, " + _("version %(number)s") % {"number": taken.number})
        ),
        Paragraph(words(content["summary"], italic=True)),
    ]
    blocks += _wordings(content, html)
    blocks += _variables(content, values or {})
    blocks += _criterion(content, html)
    blocks += _contexts(html)
    blocks += _law(taken.bases)
    blocks += _provenance(content)
    blocks += [_heading(2, _("Source et licence")), Paragraph(words(source))]
    return Document(title=content["title"], subject=f"{place}, {kind}", source=source, blocks=blocks)


def _heading(level: int, text: str) -> Heading:
    return Heading(level, words(text))


def _wordings(content: dict, html: dict[str, str]) -> list[Block]:
    found: list[Block] = []
    several = len(content["wordings"]) > 1
    for rank, wording in enumerate(content["wordings"], start=1):
        title = wording["title"] or (_("Rédaction %(rank)d") % {"rank": rank} if several else _("Texte de la clause"))
        found.append(_heading(2, title))
        if wording["conditions"]:
            found.append(Paragraph(words(wording["conditions"], italic=True)))
        found += blocks_of(html.get(wording["key"], ""))
    return found


def _variables(content: dict, values: dict[str, str]) -> list[Block]:
    if not content["variables"]:
        return []
    header = [
        words(title) for title in (_("Variable"), _("Votre valeur"), _("Valeur courante"), _("Ce qui guide le choix"))
    ]
    title = _("Variables à renseigner")
    rows = []
    for variable in content["variables"]:
        name = f"{variable['label']} ({variable['unit']})" if variable["unit"] else variable["label"]
        value = values.get(variable["key"], "")
        own = words(value) if value else [Run(_("à renseigner"), variable=True)]
        rows.append([words(name), own, words(usual_value(variable)), words(variable["guidance"])])
    return [_heading(2, title), Table(title=title, header=header, rows=rows)]


def usual_value(variable: dict[str, str]) -> str:
    """« 15 à 30 jours » rather than three columns."""
    low, high, usual = variable["minimum"], variable["maximum"], variable["default"]
    pieces = []
    if low and high:
        pieces.append(_("%(low)s à %(high)s") % {"low": low, "high": high})
    elif low:
        pieces.append(_("au moins %(low)s") % {"low": low})
    elif high:
        pieces.append(_("au plus %(high)s") % {"high": high})
    if usual:
        pieces.append(_("le plus souvent %(usual)s") % {"usual": usual} if pieces else usual)
    return ", ".join(pieces)


def weight_words(low: int | None, high: int | None) -> str:
    if low and high and low != high:
        return _("Pondération conseillée : de %(low)d à %(high)d %%") % {"low": low, "high": high}
    if low or high:
        return _("Pondération conseillée : %(weight)d %%") % {"weight": low or high}
    return ""


def _criterion(content: dict, html: dict[str, str]) -> list[Block]:
    found = criterion_blocks(content, html)
    if weight := weight_words(content["criterion"]["weight_min"], content["criterion"]["weight_max"]):
        found.insert(0, Paragraph(words(weight)))
    return [_heading(2, _("Le critère")), *found] if found else []


def criterion_blocks(content: dict, html: dict[str, str]) -> list[Block]:
    """How offers are marked: what candidates are owed."""
    found = _titled(
        html,
        ("criterion.assessed", _("Ce qui est évalué")),
        ("criterion.expected_elements", _("Éléments attendus dans l’offre")),
        ("criterion.scoring_method", _("Méthode de notation")),
    )
    if scale := content["criterion"]["scale"]:
        title = _("Barème")
        header = [words(pgettext("score", "Note")), words(_("Ce qui la justifie"))]
        rows = [[words(step["score"]), words(step["description"])] for step in scale]
        found += [_heading(3, title), Table(title=title, header=header, rows=rows)]
    return found


def _contexts(html: dict[str, str]) -> list[Block]:
    return _titled(
        html,
        ("context.why", _("Pourquoi cette clause")),
        ("context.vigilance", _("Points de vigilance")),
        ("context.proofs", _("Moyens de preuve")),
        ("context.execution_control", _("Contrôle en exécution")),
        ("context.penalty", _("Pénalité associée")),
        ("context.sourcing_questions", _("Questions à poser en sourcing")),
        level=2,
    )


def _titled(html: dict[str, str], *names: tuple[str, str], level: int = 3) -> list[Block]:
    found: list[Block] = []
    for name, title in names:
        if html.get(name):
            found += [_heading(level, title), *blocks_of(html[name], base_level=level + 1)]
    return found


def _law(bases: list[Basis]) -> list[Block]:
    if not bases:
        return []
    items: list[Block] = []
    for basis in bases:
        cited = basis.provision or basis.text
        name = f"{cited.label}, {cited.text.short_title}" if basis.provision_id else cited.short_title
        note = f" : {basis.note}" if basis.note else ""
        items.append(Item([*words(name, bold=True), *words(f" ({cited.state.label}){note}")]))
    return [_heading(2, _("Fondement juridique")), *items]


def _provenance(content: dict) -> list[Block]:
    if not content["provenances"]:
        return []
    items: list[Block] = []
    for step in content["provenances"]:
        mode = ProvenanceMode(step["mode"]).label
        parts = [f"{mode} {step['organisation']}", step["document"], step["dated"] or "", step["licence"]]
        link = step["url"] if step["url"].startswith(("http://", "https://")) else ""
        items.append(
            Item([*words(", ".join(part for part in parts if part)), *words(f" {link}" if link else "", link=link)])
        )
    return [_heading(2, _("Provenance")), *items]
